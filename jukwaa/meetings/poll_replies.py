"""What a reply to the email of a poll says: "1 yes, 2 no, 3 if need be", in any language of the site.

A reply that is not understood in full is not taken: half an answer would be recorded as if it were all of it.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from jukwaa.meetings.models import MAX_OPTIONS, TimeVote

MAX_ANSWER_LINE_LENGTH = 400
CURLY_APOSTROPHE = "\u2019"
# Between an option and its answer, and between options.
ANSWER_SEPARATOR_PATTERN = r"[\s.:;,)(=/&+\u060c\u061b\u2013\u2014-]*"
ALL_OPTIONS_KEY = "all"


def parse_poll_answers(text: str, option_numbers: Iterable[int]) -> dict[int, str] | None:
    """Return the answers by the number of their option; None where a line is not understood, or contradicts another.

    `option_numbers` are those of the options, for "all yes". Numbers that are not among them are returned all the same.
    """
    found: dict[int, str] = {}
    for line in _iter_first_paragraph_lines(text):
        said = _parse_answer_line(line, list(option_numbers))
        if said is None:
            return None
        if any(found.get(number, answer) != answer for number, answer in said):
            return None
        found |= dict(said)
    return found or None


def _iter_first_paragraph_lines(text: str) -> Iterator[str]:
    """Yield the lines of the first paragraph that has answers."""
    has_begun = False
    for written in text.splitlines():
        line = " ".join(written.casefold().replace(CURLY_APOSTROPHE, "'").split())
        if has_begun and not _has_line_answers(line):
            return
        if line:
            has_begun = True
            yield line


def _has_line_answers(text_line: str) -> bool:
    return (
        any(character.isdecimal() for character in text_line)
        or _compile_all_options_pattern().match(text_line) is not None
    )


def _parse_answer_line(text_line: str, option_numbers: list[int]) -> list[tuple[int, str]] | None:
    """Options before their answer ("1 and 3 yes"), or after it ("yes 1 and 3")."""
    tokens = _tokenise_answer_line(text_line) if len(text_line) <= MAX_ANSWER_LINE_LENGTH else None
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
        elif token == ALL_OPTIONS_KEY:
            waiting += option_numbers
        elif waiting:
            said += [(number, str(token)) for number in waiting]
            waiting = []
        else:  # two answers to one option
            return None
    answers = dict(said)
    return said if all(answers[number] == answer for number, answer in said) else None


def _tokenise_answer_line(text_line: str) -> list[int | str | TimeVote.Answer] | None:
    """Return options and answers in their order; None where there is any other word."""
    tokens: list[int | str | TimeVote.Answer] = []
    position = 0
    while position < len(text_line):
        match = _compile_token_pattern().match(text_line, position)
        if match is None or match.end() == position:
            return None
        position = match.end()
        if number := match["number"]:
            if int(number) > MAX_OPTIONS * 10:
                return None
            tokens.append(int(number))
        elif match["all"]:
            tokens.append(ALL_OPTIONS_KEY)
        elif word := match["word"]:
            tokens.append(_load_answers_by_word()[word])
    return tokens


@cache
def _compile_token_pattern() -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(_load_answers_by_word(), key=len, reverse=True)))
    fillers = "|".join(map(re.escape, sorted(_load_answer_words("filler"), key=len, reverse=True)))
    everything = _build_all_options_pattern()
    token = rf"(?P<number>\d{{1,3}})|(?P<word>(?:{words})(?!\w))|(?P<all>{everything})|(?:(?:{fillers})(?!\w))"
    return re.compile(rf"{ANSWER_SEPARATOR_PATTERN}(?:{token}|$){ANSWER_SEPARATOR_PATTERN}[!.]*")


@cache
def _compile_all_options_pattern() -> re.Pattern[str]:
    return re.compile(_build_all_options_pattern())


def _build_all_options_pattern() -> str:
    words = "|".join(map(re.escape, sorted(_load_answer_words(ALL_OPTIONS_KEY), key=len, reverse=True)))
    return rf"(?:{words})(?!\w)"


@cache
def _load_answers_by_word() -> dict[str, TimeVote.Answer]:
    return {word: answer for answer in TimeVote.Answer for word in _load_answer_words(answer.value)}


def _load_answer_words(answer_name: str) -> list[str]:
    tables = tomllib.loads(files("jukwaa.meetings").joinpath("data/poll_replies.toml").read_text(encoding="utf-8"))
    return [word.casefold() for table in tables.values() for word in table[answer_name]]
