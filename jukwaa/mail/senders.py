"""Find out who sent an email: parse the From header first and decode afterwards, never the other way round.

Whoever decodes first finds addresses that no mail server has checked: `=?utf-8?q?a=40example.org=3E?= <b@example.net>`
is from b.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jukwaa.mail.authentication import FOLDED_LINE_BREAK, normalise_domain
from jukwaa.mail.header_decoding import decode_header_value

MAX_FROM_LENGTH = 2_000
MAX_NAME_LENGTH = 120
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]++"
_ADDRESS = rf"(?P<local>{_ATOM}(?:\.{_ATOM})*+)@(?P<domain>[^\s\x00-\x2c\x2f:-@\[-`{{-\x7f]++)"
_SPACE = r"[ \t]*+"
_COMMENT = r"\([^()<>\\\r\n]*+\)"
_PHRASE = rf'(?P<name>(?:[^\x00-\x08\x0a-\x1f\x7f()<>\[\]:;@\\,"]|"(?:[^"\\\r\n]|\\[^\r\n])*+"|{_COMMENT})*+)'
NAMED_MAILBOX = re.compile(rf"{_PHRASE}<{_SPACE}{_ADDRESS}{_SPACE}>{_SPACE}(?:{_COMMENT}{_SPACE})?")
BARE_ADDRESS = re.compile(rf"{_SPACE}{_ADDRESS}{_SPACE}(?:\((?P<name>[^()\\\r\n]*+)\){_SPACE})?")


class SenderError(ValueError):
    """The email does not say who sent it: none, or more than one, or something that is no address."""


@dataclass(frozen=True)
class Sender:
    """`address` is in lower case, its domain in ASCII; nothing proves the name."""

    address: str
    name: str = ""

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


def parse_sender(headers: Sequence[str]) -> Sender:
    """Return the one sender of an email, given its raw From headers. Raises SenderError."""
    if len(headers) != 1:
        raise SenderError("There must be exactly one From header.")
    value = FOLDED_LINE_BREAK.sub("", headers[0]).rstrip("\r\n")
    found = NAMED_MAILBOX.fullmatch(value) or BARE_ADDRESS.fullmatch(value) if len(value) <= MAX_FROM_LENGTH else None
    domain = normalise_domain(found["domain"]) if found else ""
    if found is None or not domain or "=?" in found["local"]:
        raise SenderError("The From header must contain exactly one address.")
    name = decode_header_value((found["name"] or "").strip().strip('"'))
    return Sender(f"{found['local'].lower()}@{domain}", name[:MAX_NAME_LENGTH])
