"""The attendance file of a video call, and the table in which those whom it names are checked."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.coalitions.known_people import get_known_people
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.organisation_matching import OrganisationDirectory
from jukwaa.core.documents.incoming import DEFAULT_FILE_LIMITS, FileRefused, read_table_file
from jukwaa.core.documents.limits import BYTES_PER_MEGABYTE
from jukwaa.core.forms import Form
from jukwaa.core.refusals import ActionRefused
from jukwaa.drafting.forms.texts import SignedField
from jukwaa.meetings.actions.attendance_import import AttendeeToRecord
from jukwaa.meetings.attendance_files import FileParticipant, find_participants_in_rows, get_person_name
from jukwaa.meetings.attendance_matching import (
    AttendeeMatch,
    AttendeeMatchResult,
    load_signed_matches,
    sign_attendee_matches,
)
from jukwaa.meetings.models import Attendance, Meeting


class AttendanceModeField(forms.ChoiceField):
    """Whether a person took part in the room or online."""

    def __init__(self, **options: Any) -> None:
        words = {
            "label": gettext_lazy("In the room or online"),
            "help_text": gettext_lazy("Choose “online” also for people on the phone."),
        }
        choices = [("", gettext_lazy("Not stated")), *Attendance.Mode.choices]
        super().__init__(choices=choices, required=False, **{**words, **options})


class AttendanceFileForm(Form):
    """`participants` are those whom the file names."""

    collects_personal_data = True
    use_required_attribute = False
    submission_source = "import"

    file = forms.FileField(
        label=gettext_lazy("Attendance file"),
        help_text=gettext_lazy(
            "Choose a CSV, Excel (.xlsx) or OpenDocument (.ods) file with a column of names or organisations and at"
            " most 500 rows."
        ),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.ods"}),
        error_messages={"required": gettext_lazy("Choose a file.")},
    )
    participants: list[FileParticipant]

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        try:
            rows = _read_attendance_rows(file)
            self.file_texts = ["\n".join(filter(None, row)) for row in rows]
            self.participants = find_participants_in_rows(rows)
        except ActionRefused as refusal:
            is_empty = isinstance(refusal, FileRefused) and refusal.code == "empty"
            raise forms.ValidationError(
                _("This file is empty. Choose another file.") if is_empty else str(refusal)
            ) from refusal
        return file


def _read_attendance_rows(uploaded_file: UploadedFile[Any]) -> list[list[str]]:
    if (uploaded_file.size or 0) > DEFAULT_FILE_LIMITS.file:
        raise FileRefused(
            "too_big",
            size=-(-(uploaded_file.size or 0) // BYTES_PER_MEGABYTE),
            limit=DEFAULT_FILE_LIMITS.file // BYTES_PER_MEGABYTE,
        )
    return read_table_file(uploaded_file.read(), uploaded_file.name or "").rows


class AttendanceCheckForm(Form):
    """One line for each match. `attendees` are those who were selected."""

    collects_personal_data = True

    rows = SignedField(required=False, widget=forms.HiddenInput())

    def __init__(
        self, form_data: Any = None, *, meeting: Meeting, attendee_matches: AttendeeMatchResult | None = None
    ) -> None:
        super().__init__(form_data)
        self.meeting = meeting
        if attendee_matches is None:
            self.matches = load_signed_matches(meeting, self.data.get("rows", ""))
            self.organisation_names = {pk: found.name for pk, found in self._organisations.items()}
        else:
            self.matches = attendee_matches.found
            self.organisation_names = attendee_matches.organisation_names
            self.initial["rows"] = sign_attendee_matches(meeting, self.matches)
        for number, match in enumerate(self.matches):
            self.fields[f"include_{number}"] = forms.BooleanField(
                label=match.name,
                required=False,
                initial=match.is_preselected,
            )
            if _should_ask_for_organisation(match):
                self.fields[f"organisation_{number}"] = forms.CharField(
                    label=_("Organisation of “%(name)s”") % {"name": match.name},
                    required=False,
                    max_length=200,
                    widget=forms.TextInput({"list": "organisations"}),
                )

    @property
    def has_listed(self) -> bool:
        return any(match.is_listed for match in self.matches)

    @property
    def has_modes(self) -> bool:
        """Whether people on the list are marked as in the room or online."""
        return any(match.listed_id is not None for match in self.matches)

    @property
    def has_doubtful(self) -> bool:
        """Whether somebody is not selected because of what the file says of them."""
        return any(match.is_short or match.wants_no_name for match in self.matches if not match.is_device)

    @cached_property
    def _organisations(self) -> dict[int, Organisation]:
        numbers = [match.organisation_id for match in self.matches if match.organisation_id]
        return Organisation.objects.of(self.meeting.coalition).in_bulk(numbers)

    def iter_match_rows(self) -> Iterator[dict[str, Any]]:
        """Return what the table shows: the match, its organisation, its checkbox and its field."""
        for number, match in enumerate(self.matches):
            yield {
                "match": match,
                "organisation_name": self.organisation_names.get(match.organisation_id or 0),
                "include": self[f"include_{number}"],
                "field": self[f"organisation_{number}"] if _should_ask_for_organisation(match) else None,
            }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.matches:
            raise forms.ValidationError(_("Choose the file again. This table is no longer valid."))
        people = get_known_people(self.meeting.coalition).in_bulk(
            [match.person_id for match in self.matches if match.person_id]
        )
        directory = OrganisationDirectory.of(self.meeting.coalition)
        self.attendees = []
        for number, match in enumerate(self.matches):
            organisation = self._organisations.get(match.organisation_id or 0)
            person_name = ""
            if typed := cleaned.get(f"organisation_{number}"):
                organisation = self._check_attendee_organisation(number, directory.find_exact_match(typed))
                person_name = get_person_name(match.name, lambda part: directory.find_exact_match(part) is not None)
            if cleaned.get(f"include_{number}"):
                self.attendees.append(
                    AttendeeToRecord(
                        person_name or match.unlisted or match.name,
                        people.get(match.person_id or 0),
                        organisation,
                        match.country,
                        is_named=bool(person_name),
                        role=match.role,
                        mode=match.mode,
                        listed_id=match.listed_id,
                    )
                )
        if not self.attendees and not self.errors and not (self.has_listed or self.has_modes):
            raise forms.ValidationError(_("Select at least one person."))
        return cleaned

    def _check_attendee_organisation(self, row_number: int, organisation_id: int | None) -> Organisation | None:
        """Return the organisation that was typed in this line, or note what is wrong with it."""
        field = f"organisation_{row_number}"
        if organisation_id is None:
            self.add_error(field, _("Choose an organisation from the directory, or clear this field."))
            return None
        if not self.cleaned_data.get(f"include_{row_number}"):
            self.add_error(field, _("Select this person, or leave the organisation empty."))
        return Organisation.objects.of(self.meeting.coalition).get(pk=organisation_id)


def _should_ask_for_organisation(match: AttendeeMatch) -> bool:
    return not (match.is_known or match.is_listed or match.is_suggested)
