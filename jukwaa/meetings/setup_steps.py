"""The step of setting up a coalition: its next meeting."""

from django.utils.translation import gettext as _

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.setup_checklist import SetupStep, get_step_url, setup_steps
from jukwaa.meetings.models import Meeting
from jukwaa.records.models import State


@setup_steps.register(70)
def build_meeting_step(coalition: Coalition) -> SetupStep:
    planned = Meeting.objects.of(coalition).exclude(state=State.WITHDRAWN).exists()
    return SetupStep(
        title=_("Schedule the next meeting"),
        explanation=_("You can add the time, the place and the agenda later."),
        url=get_step_url("meetings:meeting_new", coalition),
        result=_("Meetings have been added.") if planned else "",
    )
