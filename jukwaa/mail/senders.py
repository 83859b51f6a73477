"""Find out who sent an email: parse the From header first and decode afterwards, never the other way round.

Whoever decodes first finds addresses that no mail server has checked: `=?utf-8?q?a=40example.org=3E?= <b@example.net>`
is from b.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jukwaa.mail.authentication import FOLDED_LINE_BREAK_PATTERN, normalise_domain_name
from jukwaa.mail.header_decoding import decode_header_value

MAX_FROM_HEADER_LENGTH = 2_000
MAX_SENDER_NAME_LENGTH = 120
_ATOM_PATTERN = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]++"
_ADDRESS_PATTERN = rf"(?P<local>{_ATOM_PATTERN}(?:\.{_ATOM_PATTERN})*+)@(?P<domain>[^\s\x00-\x2c\x2f:-@\[-`{{-\x7f]++)"
_SPACE_PATTERN = r"[ \t]*+"
_COMMENT_PATTERN = r"\([^()<>\\\r\n]*+\)"
_PHRASE_PATTERN = (
    rf'(?P<name>(?:[^\x00-\x08\x0a-\x1f\x7f()<>\[\]:;@\\,"]|"(?:[^"\\\r\n]|\\[^\r\n])*+"|{_COMMENT_PATTERN})*+)'
)
NAMED_MAILBOX_PATTERN = re.compile(
    rf"{_PHRASE_PATTERN}<{_SPACE_PATTERN}{_ADDRESS_PATTERN}{_SPACE_PATTERN}>{_SPACE_PATTERN}(?:{_COMMENT_PATTERN}{_SPACE_PATTERN})?"
)
BARE_ADDRESS_PATTERN = re.compile(
    rf"{_SPACE_PATTERN}{_ADDRESS_PATTERN}{_SPACE_PATTERN}(?:\((?P<name>[^()\\\r\n]*+)\){_SPACE_PATTERN})?"
)


class SenderError(ValueError):
    """The email does not say who sent it: none, or more than one, or something that is no address."""


@dataclass(frozen=True)
class EmailSender:
    """`address` is in lower case, its domain in ASCII; nothing proves the name."""

    address: str
    name: str = ""

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


def parse_sender_header(headers: Sequence[str]) -> EmailSender:
    """Return the one sender of an email, given its raw From headers. Raises SenderError."""
    if len(headers) != 1:
        raise SenderError("There must be exactly one From header.")
    value = FOLDED_LINE_BREAK_PATTERN.sub("", headers[0]).rstrip("\r\n")
    found = (
        NAMED_MAILBOX_PATTERN.fullmatch(value) or BARE_ADDRESS_PATTERN.fullmatch(value)
        if len(value) <= MAX_FROM_HEADER_LENGTH
        else None
    )
    domain = normalise_domain_name(found["domain"]) if found else ""
    if found is None or not domain or "=?" in found["local"]:
        raise SenderError("The From header must contain exactly one address.")
    name = decode_header_value((found["name"] or "").strip().strip('"'))
    return EmailSender(f"{found['local'].lower()}@{domain}", name[:MAX_SENDER_NAME_LENGTH])
