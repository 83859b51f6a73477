"""Several reports at once, as files or as a ZIP, and the meeting of one of them."""

import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.coalitions.forms.fields import DayField
from jukwaa.core.documents.incoming import (
    DEFAULT_FILE_LIMITS,
    IMPORTABLE_KIND_KEYS,
    FileRefused,
    detect_file_kind,
    iterate_safe_entries,
)
from jukwaa.core.documents.limits import BYTES_PER_MEGABYTE
from jukwaa.core.forms import Form
from jukwaa.intake.forms.meeting_days import MEETING_DAYS_HELP, MeetingDays, parse_meeting_days
from jukwaa.intake.forms.reading_start import ACCEPTED_FILE_EXTENSIONS
from jukwaa.intake.models import Reading
from jukwaa.intake.reading_store import ReadingUpload
from jukwaa.intake.source_readers import DEFAULT_SOURCE_LABEL, SOURCE_READER_CHOICES
from jukwaa.meetings.forms_last_day import find_last_day_error
from jukwaa.meetings.meeting_choice import MeetingChoiceField
from jukwaa.meetings.models import Meeting

MAX_FOLDER_FILES = 50
MAX_FOLDER_BYTES = 100 * BYTES_PER_MEGABYTE  # of all files


class MultipleFileInput(forms.FileInput):
    allow_multiple_selected = True


class MultipleFileField(forms.FileField):
    """The files that were chosen, as a list."""

    widget = MultipleFileInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        chosen = data if isinstance(data, list) else [data]
        return [super(MultipleFileField, self).clean(each, initial) for each in chosen or [None]]


class FolderImportForm(Form):
    """`uploads` are the files that can be read; `refused` is a sentence about each of the others."""

    collects_personal_data = True
    submission_source = "reading"
    use_required_attribute = False

    reports = MultipleFileField(
        label=gettext_lazy("Files"),
        help_text=gettext_lazy(
            "Several files or a ZIP file: text, Markdown, web pages, Word (.docx), OpenDocument (.odt), RTF, "
            "emails (.eml) or PDF. At most 50 files and 100 MB."
        ),
        allow_empty_file=True,
        widget=MultipleFileInput(attrs={"accept": f"{ACCEPTED_FILE_EXTENSIONS},.zip", "multiple": True}),
        error_messages={"required": gettext_lazy("Choose at least one file.")},
    )
    label = forms.ChoiceField(
        label=gettext_lazy("Who can read the reports, once they are in the record"),
        help_text=gettext_lazy(
            "You can change this later. If a report contains personal details, comments, deleted or hidden text, or"
            " says that it is confidential, we let only you and the coordinators read it until you decide. Items that"
            " you add to a meeting can be read by everyone who can read the meeting."
        ),
        choices=SOURCE_READER_CHOICES,
        widget=forms.RadioSelect,
        initial=DEFAULT_SOURCE_LABEL,
    )
    uploads: list[ReadingUpload]
    refused: list[str]

    def clean_reports(self) -> list[UploadedFile[Any]]:
        files: list[UploadedFile[Any]] = self.cleaned_data["reports"]
        if sum(file.size or 0 for file in files) > MAX_FOLDER_BYTES:
            raise forms.ValidationError(_("These files are larger than 100 MB in total. Import them in several steps."))
        self.uploads, self.refused = [], []
        for name, read in _find_uploaded_files(files):
            self._add_folder_upload(name, read)
        if not self.uploads:
            raise forms.ValidationError(
                self.refused[:MAX_FOLDER_FILES] or [_("This ZIP file is empty. Choose another file.")]
            )
        return files

    def _add_folder_upload(self, file_name: str, read_content: Callable[[], bytes]) -> None:
        try:
            self.uploads.append(_check_folder_upload(ReadingUpload(file_name, read_content())))
        except FileRefused as refusal:
            self.refused.append(_("%(file)s: %(problem)s") % {"file": file_name, "problem": refusal.message})
        if len(self.uploads) > MAX_FOLDER_FILES:
            raise forms.ValidationError(_("There are more than 50 files. Import them in several steps."))


def _check_folder_upload(reading_upload: ReadingUpload) -> ReadingUpload:
    """Raises FileRefused for what the worker could not read."""
    if len(reading_upload.data) > DEFAULT_FILE_LIMITS.file:
        raise FileRefused(
            "too_big",
            size=-(-len(reading_upload.data) // BYTES_PER_MEGABYTE),
            limit=DEFAULT_FILE_LIMITS.file // BYTES_PER_MEGABYTE,
        )
    detect_file_kind(reading_upload.data, reading_upload.name, allowed_kinds=IMPORTABLE_KIND_KEYS)
    return reading_upload


def _find_uploaded_files(uploaded_files: list[UploadedFile[Any]]) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The files, and those inside of a ZIP. Raises ValidationError for a ZIP that is not safe."""
    for file in uploaded_files:
        name = file.name or ""
        if not name.lower().endswith(".zip"):
            yield name, file.read
            continue
        with tempfile.NamedTemporaryFile(suffix=".zip") as copy:
            copy.writelines(file.chunks())
            copy.flush()
            try:
                for entry in iterate_safe_entries(Path(copy.name)):
                    yield entry.name, entry.read
            except FileRefused as refusal:
                raise forms.ValidationError(refusal.message) from refusal


class ReadingMeetingForm(Form):
    meeting = MeetingChoiceField(
        label=gettext_lazy("Meeting"),
        queryset=Meeting.objects.none(),
        required=False,
        empty_label=gettext_lazy("A meeting that is not in the record yet"),
    )
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

    def __init__(self, *args: Any, candidate_meetings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = candidate_meetings  # type: ignore[attr-defined]  # of the choice field

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
            self.add_error("meeting_ends_on", error)
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
            "meeting_forum": data["meeting_forum"].strip(),
        }

    @staticmethod
    def get_initial(reading: Reading) -> dict[str, Any]:
        lengths = {Meeting.Precision.YEAR: 4, Meeting.Precision.MONTH: 7}
        day = reading.meeting_on.isoformat() if reading.meeting_on else ""
        return {
            "meeting": reading.meeting_id,
            "meeting_title": reading.meeting_title,
            "meeting_on": day[: lengths.get(Meeting.Precision(reading.meeting_precision), len(day))],
            "meeting_ends_on": reading.meeting_ends_on,
            "meeting_place": reading.meeting_place,
            "meeting_forum": reading.meeting_forum,
        }
