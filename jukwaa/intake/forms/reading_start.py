"""Bringing a document: pasted or as a file. Every refusal stands at its field, in a sentence."""

from contextlib import nullcontext
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.documents.incoming import (
    DEFAULT_FILE_LIMITS,
    IMPORTABLE_KIND_KEYS,
    ExtractedText,
    FileRefused,
    clean_text,
    detect_file_kind,
    extract_text,
)
from jukwaa.core.documents.incoming.kind_detection import SMALL_FILE_BYTES
from jukwaa.core.documents.sandbox import run_document_child
from jukwaa.core.documents.slots import acquire_reading_slot
from jukwaa.core.forms import Form
from jukwaa.intake.actions import ReadingDetails, ReadingUpload
from jukwaa.intake.entry_plan import is_meeting_too_open_for_label
from jukwaa.intake.forms.fields import AlternativeCharField, AlternativeFileField
from jukwaa.intake.forms.meeting_days import MEETING_DAYS_HELP, MeetingDays, parse_meeting_days
from jukwaa.intake.source_readers import DEFAULT_SOURCE_LABEL, SOURCE_READER_CHOICES
from jukwaa.meetings.meeting_choice import MeetingChoiceField
from jukwaa.meetings.models import Meeting
from jukwaa.records.models import Label, State

# What is larger is read in the background.
FOREGROUND_PDF_PAGES = 20  # of a PDF
FOREGROUND_PLAIN_BYTES = 60_000
FOREGROUND_DOCX_BYTES = 200_000
FOREGROUND_CHARACTERS = 60_000
ACCEPTED_FILE_EXTENSIONS = ".txt,.md,.markdown,.html,.htm,.docx,.odt,.rtf,.eml,.pdf"


class NewReadingForm(Form):
    """A text or a file, and what it reports."""

    collects_personal_data = True

    submission_source = "reading"
    use_required_attribute = False

    text = AlternativeCharField(
        label=gettext_lazy("Text of the report"),
        help_text=gettext_lazy("Paste the text here, or choose a file below."),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    file = AlternativeFileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "Text, Markdown, web page, Word (.docx), OpenDocument (.odt), RTF, email (.eml) or PDF, at most 25 MB."
        ),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED_FILE_EXTENSIONS}),
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("If you leave this empty, we use the first line of the document."),
        max_length=250,
        required=False,
    )
    label = forms.ChoiceField(
        label=gettext_lazy("Who can read the document, once it is in the record"),
        help_text=gettext_lazy(
            "You can change this later. If the document contains personal details, comments, deleted or hidden text, or"
            " says that it is confidential, we let only you and the coordinators read it until you decide. Items that"
            " you add to a meeting can be read by everyone who can read the meeting."
        ),
        choices=SOURCE_READER_CHOICES,
        widget=forms.RadioSelect,
        initial=DEFAULT_SOURCE_LABEL,
    )
    meeting = MeetingChoiceField(
        label=gettext_lazy("Meeting"),
        queryset=Meeting.objects.none(),
        required=False,
        empty_label=gettext_lazy("A meeting that is not in the record yet"),
        help_text=gettext_lazy("Which meeting is the report about? For a new meeting, fill in the fields below."),
    )
    meeting_title = forms.CharField(
        label=gettext_lazy("Name of the new meeting"),
        help_text=gettext_lazy("If you leave this empty, we use the title of the document."),
        max_length=250,
        required=False,
    )
    meeting_on = forms.CharField(
        label=gettext_lazy("Date of the meeting"),
        help_text=MEETING_DAYS_HELP,
        max_length=60,
        required=False,
    )
    meeting_place = forms.CharField(label=gettext_lazy("Place of the meeting"), max_length=120, required=False)

    def __init__(self, *args: Any, request: MemberRequest, coalition: Coalition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meetings = Meeting.objects.visible_to(request.user).filter(coalition=coalition)
        field = self.fields["meeting"]
        field.queryset = meetings.exclude(state=State.WITHDRAWN).order_by("-order_day", "-pk")  # type: ignore[attr-defined]  # of the choice field
        self.extracted: ExtractedText | None = None
        self.upload: ReadingUpload | None = None

    @property
    def is_large(self) -> bool:
        """Too long to wait for: the file was inspected, and is read in the background."""
        return self.upload is not None and self.extracted is None

    @property
    def document_field_name(self) -> str:
        """The field that the document came by."""
        return "text" if str(self.data.get("text") or "").strip() else "file"

    def clean_label(self) -> Label:
        return Label(self.cleaned_data["label"])

    def clean_meeting(self) -> Meeting | None:
        chosen: Meeting | None = self.cleaned_data["meeting"]
        label = self.cleaned_data.get("label")
        if chosen and label and is_meeting_too_open_for_label(chosen, label):
            raise forms.ValidationError(
                _("Choose another meeting, or a new one. More people can see this meeting than the document.")
            )
        return chosen

    def clean_meeting_on(self) -> MeetingDays:
        return parse_meeting_days(self.cleaned_data["meeting_on"])

    def clean_file(self) -> UploadedFile[Any] | None:
        """Raises ValidationError with what was wrong, and what to do."""
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file is None:
            return None
        if (file.size or 0) > DEFAULT_FILE_LIMITS.file:
            raise forms.ValidationError(_format_file_too_big_error(file))
        self.upload = ReadingUpload(file.name or "", file.read())
        try:
            self.extracted = _read_upload_if_small(self.upload)
            self.file_texts = [self.extracted.checked_text] if self.extracted else []
        except FileRefused as refusal:
            raise forms.ValidationError(refusal.message) from refusal
        if self.extracted and not self.extracted.text.strip():  # all of it is struck through
            raise forms.ValidationError(FileRefused("no_text").message)
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        text, file = data.get("text", ""), data.get("file")
        if text.strip() and file:
            self.add_error("file", _("Paste text or choose a file, not both. Remove one of them."))
        elif text.strip():
            self._clean_pasted_text(text)
        elif file is None and "file" not in self.errors:
            self.add_error("text", _("Paste the text of the report, or choose a file below."))
        return data

    def _clean_pasted_text(self, text: str) -> None:
        if len(text) > FOREGROUND_CHARACTERS:
            self.upload = ReadingUpload(_("Pasted text") + ".txt", text.encode())
            return
        self.extracted = extract_pasted_text(text)
        if not self.extracted.text.strip():
            self.add_error("text", _("Enter some text."))

    def get_reading_details(self) -> ReadingDetails:
        """What was said of the document."""
        data = self.cleaned_data
        days: MeetingDays = data["meeting_on"]
        return ReadingDetails(
            title=data["title"],
            label=data["label"],
            meeting=data["meeting"],
            meeting_title=data["meeting_title"],
            meeting_on=days.first,
            meeting_precision=days.precision,
            meeting_ends_on=days.last,
            meeting_place=data["meeting_place"],
        )


def extract_pasted_text(text: str) -> ExtractedText:
    """Text from the form, cleaned as that of a file is."""
    clean, taken_out = clean_text(text)
    sentences = {
        "controls": _("Hidden characters that are not part of the text were removed."),
        "bidi": _("Invisible marks that change the direction of text were removed."),
    }
    return ExtractedText(clean, "text/plain", notes=tuple(sentences[code] for code in taken_out if code in sentences))


def _read_upload_if_small(reading_upload: ReadingUpload) -> ExtractedText | None:
    """Return its text, or None where the worker reads it. Raises FileRefused for what is not taken at all."""
    with acquire_reading_slot() if len(reading_upload.data) > SMALL_FILE_BYTES else nullcontext():
        if _is_upload_large(reading_upload):
            return None
        extracted = extract_text(reading_upload.data, reading_upload.name, allowed_kinds=IMPORTABLE_KIND_KEYS)
    return extracted if len(extracted.text) <= FOREGROUND_CHARACTERS else None


def _is_upload_large(reading_upload: ReadingUpload) -> bool:
    """Raises FileRefused for what is not taken at all, so that nobody waits for that."""
    kind = detect_file_kind(reading_upload.data, reading_upload.name, allowed_kinds=IMPORTABLE_KIND_KEYS)
    if kind.key == "pdf":
        return (
            int(run_document_child("probe-pdf", reading_upload.data, file_limits=DEFAULT_FILE_LIMITS)["pages"])
            > FOREGROUND_PDF_PAGES
        )
    return len(reading_upload.data) > (FOREGROUND_DOCX_BYTES if kind.key == "docx" else FOREGROUND_PLAIN_BYTES)


def _format_file_too_big_error(uploaded_file: UploadedFile[Any]) -> str:
    megabyte = 1024 * 1024
    size, limit = -(-(uploaded_file.size or 0) // megabyte), DEFAULT_FILE_LIMITS.file // megabyte
    return FileRefused("too_big", size=size, limit=limit).message
