"""The language of a page that a link in an email opens, before its reader has signed in."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation


def activate_reader_language(request: HttpRequest, language: str) -> None:
    """Continue in the language of the email, unless the reader chose one here. The middleware restores the other."""
    has_chosen = request.user.is_authenticated or settings.LANGUAGE_COOKIE_NAME in request.COOKIES
    if language in dict(settings.LANGUAGES) and not has_chosen:
        translation.activate(language)
