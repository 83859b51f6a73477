"""When something takes place: days and hours as the place has them, and what else takes place then."""

import uuid
from datetime import date, time
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.forms.fields import CountryField, DayField
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.events.actions import When
from jukwaa.events.forms.clashing import ShowsClashes
from jukwaa.events.models import Occurrence
from jukwaa.events.times import NoSuchHour, hour_there, moment, zones

LONGEST_EVENT = 366  # days
NO_DAY = _("Write the day as 2026-03-31: year, month, day. It must be a day that the calendar has.")
NO_HOUR = _("Write the hour as 14:30.")


def hour_field(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": NO_HOUR},
    )


class WhenForm(ShowsClashes, ScreenedForm):
    SCREENED: ClassVar[tuple[str, ...]] = ("place", "note")
    WHEN: ClassVar[tuple[str, ...]] = (
        *("starts_on", "ends_on", "from_hour", "until_hour", "time_zone"),
        *("place", "country"),
    )

    starts_on = DayField(
        label=_("First day"),
        required=True,
        error_messages={"required": _("Choose the day on which it takes place."), "invalid": NO_DAY},
    )
    ends_on = DayField(
        label=_("Last day"), help_text=_("Only if it lasts longer than a day."), error_messages={"invalid": NO_DAY}
    )
    from_hour = hour_field(_("From what time"))
    until_hour = hour_field(_("Until what time"))
    time_zone = forms.ChoiceField(
        label=_("Time zone of these hours"),
        choices=lambda: [(zone, zone.replace("_", " ")) for zone in zones()],
        initial="UTC",
        help_text=_("That of the place. Readers see the hours of the place and those of UTC."),
    )
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    country = CountryField(
        error_messages={"invalid_choice": _("Choose a country that the list has: this one is no country today.")}
    )
    note = forms.CharField(label=_("A word about this date"), required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.moments: dict[str, Any] = {}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", gettext("The last day is before the first one. Look at both once more."))
        elif first and last and (last - first).days > LONGEST_EVENT:
            self.add_error(
                "ends_on", gettext("An event lasts a year at most. Announce what comes after it as another one.")
            )
        elif first and not self.errors.get("time_zone"):
            self._clean_hours(cleaned, first, last or first)
        return cleaned

    def _clean_hours(self, cleaned: dict[str, Any], first: date, last: date) -> None:
        begins, ends, zone = cleaned.get("from_hour"), cleaned.get("until_hour"), cleaned["time_zone"]
        if ends and not begins:
            self.add_error("from_hour", gettext("Say also from what time, or leave both empty."))
            return
        hours = (("starts_at", "from_hour", first, begins), ("ends_at", "until_hour", last, ends))
        self.moments = {name: self._moment(field, day, hour, zone) for name, field, day, hour in hours if hour}
        starts, until = self.moments.get("starts_at"), self.moments.get("ends_at")
        if starts and until and until < starts:
            self.add_error(
                "until_hour", gettext("It would end before it begins. If it ends on another day, say which.")
            )

    def _moment(self, field: str, day: date, hour: time, zone: str) -> Any:
        try:
            return moment(day, hour, zone)
        except NoSuchHour:
            self.add_error(
                field,
                gettext("There is no such hour on that day in %(zone)s: the clocks go forward over it. Choose another.")
                % {"zone": zone.replace("_", " ")},
            )
            return None

    def when(self) -> When:
        said = self.cleaned_data
        return When(
            starts_on=said["starts_on"],
            ends_on=said["ends_on"] or said["starts_on"],
            starts_at=self.moments.get("starts_at"),
            ends_at=self.moments.get("ends_at"),
            **{name: said[name] for name in ("time_zone", "place", "country", "note")},
        )


def initial_of(occurrence: Occurrence) -> dict[str, Any]:
    zone = occurrence.time_zone
    named = {name: getattr(occurrence, name) for name in ("starts_on", "place", "country", "note", "time_zone")}
    return {
        **named,
        "ends_on": occurrence.ends_on if occurrence.ends_on != occurrence.starts_on else None,
        "from_hour": hour_there(occurrence.starts_at, zone) if occurrence.starts_at else None,
        "until_hour": hour_there(occurrence.ends_at, zone) if occurrence.ends_at else None,
        "version": occurrence.version,
    }


class NewDateForm(WhenForm):
    token = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"token": uuid.uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class MoveForm(WhenForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        country = self.fields["country"]
        assert isinstance(country, CountryField)  # noqa: S101 - for the type alone
        country.keep(self.initial["country"])


class CancelForm(ScreenedForm):
    SCREENED: ClassVar[tuple[str, ...]] = ("reason",)

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        error_messages={"required": _("Say in a sentence why, for those who wanted to come.")},
    )
