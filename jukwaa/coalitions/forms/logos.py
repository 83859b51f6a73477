"""The logo of an organisation."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.logos import MAX_LOGO_BYTES, LogoImage, draw_logo_png
from jukwaa.core.documents.incoming import FileRefused
from jukwaa.core.forms import Form


class LogoForm(Form):
    submission_source = "attachment"

    logo = forms.FileField(
        label=_("Logo"),
        help_text=_(
            "A PNG or JPEG image of at most 5 MB. We will reduce the size of the image and remove hidden data from"
            " the file."
        ),
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,image/png,image/jpeg"}),
        error_messages={
            "required": _("Choose the file with the logo."),
            "empty": _("Choose another file. This one is empty."),
        },
    )

    def clean_logo(self) -> LogoImage:
        upload: UploadedFile[Any] = self.cleaned_data["logo"]
        if (upload.size or 0) > MAX_LOGO_BYTES:
            raise forms.ValidationError(
                _("Choose a smaller file. A logo can be %(limit)s at most."),
                params={"limit": filesizeformat(MAX_LOGO_BYTES)},
            )
        try:
            return draw_logo_png(upload.read(), upload.name or "")
        except FileRefused as refused:
            raise forms.ValidationError(refused.message) from refused
