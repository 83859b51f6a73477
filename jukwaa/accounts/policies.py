"""Who may do what about an account. Everybody only about their own; some of it only right after signing in."""

import ipaddress
import time

from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest

RECENT_SIGN_IN_MAX_SECONDS = 30 * 60


def has_signed_in_recently(request: HttpRequest) -> bool:
    """So that a phone left lying about gives nobody a lasting way in."""
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < RECENT_SIGN_IN_MAX_SECONDS


def supports_passkeys(request: HttpRequest) -> bool:
    """Passkeys belong to a host name; browsers refuse them for bare numbers such as 127.0.0.1."""
    try:
        ipaddress.ip_address(request.get_host().rsplit(":", 1)[0].strip("[]"))
    except ValueError:
        return True
    return False
