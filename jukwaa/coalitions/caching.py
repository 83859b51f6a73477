"""Public pages for visitors without a session, kept until the coalition changes or the day ends.

The key holds the coalition's revision, which moves with every action: a page that was withdrawn is gone at once.
"""

import gzip
import hashlib
from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import wraps
from typing import NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import get_max_age
from django.utils.translation import get_language

from jukwaa.coalitions.activities import increment_coalition_revisions
from jukwaa.coalitions.models import Coalition
from jukwaa.core.dates import get_utc_date
from jukwaa.core.page_addresses import LANGUAGE_QUERY_PARAMETER


class CachedResponse(NamedTuple):
    body: bytes
    gzipped_body: bytes
    headers: dict[str, str]  # what the view itself said: what a file is called, and that nothing in it runs
    etag: str


def get_or_build_cached[T](coalition: Coalition, cache_name: str, build_value: Callable[[], T]) -> T:
    """Return a cached value of a coalition; build it again after a change or on a new day.

    The name tells apart what differs from reader to reader.
    """
    key = f"{cache_name}-{coalition.pk}-{coalition.revision}-{get_utc_date()}-{timezone.localdate()}"
    known: T | None = caches["pages"].get(key)
    if known is None:
        known = build_value()
        caches["pages"].set(key, known, _count_seconds_until_tomorrow())
    return known


def invalidate_name_caches(**_signal: object) -> None:
    """Drop all cached pages after a person has changed or hidden their name."""
    increment_coalition_revisions(Coalition.objects.values_list("pk", flat=True))


def cache_for_visitors(view_function: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a GET view of a coalition's page that shows a visitor the same whoever they are.

    A view whose answer changes with time alone says for how long it holds, by `max-age`.
    """

    @wraps(view_function)
    def respond_from_cache(request: HttpRequest, coalition: Coalition, *args: object, **kwargs: object) -> HttpResponse:
        if not _is_cacheable_request(request):
            return view_function(request, coalition, *args, **kwargs)
        key = _build_cache_key(request, coalition)
        kept = caches["pages"].get(key)
        if kept is None:
            response = view_function(request, coalition, *args, **kwargs)
            if (
                response.status_code != HttpResponse.status_code
                or response.streaming
                or _is_personal_response(request, response)
            ):
                return response
            kept = _build_cached_response(response)
            seconds = _count_seconds_until_tomorrow()
            caches["pages"].set(key, kept, min(seconds, get_max_age(response) or seconds))
        return _build_response_from_cache(request, kept)

    return respond_from_cache


def cache_file_for_visitors(view_function: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For the view of a file that reads no query parameters: with any, a visitor is redirected to its one address.

    Otherwise each made-up parameter would have the same file made and cached once more.
    """
    cached_view = cache_for_visitors(view_function)

    @wraps(view_function)
    def redirect_or_respond(
        request: HttpRequest, coalition: Coalition, *args: object, **kwargs: object
    ) -> HttpResponse:
        asked = request.GET.get(LANGUAGE_QUERY_PARAMETER)
        query = f"{LANGUAGE_QUERY_PARAMETER}={asked}" if asked in dict(settings.LANGUAGES) else ""
        if _is_cacheable_request(request) and request.META.get("QUERY_STRING", "") != query:
            return redirect(f"{request.path}?{query}" if query else request.path)
        return cached_view(request, coalition, *args, **kwargs)

    return redirect_or_respond


def _is_cacheable_request(request: HttpRequest) -> bool:
    cookies = request.COOKIES
    return request.method == "GET" and settings.SESSION_COOKIE_NAME not in cookies and "messages" not in cookies


def _is_personal_response(request: HttpRequest, response: HttpResponse) -> bool:
    """A page with a form carries this visitor's token."""
    return bool(response.cookies) or "CSRF_COOKIE_NEEDS_UPDATE" in request.META


def _build_cache_key(request: HttpRequest, coalition: Coalition) -> str:
    # The day is in the key, since memberships, roles and dates come into force with it.
    parts = (
        str(coalition.pk),
        str(coalition.revision),
        get_utc_date().isoformat(),
        get_language() or "",
        request.headers.get("HX-Request", ""),
        request.headers.get("HX-Boosted", ""),
        request.get_full_path(),
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _build_cached_response(response: HttpResponse) -> CachedResponse:
    body = response.content
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'
    return CachedResponse(body, gzip.compress(body, 6, mtime=0), dict(response.headers), etag)


def _build_response_from_cache(request: HttpRequest, cached_response: CachedResponse) -> HttpResponse:
    response: HttpResponse
    if request.headers.get("If-None-Match") == cached_response.etag:
        response = HttpResponseNotModified()
    elif "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(
            cached_response.gzipped_body, headers=cached_response.headers | {"Content-Encoding": "gzip"}
        )
    else:
        response = HttpResponse(cached_response.body, headers=cached_response.headers)
    response.headers["ETag"] = cached_response.etag
    response.headers["Vary"] = "Cookie, Accept-Encoding, Accept-Language, HX-Request, HX-Boosted"
    return response


def _count_seconds_until_tomorrow() -> float:
    now = timezone.localtime()
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), tzinfo=now.tzinfo)
    return max((midnight - now).total_seconds(), 1)
