"""The step of setting up a coalition: its next meeting."""

from django.utils.translation import gettext as _

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.setup_checklist import Step, link, setup_steps
from jukwaa.meetings.models import Meeting
from jukwaa.records.models import State


@setup_steps.register(70)
def build_meeting_step(coalition: Coalition) -> Step:
    planned = Meeting.objects.of(coalition).exclude(state=State.WITHDRAWN).exists()
    return Step(
        title=_("Write down the next meeting"),
        explanation=_("Its date is all that it takes."),
        url=link("meetings:meeting_new", coalition),
        result=_("There are meetings in the record.") if planned else "",
    )
