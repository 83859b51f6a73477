"""Requests with types, fragments for htmx, and redirects that stay here."""

import inspect
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

from jukwaa.core.privacy_link import add_privacy_links


class HtmxRequest(HttpRequest):
    """Any request: the middleware tells whether htmx made it."""

    htmx: HtmxDetails


def choose_page_template(request: HtmxRequest, template: str, fragment: str) -> str:
    """A part of the page for htmx; the whole of it for browsers, boosted links and history."""
    htmx = request.htmx
    wants_part = htmx and not htmx.boosted and not htmx.history_restore_request
    return f"{template}#{fragment}" if wants_part else template


def render_page(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    add_privacy_links(request, context or {})
    return TemplateResponse(request, template, context, status=status).render()


def render_invalid_form(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The form once more, with what was typed and what was wrong with it."""
    return render_page(request, template, context, status=422)


def get_safe_next_url(request: HttpRequest, fallback_url: str) -> str:
    """Where `next` leads if that is a page of ours, else the fallback."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if ours else fallback_url


def redirect_to_next(request: HttpRequest, fallback_url: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(get_safe_next_url(request, fallback_url))


def get_previous_page_url(request: HttpRequest) -> str:
    """The page of ours on which a form was sent: as the form says, else as the browser does, else here or above."""
    here = {request.get_host()}
    for address in (request.POST.get("next", ""), request.headers.get("Referer", "")):
        if url_has_allowed_host_and_scheme(address, here, require_https=request.is_secure()):
            parts = urlsplit(address)
            if has_readable_page(parts.path):
                return parts.path + (f"?{parts.query}" if parts.query else "")
    return request.path if has_readable_page(request.path) else find_parent_page_path(request.path)


def find_parent_page_path(path: str) -> str:
    """The nearest address above this one where there is a page to read."""
    while path.strip("/"):
        path = path.rstrip("/").rpartition("/")[0] + "/"
        if has_readable_page(path):
            return path
    return "/"


def has_readable_page(path: str) -> bool:
    """Whether there is a page at this path, and not a button alone."""
    try:
        view: Callable[..., Any] | None = resolve(path).func
    except Resolver404:
        return False
    while view is not None:
        if methods := inspect.getclosurevars(view).nonlocals.get("request_method_list"):
            return "GET" in methods
        view = getattr(view, "__wrapped__", None)
    return True
