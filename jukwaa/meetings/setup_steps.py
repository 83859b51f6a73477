"""The step of setting up a coalition: its next meeting."""

from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.setup_checklist import SetupStep, get_step_url, setup_step_registry
from jukwaa.core.bidi import isolate_text_if_rtl
from jukwaa.meetings.models import Meeting
from jukwaa.meetings.time_formatting import format_meeting_date


@setup_step_registry.register(70)
def build_meeting_step(coalition: Coalition) -> SetupStep:
    """A meeting of the past, such as one from an imported report, is not the next one."""
    upcoming = Meeting.objects.of(coalition).upcoming(timezone.now()).first()
    return SetupStep(
        title=_("Schedule the next meeting"),
        explanation=_("You can add the agenda later."),
        url=get_step_url("meetings:meeting_new", coalition),
        result=_describe_meeting(upcoming) if upcoming else "",
    )


def _describe_meeting(meeting: Meeting) -> str:
    title = isolate_text_if_rtl(meeting.title)
    if meeting.starts_on is None:
        return _("Next meeting: %(title)s. The date has not been decided yet.") % {"title": title}
    names = {"title": title, "day": format_meeting_date(meeting)}
    return _("Next meeting: %(title)s, %(day)s.") % names
