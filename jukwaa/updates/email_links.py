"""Links in our mails: each for one purpose, and each opens a page whose button does the deed."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse

from jukwaa.mail import signed_links

UNSUBSCRIBE_PURPOSE = "unsubscribe"
CONFIRM_MAIL_PURPOSE = "confirm-mail"
REMOVE_PERSON_PURPOSE = "take-out"
CONFIRM_HELP_PURPOSE = "still-true"

LINK_MAX_AGE_BY_PURPOSE = {
    UNSUBSCRIBE_PURPOSE: timedelta(days=3650),  # whoever finds an old mail can still end them
    CONFIRM_MAIL_PURPOSE: timedelta(days=14),
    REMOVE_PERSON_PURPOSE: timedelta(days=400),
    CONFIRM_HELP_PURPOSE: timedelta(days=60),
}


def build_absolute_url(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def build_email_link(link_purpose: str, view: str, **payload: Any) -> str:
    return build_absolute_url(build_email_path(link_purpose, view, **payload))


def build_email_path(link_purpose: str, view: str, **payload: Any) -> str:
    """The same without the server, for what makes a whole address of it later."""
    return reverse(view, args=[signed_links.make_signed_token(link_purpose, payload)])


def read_link_token(link_purpose: str, token: str) -> dict[str, Any] | None:
    """What the token says; None where it is not ours, or too old."""
    return signed_links.read_signed_token(link_purpose, token, LINK_MAX_AGE_BY_PURPOSE[link_purpose])
