"""What the pages here share."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from jukwaa.accounts.models import Person
from jukwaa.coalitions import departures
from jukwaa.coalitions.display_names import get_display_name
from jukwaa.coalitions.http import MemberRequest
from jukwaa.core.form_view import Target, form_view
from jukwaa.core.forms import Form

COALITION_FORM_TEMPLATE = "coalitions/form_page.html"


def require_permission(is_allowed: bool) -> None:  # noqa: FBT001 - it reads as a sentence
    if not is_allowed:
        raise PermissionDenied


def handle_directory_form[R](
    request: MemberRequest,
    form: Form,
    *,
    title: str,
    button_label: str,
    return_url: str,
    action: Callable[[], R],
    lead_text: str = "",
    is_destructive: bool = False,
    success_message: str | Callable[[R], str] = "",
    redirect_to: Target | Callable[[R], Target] | None = None,
) -> HttpResponse:
    """Handle a form on a page of the directory. It leads `back` unless it names another page.

    `stop` says that the form takes something away.
    """
    return form_view(
        request,
        form,
        template=COALITION_FORM_TEMPLATE,
        context={"title": title, "lead": lead_text, "button": button_label, "stop": is_destructive, "back": return_url},
        action=action,
        success_message=success_message,
        redirect_to=return_url if redirect_to is None else redirect_to,
    )


def build_leave_context(
    request: MemberRequest, person: Person, *, return_url: str, participation: departures.Participation | None = None
) -> dict[str, Any]:
    """Return what the page shows that asks whether a person leaves, or whether one tie of theirs ends."""
    return {
        "own": person == request.user,
        "name": get_display_name(person, request.standing),
        "ending": participation,
        "preview": departures.preview_person_departure(request.coalition, person, participation),
        "back": return_url,
    }


def describe_own_departure(request: MemberRequest) -> str:
    """Return what has happened to the person who asks, who ended a tie of their own."""
    person = Person.objects.get(pk=request.user.pk)
    return departures.describe_departure(request.coalition, person, is_own=True)
