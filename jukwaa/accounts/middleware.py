"""The page in the language and the time zone that this person chose."""

import zoneinfo
from collections.abc import Callable
from datetime import UTC, tzinfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request


class PreferencesMiddleware:
    """A signed-in person's choice, else the cookie of the language page, else what the browser asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user if request.user.is_authenticated else None
        language = person.language if person else get_language_from_request(request)
        zone = _zone(person.time_zone) if person else UTC
        with translation.override(language), timezone.override(zone):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or language)
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response


def _zone(name: str) -> tzinfo:
    """The zone tables of a machine may be older than those of the one where the name was chosen."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return UTC
