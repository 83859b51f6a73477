"""Lists of people with local telephone numbers, written without "+" or "0". Pure."""

import re

MIN_NUMBERS_IN_LIST = 2
MIN_PHONE_DIGITS, MAX_PHONE_DIGITS = 7, 12
MAX_NAME_WORDS = 5
_NAME_AND_NUMBER_PATTERN = re.compile(
    r"[\W_]*((?:[^\W\d_][^\s\d:;|,=]*[ ,]*){1,8}?)\s*[:;|,=\t\u2013\u2014-]?\s*"
    r"(\d[\d .\-/]{5,18}\d)(?![\d%€$£])(?P<rest>.*)"
)
_AMOUNT_PATTERN = re.compile(r"\d{1,3}(?:[ .]\d{3})+|\d+\.\d+")
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
    numbers = [match[2].strip(" .-/") for line in text.splitlines() if (match := _match_name_and_number(line))]
    phones = [number for number in numbers if _is_local_phone_number(number)]
    are_all_phones = _PHONE_WORD_PATTERN.search(text) is not None
    return len([number for number in phones if are_all_phones or _is_grouped_as_phone(number)]) >= MIN_NUMBERS_IN_LIST


def _match_name_and_number(line: str) -> re.Match[str] | None:
    match = _NAME_AND_NUMBER_PATTERN.match(line[:200])
    return match if match and len(match[1].split()) <= MAX_NAME_WORDS and _is_name(match[1]) else None


def _is_name(words: str) -> bool:
    """Names begin with a capital letter, in scripts that have them."""
    return not words.strip()[:1].islower()


def _is_local_phone_number(number: str) -> bool:
    digits = sum(map(str.isdigit, number))
    if not MIN_PHONE_DIGITS <= digits <= MAX_PHONE_DIGITS:
        return False
    return not (_DATE_PATTERN.fullmatch(number) or _YEARS_PATTERN.fullmatch(number))


def _is_grouped_as_phone(number: str) -> bool:
    return bool(re.search(r"[ .-]", number)) and not _AMOUNT_PATTERN.fullmatch(number)
