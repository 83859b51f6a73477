"""Short names: those that can only mean a person of a full name, and beginnings of first names: "Ili", Ilisavani."""

import re

from jukwaa.coalitions.known_people import fold_person_name
from jukwaa.coalitions.person_titles import MIN_NAME_WORDS, TITLES_IN_SENTENCES
from jukwaa.places.text_folding import fold_text

MIN_BEGINNING_LETTERS = 3
MIN_FAMILY_NAME_LETTERS = 3  # of one in capitals: "LOPES Ana"
NICKNAME_PATTERN = re.compile(r"[(\"\u201c\u00ab]\s?([^\W\d_][\w'\u2019-]+)\s?[)\"\u201d\u00bb]")
TITLES_BEFORE_FIRST_NAMES = frozenset(
    {"pak", "bapak", "bpk", "ibu", "dona", "mwalimu", "bwana", "bibi", "ndugu", "السيد", "السيدة"}
    | {"د", "دكتور", "دكتورة", "الدكتور", "الدكتورة"}
)
# First names of their own, though longer ones begin with them: "Ana" is not short for Anabela.
WHOLE_NAMES = frozenset(
    {
        *("ada", "ali", "amy", "ana", "ann", "anna", "anne", "ari", "ava", "ella", "emma"),
        *("eva", "eve", "ian", "ida", "ina", "ines", "iris", "ivan", "jan", "jana", "jean"),
        *("jose", "juan", "karl", "carl", "kim", "lara", "lea", "leo", "lia", "lin", "lisa"),
        *("luc", "luca", "marc", "mari", "maria", "marie", "mark", "mary", "mia", "mina", "mira"),
        *("nina", "noa", "nora", "omar", "paul", "rita", "rosa", "rose", "sara", "theo", "tina"),
        *("vera", "yan"),
    }
)


def is_certain_short_name(name: str, full_name: str) -> bool:
    """Whether a name is short for another and hardly for a different one.

    That is the first name, also with other words or initials of the full name in their order ("Ana L."), a nickname in
    quotation marks, the initial of the first name with a surname, or a courtesy title with a surname. "M. Okoro" has
    an initial; a surname or a second first name alone is not enough.
    """
    words = fold_person_name(name).split()
    first, *others = _split_full_name(full_name)
    if not words or not first:
        return False
    if len(words) == 1:
        nicknames = {fold_person_name(nickname) for nickname in NICKNAME_PATTERN.findall(full_name)}
        return words[0] in {first, *nicknames}
    if len(words) == MIN_NAME_WORDS and _is_title(words[0], full_name):
        return words[1] in others or (words[1] == first and words[0] in TITLES_BEFORE_FIRST_NAMES)
    is_initial = len(words[0]) == 1
    if not (first.startswith(words[0]) if is_initial else first == words[0]):
        return False
    has_surname = any(len(word) > 1 for word in words[1:])
    left = iter(others)
    return (has_surname or not is_initial) and all(
        any(each == word or (len(word) == 1 and each.startswith(word)) for each in left) for word in words[1:]
    )


def is_beginning_of_first_name(name: str, full_name: str) -> bool:
    """Whether one word is at most the first half of the other's first name, and not a usual name of its own."""
    words = fold_person_name(name).split()
    first = _split_full_name(full_name)[0]
    return (
        len(words) == 1
        and MIN_BEGINNING_LETTERS <= len(words[0]) <= len(first) / 2
        and first.startswith(words[0])
        and words[0] not in WHOLE_NAMES
    )


def _is_title(word: str, full_name: str) -> bool:
    """Whether it is a courtesy title: "M." only where the full name has it too."""
    return word in TITLES_IN_SENTENCES and (word != "m" or fold_text(full_name).startswith("m "))


def _split_full_name(full_name: str) -> list[str]:
    """The words of a name, the first name first, also of "LOPES Ana"; one empty word for no name."""
    words = full_name.split()
    capitals = [word for word in words if word.isupper() and len(word) >= MIN_FAMILY_NAME_LETTERS]
    if words and words[0] in capitals and len(capitals) < len(words):
        full_name = " ".join([*(word for word in words if word not in capitals), *capitals])
    return fold_person_name(full_name).split() or [""]
