"""What a reply to an email about a commitment says: done, a new date, yes, or not us, in any language of the site.

Only the first line counts, and only as a whole: below it stands whatever the reply quotes, and half a sentence that
was understood is worse than one that was not.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files

from jukwaa.core.written_days import parse_day

LONGEST_LINE = 80
CURLY, AROUND = "\u2019", ' .!,;:-\u2013\u2014*"\u201c\u201d\u00ab\u00bb\u060c'


class Verb(StrEnum):
    DONE = "done"
    CONFIRM = "confirm"
    DECLINE = "decline"
    MOVE = "move"


@dataclass(frozen=True)
class Reply:
    """`day` is set for a new due date alone."""

    verb: Verb
    day: date | None = None


def parse_reply(text: str, today: date) -> Reply | None:
    """Return what the first line of a reply says; None where it says nothing that we understand for certain."""
    line = _simplify(next((line for line in text.splitlines() if line.strip()), ""))
    if not line or len(line) > LONGEST_LINE:
        return None
    for words in _phrases().values():
        said = _without_thanks(line, words["thanks"])
        for verb in (Verb.DONE, Verb.CONFIRM, Verb.DECLINE):
            if said in words[verb]:
                return Reply(verb)
        if day := _parse_due(said, words["by"], today):
            return Reply(Verb.MOVE, day)
    return None


def _simplify(line: str) -> str:
    folded = " ".join(line.casefold().replace(CURLY, "'").split())
    return folded.strip(AROUND)


def _without_thanks(line: str, thanks: list[str]) -> str:
    for word in thanks:
        if line.endswith(f" {word}"):
            return line.removesuffix(word).strip(" ,.!;،")
    return line


def _parse_due(line: str, words: list[str], today: date) -> date | None:
    rest = next((line.removeprefix(f"{word} ") for word in words if line.startswith(f"{word} ")), line)
    return parse_day(rest.removeprefix("the "), today)


@cache
def _phrases() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("jukwaa.meetings").joinpath("data/replies.toml").read_text(encoding="utf-8"))
