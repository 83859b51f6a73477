"""What allauth does here: sessions, passkeys, and the record of how somebody signed in. No passwords, no sign-up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from jukwaa.core.http import get_safe_next_url


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the signature is allauth's
        """Nobody signs up: whoever brings back a mailed code is in."""
        return False

    def get_login_stages(self) -> list[str]:
        """None: a code, a link or a passkey is enough by itself, and who lost the passkey still has their mail."""
        return []

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return get_safe_next_url(request, "/")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:  # noqa: ARG002 - the signature is allauth's
        """Our views ask for a fresh sign-in themselves (`policies.has_signed_in_recently`)."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our views say what happened, in our words."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """All mail goes through `jukwaa.mail`; none of allauth's is in use."""
        raise NotImplementedError(template_prefix)


class PasskeyAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("The passkey did not work. Try again, or ask for a code by email.")
    }

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Jukwaa"}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        name = user.email or str(user)
        return {**super().get_public_key_credential_user_entity(user), "name": name, "display_name": user.name or name}
