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

from jukwaa.core.date_parsing import parse_day

MAX_REPLY_LINE_LENGTH = 80
CURLY_APOSTROPHE, STRIPPED_CHARACTERS = "\u2019", ' .!,;:-\u2013\u2014*"\u201c\u201d\u00ab\u00bb\u060c'


class CommitmentReplyVerb(StrEnum):
    DONE = "done"
    CONFIRM = "confirm"
    DECLINE = "decline"
    MOVE = "move"


@dataclass(frozen=True)
class CommitmentReply:
    """`day` is set for a new due date alone."""

    verb: CommitmentReplyVerb
    day: date | None = None


def parse_commitment_reply(text: str, today: date) -> CommitmentReply | None:
    """Return what the first line of a reply says; None where it says nothing that we understand for certain."""
    line = _normalise_reply_line(next((line for line in text.splitlines() if line.strip()), ""))
    if not line or len(line) > MAX_REPLY_LINE_LENGTH:
        return None
    for words in _load_reply_phrases().values():
        said = _remove_thanks_phrases(line, words["thanks"])
        for verb in (CommitmentReplyVerb.DONE, CommitmentReplyVerb.CONFIRM, CommitmentReplyVerb.DECLINE):
            if said in words[verb]:
                return CommitmentReply(verb)
        if day := _parse_due_date(said, words["by"], today):
            return CommitmentReply(CommitmentReplyVerb.MOVE, day)
    return None


def _normalise_reply_line(text_line: str) -> str:
    folded = " ".join(text_line.casefold().replace(CURLY_APOSTROPHE, "'").split())
    return folded.strip(STRIPPED_CHARACTERS)


def _remove_thanks_phrases(text_line: str, thanks_phrases: list[str]) -> str:
    for word in thanks_phrases:
        if text_line.endswith(f" {word}"):
            return text_line.removesuffix(word).strip(" ,.!;،")
    return text_line


def _parse_due_date(text_line: str, words: list[str], today: date) -> date | None:
    rest = next((text_line.removeprefix(f"{word} ") for word in words if text_line.startswith(f"{word} ")), text_line)
    return parse_day(rest.removeprefix("the "), today)


@cache
def _load_reply_phrases() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("jukwaa.meetings").joinpath("data/replies.toml").read_text(encoding="utf-8"))
