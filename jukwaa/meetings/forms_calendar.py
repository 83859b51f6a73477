"""The calendar from which meetings are imported, and the table in which they are checked."""

from collections import defaultdict
from datetime import date
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.core.forms import Form
from jukwaa.core.refusals import ActionRefused
from jukwaa.drafting.forms.texts import SignedField
from jukwaa.mail import signed_links
from jukwaa.meetings.attendance_matching import MATCHES_TOKEN_LIFETIME
from jukwaa.meetings.calendar_event_doubts import MIN_EVENTS_IN_SERIES
from jukwaa.meetings.calendar_import_plan import PlannedEventImport, plan_calendar_import
from jukwaa.meetings.calendar_reader import (
    CalendarContent,
    CalendarEvent,
    check_calendar_file_size,
    fetch_calendar,
    get_last_import_day,
    read_calendar,
)
from jukwaa.meetings.forms_schedule import MEETING_LABEL_CHOICES
from jukwaa.records.models import Label

CALENDAR_IMPORT_PURPOSE = "calendar-import"
NEW_MEETING = "new"  # an answer: none of the recorded meetings
MAX_CALENDAR_NAME_LENGTH = 200


class CalendarImportForm(Form):
    """A file or an address. `content` is what was read from it."""

    use_required_attribute = False
    submission_source = "import"

    file = forms.FileField(
        label=gettext_lazy("Calendar file"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("Choose an iCalendar (.ics) file of at most 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
    )
    address = forms.CharField(
        label=gettext_lazy("Address of a calendar"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy(
            "The address starts with https://. We will check the calendar for changes "
            "every hour. The address will not be shown to anyone."
        ),
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )
    label = forms.ChoiceField(
        label=gettext_lazy("Who can see the meetings?"), choices=MEETING_LABEL_CHOICES, initial=Label.GREEN
    )
    content: CalendarContent

    def clean_file(self) -> UploadedFile[Any] | None:
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file is not None:
            self._read_calendar_or_error(lambda: self._read_calendar_file(file))
        return file

    def _read_calendar_file(self, uploaded_file: UploadedFile[Any]) -> CalendarContent:
        check_calendar_file_size(uploaded_file.size or 0)
        return read_calendar(uploaded_file.read())

    def clean_address(self) -> str:
        """The protocol of calendar programs, webcal, is https."""
        address = str(self.cleaned_data["address"]).strip()
        if address.casefold().startswith("webcal://"):
            address = f"https://{address.partition('://')[2]}"
        if address and not self.cleaned_data.get("file") and "file" not in self.errors:
            self._read_calendar_or_error(lambda: fetch_calendar(address))
        return address

    def _read_calendar_or_error(self, read_content: Any) -> None:
        try:
            self.content = read_content()
        except ActionRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        self.file_texts = [f"{event.title} {event.place}".strip() for event in self.content.events]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and bool(cleaned.get("file")) == bool(cleaned.get("address")):
            raise forms.ValidationError(_("Choose a file or enter an address, not both."))
        return cleaned

    def get_name(self) -> str:
        """How the calendar calls itself, or else its file."""
        file = self.cleaned_data["file"]
        named = self.content.title or (PurePath(file.name or "").stem if file else "")
        return (named or _("Calendar"))[:MAX_CALENDAR_NAME_LENGTH]

    def make_token(self, coalition: Coalition) -> str:
        """Return what was read, signed: nothing is stored before it has been checked."""
        payload = {
            "coalition": coalition.pk,
            "name": self.get_name(),
            "address": self.cleaned_data["address"],
            "label": self.cleaned_data["label"],
            "day": timezone.localdate().isoformat(),  # the order of the rows, which their checkboxes are named by
            "events": [event.to_json_values() for event in self.content.events],
        }
        return signed_links.make_signed_token(CALENDAR_IMPORT_PURPOSE, payload)


def _build_same_day_field(planned_import: PlannedEventImport) -> forms.ChoiceField:
    """Whether the event is one of the recorded meetings of its day. The likely answer is chosen already."""
    probable = planned_import.probable_meeting
    return forms.ChoiceField(
        label=planned_import.details["title"],
        required=False,
        initial=str(probable.pk) if probable else "" if planned_import.doubt else NEW_MEETING,
        choices=[
            *((str(each.pk), _("Same meeting: %(title)s") % {"title": each.title}) for each in planned_import.same_day),
            (NEW_MEETING, _("Another meeting: import it")),
            ("", _("Do not import")),
        ],
    )


class CalendarImportCheckForm(Form):
    """A checkbox for each new meeting, and one for all those of a recurring event together.

    A new meeting on a day that has a recorded one is asked about by itself, since it may be that one.
    """

    calendar = SignedField(required=False, widget=forms.HiddenInput())

    def __init__(self, form_data: Any, *, coalition: Coalition, viewer: Person) -> None:
        super().__init__(form_data if "calendar" in form_data else None, initial={"calendar": form_data.get("token")})
        token = form_data.get("calendar") or form_data.get("token") or ""
        payload = signed_links.read_signed_token(CALENDAR_IMPORT_PURPOSE, token, MATCHES_TOKEN_LIFETIME) or {}
        self.payload = payload if payload.get("coalition") == coalition.pk else {}
        self.events = [CalendarEvent(**row) for row in self.payload.get("events", [])]
        day = self.payload.get("day")
        self.planned = plan_calendar_import(
            coalition, self.events, date.fromisoformat(day) if day else None, viewer=viewer
        )
        self.last_day = get_last_import_day()
        self.series = self._find_series()
        for number, row in enumerate(self.planned):
            if row.is_new and row.same_day:
                self.fields[f"same_{number}"] = _build_same_day_field(row)
            elif row.is_new:
                self.fields[f"include_{number}"] = forms.BooleanField(
                    label=row.details["title"], required=False, initial=not row.doubt
                )
        for numbers in self.series:
            row = self.planned[numbers[0]]
            self.fields[f"series_{numbers[0]}"] = forms.BooleanField(
                label=row.details["title"], required=False, initial=not row.doubt
            )
            for number in numbers if row.doubt else ():  # one checkbox selects all of them after all
                self.fields[f"include_{number}"].initial = True

    def _find_series(self) -> list[list[int]]:
        """Return the numbers of the new events that recur under one title, together, where they are several."""
        together: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, row in enumerate(self.planned):
            if row.is_new and not row.same_day:
                together[row.event.uid, row.details["title"]].append(number)
        return [numbers for numbers in together.values() if len(numbers) >= MIN_EVENTS_IN_SERIES]

    def build_event_rows(self) -> list[dict[str, Any]]:
        """Return what the table shows: the event, what becomes of it, and its checkbox if it is new.

        A series is one row, at the place of its first event, with its events in `rows`.
        """
        series_by_number = {number: numbers for numbers in self.series for number in numbers}
        lines = []
        for number, row in enumerate(self.planned):
            numbers = series_by_number.get(number, [])
            if numbers and number == numbers[0]:
                lines.append({"row": row, **self._build_series_row(numbers)})
            elif not numbers:
                lines.append({"row": row, **self._get_event_fields(number)})
        return lines

    def _get_event_fields(self, number: int) -> dict[str, forms.BoundField]:
        return {name: self[f"{name}_{number}"] for name in ("include", "same") if f"{name}_{number}" in self.fields}

    def _build_series_row(self, event_numbers: list[int]) -> dict[str, Any]:
        by_day = sorted(event_numbers, key=lambda number: self.planned[number].event.day)
        return {
            "series": self[f"series_{event_numbers[0]}"],
            "rows": [{"row": self.planned[number], "include": self[f"include_{number}"]} for number in by_day],
            "first": self.planned[by_day[0]].event.starts_on,
            "last": self.planned[by_day[-1]].event.starts_on,
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.payload:
            raise forms.ValidationError(_("Choose the calendar again. This table is no longer valid."))
        if self._has_outdated_question():
            self._reset_choices()
            raise forms.ValidationError(
                _(
                    "Check your choices, then import the meetings again. Meetings on these days have changed on this"
                    " site, so your choices have been reset."
                )
            )
        return cleaned

    def _has_outdated_question(self) -> bool:
        """Whether a meeting was recorded, or withdrawn, on the day of a new event since the table was shown."""
        asked = {number for number, row in enumerate(self.planned) if row.is_new and row.same_day}
        answered = {number for number, row in enumerate(self.planned) if row.is_new and f"same_{number}" in self.data}
        return asked != answered

    def _reset_choices(self) -> None:
        """Show the table as it would be shown now."""
        shown = {name: self.get_initial_for_field(field, name) for name, field in self.fields.items()}
        self.data = {"calendar": self["calendar"].value()} | {
            name: "on" if value is True else value for name, value in shown.items() if value not in {None, False}
        }

    def get_selected(self) -> list[str]:
        """Return the keys of the events that are selected: of a series only if the series is."""
        left_out = {number for numbers in self.series for number in numbers if not self._is_series_selected(numbers)}
        return [
            row.event.event_key
            for number, row in enumerate(self.planned)
            if (self.cleaned_data.get(f"include_{number}") and number not in left_out)
            or self.cleaned_data.get(f"same_{number}") == NEW_MEETING
        ]

    def get_recorded_meetings(self) -> dict[str, int]:
        """Return the keys of the events that are recorded meetings, with the numbers of these."""
        answers = {number: str(self.cleaned_data.get(f"same_{number}", "")) for number in range(len(self.planned))}
        return {self.planned[number].event.event_key: int(each) for number, each in answers.items() if each.isdecimal()}

    def _is_series_selected(self, event_numbers: list[int]) -> bool:
        return bool(self.cleaned_data.get(f"series_{event_numbers[0]}"))
