"""Deadlines in words that the common forms do not cover, of six languages: a table in `data/deadlines.toml`."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files

from jukwaa.core.due_phrases import DATE_PATTERN, FOREIGN_DUE_PHRASE, MONTH_PATTERN

# Each accented letter becomes one without, so that places in the text stay the same.
ACCENTED, PLAIN = "áàâãäéèêëíìîïóòôõöúùûüçñÁÀÂÃÄÉÈÊËÍÌÎÏÓÒÔÕÖÚÙÛÜÇÑ", "aaaaaeeeeiiiiooooouuuucnAAAAAEEEEIIIIOOOOOUUUUCN"
PLAIN_LETTERS = str.maketrans(ACCENTED, PLAIN)
SHARED_PATTERNS = {"{date}": DATE_PATTERN, "{month}": MONTH_PATTERN}
# The same without accents, "proxima reunion"; but "by Marco" names a person, and no month of Portuguese.
PLAIN_FOREIGN_DUE_PHRASE = re.compile(
    FOREIGN_DUE_PHRASE.pattern.replace("by|before|until|", "").replace("março|", "").translate(PLAIN_LETTERS),
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class WrittenDeadline:
    """A way to write a deadline. `example` has it, `counter` only looks so; a test reads both."""

    name: str
    pattern: str
    example: str
    counter: str
    regex: re.Pattern[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "regex", re.compile(self.pattern, re.IGNORECASE))

    def find_in(self, plain_words: str, words: str) -> str:
        """The deadline, as `words` write it, if `plain_words`, the same without accents, have it."""
        match = self.regex.search(plain_words)
        if match is None:
            return ""
        group = "due" if "due" in self.regex.groupindex and match["due"] else 0
        return words[match.start(group) : match.end(group)].strip(" .,")


def _load_written_deadlines() -> Iterator[WrittenDeadline]:
    data = tomllib.loads(files("jukwaa.intake.reader").joinpath("data/deadlines.toml").read_text(encoding="utf-8"))
    replacements = SHARED_PATTERNS | {f"{{{name}}}": "".join(words) for name, words in data["lists"].items()}
    for row in data["deadline"]:
        pattern = "".join(row["pattern"])
        for name, words in replacements.items():
            pattern = pattern.replace(name, words)
        yield WrittenDeadline(**{**row, "pattern": pattern})


WRITTEN_DEADLINES = tuple(_load_written_deadlines())


def find_written_deadline(words: str) -> str:
    """By when, in one of these ways; else nothing."""
    plain = words.translate(PLAIN_LETTERS)
    if match := PLAIN_FOREIGN_DUE_PHRASE.search(plain):
        return words[match.start() : match.end()].strip(" .,")
    return next(filter(None, (deadline.find_in(plain, words) for deadline in WRITTEN_DEADLINES)), "")
