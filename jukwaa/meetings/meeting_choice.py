"""The field in which one of several meetings is chosen."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from jukwaa.meetings.models import Meeting
from jukwaa.meetings.templatetags.meetings import meeting_date


class MeetingChoiceField(forms.ModelChoiceField[Meeting]):
    """Name each meeting with its date, since the meetings of a series have the same title."""

    def label_from_instance(self, chosen_meeting: Any) -> str:
        meeting: Meeting = chosen_meeting
        if meeting.starts_on is None:
            return meeting.title
        return _("%(title)s, %(date)s") % {"title": meeting.title, "date": meeting_date(meeting)}
