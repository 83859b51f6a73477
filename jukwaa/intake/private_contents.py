"""What the text of a file contains that few people should read: passwords, bank details, a person's health. Pure.

Texts about these subjects are not meant: a policy for passwords has no password in it.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from django.utils.translation import gettext as _

from jukwaa.places.text_folding import fold_text

MAX_LETTER_LENGTH = 4000  # longer texts that speak of illness are stories and reports
MAX_WORDS_BETWEEN = 7  # "I [will be in the] hospital"
MAX_HOLDER_WORDS = 5
MIN_ACCOUNT_DIGITS = 6
MIN_SECRET_LENGTH, MIN_STRONG_SECRET_LENGTH = 4, 8
LINES_OF_CALL = 3  # an invitation to a call has its address, its number and its code in lines of their own
GREETING_LINES = 10

_ENTRY_PATTERN = re.compile(r"([^:=|;,/\n]{1,40})[:=]\s*([^\s|;,]+)(?=\s*(?:$|[|;,/)]|\S{1,20}\s*[:=]))")
_PAIR_PATTERN = re.compile(r"([^:=|\n]{1,40})[:=]\s*\S+\s*[/|,;]\s*(\S+)\s*")
_LINE_ENTRY_PATTERN = re.compile(r"([^:=|\n]{1,40})[:=]\s*(\S+)\s*")
_TABLE_SEPARATORS = (" | ", "\t", ";", ",")
_PIECE_PATTERN = re.compile(r"[,;|\n]|\s[-\u2013\u2014]\s")
_SENTENCE_PATTERN = re.compile(r"[.!?\u061f]\s|[\n;:,\u060c]")
_QUOTE_PATTERN = re.compile(r"\u201c[^\u201d]*\u201d|\"[^\"]*\"|\u00ab[^\u00bb]*\u00bb")
_APOSTROPHE_PATTERN = re.compile("['\u2019\u02bb]")

type Words = frozenset[str]


def _fold(text: str) -> str:
    return fold_text(_APOSTROPHE_PATTERN.sub(" ", text))


@cache
def load_private_words() -> dict[str, dict[str, Words]]:
    table = tomllib.loads((files("jukwaa.intake") / "data" / "private_contents.toml").read_text("utf-8"))
    return {
        part: {kind: frozenset(map(_fold, words)) for kind, words in kinds.items()} for part, kinds in table.items()
    }


def describe_private_contents(text: str) -> str:
    """Say what a file contains that is private, for a sentence; nothing for other files."""
    if _has_credentials(text):
        return _("passwords or other access data")
    if _has_bank_details(text):
        return _("the bank details of a person")
    if _is_about_own_health(text):
        return _("details about the health of a person")
    return ""


def has_private_title(name: str) -> bool:
    """Whether a name announces passwords, bank details or a medical document, and not a text about them."""
    words = load_private_words()["titles"]
    folded = _fold(name.replace("_", " "))
    kinds = (words["credentials"], words["bank"], words["health"])
    return any(_contains_word(folded, kind) for kind in kinds) and not _contains_word(folded, words["subject"])


def _contains_word(folded: str, words: Words) -> bool:
    return any(f" {word} " in f" {folded} " for word in words)


def _ends_with_word(folded: str, words: Words) -> bool:
    return any(f" {folded}".endswith(f" {word}") for word in words)


def _has_credentials(text: str) -> bool:
    words = load_private_words()["access"]
    lines = text.splitlines()
    has_user = False
    has_secret = False
    for place, line in enumerate(lines):
        if _contains_word(_fold(line), words["host"]) and _count_digits(line) >= MIN_SECRET_LENGTH:
            return True
        if _is_about_call(lines, place, words["calls"]):
            continue
        entries = [(_fold(label), value) for label, value in _ENTRY_PATTERN.findall(line)]
        users = [label for label, _value in entries if _contains_word(label, words["user"])]
        secrets = [value for label, value in entries if _ends_with_word(label, words["secret"]) and _is_filled(value)]
        if (users and secrets) or _is_pair(line, words["user"]) or _has_login_table(lines[place : place + 2], words):
            return True
        has_user = has_user or bool(users)
        has_secret = has_secret or any(map(_looks_like_secret, secrets))
    return has_user and has_secret


def _count_digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def _is_about_call(lines: list[str], place: int, calls: Words) -> bool:
    return any(_contains_word(_fold(line), calls) for line in lines[max(0, place - LINES_OF_CALL) : place + 1])


def _is_pair(line: str, user_words: Words) -> bool:
    """As in "site admin: ana / k7-Example-1" and "office wifi: k7-Example-2"."""
    found = _PAIR_PATTERN.fullmatch(line) or _LINE_ENTRY_PATTERN.fullmatch(line)
    return (
        found is not None
        and _contains_word(_fold(found[1]), user_words)
        and len(found[2]) >= MIN_STRONG_SECRET_LENGTH
        and _looks_like_secret(found[2])
        and any(map(str.isalpha, found[2]))
        and any(map(str.isdigit, found[2]))
    )


def _has_login_table(lines: list[str], words: dict[str, Words]) -> bool:
    """Whether the first line has headings such as "User | Password", and the next one is filled in."""
    for separator in _TABLE_SEPARATORS:
        headings, *rows = [[cell.strip(' "') for cell in line.split(separator)] for line in lines]
        folded = [_fold(heading) for heading in headings]
        secrets = [place for place, heading in enumerate(folded) if heading in words["secret"]]
        has_user = any(heading in words["user"] for heading in folded)
        if has_user and any(len(row) == len(headings) and _is_filled(row[place]) for row in rows for place in secrets):
            return True
    return False


def _is_filled(value: str) -> bool:
    """Not a blank of a form, or a word hidden by its writer."""
    return len(value) >= MIN_SECRET_LENGTH and len({*value.casefold()} - {*"_.-*\u2026\u2022x"}) > 1


def _looks_like_secret(value: str) -> bool:
    """Whether it has more than the letters of a word, and is no address."""
    is_address = "://" in value or value.startswith("www.") or "@" in value[1:-1]
    has_more = any(c.isdigit() or c in "!#$%&*?+_^~" for c in value) or not (value[1:].islower() or value.isupper())
    return _is_filled(value) and has_more and not is_address


def _has_bank_details(text: str) -> bool:
    words = load_private_words()["bank"]
    pieces = [_fold(piece) for piece in _PIECE_PATTERN.split(text)]
    numbers = [rest for piece in pieces if (rest := _cut_label(piece, words["number"]))]
    if not any(_count_digits(rest) >= MIN_ACCOUNT_DIGITS for rest in numbers):
        return False
    holders = [rest for piece in pieces if (rest := _cut_label(piece, words["holder"]))]
    return any(
        len(holder.split()) <= MAX_HOLDER_WORDS
        and not any(map(str.isdigit, holder))
        and not _contains_word(holder, words["organisations"])
        for holder in holders
    )


def _cut_label(folded: str, labels: Words) -> str:
    """The words after a label at the beginning, the longest one that fits; nothing if there is none."""
    found = [label for label in labels if folded.startswith(f"{label} ")]
    return folded[len(max(found, key=len)) :].strip() if found else ""


def _is_about_own_health(text: str) -> bool:
    """Whether writers speak of their own health, or, in a letter to one person, of that of a third."""
    if len(text) > MAX_LETTER_LENGTH:
        return False
    words = load_private_words()["health"]
    people = words["first_person"] | (words["third_person"] if _is_letter(text, words) else frozenset())
    return any(
        _contains_word(sentence, words["alone"])
        or any(_has_state(part, words) for part in _iter_after(sentence, people))
        for sentence in map(_fold, _SENTENCE_PATTERN.split(_QUOTE_PATTERN.sub(" ", text)))
    )


def _is_letter(text: str, words: dict[str, Words]) -> bool:
    for line in text.splitlines()[:GREETING_LINES]:
        greeting, *named = _fold(line).split()[:4] or [""]
        if greeting in words["greetings"] and named:
            return not words["groups"].intersection(named)
    return False


def _iter_after(sentence: str, people: Words) -> Iterator[list[str]]:
    tokens = sentence.split()
    yield from (tokens[place + 1 :] for place, token in enumerate(tokens) if token in people)


def _has_state(tokens: list[str], words: dict[str, Words]) -> bool:
    """Whether the words after a person lead to a state: "will be in hospital"; one other may be before it."""
    for place in range(min(len(tokens), MAX_WORDS_BETWEEN)):
        rest = " ".join(tokens[place : place + 3])
        if words["data"].intersection(tokens[place : place + 5]):
            return False
        if _starts_with_word(rest, words["states"]) or (place and _starts_with_word(rest, words["places"])):
            return True
        if tokens[place] not in words["between"]:
            after = " ".join(tokens[place + 1 : place + 4])
            return place > 0 and _starts_with_word(after, words["states"])
    return False


def _starts_with_word(folded: str, words: Words) -> bool:
    return any(f"{folded} ".startswith(f"{word} ") for word in words)
