"""The agenda on the page of its meeting: `{% load meeting_agenda %}`."""

from django import template

from jukwaa.meetings.agenda import AgendaPage
from jukwaa.meetings.models import Meeting

register = template.Library()


@register.simple_tag(takes_context=True)
def agenda_of_meeting(context: template.Context, meeting: Meeting) -> AgendaPage | None:
    """Return the agenda of a meeting that has not ended, as the reader sees it; once it has, its minutes follow it."""
    if meeting.is_held or meeting.is_cancelled:
        return None
    return AgendaPage(meeting, context["request"].standing, is_outline=True)
