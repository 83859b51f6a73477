"""What is written beside the name of a contact person: pronouns, a position, a remark, the name of another person."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jukwaa.coalitions.imports.name_order import put_first_name_first
from jukwaa.coalitions.imports.vocabulary import (
    IMPORT_VOCABULARY,
    LABELS_BEFORE_NAMES,
    NOTHING_WORDS,
    OFFICE_WORDS,
    PERSON_TITLES,
    POSITION_ABBREVIATIONS,
    POSITION_WORDS,
    REMARKS_ON_NAMES,
    VACANCY_WORDS,
    WORDS_BEFORE_FAMILY_NAMES,
    WORDS_OF_POSTS,
)
from jukwaa.places.text_folding import fold_text

MIN_WORDS_AROUND_POSITION = 3  # "Obermuhl, Henrike Anna" is a name, "Henrike Obermuhl, Head of Policy" is not
_CLOSING_BRACKET_REMARK_PATTERN = re.compile(r"^(.*?)\s*\(([^()]*)\)$")
_POSITION_SEPARATORS = (
    ",",
    "\u060c",
    "\u3001",
    " - ",
    " \u2013 ",
    " \u2014 ",
    " / ",
)  # also an Arabic and a Chinese comma
_REPLACED_PERSON_PATTERN = re.compile(
    rf"^(.+?)[\s,;(\u060c\u2013\u2014-]+\b((?:{'|'.join(IMPORT_VOCABULARY['instead_of'])})\s.+?)\)?$", re.IGNORECASE
)
_REPLACED_BY_PATTERN = re.compile(
    rf"^(.+?)[\s,;(\u060c\u2013\u2014-]+(?:{'|'.join(IMPORT_VOCABULARY['replaced_by'])})\s(.+?)\)?$", re.IGNORECASE
)
_NAMES_IN_LIST_PATTERN = re.compile(r"\s*[,\u060c\u3001]\s*|\s+(?:and|et|y|e|und|و|и)\s+")
_SEVERAL_NAMES_PATTERN = re.compile(r"\s+/\s*|\s*/\s+|\s+&\s+|\s*;\s*")


@dataclass(frozen=True, slots=True)
class ParsedPersonName:
    """What a cell says of a person. `others` are all names in it, if there are several."""

    name: str
    position: str = ""
    others: tuple[str, ...] = ()


def split_person_name(text: str, parse_notes: list[str], addresses: Sequence[str] = ()) -> ParsedPersonName:
    """Separate a name from the words beside it. Notes say what will not be imported.

    The email addresses in the row tell which name of a person is the first one.
    """
    name = _remove_name_remarks(_remove_replaced_person(_remove_label(text, parse_notes), parse_notes), parse_notes)
    if name is None:
        parse_notes.append(_("“%(text)s”: the post is vacant, so this name will not be imported.") % {"text": text})
        return ParsedPersonName("")
    if PERSON_TITLES.issuperset(fold_text(name).split() or [""]) or fold_text(name) in PERSON_TITLES:
        parse_notes.append(_("“%(text)s” is a title without a name, so it will not be imported.") % {"text": name})
        return ParsedPersonName("")
    if is_position_text(name):
        parse_notes.append(
            _("“%(text)s” is a position and not a name, so it will be imported as the position.") % {"text": name}
        )
        return ParsedPersonName("", name)
    name, position = _split_off_position(put_first_name_first(name, addresses, parse_notes), parse_notes)
    names = tuple(part for part in _SEVERAL_NAMES_PATTERN.split(name) if _contains_letters(part))
    return ParsedPersonName(name, position, names if len(names) > 1 else ())


def _remove_name_remarks(text: str, parse_notes: list[str]) -> str | None:
    """Without remarks in brackets at the end; None if they say that nobody holds the post."""
    name = "" if fold_text(text) in NOTHING_WORDS else text
    while found := _CLOSING_BRACKET_REMARK_PATTERN.match(name):
        words = set(fold_text(found[2]).split())
        if words & VACANCY_WORDS:
            return None
        if not _is_remark_text(found[2], words):
            break
        name = found[1]
        parse_notes.append(_("“(%(text)s)” is not part of a name, so it will not be imported.") % {"text": found[2]})
    return name if _contains_letters(name) else ""


def _remove_label(text: str, parse_notes: list[str]) -> str:
    """Without what stands before the name, as in "ex: Brad Hollowick" and "rotating: Noor Ishtan"."""
    label, colon, name = (part.strip() for part in text.partition(":"))
    words = set(fold_text(label).split())
    if not colon or not _contains_letters(name) or not words & LABELS_BEFORE_NAMES:
        return text
    parse_notes.append(_("“%(text)s:” is not part of a name, so it will not be imported.") % {"text": label})
    return name


def _remove_replaced_person(text: str, parse_notes: list[str]) -> str:
    """Without the person who was there before, as in "Inès Marzougane, instead of Dr Selim Ben Zitoun"."""
    replaced = _REPLACED_BY_PATTERN.match(text)
    if replaced and _contains_letters(replaced[1]) and _contains_letters(replaced[2]):
        parse_notes.append(
            _("%(name)s will not be imported, because someone else is named now.") % {"name": replaced[1]}
        )
        return replaced[2]
    found = _REPLACED_PERSON_PATTERN.match(text)
    if not found or not _contains_letters(found[1]):
        return text
    parse_notes.append(_("“%(text)s” is not part of a name, so it will not be imported.") % {"text": found[2]})
    return found[1]


def split_names_of_addresses(name: str, address_count: int) -> tuple[str, ...]:
    """The names in "Mira Arzouni, Jad Snoubari", if there is an address for each; a name has two words."""
    names = tuple(part for part in _NAMES_IN_LIST_PATTERN.split(name) if part)
    has_full_names = all(" " in part for part in names)
    return names if len(names) == address_count > 1 and has_full_names else ()


def is_position_text(text: str) -> bool:
    """As in "Under-Secretary", "Head of Policy" and "Service RSE": an office, or words of a post alone."""
    words = fold_text(text).split()
    if not words or "," in text:
        return False
    is_post = bool(set(words) & (POSITION_WORDS | OFFICE_WORDS)) and all(
        word in POSITION_WORDS | OFFICE_WORDS | WORDS_OF_POSTS for word in words
    )
    return is_post or words[0] in OFFICE_WORDS


def _is_remark_text(text: str, words: set[str]) -> bool:
    """As in "(she/her)", "(finance)", "(Chair)", "(2026)": a name in brackets begins with a capital letter."""
    return (
        "/" in text
        or text[:1].islower()
        or not _contains_letters(text)
        or bool(words & (POSITION_WORDS | REMARKS_ON_NAMES))
        or words <= PERSON_TITLES
    )


def _split_off_position(written_name: str, parse_notes: list[str]) -> tuple[str, str]:
    """As in "Dr. Henrike Obermuhl, Head of Public Policy", "Dilys Amberley, CEO" and "Blerta Hoxhaj - coordinator"."""
    for separator in _POSITION_SEPARATORS:
        before, found, after = (part.strip() for part in written_name.partition(separator))
        after, bracketed = _split_bracketed_name(after)
        if found and " " in before and _is_position_rather_than_name(after, is_after_slash="/" in separator):
            parse_notes.append(_("“%(text)s” will be imported as the position.") % {"text": after})
            name = _remove_name_remarks(before, parse_notes) or before
            return " ".join(filter(None, [name, bracketed])), after
    return written_name, ""


def _split_bracketed_name(text: str) -> tuple[str, str]:
    """The position, and the name in another script in brackets after it."""
    found = _CLOSING_BRACKET_REMARK_PATTERN.match(text)
    return (found[1], f"({found[2]})") if found else (text, "")


def _is_position_rather_than_name(text: str, *, is_after_slash: bool) -> bool:
    """A first name begins with a capital letter, and so does another person after a slash."""
    words = fold_text(text).split()
    if not words or not set(words) - WORDS_BEFORE_FAMILY_NAMES:
        return False
    if is_after_slash and len(words) == 1:
        return text.islower() or bool({*words} & (POSITION_WORDS | OFFICE_WORDS | WORDS_OF_POSTS))
    if text in POSITION_ABBREVIATIONS or text.islower():
        return True
    return bool(POSITION_WORDS & set(words))


def _contains_letters(text: str) -> bool:
    return any(letter.isalpha() for letter in text)
