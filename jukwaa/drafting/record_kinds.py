"""The kind of record of drafting: the text."""

from django.utils.translation import gettext_lazy as _

from jukwaa.records.kinds import RecordKind, record_kind_registry

record_kind_registry.register("text")(
    RecordKind(name="text", label=_("Text"), url_name="drafting:text_detail", part_url_name="drafting:clause_detail")
)
