"""What a report says of its meeting, for a person to check: name, days, place, forum."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.coalitions.forms.fields import DayField
from jukwaa.core.forms import Form
from jukwaa.intake.forms.meeting_days import MEETING_DAYS_HELP, MeetingDays, parse_meeting_days
from jukwaa.intake.models import Reading
from jukwaa.meetings.forms_last_day import find_last_day_error
from jukwaa.meetings.models import Meeting


class MeetingDetailsForm(Form):
    """The days, the place and the name of a meeting that is not in the record yet."""

    meeting_title = forms.CharField(
        label=gettext_lazy("Name of the new meeting"),
        help_text=gettext_lazy("If you leave this empty, we use the title of the report."),
        max_length=250,
        required=False,
    )

    meeting_on = forms.CharField(
        label=gettext_lazy("Date of the meeting"),
        help_text=MEETING_DAYS_HELP,
        max_length=60,
        required=False,
    )
    meeting_ends_on = DayField(label=gettext_lazy("Last day, if it took several days"))
    meeting_place = forms.CharField(label=gettext_lazy("Place of the meeting"), max_length=120, required=False)
    meeting_forum = forms.CharField(
        label=gettext_lazy("Forum"),
        help_text=gettext_lazy("The event that the meeting was part of, for example Internet Governance Forum 2009."),
        max_length=160,
        required=False,
    )

    def clean_meeting_on(self) -> MeetingDays:
        return parse_meeting_days(self.cleaned_data["meeting_on"])

    def clean(self) -> dict[str, Any]:
        """Days that were typed as one range count more than the last day that was suggested."""
        data = super().clean() or self.cleaned_data
        days: MeetingDays = data.get("meeting_on") or MeetingDays()
        last: date | None = days.last or data.get("meeting_ends_on")
        data["meeting_ends_on"] = None if last == days.first else last
        if last is None or "meeting_on" in self.errors:
            return data
        if days.first is None or days.precision != Meeting.Precision.DAY:
            self.add_error("meeting_on", _("Enter the day on which the meeting began, or clear the last day."))
        elif last != days.first and (error := find_last_day_error(days.first, last)):
            self.add_error("meeting_ends_on" if "meeting_ends_on" in self.fields else "meeting_on", error)
        return data

    def get_details(self) -> dict[str, Any]:
        """What was said of a meeting that is not in the record yet, as columns of the reading."""
        data = self.cleaned_data
        days: MeetingDays = data["meeting_on"]
        return {
            "meeting_on": days.first,
            "meeting_precision": days.precision,
            "meeting_ends_on": data["meeting_ends_on"],
            "meeting_place": data["meeting_place"].strip(),
            "meeting_forum": data.get("meeting_forum", "").strip(),
        }

    @staticmethod
    def get_initial(reading: Reading) -> dict[str, Any]:
        lengths = {Meeting.Precision.YEAR: 4, Meeting.Precision.MONTH: 7}
        day = reading.meeting_on.isoformat() if reading.meeting_on else ""
        return {
            "meeting_title": reading.meeting_title,
            "meeting_on": day[: lengths.get(Meeting.Precision(reading.meeting_precision), len(day))],
            "meeting_ends_on": reading.meeting_ends_on,
            "meeting_place": reading.meeting_place,
            "meeting_forum": reading.meeting_forum,
        }
