"""Pages for what went wrong, and the sheet."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from jukwaa.core.http import page
from jukwaa.core.sheet import sheet


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """What is not there and what one may not see look the same."""
    return page(request, "404.html", status=404)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, "403.html", {"reason": str(exception or "")}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    return page(request, "csrf.html", status=403)


@login_not_required
@require_GET
@cache_control(public=True, max_age=31536000, immutable=True)
def stylesheet(request: HttpRequest, fingerprint: str) -> HttpResponse:  # noqa: ARG001 - it makes the address unique
    return HttpResponse(sheet().text, content_type="text/css; charset=utf-8")
