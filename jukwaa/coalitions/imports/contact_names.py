"""What is written beside the name of a contact person: pronouns, a position, a remark, the name of another person."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jukwaa.coalitions.imports.vocabulary import (
    NOTHING_WORDS,
    POSITION_WORDS,
    REMARKS_ON_NAMES,
    VACANCY_WORDS,
)
from jukwaa.places.text_folding import fold_text

MIN_WORDS_OF_POSITION = 3  # "Obermuhl, Henrike Anna" is a name, "Henrike Obermuhl, Head of Policy" is not
_CLOSING_BRACKET_PATTERN = re.compile(r"^(.*?)\s*\(([^()]*)\)$")
_SEVERAL_NAMES_PATTERN = re.compile(r"\s+/\s*|\s*/\s+|\s+&\s+|\s*;\s*")


@dataclass(frozen=True, slots=True)
class WrittenPerson:
    """What a cell says of a person. `others` are all names in it, if there are several."""

    name: str
    position: str = ""
    others: tuple[str, ...] = ()


def split_person_name(text: str, notes: list[str]) -> WrittenPerson:
    """Separate a name from the words beside it. Notes say what will not be imported."""
    name = _remove_remarks(text, notes)
    if name is None:
        notes.append(_("“%(text)s”: the post is vacant, so this name will not be imported.") % {"text": text})
        return WrittenPerson("")
    name, position = _split_off_position(name, notes)
    names = tuple(part for part in _SEVERAL_NAMES_PATTERN.split(name) if _has_letters(part))
    return WrittenPerson(name, position, names if len(names) > 1 else ())


def _remove_remarks(text: str, notes: list[str]) -> str | None:
    """Without remarks in brackets at the end; None if they say that nobody holds the post."""
    name = "" if fold_text(text) in NOTHING_WORDS else text
    while found := _CLOSING_BRACKET_PATTERN.match(name):
        words = set(fold_text(found[2]).split())
        if words & VACANCY_WORDS:
            return None
        if not _is_remark(found[2], words):
            break
        name = found[1]
        notes.append(_("“(%(text)s)” is not part of a name, so it will not be imported.") % {"text": found[2]})
    return name if _has_letters(name) else ""


def _is_remark(text: str, words: set[str]) -> bool:
    """As in "(she/her)", "(finance)", "(Chair)": a name in brackets begins with a capital letter."""
    return "/" in text or text[:1].islower() or bool(words & (POSITION_WORDS | REMARKS_ON_NAMES))


def _split_off_position(name: str, notes: list[str]) -> tuple[str, str]:
    """As in "Dr. Henrike Obermuhl, Head of Public Policy"."""
    before, comma, after = (part.strip() for part in name.partition(","))
    words = fold_text(after).split()
    if comma and " " in before and len(words) >= MIN_WORDS_OF_POSITION and POSITION_WORDS & set(words):
        notes.append(_("“%(text)s” will be imported as the position.") % {"text": after})
        return before, after
    return name, ""


def _has_letters(text: str) -> bool:
    return any(letter.isalpha() for letter in text)
