"""Several reports at once, as files or as a ZIP, and the meeting of one of them."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.core.documents.incoming import (
    DEFAULT_FILE_LIMITS,
    IMPORTABLE_KIND_KEYS,
    FileRefused,
    detect_file_kind,
    iterate_safe_entries,
)
from jukwaa.core.documents.limits import BYTES_PER_MEGABYTE
from jukwaa.core.forms import Form
from jukwaa.intake.forms.meeting_details import MeetingDetailsForm
from jukwaa.intake.forms.reading_start import ACCEPTED_FILE_EXTENSIONS
from jukwaa.intake.models import Reading
from jukwaa.intake.reading_store import ReadingUpload
from jukwaa.intake.source_readers import DEFAULT_SOURCE_LABEL, SOURCE_READER_CHOICES
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


class ReadingMeetingForm(MeetingDetailsForm):
    meeting = MeetingChoiceField(
        label=gettext_lazy("Meeting"),
        queryset=Meeting.objects.none(),
        required=False,
        empty_label=gettext_lazy("A meeting that is not in the record yet"),
    )

    field_order = ("meeting", *MeetingDetailsForm.base_fields)

    def __init__(self, *args: Any, candidate_meetings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = candidate_meetings  # type: ignore[attr-defined]  # of the choice field

    @staticmethod
    def get_initial(reading: Reading) -> dict[str, Any]:
        return {"meeting": reading.meeting_id, **MeetingDetailsForm.get_initial(reading)}
