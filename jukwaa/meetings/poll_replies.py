"""What a reply to the email of a poll says: "1 yes, 2 no, 3 if need be", in any language of the site.

A reply that is not understood in full is not taken: half an answer would be recorded as if it were all of it.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from jukwaa.meetings.models import MOST_OPTIONS, TimeVote

LONGEST_LINE = 400
CURLY = "\u2019"
# Between an option and its answer, and between options.
BETWEEN = r"[\s.:;,)(=/&+\u060c\u061b\u2013\u2014-]*"
ALL = "all"


def parse_answers(text: str, numbers: Iterable[int]) -> dict[int, str] | None:
    """Return the answers by the number of their option; None where a line is not understood, or contradicts another.

    `numbers` are those of the options, for "all yes". Numbers that are not among them are returned all the same.
    """
    found: dict[int, str] = {}
    for line in _first_paragraph(text):
        said = _parse_line(line, list(numbers))
        if said is None:
            return None
        if any(found.get(number, answer) != answer for number, answer in said):
            return None
        found |= dict(said)
    return found or None


def _first_paragraph(text: str) -> Iterator[str]:
    """Lines with answers, up to an empty line or one without any, such as a signature."""
    has_begun = False
    for written in text.splitlines():
        line = " ".join(written.casefold().replace(CURLY, "'").split())
        if has_begun and not _has_answers(line):
            return
        if line:
            has_begun = True
            yield line


def _has_answers(line: str) -> bool:
    return any(character.isdecimal() for character in line) or _all().match(line) is not None


def _parse_line(line: str, numbers: list[int]) -> list[tuple[int, str]] | None:
    """Options before their answer ("1 and 3 yes"), or after it ("yes 1 and 3")."""
    tokens = _tokenise(line) if len(line) <= LONGEST_LINE else None
    if not tokens:
        return None
    if isinstance(tokens[0], TimeVote.Answer):
        tokens.reverse()
    if isinstance(tokens[0], TimeVote.Answer) or not isinstance(tokens[-1], TimeVote.Answer):
        return None
    said: list[tuple[int, str]] = []
    waiting: list[int] = []
    for token in tokens:
        if isinstance(token, int):
            waiting.append(token)
        elif token == ALL:
            waiting += numbers
        elif waiting:
            said += [(number, str(token)) for number in waiting]
            waiting = []
        else:  # two answers to one option
            return None
    answers = dict(said)
    return said if all(answers[number] == answer for number, answer in said) else None


def _tokenise(line: str) -> list[int | str | TimeVote.Answer] | None:
    """Return options and answers in their order; None where there is any other word."""
    tokens: list[int | str | TimeVote.Answer] = []
    position = 0
    while position < len(line):
        match = _token().match(line, position)
        if match is None or match.end() == position:
            return None
        position = match.end()
        if number := match["number"]:
            if int(number) > MOST_OPTIONS * 10:
                return None
            tokens.append(int(number))
        elif match["all"]:
            tokens.append(ALL)
        elif word := match["word"]:
            tokens.append(_words()[word])
    return tokens


@cache
def _token() -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(_words(), key=len, reverse=True)))
    fillers = "|".join(map(re.escape, sorted(_load("filler"), key=len, reverse=True)))
    token = rf"(?P<number>\d{{1,3}})|(?P<word>(?:{words})(?!\w))|(?P<all>{_all_words()})|(?:(?:{fillers})(?!\w))"
    return re.compile(rf"{BETWEEN}(?:{token}|$){BETWEEN}[!.]*")


@cache
def _all() -> re.Pattern[str]:
    return re.compile(_all_words())


def _all_words() -> str:
    words = "|".join(map(re.escape, sorted(_load(ALL), key=len, reverse=True)))
    return rf"(?:{words})(?!\w)"


@cache
def _words() -> dict[str, TimeVote.Answer]:
    return {word: answer for answer in TimeVote.Answer for word in _load(answer.value)}


def _load(name: str) -> list[str]:
    tables = tomllib.loads(files("jukwaa.meetings").joinpath("data/poll_replies.toml").read_text(encoding="utf-8"))
    return [word.casefold() for table in tables.values() for word in table[name]]
