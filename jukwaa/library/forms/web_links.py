"""The form for a page elsewhere."""

import re
from typing import ClassVar
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jukwaa.core.safeguards.forms import CHECK_BEFORE_SAVING_MESSAGE, ScreenedForm
from jukwaa.library.models.web_links import MAX_URL_LENGTH

INVALID_URL_MESSAGE = _(
    "Enter the address of a web page, beginning with https:// or http://. You can copy it from your browser."
)
CREDENTIALS_IN_URL_MESSAGE = _(
    "Remove the user name or password before the @ in this address. Others could use these details to sign in."
)
_URL_SCHEME_PATTERN = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_validate_url = URLValidator(schemes=["http", "https"])


class WebLinkForm(ScreenedForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("title",)
    screening_message: ClassVar[str | Promise] = CHECK_BEFORE_SAVING_MESSAGE

    url = forms.CharField(
        label=_("Web address"),
        max_length=MAX_URL_LENGTH,
        widget=forms.TextInput(
            attrs={"inputmode": "url", "autocapitalize": "off", "spellcheck": "false", "dir": "ltr"}
        ),
        error_messages={
            "required": _("Enter the address of the page. You can copy it from your browser."),
            "max_length": _("Enter an address of at most 1,000 characters for the same page."),
        },
    )
    title = forms.CharField(
        label=_("Name of the page"),
        max_length=200,
        required=False,
        help_text=_("Use the title of the page itself. If you leave this empty, we show the address."),
    )

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"])
        if not _URL_SCHEME_PATTERN.match(url):
            url = f"https://{url}"
        try:
            _validate_url(url)
        except ValidationError as error:
            raise ValidationError(INVALID_URL_MESSAGE) from error
        parts = urlsplit(url)
        if parts.username or parts.password:
            raise ValidationError(CREDENTIALS_IN_URL_MESSAGE)
        return parts._replace(scheme=parts.scheme.lower()).geturl()
