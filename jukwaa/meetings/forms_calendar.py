"""The calendar from which meetings are imported, and the table in which they are checked."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.coalitions.models import Coalition
from jukwaa.core.forms import Form
from jukwaa.core.refusals import ActionRefused
from jukwaa.drafting.forms.texts import SignedField
from jukwaa.mail import signed_links
from jukwaa.meetings.attendance_matching import MATCHES_TOKEN_LIFETIME
from jukwaa.meetings.calendar_import_plan import plan_calendar_import
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
            "events": [event.to_json_values() for event in self.content.events],
        }
        return signed_links.make_signed_token(CALENDAR_IMPORT_PURPOSE, payload)


class CalendarImportCheckForm(Form):
    """A checkbox for each new meeting."""

    calendar = SignedField(required=False, widget=forms.HiddenInput())

    def __init__(self, form_data: Any, *, coalition: Coalition) -> None:
        super().__init__(form_data if "calendar" in form_data else None, initial={"calendar": form_data.get("token")})
        token = form_data.get("calendar") or form_data.get("token") or ""
        payload = signed_links.read_signed_token(CALENDAR_IMPORT_PURPOSE, token, MATCHES_TOKEN_LIFETIME) or {}
        self.payload = payload if payload.get("coalition") == coalition.pk else {}
        self.events = [CalendarEvent(**row) for row in self.payload.get("events", [])]
        self.planned = plan_calendar_import(coalition, self.events)
        self.last_day = get_last_import_day()
        for number, row in enumerate(self.planned):
            if row.is_new:
                self.fields[f"include_{number}"] = forms.BooleanField(
                    label=row.details["title"], required=False, initial=not row.doubt
                )

    def build_event_rows(self) -> list[dict[str, Any]]:
        """Return what the table shows: the event, what becomes of it, and its checkbox if it is new."""
        return [
            {"row": row, "include": self[f"include_{number}"] if row.is_new else None}
            for number, row in enumerate(self.planned)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.payload:
            raise forms.ValidationError(_("Choose the calendar again. This table is no longer valid."))
        return cleaned

    def get_selected(self) -> list[str]:
        return [
            row.event.event_key for number, row in enumerate(self.planned) if self.cleaned_data.get(f"include_{number}")
        ]
