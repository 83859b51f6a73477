"""What somebody typed into a form when their session had ended: given back to them, so that nothing is lost."""

import re

from django.http import HttpRequest, HttpResponse, QueryDict

from jukwaa.core.http import came_from, page

NOT_TYPED = {"csrfmiddlewaretoken", "next", "screened", "token", "version"}
MACHINES = re.compile(r"\d+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # numbers of rows, and of forms


def give_back(request: HttpRequest) -> HttpResponse:
    """A page with what was typed, to be copied, and the way through the sign-in back to the form."""
    context = {"typed": _typed(request.POST), "next": came_from(request)}
    response = page(request, "accounts/session_ended.html", context, status=403)
    response.headers["Cache-Control"] = "no-store"  # it is for whoever typed it, and for nobody after them
    return response


def _typed(sent: QueryDict) -> list[str]:
    """What people wrote, without what the form carried of its own."""
    values = [value.strip() for name in sent if name not in NOT_TYPED for value in sent.getlist(name)]
    return [value for value in values if value and not MACHINES.fullmatch(value)]
