"""The sentence below each form that collects personal data, with the link to the privacy notice."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jukwaa.core.forms import Form

PRIVACY_SENTENCE: Final = _("We use what you enter on this page only as described in the privacy notice.")


def add_privacy_links(request: HttpRequest, context: Mapping[str, object]) -> None:
    """Give the forms of a page what `components/privacy_notice.html` shows."""
    for form in context.values():
        if isinstance(form, Form) and form.collects_personal_data:
            coalition = context.get("coalition") or getattr(request, "coalition", None)
            form.privacy_sentence, form.privacy_url = PRIVACY_SENTENCE, _get_notice_url(coalition)


def _get_notice_url(coalition: Any) -> str:
    """Return the address of the coalition's notice; outside of a coalition, of the site's."""
    if coalition is None:
        return reverse("notices:site_notice")
    return reverse("notices:notice_detail", args=[coalition.slug, "privacy"])
