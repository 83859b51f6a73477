"""Personal data: who is in charge of next steps, who attended coordination meetings, and what was noted."""

from django.utils.translation import gettext_lazy as _

from jukwaa.core.personal_data import (
    KEEP_DECISION,
    KEEP_EXISTING_ROW,
    KEEP_TEXT,
    RETAINED_WITH_COALITION,
    PersonalData,
    personal_data_registry,
)
from jukwaa.eligibility.models import AnnualReport, ConditionAnswer, CoordinationAttendance, CoordinationMeeting

personal_data_registry.register(ConditionAnswer)(
    PersonalData(
        fields=("note", "link", "step", "responsible"),
        purpose="contributions",
        retention=RETAINED_WITH_COALITION,
        erasure=KEEP_DECISION,
        people=("responsible",),
        title=_("Next steps of the self-check that you are in charge of"),
        download=("year", "rule", "step", "due_on"),
    )
)

personal_data_registry.register(CoordinationMeeting)(
    PersonalData(
        fields=("title", "joining_link", "report", "report_link"),
        purpose="contributions",
        retention=RETAINED_WITH_COALITION,
        erasure=KEEP_TEXT,
    )
)

personal_data_registry.register(CoordinationAttendance)(
    PersonalData(
        fields=("person",),
        purpose="contributions",
        retention=RETAINED_WITH_COALITION,
        erasure=KEEP_DECISION,
        people=("person",),
        title=_("Coordination meetings at which you represented the coalition"),
        download=("meeting__title", "meeting__starts_at"),
        merging=KEEP_EXISTING_ROW,
    )
)

personal_data_registry.register(AnnualReport)(
    PersonalData(
        fields=("edits", "sent_to"), purpose="contributions", retention=RETAINED_WITH_COALITION, erasure=KEEP_TEXT
    )
)
