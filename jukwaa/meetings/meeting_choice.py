"""The field in which one of several meetings is chosen."""

from typing import Any

from django import forms

from jukwaa.core.bidi import isolate_text_if_rtl
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.meetings.models import Meeting
from jukwaa.meetings.templatetags.meetings import meeting_date


class MeetingChoiceField(forms.ModelChoiceField[Meeting]):
    """Name each meeting with its date, since the meetings of a series have the same title."""

    def label_from_instance(self, chosen_meeting: Any) -> str:
        meeting: Meeting = chosen_meeting
        if meeting.starts_on is None:
            return meeting.title
        # A list cuts what is too long for it at the end, and the date tells the meetings of a series apart.
        return join_with_separator([meeting_date(meeting), isolate_text_if_rtl(meeting.title)])
