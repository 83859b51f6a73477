"""Parse Authentication-Results (RFC 8601), and nothing that merely resembles it.

The libraries at hand were not fit: `authres` has had no release since 2019, drops properties of unknown types without
a word, and raises RecursionError on nested comments. What this parser does not understand is an error, so a header
that somebody bent believes nothing.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NoReturn

from django.utils.encoding import punycode

MAX_AUTHENTICATION_HEADER_LENGTH = 10_000
KEYWORD_PATTERN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?")
QUOTED_STRING_PATTERN = re.compile(r'"((?:[^"\\\r\n]|\\[^\r\n])*+)"')
# Wider than the grammar's token: servers write `header.b=Ab/+=` and `smtp.mailfrom=<a@b>` without quotes.
UNQUOTED_VALUE_PATTERN = re.compile(r'[^\s\x00-\x1f\x7f();"\\,]++')
NUMBER_PATTERN = re.compile(r"[0-9]++")
COMMENT_PIECE_PATTERN = re.compile(r"\\.|[()]|[^()\\]++|\\", re.DOTALL)
SPACES_PATTERN = re.compile(r"[ \t]++")
FOLDED_LINE_BREAK_PATTERN = re.compile(r"(?:\r\n|\r|\n)(?=[ \t])")


class AuthenticationResultsError(ValueError):
    """The header does not follow RFC 8601."""


@dataclass(frozen=True)
class MethodResult:
    """One `method=result`, such as dmarc=pass; properties are pairs such as ("header.from", "example.org")."""

    method: str
    result: str
    properties: tuple[tuple[str, str], ...] = ()

    def get_all(self, property_name: str) -> list[str]:
        return [value for key, value in self.properties if key == property_name]


@dataclass(frozen=True)
class AuthenticationResults:
    authserv_id: str
    results: tuple[MethodResult, ...]


def parse_authentication_results(header_value: str) -> AuthenticationResults:
    """Parse the value of one header, folded or not. Raises AuthenticationResultsError."""
    if len(header_value) > MAX_AUTHENTICATION_HEADER_LENGTH:
        raise AuthenticationResultsError("The header is too long.")
    return _AuthenticationParser(FOLDED_LINE_BREAK_PATTERN.sub("", header_value).rstrip("\r\n")).parse()


def get_authenticated_domain(headers: Iterable[str], authority: str) -> str:
    """Return the domain for which our mail server found dmarc=pass, in ASCII; empty if there is none.

    Only headers with the server's own authserv-id count. All of them must be readable and say the same about DMARC:
    a second result, or one that can't be read, means that somebody had a hand in it.
    """
    if not authority:
        return ""
    try:
        parsed = [
            parse_authentication_results(value) for value in headers if _does_value_mention_authority(value, authority)
        ]
    except AuthenticationResultsError:
        return ""
    own = [each for each in parsed if each.authserv_id.casefold() == authority.casefold()]
    found = [result for each in own for result in each.results if result.method == "dmarc"]
    domains = {_get_passed_domain(result) for result in found}
    return domains.pop() if len(domains) == 1 else ""


def normalise_domain_name(domain: str) -> str:
    """Return the domain in lower case and in ASCII (IDNA), or an empty string.

    A domain that IDNA 2003 and 2008 read differently (with "ß") or that contains compatibility letters (full width)
    has no answer: it would become another domain.
    """
    try:
        ascii_domain = punycode(domain).lower()
        round_trip = ascii_domain.encode().decode("idna")
    except UnicodeError:
        return ""
    return ascii_domain if domain.lower() in (ascii_domain, round_trip) else ""


def _does_value_mention_authority(header_value: str, authority: str) -> bool:
    return authority.casefold() in FOLDED_LINE_BREAK_PATTERN.sub("", header_value).casefold()


def _get_passed_domain(method_result: MethodResult) -> str:
    named = method_result.get_all("header.from")
    return normalise_domain_name(named[0]) if method_result.result == "pass" and len(named) == 1 else ""


class _AuthenticationParser:
    """Recursive descent over the grammar of RFC 8601, section 2.2; comments are skipped without recursion."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0

    def parse(self) -> AuthenticationResults:
        self._skip_space_and_comments()
        authserv_id = self._read_property_value()
        self._skip_space_and_comments()
        if self._peek_next_character().isdigit():
            self._require_pattern(NUMBER_PATTERN)
            self._skip_space_and_comments()
        return AuthenticationResults(authserv_id, tuple(self._read_method_results()))

    def _read_method_results(self) -> Iterator[MethodResult]:
        while self._peek_next_character():
            self._require_next_character(";")
            self._skip_space_and_comments()
            if not self._peek_next_character():
                return  # a last semicolon, which some servers write
            method = self._read_header_keyword()
            if method == "none" and self._peek_next_character() in ("", ";"):
                continue
            yield self._read_method_result(method)

    def _read_method_result(self, authentication_method: str) -> MethodResult:
        if self._take_if_next("/"):
            self._require_pattern(NUMBER_PATTERN)
            self._skip_space_and_comments()
        self._require_next_character("=")
        self._skip_space_and_comments()
        result = self._read_header_keyword()
        return MethodResult(authentication_method, result, tuple(self._read_result_properties()))

    def _read_result_properties(self) -> Iterator[tuple[str, str]]:
        while self._peek_next_character() not in ("", ";"):
            self._expect_space_before()
            name = self._read_header_keyword()
            if self._take_if_next("."):
                name = f"{name}.{self._read_header_keyword()}"
            self._require_next_character("=")
            self._skip_space_and_comments()
            yield name, self._read_property_value()
            self._expect_end_of_value()
            self._skip_space_and_comments()

    def _read_header_keyword(self) -> str:
        keyword = self._require_pattern(KEYWORD_PATTERN).lower()
        self._skip_space_and_comments()
        return keyword

    def _read_property_value(self) -> str:
        """A token, a quoted string, or the latter as a local part with @domain behind it."""
        if self._peek_next_character() != '"':
            return self._require_pattern(UNQUOTED_VALUE_PATTERN)
        quoted = re.sub(r"\\(.)", r"\1", self._require_pattern(QUOTED_STRING_PATTERN)[1:-1])
        return quoted + (self._require_pattern(UNQUOTED_VALUE_PATTERN) if self._peek_next_character() == "@" else "")

    def _expect_end_of_value(self) -> None:
        if self._peek_next_character() not in {"", ";", "(", " ", "\t"}:
            self._raise_parse_error()

    def _expect_space_before(self) -> None:
        if self.text[self.place - 1] not in " \t)":
            self._raise_parse_error()

    def _peek_next_character(self) -> str:
        return self.text[self.place : self.place + 1]

    def _take_if_next(self, character: str) -> bool:
        taken = self._peek_next_character() == character
        if taken:
            self.place += 1
            self._skip_space_and_comments()
        return taken

    def _require_next_character(self, character: str) -> None:
        if not self._take_if_next(character):
            self._raise_parse_error()

    def _require_pattern(self, token_pattern: re.Pattern[str]) -> str:
        found = token_pattern.match(self.text, self.place)
        if found is None:
            self._raise_parse_error()
        self.place = found.end()
        return found.group()

    def _skip_space_and_comments(self) -> None:
        while self._peek_next_character() == "(" or SPACES_PATTERN.match(self.text, self.place):
            found = SPACES_PATTERN.match(self.text, self.place)
            self.place = found.end() if found else self._find_end_of_comment()

    def _find_end_of_comment(self) -> int:
        depth = 0
        for piece in COMMENT_PIECE_PATTERN.finditer(self.text, self.place):
            depth += {"(": 1, ")": -1}.get(piece.group(), 0)
            if not depth:
                return piece.end()
        raise AuthenticationResultsError("A comment does not end.")

    def _raise_parse_error(self) -> NoReturn:
        raise AuthenticationResultsError(f"Unexpected text at character {self.place + 1}.")
