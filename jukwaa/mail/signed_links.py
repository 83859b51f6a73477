"""Links in mail: signed, dated tokens, each for one purpose.

Mail scanners open every link, so opening one only shows a page; its button does the deed. A view reads the token on
GET (`read_token`) and uses it up on POST (`use_token`), in the transaction of the deed.
"""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.core import signing
from django.utils import timezone

from jukwaa.mail.models import UsedToken

NONCE_PAYLOAD_KEY = "_n"


def make_signed_token(token_purpose: str, token_payload: dict[str, Any]) -> str:
    """No two are the same, so that using up one leaves the others."""
    return signing.dumps(
        {**token_payload, NONCE_PAYLOAD_KEY: secrets.token_urlsafe(6)},
        salt=_get_purpose_salt(token_purpose),
        compress=True,
    )


def read_signed_token(token_purpose: str, token: str, max_age: timedelta) -> dict[str, Any] | None:
    """What the token says; None if it is not ours, is for another purpose, or has run out."""
    try:
        payload = signing.loads(token, salt=_get_purpose_salt(token_purpose), max_age=max_age)
    except signing.BadSignature:
        return None
    return {key: value for key, value in payload.items() if key != NONCE_PAYLOAD_KEY}


def was_token_used(token: str) -> bool:
    return UsedToken.objects.filter(digest=_digest_signed_token(token)).exists()


def use_signed_token_once(token: str, *, max_age: timedelta) -> bool:
    """True for the first who uses it, and only if the transaction around this is committed."""
    forget_after = timezone.now() + max_age + timedelta(days=1)
    digest = _digest_signed_token(token)
    return UsedToken.objects.get_or_create(digest=digest, defaults={"forget_after": forget_after})[1]


def _digest_signed_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _get_purpose_salt(token_purpose: str) -> str:
    return f"jukwaa.mail.links.{token_purpose}"  # part of links in emails that were sent: it stays
