"""Names with the family name first, a comma and the first name: "Machava, Osvaldo" is Osvaldo Machava."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from jukwaa.coalitions.imports.vocabulary import (
    OFFICE_WORDS,
    POSITION_ABBREVIATIONS,
    POSITION_WORDS,
    WORDS_AFTER_NAMES,
    WORDS_BEFORE_FAMILY_NAMES,
)
from jukwaa.coalitions.organisation_matching import COMMON_NAME_WORDS
from jukwaa.coalitions.person_titles import MIN_NAME_WORDS, TITLES
from jukwaa.places.country_search import find_country
from jukwaa.places.text_folding import fold_text

MAX_FAMILY_NAMES, MAX_FIRST_NAMES = 3, 2
NAMES_IN_PAIR = 2
MIN_CAPITALS = 2  # of one capital letter, a name may be an initial
_NAME_PATTERN = re.compile(r"[^\W\d_](?:[^\W\d_]|['\u2018\u2019\u02bb-])*\.?")
_PARTICLE_BEFORE_NAME_PATTERN = re.compile(r"[^\W\d_]{1,2}['\u2019][^\W\d_]+")  # "d'Alva"
_OTHER_SCRIPT_PATTERN = re.compile(r"^(.+?)\s*(\([^()]+\))$")
_BRACKETS_PATTERN = re.compile(r"\([^()]*\)")
_LEGAL_FORM_PATTERN = re.compile(r"\s(?:SA|SAL|SARL|SAS|SRL|LLP|LLC|Ltd|GmbH|AG|Inc|PLC|BV|NV|OÜ|ASBL|asbl)\.?$")
_NO_NAME_WORDS = POSITION_WORDS | OFFICE_WORDS | WORDS_AFTER_NAMES | COMMON_NAME_WORDS


def put_first_name_first(name: str, addresses: Sequence[str], parse_notes: list[str]) -> str:
    """Return the name in the order in which it is spoken, and note that; else as it is written.

    After the comma may also stand an organisation, a country or another person. So a family name of several words is
    one only if an address has the name too, a particle begins it, or it is written in capital letters.
    """
    last, comma, first = (part.strip() for part in name.partition(","))
    first, bracketed = _split_name_in_brackets(first)
    if comma and _LEGAL_FORM_PATTERN.search(last) and not last.isupper():  # a company, and its contact person
        if len(first.split()) < MIN_NAME_WORDS or not all(map(_is_part_of_family_name, first.split())):
            return name
        parse_notes.append(_("“%(text)s” will be imported as “%(name)s”.") % {"text": name, "name": first})
        return first
    if not comma:
        return _turn_capital_family_name(name, parse_notes)
    if not _are_names(last, first) or not _is_family_name_first(last, first, addresses):
        return name
    titles, last = _split_titles(last)
    if set(fold_text(bracketed).split()) <= TITLES:  # "Yaw (Dr)"
        titles, bracketed = [*titles, bracketed.strip("() ")], ""
    turned = " ".join(filter(None, [*titles, first, last, bracketed]))
    parse_notes.append(_("“%(text)s” will be imported as “%(name)s”.") % {"text": name, "name": turned})
    return turned


def _turn_capital_family_name(name: str, parse_notes: list[str]) -> str:
    """Return "Teresa Silva" for "SILVA Teresa": only a family name is in capital letters beside another."""
    titles, plain = _split_titles(name)
    words = plain.split()
    count = next((at for at, word in enumerate(words) if not word.isupper() or len(word.rstrip(".")) < MIN_CAPITALS), 0)
    last, first = words[:count], words[count:]
    has_names = bool(last) and not any(map(str.isupper, first)) and _are_names(" ".join(last), " ".join(first))
    if not has_names or find_country(" ".join(first), accepts_codes=False):
        return name
    family = " ".join(word.lower() if fold_text(word) in WORDS_BEFORE_FAMILY_NAMES else word.title() for word in last)
    turned = " ".join([*titles, *first, family])
    parse_notes.append(_("“%(text)s” will be imported as “%(name)s”.") % {"text": name, "name": turned})
    return turned


def split_two_people(name: str, addresses: Sequence[str]) -> tuple[str, ...]:
    """The names in "Ana Vidal, Ed Hume", unless an address says that they are one: "García López, María José".

    If no address has the name of either, that of one person follows them: it may be written in this way.
    """
    parts = tuple(part.strip() for part in name.split(","))
    if len(parts) != NAMES_IN_PAIR or not _are_names(*parts) or find_country(parts[1], accepts_codes=False):
        return ()
    words = [fold_text(_split_titles(part)[1]).split() for part in parts]
    if any(len(each) < MIN_NAME_WORDS for each in words):
        return ()
    mailboxes = [fold_text(address.partition("@")[0]).split() for address in addresses]
    is_of_one = any(_is_mailbox_of_name(box, each[1:], each[:1]) for box in mailboxes for each in words)
    is_turned = any(_is_mailbox_of_name(box, *words) for box in mailboxes)
    if is_of_one or is_turned:
        return parts if is_of_one else ()
    return *parts, f"{parts[1]} {parts[0]}"


def join_names_on_lines(text: str) -> str:
    """Return the text on one line, with a semicolon between people of whom each has a line."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    are_people = len(lines) > 1 and all(_is_full_name(_split_titles(line.rstrip(",;/"))[1].split()) for line in lines)
    return "; ".join(line.rstrip(" ,;/") for line in lines) if are_people else " ".join(lines)


def _is_full_name(words: Sequence[str]) -> bool:
    is_name = MIN_NAME_WORDS <= len(words) <= MAX_FAMILY_NAMES + MAX_FIRST_NAMES and _is_capitalised_name(words[0])
    folded = {each for word in words for each in fold_text(word).split()} - WORDS_BEFORE_FAMILY_NAMES
    return is_name and all(map(_is_part_of_family_name, words)) and not folded & _NO_NAME_WORDS


def _split_name_in_brackets(text: str) -> tuple[str, str]:
    found = _OTHER_SCRIPT_PATTERN.match(text)
    return (found[1], found[2]) if found else (text, "")


def _split_titles(text: str) -> tuple[list[str], str]:
    words = text.split()
    count = next((at for at, word in enumerate(words) if fold_text(word) not in TITLES), len(words))
    return words[:count], " ".join(words[count:])


def _are_names(last: str, first: str) -> bool:
    last_names, first_names = (_split_titles(_BRACKETS_PATTERN.sub("", part))[1].split() for part in (last, first))
    if not (0 < len(last_names) <= MAX_FAMILY_NAMES and 0 < len(first_names) <= MAX_FIRST_NAMES):
        return False
    if not all(map(_is_capitalised_name, first_names)):
        return False
    has_last_name = _is_capitalised_name(last_names[-1]) or _PARTICLE_BEFORE_NAME_PATTERN.fullmatch(last_names[-1])
    if not has_last_name or not all(map(_is_part_of_family_name, last_names)):
        return False
    words = {word for part in (*last_names, *first_names) for word in fold_text(part).split()}
    return not (words - WORDS_BEFORE_FAMILY_NAMES) & _NO_NAME_WORDS and first not in POSITION_ABBREVIATIONS


def is_full_name(text: str) -> bool:
    """As "Dr Ana Lopes" and "Amina Rahal binti Omar": first and last names, and no other words."""
    words = _split_titles(text)[1].split()
    if not 1 < len(words) <= MAX_FIRST_NAMES + MAX_FAMILY_NAMES:
        return False
    has_ends = _is_capitalised_name(words[0]) and _is_capitalised_name(words[-1])
    folded = {part for word in words for part in fold_text(word).split()}
    return (
        has_ends
        and all(map(_is_part_of_family_name, words))
        and not (folded - WORDS_BEFORE_FAMILY_NAMES) & _NO_NAME_WORDS
    )


def _is_capitalised_name(word: str) -> bool:
    return word[0].isupper() and _NAME_PATTERN.fullmatch(word) is not None


def _is_part_of_family_name(word: str) -> bool:
    return (
        _is_capitalised_name(word)
        or fold_text(word) in WORDS_BEFORE_FAMILY_NAMES
        or _PARTICLE_BEFORE_NAME_PATTERN.fullmatch(word) is not None
    )


def _is_family_name_first(last: str, first: str, addresses: Sequence[str]) -> bool:
    last, first = _split_titles(last)[1], _split_titles(first)[1]
    last_words, first_words = fold_text(last).split(), fold_text(first).split()
    mailboxes = [fold_text(address.partition("@")[0]).split() for address in addresses]
    if len(mailboxes) > 1 and any(_is_mailbox_of(box, last_words, first_words) for box in mailboxes):
        return False  # "Mira, Jad" are two people, if each has an address
    if any(_is_mailbox_of_name(box, last_words, first_words) for box in mailboxes):
        return True
    if any("".join(first_words) in address.partition("@")[2].lower().split(".") for address in addresses):
        return False  # "Lopes, Greenpeace"
    if (first.isupper() and len(first.rstrip(".")) > 1) or find_country(first, accepts_codes=False):
        return False
    is_one_name = " " not in last
    return is_one_name or last.isupper() or last_words[0] in WORDS_BEFORE_FAMILY_NAMES or not last[0].isupper()


def _is_mailbox_of(mailbox: list[str], name_words: list[str], other_words: list[str]) -> bool:
    return bool(set(mailbox) & set(name_words)) and not set(mailbox) & set(other_words)


def _is_mailbox_of_name(mailbox: list[str], last_words: list[str], first_words: list[str]) -> bool:
    """As "nilza", "nilza.evora", "n.evora" and "nevora" for Nilza Évora."""
    joined, initial = "".join(mailbox), first_words[0][0]
    has_first_name = len(first_words[0]) > 1 and joined.startswith(first_words[0])
    has_both = set(mailbox) >= {first_words[0]} and len(mailbox) > 1
    has_initial = any(joined.startswith(initial + word) for word in (*last_words, "".join(last_words)))
    return has_first_name or has_both or has_initial
