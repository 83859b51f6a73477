"""Lists of people with local telephone numbers, written without "+" or "0". Pure."""

import re

MIN_NUMBERS_IN_LIST = 2
MIN_PHONE_DIGITS, MAX_PHONE_DIGITS = 7, 12
MAX_NAME_WORDS = 5
MAX_LINE_LENGTH = 200
_MARK_PATTERN = re.compile(r"[\W_]*(?:\d{1,3}[\W_]+)?")  # "-", "1." or the first cell of a table with numbered rows
_CELL_PATTERN = re.compile(r"[|;\t]")
_PIECE_PATTERN = re.compile(r"[,:=()\u060c\u2013\u2014]")
_NUMBER_PATTERN = re.compile(r"\d(?:(?: {0,2}|[./-]| - )\d)++(?![%€$£])")
_AMOUNT_PATTERN = re.compile(r"\d{1,3}(?:[ .]\d{3})+(?: ?[/-] ?\d{1,3}(?:[ .]\d{3})+)?|\d+\.\d+")
_REFERENCE_PATTERN = re.compile(r"(?:19|20)\d\d[./-]\d+|.*\.\d(?:\..*)?")  # "2024-1234", and sections as in "12.3.4567"
_DATE_PATTERN = re.compile(
    r"(?:0?[1-9]|[12]\d|3[01])[ ./-](?:0?[1-9]|1[0-2])[ ./-](?:(?:19|20)\d\d(?: \d{1,2})?|\d\d)"
    r"|(?:19|20)\d\d[ ./-]\d{1,2}[ ./-]\d{1,2}(?: .*)?"
)
_YEARS_PATTERN = re.compile(r"(?:1[89]|20)\d\d(?: ?[/-] ?| )(?:(?:1[89]|20)\d\d|\d\d)(?: .*)?")
_PHONE_WORD_PATTERN = re.compile(
    r"\b(?:whats ?app|t[eé]l(?:[eé]?phones?|[eé]fonos?|[eé]fones?|s)?|phones?|mobiles?|m[oó]vil(?:es)?|celular(?:es)?"
    r"|gsm|portables?|telem[oó]ve(?:l|is)|signal|telegram)\b|هاتف|هواتف|جوال|واتس",
    re.IGNORECASE,
)


def has_phone_list(text: str) -> bool:
    """Whether some lines have a name and a local telephone number.

    Undivided numbers, and those in groups of three digits, may be amounts: a text that names phones must hold them.
    """
    phones = [number for line in text.splitlines() if (number := _find_number_of_person(line))]
    are_all_phones = _PHONE_WORD_PATTERN.search(text) is not None
    return len([number for number in phones if are_all_phones or _is_grouped_as_phone(number)]) >= MIN_NUMBERS_IN_LIST


def _find_number_of_person(line: str) -> str:
    """Return the telephone number in a line that begins with a name, after a mark; other cells may be between them."""
    line = _MARK_PATTERN.sub("", re.sub(r"[^\S\t]", " ", line[:MAX_LINE_LENGTH]), count=1)
    if not line[:1].isalpha() or line[0].islower():  # names begin with a capital letter, in scripts that have them
        return ""
    numbers = map(_find_first_number, _CELL_PATTERN.split(line))
    return next((number for number in numbers if _is_local_phone_number(number)), "")


def _find_first_number(cell: str) -> str:
    """Return the number with which a cell begins, or which follows a few words."""
    first = next((position for position, character in enumerate(cell) if character.isdecimal()), len(cell))
    is_after_few_words = all(len(piece.split()) <= MAX_NAME_WORDS for piece in _PIECE_PATTERN.split(cell[:first]))
    found = _NUMBER_PATTERN.match(cell, first) if is_after_few_words else None
    if found is None:
        return ""
    number = found[0]
    return number if sum(map(str.isdigit, number)) <= MAX_PHONE_DIGITS else number.partition("/")[0].strip()


def _is_local_phone_number(number: str) -> bool:
    digits = sum(map(str.isdigit, number))
    if not MIN_PHONE_DIGITS <= digits <= MAX_PHONE_DIGITS:
        return False
    return not (_DATE_PATTERN.fullmatch(number) or _YEARS_PATTERN.fullmatch(number))


def _is_grouped_as_phone(number: str) -> bool:
    is_other_number = _AMOUNT_PATTERN.fullmatch(number) or _REFERENCE_PATTERN.fullmatch(number)
    return bool(re.search(r"[ .-]", number)) and not is_other_number
