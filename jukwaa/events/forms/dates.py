"""When something takes place: days and hours as the place has them, and what else takes place then."""

import uuid
from datetime import date, time
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.forms.fields import CountryField, DayField
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.events.actions import OccurrenceDetails
from jukwaa.events.forms.clash_warning import ClashWarningForm
from jukwaa.events.models import Occurrence
from jukwaa.events.times import NonexistentTimeError, get_local_moment, get_local_time, list_time_zones

MAX_EVENT_DAYS = 366  # days
INVALID_DATE_ERROR = _("Enter a real date as year, month and day, for example 2026-03-31.")
INVALID_TIME_ERROR = _("Enter the time as hours and minutes, for example 14:30.")


def build_time_field(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": INVALID_TIME_ERROR},
    )


class OccurrenceForm(ClashWarningForm, ScreenedForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("place", "note")
    WHEN: ClassVar[tuple[str, ...]] = (
        *("starts_on", "ends_on", "from_hour", "until_hour", "time_zone"),
        *("place", "country"),
    )

    starts_on = DayField(
        label=_("First day"),
        required=True,
        error_messages={"required": _("Choose the date of the event."), "invalid": INVALID_DATE_ERROR},
    )
    ends_on = DayField(
        label=_("Last day"),
        help_text=_("Leave this empty if the event lasts 1 day."),
        error_messages={"invalid": INVALID_DATE_ERROR},
    )
    from_hour = build_time_field(_("Start time"))
    until_hour = build_time_field(_("End time"))
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=lambda: [(zone, zone.replace("_", " ")) for zone in list_time_zones()],
        initial="UTC",
        help_text=_("The time zone of the place. Readers see the local time and UTC."),
    )
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    country = CountryField(
        error_messages={
            "invalid_choice": _("Choose a country from the list. It contains only countries that exist today.")
        }
    )
    note = forms.CharField(label=_("Note about this date"), required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.moments: dict[str, Any] = {}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", gettext("Choose a last day that is the same as or later than the first day."))
        elif first and last and (last - first).days > MAX_EVENT_DAYS:
            self.add_error("ends_on", gettext("An event can last at most 1 year. Announce the rest as another event."))
        elif first and not self.errors.get("time_zone"):
            self._clean_event_hours(cleaned, first, last or first)
        return cleaned

    def _clean_event_hours(self, cleaned_data: dict[str, Any], first_day: date, last_day: date) -> None:
        begins, ends, zone = cleaned_data.get("from_hour"), cleaned_data.get("until_hour"), cleaned_data["time_zone"]
        if ends and not begins:
            self.add_error("from_hour", gettext("Enter a start time too, or leave both times empty."))
            return
        hours = (("starts_at", "from_hour", first_day, begins), ("ends_at", "until_hour", last_day, ends))
        self.moments = {
            name: self._parse_local_moment(field, day, hour, zone) for name, field, day, hour in hours if hour
        }
        starts, until = self.moments.get("starts_at"), self.moments.get("ends_at")
        if starts and until and until < starts:
            self.add_error(
                "until_hour",
                gettext(
                    "Enter an end time after the start time. If the event ends on another day, choose the last day."
                ),
            )

    def _parse_local_moment(self, field: str, day: date, local_time: time, time_zone: str) -> Any:
        try:
            return get_local_moment(day, local_time, time_zone)
        except NonexistentTimeError:
            self.add_error(
                field,
                gettext(
                    "This time does not exist on that day in %(zone)s, because the clocks go forward. Choose "
                    "another time."
                )
                % {"zone": time_zone.replace("_", " ")},
            )
            return None

    def when(self) -> OccurrenceDetails:
        said = self.cleaned_data
        return OccurrenceDetails(
            starts_on=said["starts_on"],
            ends_on=said["ends_on"] or said["starts_on"],
            starts_at=self.moments.get("starts_at"),
            ends_at=self.moments.get("ends_at"),
            **{name: said[name] for name in ("time_zone", "place", "country", "note")},
        )


def get_occurrence_initial(occurrence: Occurrence) -> dict[str, Any]:
    zone = occurrence.time_zone
    named = {name: getattr(occurrence, name) for name in ("starts_on", "place", "country", "note", "time_zone")}
    return {
        **named,
        "ends_on": occurrence.ends_on if occurrence.ends_on != occurrence.starts_on else None,
        "from_hour": get_local_time(occurrence.starts_at, zone) if occurrence.starts_at else None,
        "until_hour": get_local_time(occurrence.ends_at, zone) if occurrence.ends_at else None,
        "version": occurrence.version,
    }


class NewOccurrenceForm(OccurrenceForm):
    token = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"token": uuid.uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class MoveOccurrenceForm(OccurrenceForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        country = self.fields["country"]
        assert isinstance(country, CountryField)  # noqa: S101 - for the type alone
        country.keep(self.initial["country"])


class CancelOccurrenceForm(ScreenedForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("reason",)

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        error_messages={
            "required": _(
                "Enter the reason for the cancellation in a sentence. People who wanted to attend can read it."
            )
        },
    )
