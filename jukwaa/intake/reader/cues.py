"""The cues, from a readable file for each kind in `data/cues/`, checked when they are loaded."""

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from jukwaa.intake.reader.cue import (
    ACTING_OR_NO_SUBJECT_SORTS,
    ALL_SUBJECT_SORTS,
    BODY_SUBJECT_SORTS,
    FAIR,
    PEOPLE_SUBJECT_SORTS,
    STRONG,
    WEAK,
    Cue,
    CueBook,
)
from jukwaa.intake.reader.lexicon import SAYING_VERBS, TASK_VERBS
from jukwaa.intake.reader.subjects import ACTING_SUBJECT_SORTS

# The files, in the order in which their cues are tried.
CUE_FILE_NAMES = (
    *("members", "topic", "report", "announcement", "offer", "request", "proposal", "observation"),
    *("decision", "commitment", "recommendation", "next_meeting"),
)
SUBJECT_SORTS_BY_NAME = {
    "anything": ALL_SUBJECT_SORTS,
    "acting": ACTING_SUBJECT_SORTS,
    "acting or none": ACTING_OR_NO_SUBJECT_SORTS,
    "bodies": BODY_SUBJECT_SORTS,
    "people": PEOPLE_SUBJECT_SORTS,
}
TOKEN_PATTERN = re.compile(r"[a-z0-9&+’'/-]+|\?|#")
MAX_PATTERN_LENGTH = 1500  # letters of a sentence that patterns may see
CUE_STRENGTHS_BY_NAME = {"weak": WEAK, "fair": FAIR, "strong": STRONG}
SHARED_CUE_WORD_LISTS = {
    "saying": sorted(SAYING_VERBS - {"agreed", "expressed", "pointed", "reported", "concluded"}),
    "task": sorted(TASK_VERBS),
}


def _load_sentence_cues(cue_file_name: str) -> Iterator[Cue]:
    data = tomllib.loads(
        files("jukwaa.intake.reader").joinpath(f"data/cues/{cue_file_name}.toml").read_text(encoding="utf-8")
    )
    lists = SHARED_CUE_WORD_LISTS | data.get("lists", {})
    alternatives = {f"{{{key}}}": "|".join(lines) for key, lines in lists.items()}
    for row in data["cue"]:
        yield _build_sentence_cue({"kind": cue_file_name, **row}, alternatives)


def _build_sentence_cue(cue_values: dict[str, Any], word_lists: dict[str, str]) -> Cue:
    """A list is written {so}: in a pattern any of its words matches; instead of words it stands for all of them."""
    pattern = "".join(cue_values["pattern"])
    for name, any_of_them in word_lists.items():
        pattern = pattern.replace(name, any_of_them)
    words = (
        word_lists[cue_values["words"]].split("|") if cue_values["words"] in word_lists else cue_values["words"].split()
    )
    subject = cue_values.get("subject", "anything")
    cue_values["subject"] = SUBJECT_SORTS_BY_NAME[subject] if isinstance(subject, str) else frozenset(subject)
    cue_values["strength"] = CUE_STRENGTHS_BY_NAME[cue_values.get("strength", "fair")]
    return Cue(**{**cue_values, "pattern": pattern, "words": tuple(words)})


SENTENCE_CUES = tuple(cue for name in CUE_FILE_NAMES for cue in _load_sentence_cues(name))
SENTENCE_CUE_BOOK = CueBook(SENTENCE_CUES)


def collect_cue_words(sentence_text: str) -> frozenset[str]:
    """The words of a sentence by which its cues are looked up."""
    found = TOKEN_PATTERN.findall(sentence_text.lower())
    parts = [part for token in found if not token.isalpha() for part in re.split(r"[^a-z0-9?#&]+", token)]
    tails = [f"'{token.rpartition(mark)[2]}" for token in found for mark in "’'" if mark in token]
    return frozenset((*found, *parts, *tails, *(token.replace("’", "'") for token in found)))
