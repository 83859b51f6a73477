"""The stack, HEAD requests, headers that Django has no setting for, and addresses that lead nowhere."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, StreamingHttpResponse
from django.http.response import HttpResponseBase

from jukwaa.core.call_stack import call_with_large_stack
from jukwaa.core.documents.slots import track_reading_request
from jukwaa.core.http import find_parent_page_path, render_page

type GetResponse = Callable[[HttpRequest], HttpResponse]

DISABLED_BROWSER_FEATURES = (
    "camera",
    "microphone",
    "geolocation",
    "payment",
    "usb",
    "browsing-topics",
    "display-capture",
)
NO_STORE_CACHE_CONTROL = "private, no-store"
MAX_ROW_NUMBER = 2**63 - 1  # that a database takes as the number of a row
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in DISABLED_BROWSER_FEATURES)


class LargeStackMiddleware:
    """Answer each request in one piece of Python's stack. It comes first of all."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return call_with_large_stack(self.get_response, request)


class HeadMiddleware:
    """A HEAD request is answered as GET, without the body: views need not know of it. It comes before all that do."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "HEAD":
            return self.get_response(request)
        request.method = "GET"
        response: HttpResponseBase = self.get_response(request)
        if isinstance(response, StreamingHttpResponse):
            response.streaming_content = iter(())  # what it would have read is closed with the response
        elif isinstance(response, HttpResponse):
            response.headers.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response


class PolicyHeadersMiddleware:
    """Permissions-Policy on each response, and how long browsers and proxies may keep it.

    What a signed-in person was shown is not stored at all (RFC 9111, section 5.2.2.5): phones and computers are shared,
    and the next person must not read it by going back. A visitor's page may be stored, and is asked for again.
    What a view itself calls public, as the style sheet, is the same for everybody and stays so.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if _is_signed_in(request) and "public" not in response.headers.get("Cache-Control", ""):
            response.headers["Cache-Control"] = NO_STORE_CACHE_CONTROL
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


def _is_signed_in(request: HttpRequest) -> bool:
    """Return False too for what is answered before anybody asks who is there, such as static files."""
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated


class ReadingSlotMiddleware:
    """Tell the slots for reading documents that a request is waiting, and whose it is."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        size = int(request.META.get("CONTENT_LENGTH") or 0)
        with track_reading_request(lambda: str(request.user.pk or ""), size):
            return self.get_response(request)


class InvalidAddressMiddleware:
    """A number that no row can have is 404, and where one can't go there is a page with a way out."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        answer = render_page(
            request, "405.html", {"above": find_parent_page_path(request.path)}, status=response.status_code
        )
        answer.headers["Allow"] = response.headers["Allow"]
        return answer

    def process_view(
        self,
        request: HttpRequest,
        view_function: Callable[..., HttpResponse],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> None:
        del request, view_function, args
        if any(isinstance(value, int) and value > MAX_ROW_NUMBER for value in kwargs.values()):
            raise Http404
