"""Whom the initials in a report mean, by its list of those present: "Linnea Bergqvarn (LB)"."""

import re
from collections import defaultdict
from collections.abc import Iterable

from jukwaa.intake import reader
from jukwaa.intake.reader.markers import GROUP_NOUNS
from jukwaa.places.text_folding import fold_text

INITIALS_PATTERN = re.compile(r"[A-Z][A-Za-z]?[A-Z]{1,3}")
# "TM = Théo Marchadour (notes)", in a note for the readers.
EXPLAINED_PATTERN = re.compile(
    r"(?<![\w.])(?P<initials>[A-Z]{2,4})\s?=\s?"
    r"(?P<name>[^\W\d_a-z][\w\u2019'-]+(?: (?:(?:de|da|del|van|von|el|al|bin) )?"
    r"[^\W\d_a-z][\w\u2019'-]+){1,3})"
)
NAME_PART_PATTERN = re.compile(r"[^\W\d_]+")


def spell_out_initials(parsed_report: reader.Reading) -> reader.Reading:
    """The same suggestions, where the initials of one person who was present are the name of that person."""
    present = [made for made in parsed_report.suggestions if made.kind == "attendee"]
    names = find_initials(present) | find_explained_initials(parsed_report.text)
    return parsed_report.with_names(names)


def find_explained_initials(text: str) -> dict[str, str]:
    """The initials that the report itself explains; not what shortens the name of a body, "SG = Steering Group"."""
    found: dict[str, set[str]] = defaultdict(set)
    for match in EXPLAINED_PATTERN.finditer(text):
        if _are_initials_of(match["initials"], match["name"]) and not set(match["name"].lower().split()) & GROUP_NOUNS:
            found[match["initials"]].add(match["name"])
    return {initials: next(iter(names)) for initials, names in found.items() if len(names) == 1}


def find_initials(attendance_suggestions: Iterable[reader.Suggestion]) -> dict[str, str]:
    """The initials of those present to their names: those in brackets beside a name first, then the first letters."""
    written: dict[str, set[str]] = defaultdict(set)
    derived: dict[str, set[str]] = defaultdict(set)
    for made in attendance_suggestions:
        for name in made.actors:
            found = re.search(rf"{re.escape(name)}\s?\(({INITIALS_PATTERN.pattern})(?=[,;)])", made.quote)
            if found and _are_initials_of(found[1], name):
                written[found[1]].add(name)
            parts = NAME_PART_PATTERN.findall(name)
            if len(parts) > 1:
                derived["".join(part[0] for part in parts if part[0].isupper())].add(name)
    known = {initials: names for initials, names in derived.items() if len(initials) > 1} | written
    return {initials: next(iter(names)) for initials, names in known.items() if len(names) == 1}


def _are_initials_of(initials: str, name: str) -> bool:
    """Whether they are letters of the name, and begin as it does: an organisation may stand in the brackets too."""
    return fold_text(name)[:1] == fold_text(initials)[:1] and len(initials) <= len(NAME_PART_PATTERN.findall(name)) + 1
