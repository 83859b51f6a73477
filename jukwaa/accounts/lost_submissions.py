"""Return the text of a form that was sent after the session had ended, so that nothing is lost."""

import re

from django.http import HttpRequest, HttpResponse, QueryDict

from jukwaa.core.http import get_previous_page_url, render_page

IGNORED_FORM_FIELDS = {"csrfmiddlewaretoken", "next", "screened", "token", "version"}
MACHINE_VALUE_PATTERN = re.compile(r"\d+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # numbers of rows, and of forms


def render_lost_submission(request: HttpRequest) -> HttpResponse:
    """A page with what was typed, to be copied, and the way through the sign-in back to the form."""
    context = {"typed": _find_typed_texts(request.POST), "next": get_previous_page_url(request)}
    response = render_page(request, "accounts/session_ended.html", context, status=403)
    response.headers["Cache-Control"] = "no-store"  # only its author may see it, not the next person at this browser
    return response


def _find_typed_texts(submitted_data: QueryDict) -> list[str]:
    """What people wrote, without what the form carried of its own."""
    values = [
        value.strip()
        for name in submitted_data
        if name not in IGNORED_FORM_FIELDS
        for value in submitted_data.getlist(name)
    ]
    return [value for value in values if value and not MACHINE_VALUE_PATTERN.fullmatch(value)]
