"""The page in the language and the time zone that this person chose, and what they typed when their session ended."""

from collections.abc import Callable
from datetime import UTC
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request

from jukwaa.accounts.lost_submissions import render_lost_submission
from jukwaa.core.page_addresses import LANGUAGE_QUERY_PARAMETER


class SignInMiddleware(LoginRequiredMiddleware):
    """The sign-in wall. Whoever sends a form after their session ended gets back what they typed, to copy it."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        answer = super().process_view(request, view_func, view_args, view_kwargs)
        return render_lost_submission(request) if answer is not None and request.method == "POST" else answer


class PreferencesMiddleware:
    """The time zone of a person, and the language: see `_choose_language`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user if request.user.is_authenticated else None
        language = (person.language if person else "") or _choose_language(request)
        zone = person.zone if person else UTC
        with translation.override(language), timezone.override(zone):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or language)
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response


def _choose_language(request: HttpRequest) -> str:
    """Return what a visitor chose on the language page, else the address (`?lang=`), else what the browser asks for.

    Search engines list a page in each language by such addresses.
    """
    asked = request.GET.get(LANGUAGE_QUERY_PARAMETER, "")
    has_chosen = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
    return asked if asked in dict(settings.LANGUAGES) and not has_chosen else get_language_from_request(request)
