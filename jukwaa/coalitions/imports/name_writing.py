"""Which of two writings of a name is better: in small letters and with its accents, if all else is the same."""

import unicodedata

from jukwaa.places.text_folding import fold_text

MIN_NAME_WORDS = 2
MIN_LETTERS_OF_WORD = 3  # shorter words in capital letters are initials


def choose_organisation_name(first_name: str, later_name: str) -> str:
    """As "Hilo Seguro México A.C." of "HILO SEGURO MEXICO AC". One word in capital letters may be an acronym."""
    return _choose_name(first_name, later_name, _is_in_capitals(first_name), _is_in_capitals(later_name))


def choose_person_name(first_name: str, later_name: str) -> str:
    """As "Florencia Giachetti" of "GIACHETTI Florencia", and of "F. Giachetti"."""
    if _has_initials_of(first_name, later_name):
        return later_name
    return _choose_name(first_name, later_name, _has_word_in_capitals(first_name), _has_word_in_capitals(later_name))


def _choose_name(first_name: str, later_name: str, is_first_in_capitals: bool, is_later_in_capitals: bool) -> str:  # noqa: FBT001 - of one name each
    """The first name, unless the later one is the same name and better written."""
    if not first_name or not _is_same_name(first_name, later_name):
        return first_name
    first_writing = (is_first_in_capitals, -_count_accents(first_name))
    later_writing = (is_later_in_capitals, -_count_accents(later_name))
    return later_name if later_writing < first_writing else first_name


def _is_same_name(first_name: str, later_name: str) -> bool:
    first, later = fold_text(first_name), fold_text(later_name)
    return first.replace(" ", "") == later.replace(" ", "") or sorted(first.split()) == sorted(later.split())


def _has_initials_of(short_name: str, full_name: str) -> bool:
    """Whether the words of two names are the same, but for initials in the short one: "A. Odero" of "Achieng Odero"."""
    short, full = fold_text(short_name).split(), fold_text(full_name).split()
    return (
        short != full
        and len(short) == len(full) >= MIN_NAME_WORDS
        and any(len(word) > 1 for word in short)
        and all(
            word == other or (len(word) == 1 and other.startswith(word))
            for word, other in zip(short, full, strict=True)
        )
    )


def _is_in_capitals(name: str) -> bool:
    return " " in name.strip() and name == name.upper() != name.lower()


def _has_word_in_capitals(name: str) -> bool:
    return any(len(word) >= MIN_LETTERS_OF_WORD and word == word.upper() != word.lower() for word in name.split())


def _count_accents(name: str) -> int:
    return sum(unicodedata.combining(letter) > 0 for letter in unicodedata.normalize("NFKD", name))
