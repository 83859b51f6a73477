"""Links in our mails: each for one purpose, and each opens a page whose button does the deed."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse

from jukwaa.mail import links

UNSUBSCRIBE = "unsubscribe"
CONFIRM = "confirm-mail"
TAKE_OUT = "take-out"
STILL_TRUE = "still-true"

AGES = {
    UNSUBSCRIBE: timedelta(days=3650),  # whoever finds an old mail can still end them
    CONFIRM: timedelta(days=14),
    TAKE_OUT: timedelta(days=400),
    STILL_TRUE: timedelta(days=60),
}


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def link(purpose: str, view: str, **payload: Any) -> str:
    return absolute(path(purpose, view, **payload))


def path(purpose: str, view: str, **payload: Any) -> str:
    """The same without the server, for what makes a whole address of it later."""
    return reverse(view, args=[links.make_token(purpose, payload)])


def read(purpose: str, token: str) -> dict[str, Any] | None:
    """What the token says; None where it is not ours, or too old."""
    return links.read_token(purpose, token, AGES[purpose])
