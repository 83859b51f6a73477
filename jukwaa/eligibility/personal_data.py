"""Personal data: who is in charge of the next steps of the self-check, and what was noted."""

from django.utils.translation import gettext_lazy as _

from jukwaa.core.personal_data import KEEP_DECISION, KEEP_WORDS, WITH_COALITION, PersonalData, personal_data
from jukwaa.eligibility.models import AnnualReport, ConditionAnswer

personal_data.register(ConditionAnswer)(
    PersonalData(
        fields=("note", "link", "step", "responsible"),
        purpose="contributions",
        retention=WITH_COALITION,
        erasure=KEEP_DECISION,
        people=("responsible",),
        title=_("Next steps of the self-check that you are in charge of"),
        download=("year", "rule", "step", "due_on"),
    )
)

personal_data.register(AnnualReport)(
    PersonalData(fields=("edits", "sent_to"), purpose="contributions", retention=WITH_COALITION, erasure=KEEP_WORDS)
)
