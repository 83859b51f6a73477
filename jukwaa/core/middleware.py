"""Headers that Django has no setting for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

type GetResponse = Callable[[HttpRequest], HttpResponse]

NOT_USED = ("camera", "microphone", "geolocation", "payment", "usb", "browsing-topics", "display-capture")
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in NOT_USED)


class PolicyHeadersMiddleware:
    """Permissions-Policy on each response; pages for one person are kept by no cache between."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response
