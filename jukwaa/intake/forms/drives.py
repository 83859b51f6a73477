"""The ZIP of a shared drive, looked into before it is kept; and who can read its files."""

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.core.documents.incoming import FileRefused, iterate_safe_entries
from jukwaa.core.documents.limits import BYTES_PER_MEGABYTE
from jukwaa.core.forms import Form
from jukwaa.intake.models.drives import READER_NAMES_BY_DRIVE_LABEL
from jukwaa.records.models import Label

MAX_ZIP_BYTES = 500 * BYTES_PER_MEGABYTE


class DriveImportForm(Form):
    """`total` is how many files the ZIP holds, once the form is valid."""

    collects_personal_data = True

    submission_source = "import"
    use_required_attribute = False

    file = forms.FileField(
        label=gettext_lazy("Shared drive as one ZIP file"),
        help_text=gettext_lazy("Up to 5,000 files and 500 MB in total. Each file can be up to 25 MB."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
        error_messages={"required": gettext_lazy("Choose the ZIP file.")},
    )
    label = forms.ChoiceField(
        label=gettext_lazy("Who can read the files after the import"),
        help_text=gettext_lazy(
            "Only coordinators can read files that a person must check first, whatever you choose. You can change this"
            " later, for some files or for all of them."
        ),
        choices=[(label, READER_NAMES_BY_DRIVE_LABEL[label]) for label in (Label.RED, Label.GREEN)],
        widget=forms.RadioSelect,
        initial=Label.RED,
        error_messages={"required": gettext_lazy("Choose who can read the files.")},
    )
    total = 0

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if not file.size:
            raise forms.ValidationError(
                _("This file is empty. Download the drive again, then choose the new ZIP file.")
            )
        if file.size > MAX_ZIP_BYTES:
            raise forms.ValidationError(
                _("Choose a ZIP file of at most 500 MB. You can import the folders of the drive one by one.")
            )
        try:
            self.total = _count_archive_files(file)
        except FileRefused as refusal:
            raise forms.ValidationError(refusal.message) from refusal
        if not self.total:
            raise forms.ValidationError(_("This ZIP file is empty. Check that you chose the right file."))
        return file


SELECTED, NOTHING_TO_CHECK, ALL = "selected", "nothing-to-check", "all"


class DriveLabelsForm(Form):
    """Who can read documents of a drive: those that were ticked, all that need no check first, or all of them."""

    label = forms.ChoiceField(
        label=gettext_lazy("Who can read the files"),
        choices=[(label, READER_NAMES_BY_DRIVE_LABEL[label]) for label in (Label.CLEAR, Label.GREEN, Label.RED)],
        initial=Label.GREEN,
        error_messages={"required": gettext_lazy("Choose who can read the files.")},
    )
    scope = forms.ChoiceField(
        label=gettext_lazy("Files to change"),
        choices=[
            (SELECTED, gettext_lazy("The selected files")),
            (NOTHING_TO_CHECK, gettext_lazy("All files of this import except those to check first")),
            (ALL, gettext_lazy("All files of this import")),
        ],
        initial=SELECTED,
        error_messages={"required": gettext_lazy("Choose which files to change.")},
    )
    confirmed = forms.CharField(required=False, widget=forms.HiddenInput)  # which files the page that asks has shown
    documents = forms.TypedMultipleChoiceField(
        coerce=int,
        required=False,
        error_messages=dict.fromkeys(
            ("invalid_choice", "invalid_list"),
            gettext_lazy("Select files from the list. One of the files that you selected has been removed."),
        ),
    )

    def __init__(
        self, *args: Any, offered_labels: Iterable[int], unremarkable_documents: Iterable[int] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.unremarkable_documents = unremarkable_documents
        self.set_choices("documents", [(pk, str(pk)) for pk in offered_labels])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("scope") == SELECTED and not cleaned.get("documents") and "documents" not in self.errors:
            self.add_error("documents", _("Select at least 1 file."))
        return cleaned

    def get_documents(self) -> list[int] | None:
        """Return the documents that were chosen; None stands for all."""
        if self.cleaned_data["scope"] == NOTHING_TO_CHECK:
            return list(self.unremarkable_documents)
        return None if self.cleaned_data["scope"] == ALL else list(self.cleaned_data["documents"])


def _count_archive_files(uploaded_file: UploadedFile[Any]) -> int:
    """Raises FileRefused for an archive that is unsafe as a whole."""
    if isinstance(uploaded_file, TemporaryUploadedFile):
        return sum(1 for _entry in iterate_safe_entries(Path(uploaded_file.temporary_file_path())))
    with tempfile.NamedTemporaryFile(suffix=".zip") as copy:
        copy.writelines(uploaded_file.chunks())
        copy.flush()
        return sum(1 for _entry in iterate_safe_entries(Path(copy.name)))
