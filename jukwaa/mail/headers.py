"""Headers that well-behaved mail carries."""

from collections.abc import Mapping
from email.headerregistry import Address
from email.utils import parseaddr

from django.conf import settings

LABELS_READABLE_BY_EMAIL = {"TLP:CLEAR", "TLP:GREEN"}

# Answering machines leave these alone (RFC 3834; the second is what Exchange listens to).
AUTOMATIC_EMAIL_HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}

MAX_SENDER_NAME_LENGTH = 100
RESERVED_EMAIL_HEADERS = {
    "from",
    "to",
    "cc",
    "bcc",
    "subject",
    "date",
    "message-id",
    "reply-to",
    "sender",
    "content-type",
}


def build_unsubscribe_headers(url: str, *, address: str = "") -> dict[str, str]:
    """RFC 8058: the reader's mail program offers a button, which posts to the address that has the token in it.

    The view behind it must take a POST without a cookie and without CSRF token, and do nothing on GET.
    """
    ways = [f"<{url}>", f"<mailto:{address}>"] if address else [f"<{url}>"]
    return {"List-Unsubscribe": ", ".join(ways), "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def build_email_headers(in_reply_to: str, headers: Mapping[str, str], sender_name: str = "") -> dict[str, str]:
    """Return the headers of an email from us: those given, that it is automatic, and below which email it is shown.

    `sender_name` stands in From, before the address of the site. Raises ValueError for a header that would
    forge a part of the email.
    """
    thread = {"In-Reply-To": in_reply_to, "References": in_reply_to} if in_reply_to else {}
    complete = {**AUTOMATIC_EMAIL_HEADERS, **thread, **headers}
    for name, value in complete.items():
        if name.lower() in RESERVED_EMAIL_HEADERS or not name.isascii() or any(c in f"{name}{value}" for c in "\r\n\0"):
            raise ValueError(f"A mail can't have this header: {name!r}")
    return {**complete, **_build_sender_header(sender_name)}


def _build_sender_header(sender_name: str) -> dict[str, str]:
    """Return the From header with this name before the address of the site, the one whose domain vouches for it.

    Without a name there is none: then the sender of the settings is used as it is.
    """
    name = "".join(character for character in sender_name if character.isprintable()).strip()
    if not name:
        return {}
    _site_name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return {"From": str(Address(display_name=name[:MAX_SENDER_NAME_LENGTH], addr_spec=address))}
