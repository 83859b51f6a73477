"""Requests with types: who stands behind them decides which views may take them."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from jukwaa.accounts.models import Person
from jukwaa.core.http import HtmxRequest

type Viewer = Person | AnonymousUser


def clear_browser_cache(response: HttpResponse) -> HttpResponse:
    """Ask the browser to drop everything that it has stored of this site, for whoever uses it next.

    Browsers obey on HTTPS alone (W3C, Clear Site Data, section 3). Pages of members are not stored to begin with.
    """
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


if TYPE_CHECKING:

    class Request(HtmxRequest):
        """A request by anybody."""

        user: Viewer

    class MemberRequest(HtmxRequest):
        """A request behind the sign-in wall."""

        user: Person
else:
    Request = MemberRequest = HttpRequest
