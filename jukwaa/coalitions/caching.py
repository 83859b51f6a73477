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
from django.utils import timezone
from django.utils.cache import get_max_age
from django.utils.translation import get_language

from jukwaa.coalitions.activities import move_revisions
from jukwaa.coalitions.models import Coalition


class Kept(NamedTuple):
    body: bytes
    squeezed: bytes
    headers: dict[str, str]  # what the view itself said: what a file is called, and that nothing in it runs
    etag: str


def kept[T](coalition: Coalition, name: str, make: Callable[[], T]) -> T:
    """What a reader finds in a coalition, made anew only when something was written or a day begins.

    The name tells apart what differs from reader to reader.
    """
    key = f"{name}-{coalition.pk}-{coalition.revision}-{timezone.localdate()}"
    known: T | None = caches["pages"].get(key)
    if known is None:
        known = make()
        caches["pages"].set(key, known, _seconds_until_tomorrow())
    return known


def forget_names(**_signal: object) -> None:
    """A name that its owner changed, or took from the public, stands on no kept page from then on."""
    move_revisions(Coalition.objects.values_list("pk", flat=True))


def kept_for_visitors(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a GET view of a coalition's page that shows a visitor the same whoever they are.

    A view whose answer changes with time alone says for how long it holds, by `max-age`.
    """

    @wraps(view)
    def run(request: HttpRequest, coalition: Coalition, *args: object, **kwargs: object) -> HttpResponse:
        if not _is_plain_visit(request):
            return view(request, coalition, *args, **kwargs)
        key = _key(request, coalition)
        kept = caches["pages"].get(key)
        if kept is None:
            response = view(request, coalition, *args, **kwargs)
            if (
                response.status_code != HttpResponse.status_code
                or response.streaming
                or _is_personal(request, response)
            ):
                return response
            kept = _keep(response)
            seconds = _seconds_until_tomorrow()
            caches["pages"].set(key, kept, min(seconds, get_max_age(response) or seconds))
        return _answer(request, kept)

    return run


def _is_plain_visit(request: HttpRequest) -> bool:
    cookies = request.COOKIES
    return request.method == "GET" and settings.SESSION_COOKIE_NAME not in cookies and "messages" not in cookies


def _is_personal(request: HttpRequest, response: HttpResponse) -> bool:
    """A page with a form carries this visitor's token."""
    return bool(response.cookies) or "CSRF_COOKIE_NEEDS_UPDATE" in request.META


def _key(request: HttpRequest, coalition: Coalition) -> str:
    # The day is in the key, since memberships, roles and dates come into force with it.
    parts = (
        str(coalition.pk),
        str(coalition.revision),
        timezone.localdate().isoformat(),
        get_language() or "",
        request.headers.get("HX-Request", ""),
        request.headers.get("HX-Boosted", ""),
        request.get_full_path(),
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _keep(response: HttpResponse) -> Kept:
    body = response.content
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'
    return Kept(body, gzip.compress(body, 6, mtime=0), dict(response.headers), etag)


def _answer(request: HttpRequest, kept: Kept) -> HttpResponse:
    response: HttpResponse
    if request.headers.get("If-None-Match") == kept.etag:
        response = HttpResponseNotModified()
    elif "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(kept.squeezed, headers=kept.headers | {"Content-Encoding": "gzip"})
    else:
        response = HttpResponse(kept.body, headers=kept.headers)
    response.headers["ETag"] = kept.etag
    response.headers["Vary"] = "Cookie, Accept-Encoding, Accept-Language, HX-Request, HX-Boosted"
    return response


def _seconds_until_tomorrow() -> float:
    now = timezone.localtime()
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), tzinfo=now.tzinfo)
    return max((midnight - now).total_seconds(), 1)
