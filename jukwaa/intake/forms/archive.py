"""The archive of the mailing list: the file of an import, who can read it, and why a post is hidden."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.coalitions.models.coalition import ListReaders
from jukwaa.core.documents.limits import BYTES_PER_MEGABYTE
from jukwaa.core.forms import Form
from jukwaa.intake.archive.files import GZIP_SIGNATURE, MAX_ARCHIVE_BYTES, build_not_mailbox_refusal
from jukwaa.mail.mbox import is_mbox_file

BYTES_TO_INSPECT = 1024
ZIP_SIGNATURE = b"PK\x03\x04"


class ListImportForm(Form):
    collects_personal_data = True
    submission_source = "import"
    use_required_attribute = False

    file = forms.FileField(
        label=gettext_lazy("Archive of the mailing list (mbox file)"),
        help_text=gettext_lazy("A .mbox or .mbox.gz file of up to 25 MB and 20,000 posts."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".mbox,.gz,.txt,application/mbox,application/gzip"}),
        error_messages={"required": gettext_lazy("Choose the mbox file.")},
    )

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if not file.size:
            raise forms.ValidationError(_("This file is empty. Export the archive again, then choose the new file."))
        if file.size > MAX_ARCHIVE_BYTES:
            raise forms.ValidationError(
                _(
                    "Choose a file of at most %(limit)s MB. This file is %(size)s MB. Export the archive year by"
                    " year, and import the files one by one."
                )
                % {"limit": MAX_ARCHIVE_BYTES // BYTES_PER_MEGABYTE, "size": -(-file.size // BYTES_PER_MEGABYTE)}
            )
        beginning = file.read(BYTES_TO_INSPECT)
        file.seek(0)
        if beginning.startswith(ZIP_SIGNATURE):
            raise forms.ValidationError(_("Unpack this ZIP file, then choose the .mbox file in it."))
        if not beginning.startswith(GZIP_SIGNATURE) and not is_mbox_file(beginning):
            raise forms.ValidationError(str(build_not_mailbox_refusal()))
        return file


class ListReadersForm(Form):
    readers = forms.ChoiceField(
        label=gettext_lazy("Who can read the archive"), choices=ListReaders, widget=forms.RadioSelect()
    )


class HideListPostForm(Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("Only coordinators will see the reason."),
        error_messages={"required": gettext_lazy("Enter a reason. Only coordinators will see it.")},
    )
