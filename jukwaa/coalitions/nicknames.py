"""Short first names: "Ili" is the beginning of Ilisavani."""

from jukwaa.coalitions.known_people import fold_person_name

MIN_NICKNAME_LETTERS = 3


def is_beginning_of_name(name: str, full_name: str) -> bool:
    """Whether a name begins the first name of the other, and its further words are among the others of it."""
    first, *others = fold_person_name(name).split() or [""]
    full_first, *full_others = fold_person_name(full_name).split() or [""]
    return len(first) >= MIN_NICKNAME_LETTERS and full_first.startswith(first) and set(others) <= set(full_others)
