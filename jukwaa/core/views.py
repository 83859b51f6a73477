"""Pages for what went wrong, and the sheet."""

import sys

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views import defaults
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from jukwaa.core.http import find_parent_page_path, get_previous_page_url, render_page
from jukwaa.core.storage import is_disk_full
from jukwaa.core.stylesheets import build_stylesheet


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """What is not there and what one may not see look the same."""
    return render_page(request, "404.html", status=404)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """With ways on: where one was, one's desk, and who can do it instead."""
    came, above = get_previous_page_url(request), find_parent_page_path(request.path)
    was = came not in (request.path, request.get_full_path(), above) and not came.startswith("/account/")
    context = {"reason": str(exception or ""), "was": was, "above": came if was else above}
    return render_page(request, "403.html", context, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """A full disk has a page of its own, which says what to do. Neither page asks the database for anything."""
    if is_disk_full(sys.exception()):
        return HttpResponse(loader.get_template("507.html").render(), status=507)
    return defaults.server_error(request)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    return render_page(request, "csrf.html", status=403)


@login_not_required
@require_GET
@cache_control(public=True, max_age=31536000, immutable=True)
def stylesheet(request: HttpRequest, fingerprint: str) -> HttpResponse:  # noqa: ARG001 - it makes the address unique
    return HttpResponse(build_stylesheet().text, content_type="text/css; charset=utf-8")
