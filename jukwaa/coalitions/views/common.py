"""What the pages here share: a page that is one form, and a button that does one deed."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

from jukwaa.coalitions.refusals import Refused
from jukwaa.core.http import invalid, page

FORM_PAGE = "coalitions/form_page.html"  # title, lead, button, back; stop if it takes something away


def form_page(
    request: HttpRequest,
    form: forms.Form,
    *,
    title: str,
    button: str,
    back: str,
    lead: str = "",
    template: str = "coalitions/form_page.html",
    **context: Any,
) -> HttpResponse:
    """One form on a page of its own; with what was wrong, if something was."""
    context |= {"form": form, "title": title, "button": button, "back": back, "lead": lead, "here": "directory"}
    return invalid(request, template, context) if form.errors else page(request, template, context)


def typed(request: HttpRequest) -> QueryDict | None:
    """What was sent, be it nothing; None for a page that was only asked for."""
    return request.POST if request.method == "POST" else None


def done(request: HttpRequest, form: forms.Form, deed: Callable[[], object]) -> bool:
    """Whether the form was sent, was in order, and the deed was not refused. A refusal stands in the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        deed()
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    return True


def press(request: HttpRequest, deed: Callable[[], object], *, told: str, to: str) -> HttpResponse:
    """A button without a form: do it, say what came of it, go on."""
    try:
        deed()
    except Refused as refusal:
        messages.warning(request, str(refusal), extra_tags="wrong")
    else:
        messages.success(request, told)
    return HttpResponseRedirect(to)


def go(request: HttpRequest, *, told: str, to: str) -> HttpResponse:
    messages.success(request, told)
    return HttpResponseRedirect(to)


def require(allowed: bool) -> None:  # noqa: FBT001 - it reads as a sentence
    if not allowed:
        raise PermissionDenied
