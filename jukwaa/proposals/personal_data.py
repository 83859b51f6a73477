"""Personal data: what people wrote in proposals."""

from django.utils.translation import gettext_lazy as _

from jukwaa.core.personal_data import (
    KEEP_CONTRIBUTION,
    KEEP_DECISION,
    WITH_COALITION,
    WITH_RECORD,
    KeptFor,
    PersonalData,
    personal_data,
)
from jukwaa.proposals.models import Proposal, SessionList, Submission

personal_data.register(Proposal)(
    PersonalData(
        fields=("answers", "facts"),
        purpose="contributions",
        retention=WITH_COALITION,
        erasure=KEEP_CONTRIBUTION,
        people=("authorships__person",),
        title=_("Proposals that you wrote"),
        download=("title", "call_name", "answers"),
    )
)

personal_data.register(Submission)(
    PersonalData(
        fields=("by", "snapshot", "outcome_note", "reference"),
        purpose="contributions",
        retention=WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("by",),
        title=_("Proposals that you submitted"),
        download=("proposal", "reference", "at", "outcome", "outcome_note", "outcome_on"),
    )
)

personal_data.register(SessionList)(
    PersonalData(
        fields=("rows", "problems", "by"),
        purpose="contributions",
        retention=KeptFor(days=400, since="at"),
        erasure=KEEP_DECISION,
    )
)
