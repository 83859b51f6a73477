"""The cues, from a readable file for each kind in `data/cues/`, checked when they are loaded."""

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from jukwaa.intake.reader.cue import ANYTHING, BODIES, FAIR, OR_NONE, PEOPLE, STRONG, WEAK, Cue, CueBook
from jukwaa.intake.reader.lexicon import SAYING
from jukwaa.intake.reader.subjects import ACTING

# The files, in the order in which their cues are tried.
FILES = (
    *("members", "topic", "report", "announcement", "offer", "request", "proposal", "observation"),
    *("decision", "commitment", "recommendation", "next_meeting"),
)
SUBJECTS = {"anything": ANYTHING, "acting": ACTING, "acting or none": OR_NONE, "bodies": BODIES, "people": PEOPLE}
STRENGTHS = {"weak": WEAK, "fair": FAIR, "strong": STRONG}
LISTS = {"saying": sorted(SAYING - {"agreed", "expressed", "pointed", "reported", "concluded"})}


def _load(name: str) -> Iterator[Cue]:
    data = tomllib.loads(files("jukwaa.intake.reader").joinpath(f"data/cues/{name}.toml").read_text(encoding="utf-8"))
    lists = LISTS | data.get("lists", {})
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
    row["subject"] = SUBJECTS[subject] if isinstance(subject, str) else frozenset(subject)
    row["strength"] = STRENGTHS[row.get("strength", "fair")]
    return Cue(**{**row, "pattern": pattern, "words": tuple(words)})


CUES = tuple(cue for name in FILES for cue in _load(name))
BOOK = CueBook(CUES)
