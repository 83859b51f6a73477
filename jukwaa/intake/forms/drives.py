"""The ZIP of a shared drive, looked into before it is kept."""

import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.core.documents.incoming import FileRefused, iterate_safe_entries
from jukwaa.core.documents.limits import MEGABYTE
from jukwaa.core.forms import Form

MAX_ZIP_BYTES = 500 * MEGABYTE


class DriveForm(Form):
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
            self.total = _count_files(file)
        except FileRefused as refusal:
            raise forms.ValidationError(refusal.message) from refusal
        if not self.total:
            raise forms.ValidationError(_("This ZIP file is empty. Check that you chose the right file."))
        return file


def _count_files(file: UploadedFile[Any]) -> int:
    """Raises FileRefused for an archive that is unsafe as a whole."""
    if isinstance(file, TemporaryUploadedFile):
        return sum(1 for _entry in iterate_safe_entries(Path(file.temporary_file_path())))
    with tempfile.NamedTemporaryFile(suffix=".zip") as copy:
        copy.writelines(file.chunks())
        copy.flush()
        return sum(1 for _entry in iterate_safe_entries(Path(copy.name)))
