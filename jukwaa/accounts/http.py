"""Requests with types: who stands behind them decides which views may take them."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from jukwaa.accounts.models import Person
from jukwaa.core.http import HtmxRequest

type Viewer = Person | AnonymousUser

if TYPE_CHECKING:

    class Request(HtmxRequest):
        """A request by anybody."""

        user: Viewer

    class MemberRequest(HtmxRequest):
        """A request behind the sign-in wall."""

        user: Person
else:
    Request = MemberRequest = HttpRequest
