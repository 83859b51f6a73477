"""The fields for the time of a meeting, and the form that shows it in other time zones."""

from datetime import date, datetime, time
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.forms import get_time_zone_choices
from jukwaa.coalitions.forms.fields import DayField
from jukwaa.core.dates import format_utc_offset
from jukwaa.core.forms import Form
from jukwaa.meetings import times
from jukwaa.meetings.forms_last_day import LastDayField, check_last_day
from jukwaa.meetings.models import Meeting

FIRST_YEAR, LAST_YEAR = 1900, 2200
MAX_MEETING_MINUTES = int(times.MAX_MEETING_DURATION.total_seconds() // 60)


class MeetingTimeFields(Form):
    """A local time: the day, the time of day and the zone. It is checked that the clocks there show it, once."""

    starts_on = DayField(label=_("Date"))
    start_time = forms.TimeField(
        label=_("Start time"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": _("Enter the time as hours and minutes, such as 14:30.")},
    )
    # Only asked for where the clocks show the time twice.
    fold = forms.TypedChoiceField(
        label=_("Which of the 2 times do you mean?"), choices=[], coerce=int, required=False, widget=forms.HiddenInput
    )
    duration = forms.IntegerField(
        label=_("Duration in minutes"),
        required=False,
        min_value=1,
        max_value=MAX_MEETING_MINUTES,
        error_messages={
            "invalid": _("Enter the duration as a number of minutes, such as 90."),
            "min_value": _("Enter a duration of at least 1 minute."),
            "max_value": _("Enter a duration of at most 7 days (10,080 minutes)."),
        },
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=get_time_zone_choices, required=False)

    CONDITIONAL_FIELDS: ClassVar[tuple[str, ...]] = ("fold", "time_zone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.set_choices("fold", [(0, "0"), (1, "1")])
        if (zone := self.initial.get("time_zone")) and not self.fields["time_zone"].valid_value(zone):  # type: ignore[attr-defined]  # a ChoiceField
            self.set_choices("time_zone", [(zone, zone), *get_time_zone_choices()])

    def clean_starts_on(self) -> date | None:
        day: date | None = self.cleaned_data["starts_on"]
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(
                gettext("Enter a year between %(first)s and %(last)s.") % {"first": FIRST_YEAR, "last": LAST_YEAR}
            )
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        fold = cleaned.get("fold")
        cleaned["fold"] = 0
        day, hour, zone = (cleaned.get(name) for name in ("starts_on", "start_time", "time_zone"))
        if hour and not day and "starts_on" not in self.errors:
            self.add_error("starts_on", gettext("Enter the date too, or leave the start time empty."))
        elif hour and not zone and "time_zone" not in self.errors:
            self.add_error("time_zone", gettext("Choose the time zone of the start time."))
        elif hour and day and zone:
            self._check_time_exists(day, hour, zone, fold)
        return cleaned

    def _check_time_exists(self, local_day: date, local_time: time, time_zone_name: str, fold: object) -> None:
        moments = times.get_possible_moments(local_day, local_time, time_zone_name)
        if not moments:
            self.add_error("start_time", describe_nonexistent_time(local_day, local_time, time_zone_name))
        elif len(moments) > 1:
            self._show_repeated_hour_choice(moments, time_zone_name)
            self.cleaned_data["fold"] = fold if isinstance(fold, int) else 0
            if not isinstance(fold, int):
                self.add_error(
                    "fold",
                    gettext(
                        "Choose which of the 2 times you mean. The clocks go back that night, so this time occurs"
                        " twice."
                    ),
                )

    def _show_repeated_hour_choice(self, possible_moments: tuple[datetime, ...], time_zone_name: str) -> None:
        self.fields["fold"].widget = forms.RadioSelect()
        self.set_choices("fold", build_repeated_hour_choices(possible_moments, time_zone_name))

    def get_moments(self) -> tuple[datetime, datetime | None] | None:
        """Return start and end, where the hour is known."""
        meeting = self.build_timed_meeting()
        if meeting.starts_at is None:
            return None
        return meeting.starts_at, meeting.get_phase_changes()[-1] if meeting.ends_on else meeting.ends_at

    def build_timed_meeting(self) -> Meeting:
        """Return a meeting at this time, which is not saved."""
        names = ("starts_on", "ends_on", "start_time", "fold", "duration", "time_zone")
        meeting = Meeting(**{name: self.cleaned_data[name] for name in names if name in self.cleaned_data})
        meeting.set_moments()
        return meeting


def build_repeated_hour_choices(possible_moments: tuple[datetime, ...], time_zone_name: str) -> list[tuple[int, str]]:
    """Return the choice between two moments at which the clocks show the same time."""
    earlier, later = (format_utc_offset(times.get_local_datetime(at, time_zone_name)) for at in possible_moments)
    return [
        (0, gettext("The earlier time (%(offset)s)") % {"offset": earlier}),
        (1, gettext("The later time (%(offset)s)") % {"offset": later}),
    ]


def describe_nonexistent_time(local_day: date, local_time: time, time_zone_name: str) -> str:
    earlier, later = times.get_nearest_existing_times(local_day, local_time, time_zone_name)
    return gettext(
        "This time does not exist on that day, because the clocks go forward. Enter another time, such as %(earlier)s "
        "or %(later)s."
    ) % {
        "earlier": f"{earlier:%H:%M}",
        "later": f"{later:%H:%M}",
    }


class TimePreviewForm(MeetingTimeFields):
    """The time alone, to see it in other zones."""

    field_order = ("starts_on", "ends_on", "start_time", "fold", "duration", "time_zone")

    ends_on = LastDayField()

    CONDITIONAL_FIELDS: ClassVar[tuple[str, ...]] = (*MeetingTimeFields.CONDITIONAL_FIELDS, "ends_on")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        check_last_day(self, cleaned)
        return cleaned
