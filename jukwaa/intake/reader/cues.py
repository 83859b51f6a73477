"""The cues, from a readable file for each kind in `data/cues/`, checked when they are loaded."""

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from jukwaa.intake.reader.cue import (
    ACTING_OR_NO_SORTS,
    ALL_SORTS,
    BODY_SORTS,
    FAIR,
    PEOPLE_SORTS,
    STRONG,
    WEAK,
    Cue,
    CueBook,
)
from jukwaa.intake.reader.lexicon import SAYING_VERBS
from jukwaa.intake.reader.subjects import ACTING_SORTS

# The files, in the order in which their cues are tried.
CUE_FILES = (
    *("members", "topic", "report", "announcement", "offer", "request", "proposal", "observation"),
    *("decision", "commitment", "recommendation", "next_meeting"),
)
SORTS_BY_NAME = {
    "anything": ALL_SORTS,
    "acting": ACTING_SORTS,
    "acting or none": ACTING_OR_NO_SORTS,
    "bodies": BODY_SORTS,
    "people": PEOPLE_SORTS,
}
STRENGTHS_BY_NAME = {"weak": WEAK, "fair": FAIR, "strong": STRONG}
SHARED_WORD_LISTS = {"saying": sorted(SAYING_VERBS - {"agreed", "expressed", "pointed", "reported", "concluded"})}


def _load_cues(name: str) -> Iterator[Cue]:
    data = tomllib.loads(files("jukwaa.intake.reader").joinpath(f"data/cues/{name}.toml").read_text(encoding="utf-8"))
    lists = SHARED_WORD_LISTS | data.get("lists", {})
    alternatives = {f"{{{key}}}": "|".join(lines) for key, lines in lists.items()}
    for row in data["cue"]:
        yield _build_cue({"kind": name, **row}, alternatives)


def _build_cue(row: dict[str, Any], alternatives: dict[str, str]) -> Cue:
    """A list is written {so}: in a pattern any of its words matches; instead of words it stands for all of them."""
    pattern = "".join(row["pattern"])
    for name, any_of_them in alternatives.items():
        pattern = pattern.replace(name, any_of_them)
    words = alternatives[row["words"]].split("|") if row["words"] in alternatives else row["words"].split()
    subject = row.get("subject", "anything")
    row["subject"] = SORTS_BY_NAME[subject] if isinstance(subject, str) else frozenset(subject)
    row["strength"] = STRENGTHS_BY_NAME[row.get("strength", "fair")]
    return Cue(**{**row, "pattern": pattern, "words": tuple(words)})


CUES = tuple(cue for name in CUE_FILES for cue in _load_cues(name))
CUE_BOOK = CueBook(CUES)
