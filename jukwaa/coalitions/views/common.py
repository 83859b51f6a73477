"""What the pages here share."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from jukwaa.accounts.models import Person
from jukwaa.coalitions import departures
from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.names import shown
from jukwaa.core.form_view import Target, form_view
from jukwaa.core.forms import Form

FORM_PAGE = "coalitions/form_page.html"


def require(allowed: bool) -> None:  # noqa: FBT001 - it reads as a sentence
    if not allowed:
        raise PermissionDenied


def directory_form[R](
    request: MemberRequest,
    form: Form,
    *,
    title: str,
    button: str,
    back: str,
    action: Callable[[], R],
    lead: str = "",
    stop: bool = False,
    success: str | Callable[[R], str] = "",
    redirect_to: Target | Callable[[R], Target] | None = None,
) -> HttpResponse:
    """Handle a form on a page of the directory. It leads `back` unless it names another page.

    `stop` says that the form takes something away.
    """
    return form_view(
        request,
        form,
        template=FORM_PAGE,
        context={"title": title, "lead": lead, "button": button, "stop": stop, "back": back},
        action=action,
        success=success,
        redirect_to=back if redirect_to is None else redirect_to,
    )


def leave_context(
    request: MemberRequest, person: Person, *, back: str, ending: departures.Tie | None = None
) -> dict[str, Any]:
    """Return what the page shows that asks whether a person leaves, or whether one tie of theirs ends."""
    return {
        "own": person == request.user,
        "name": shown(person, request.standing),
        "ending": ending,
        "preview": departures.preview(request.coalition, person, ending),
        "back": back,
    }


def describe_end(request: MemberRequest) -> str:
    """Return what has happened to the person who asks, who ended a tie of their own."""
    person = Person.objects.get(pk=request.user.pk)
    return departures.describe(request.coalition, person, own=True)
