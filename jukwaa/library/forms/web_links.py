"""The form for a page elsewhere."""

import re
from typing import ClassVar
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jukwaa.core.safeguards.forms import KEEP_IT, ScreenedForm
from jukwaa.library.models.web_links import LONGEST_URL

NO_LINK = _("This leads to no page on the web. Copy the address from your browser; it begins with https:// or http://.")
NAMED = _("There is a name or a password in this address, before the @. Take it out, so that others can not sign in.")
_NAMES_A_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_is_web = URLValidator(schemes=["http", "https"])


class WebLinkForm(ScreenedForm):
    SCREENED: ClassVar[tuple[str, ...]] = ("title",)
    look_again: ClassVar[str | Promise] = KEEP_IT

    url = forms.CharField(
        label=_("Address"),
        max_length=LONGEST_URL,
        widget=forms.TextInput(
            attrs={"inputmode": "url", "autocapitalize": "off", "spellcheck": "false", "dir": "ltr"}
        ),
        error_messages={
            "required": _("Copy the address of the page from your browser."),
            "max_length": _("An address has at most 1,000 characters. Look for a shorter one of the same page."),
        },
    )
    title = forms.CharField(
        label=_("What it is called"),
        max_length=200,
        required=False,
        help_text=_("As the page itself is called. Without a name, the address is shown."),
    )

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"])
        if not _NAMES_A_SCHEME.match(url):
            url = f"https://{url}"
        try:
            _is_web(url)
        except ValidationError as error:
            raise ValidationError(NO_LINK) from error
        parts = urlsplit(url)
        if parts.username or parts.password:
            raise ValidationError(NAMED)
        return parts._replace(scheme=parts.scheme.lower()).geturl()
