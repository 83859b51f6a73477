"""The kind of record of proposals."""

from django.utils.translation import gettext_lazy as _

from jukwaa.proposals.field_comments import get_field_labels_by_comment
from jukwaa.proposals.models import SESSION_PROPOSAL
from jukwaa.records.kinds import RecordKind, record_kind_registry

record_kind_registry.register(SESSION_PROPOSAL)(
    RecordKind(
        name=SESSION_PROPOSAL,
        label=_("Session proposal"),
        url_name="proposals:proposal_detail",
        describe_comments=get_field_labels_by_comment,
    )
)
