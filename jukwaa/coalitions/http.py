"""Requests for a page of a coalition: the middleware puts the coalition and the viewer's standing on them."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

from jukwaa.accounts import http
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import Standing

if TYPE_CHECKING:

    class Request(http.Request):
        coalition: Coalition
        standing: Standing

    class MemberRequest(http.MemberRequest):
        coalition: Coalition
        standing: Standing
else:
    Request = MemberRequest = HttpRequest
