"""How allauth signs people in here: by mailed code, no passwords."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from jukwaa.core.http import safe_next


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the signature is allauth's
        return True

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return safe_next(request, "/")

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """People have no user names."""
