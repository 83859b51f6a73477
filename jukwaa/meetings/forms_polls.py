"""Forms of a poll for the time of a meeting: opening one, and answering it."""

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from typing import Any, NamedTuple

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.forms import get_time_zone_choices
from jukwaa.coalitions.forms.fields import DayField
from jukwaa.core.forms import Form
from jukwaa.meetings import times
from jukwaa.meetings.actions import OfferedTime
from jukwaa.meetings.forms_meeting_time import (
    MAX_MEETING_MINUTES,
    build_repeated_hour_choices,
    describe_nonexistent_time,
)
from jukwaa.meetings.forms_schedule import get_default_time_zone
from jukwaa.meetings.models import MAX_OPTIONS, MIN_OPTIONS, Meeting, TimeVote
from jukwaa.meetings.polls import OfferedTimeRow

FIRST_TIME_OPTIONS_SHOWN = 4
DEFAULT_MEETING_MINUTES = 60
DEFAULT_POLL_PERIOD = timedelta(days=7)
TIME_OPTION_NUMBERS = range(1, MAX_OPTIONS + 1)


class TimeOptionFields(NamedTuple):
    number: int
    fields: list[forms.BoundField]


class TimePollForm(Form):
    """Up to ten local times in one zone. Rows that are left empty are no options."""

    time_zone = forms.ChoiceField(label=_("Time zone"), choices=get_time_zone_choices)
    duration = forms.IntegerField(
        label=_("Duration in minutes"),
        min_value=1,
        max_value=MAX_MEETING_MINUTES,
        error_messages={"invalid": _("Enter the duration as a number of minutes, such as 90.")},
    )
    closes_on = DayField(
        label=_("Last day to answer"),
        required=True,
        help_text=_("Choose a date before the first option. The poll closes at 23:59 in the time zone above."),
        error_messages={"required": _("Enter the last day on which members can answer.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in TIME_OPTION_NUMBERS:
            is_required = number <= MIN_OPTIONS
            self.fields[f"day_{number}"] = DayField(
                label=_("Date"), required=is_required, error_messages={"required": _get_missing_date_error(number)}
            )
            self.fields[f"time_{number}"] = forms.TimeField(
                label=_("Start time"),
                required=is_required,
                widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
                error_messages={
                    "required": _get_missing_time_error(number),
                    "invalid": _("Enter the time as hours and minutes, such as 14:30."),
                },
            )
            # Only asked for where the clocks show the time twice.
            self.fields[f"fold_{number}"] = forms.TypedChoiceField(
                label=_("Which of the 2 times do you mean?"),
                choices=[(0, "0"), (1, "1")],
                coerce=int,
                required=False,
                widget=forms.HiddenInput,
            )
        if (zone := self.initial.get("time_zone")) and not self.fields["time_zone"].valid_value(zone):  # type: ignore[attr-defined]  # a ChoiceField
            self.set_choices("time_zone", [(zone, zone), *get_time_zone_choices()])

    @classmethod
    def get_initial(cls, meeting: Meeting) -> dict[str, Any]:
        return {
            "time_zone": meeting.time_zone or get_default_time_zone(meeting.coalition),
            "duration": meeting.duration or DEFAULT_MEETING_MINUTES,
            "closes_on": timezone.localdate() + DEFAULT_POLL_PERIOD,
        }

    def get_first_options(self) -> list[TimeOptionFields]:
        return [self._get_option_fields(number) for number in TIME_OPTION_NUMBERS if number <= FIRST_TIME_OPTIONS_SHOWN]

    def get_more_options(self) -> list[TimeOptionFields]:
        return [self._get_option_fields(number) for number in TIME_OPTION_NUMBERS if number > FIRST_TIME_OPTIONS_SHOWN]

    @property
    def needs_more_options(self) -> bool:
        """Whether something has been entered there."""
        return any(field.value() for option in self.get_more_options() for field in option.fields)

    def _get_option_fields(self, option_number: int) -> TimeOptionFields:
        """The fields of an option that are shown."""
        fields = [self[f"{name}_{option_number}"] for name in ("day", "time", "fold")]
        return TimeOptionFields(option_number, [field for field in fields if not field.is_hidden])

    def get_other_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("time_zone", "duration", "closes_on")]

    def get_hidden_folds(self) -> list[forms.BoundField]:
        return [self[f"fold_{number}"] for number in TIME_OPTION_NUMBERS if self[f"fold_{number}"].is_hidden]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        zone = cleaned.get("time_zone")
        for number in TIME_OPTION_NUMBERS:
            day, hour = cleaned.get(f"day_{number}"), cleaned.get(f"time_{number}")
            if hour and not day and f"day_{number}" not in self.errors:
                self.add_error(f"day_{number}", _get_missing_date_error(number))
            elif day and not hour and f"time_{number}" not in self.errors:
                self.add_error(f"time_{number}", _get_missing_time_error(number))
            elif day and hour and zone:
                self._check_option_time(number, day, hour, zone)
        self._check_closing_day()
        return cleaned

    def _check_option_time(self, option_number: int, option_day: date, local_time: time, time_zone_name: str) -> None:
        name, fold = f"fold_{option_number}", self.cleaned_data.get(f"fold_{option_number}")
        moments = times.get_possible_moments(option_day, local_time, time_zone_name)
        if not moments:
            self.add_error(f"time_{option_number}", describe_nonexistent_time(option_day, local_time, time_zone_name))
            return
        self.cleaned_data[name] = fold if isinstance(fold, int) and len(moments) > 1 else 0
        if len(moments) > 1:
            self.fields[name].widget = forms.RadioSelect()
            self.set_choices(name, build_repeated_hour_choices(moments, time_zone_name))
            if not isinstance(fold, int):
                self.add_error(
                    name,
                    gettext(
                        "Choose which of the 2 times you mean. The clocks go back that night, so this time occurs"
                        " twice."
                    ),
                )
                return
        self._check_offered_option(option_number, OfferedTime(option_day, local_time, self.cleaned_data[name]))

    def _check_offered_option(self, option_number: int, offered_time: OfferedTime) -> None:
        same = (other for other in range(1, option_number) if self._get_offered_time(other) == offered_time)
        if (other := next(same, None)) is not None:
            self.add_error(
                f"time_{option_number}",
                gettext("Enter a different time. This is the same as option %(number)s.") % {"number": other},
            )
        elif self._get_offered_moment(offered_time) <= timezone.now():
            self.add_error(f"time_{option_number}", gettext("Enter a time in the future."))

    def _check_closing_day(self) -> None:
        closes_on, zone = self.cleaned_data.get("closes_on"), self.cleaned_data.get("time_zone")
        if not closes_on or not zone:
            return
        offered = self.get_offered_times()
        if closes_on < times.get_local_day(timezone.now(), zone):
            self.add_error("closes_on", gettext("Enter a closing date that is today or later."))
        elif offered and closes_on >= min(each.starts_on for each in offered):
            self.add_error("closes_on", gettext("Enter a closing date before the date of the first option."))

    def _get_offered_time(self, option_number: int) -> OfferedTime | None:
        day, hour = (self.cleaned_data.get(f"{name}_{option_number}") for name in ("day", "time"))
        return OfferedTime(day, hour, self.cleaned_data.get(f"fold_{option_number}") or 0) if day and hour else None

    def _get_offered_moment(self, offered_time: OfferedTime) -> Any:
        return times.get_local_moment(
            offered_time.starts_on, offered_time.start_time, self.cleaned_data["time_zone"], offered_time.fold
        )

    def get_offered_times(self) -> list[OfferedTime]:
        """Return the times in the order of their moments, by which they are numbered."""
        offered = [each for number in TIME_OPTION_NUMBERS if (each := self._get_offered_time(number)) is not None]
        return sorted(offered, key=self._get_offered_moment)


def _get_missing_date_error(option_number: int) -> str:
    return gettext("Enter the date of option %(number)s.") % {"number": option_number}


def _get_missing_time_error(option_number: int) -> str:
    return gettext("Enter the start time of option %(number)s.") % {"number": option_number}


class TimePollAnswerForm(Form):
    """One answer to each option; an option can be left without one."""

    def __init__(self, *args: Any, offered_time_rows: Sequence[OfferedTimeRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = offered_time_rows
        for row in offered_time_rows:
            self.fields[f"option_{row.option.number}"] = forms.ChoiceField(
                label=gettext("Does option %(number)s suit you?") % {"number": row.option.number},
                choices=TimeVote.Answer,
                required=False,
                widget=forms.RadioSelect,
            )

    @classmethod
    def get_initial(cls, answers: dict[int, str]) -> dict[str, str]:
        return {f"option_{number}": answer for number, answer in answers.items()}

    def get_rows(self) -> Iterator[tuple[OfferedTimeRow, forms.BoundField]]:
        """For the page: each time with its question."""
        for row in self.rows:
            yield row, self[f"option_{row.option.number}"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.get_answers():
            raise forms.ValidationError(gettext("Choose an answer for at least one option."))
        return cleaned

    def get_answers(self) -> dict[int, str]:
        said = {row.option.number: self.cleaned_data.get(f"option_{row.option.number}") for row in self.rows}
        return {number: answer for number, answer in said.items() if answer}
