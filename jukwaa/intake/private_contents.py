"""What the text of a file contains that few people should read: passwords, bank details, a person's health. Pure.

Texts about these subjects are not meant: a policy for passwords has no password in it.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise

from django.utils.translation import gettext as _

from jukwaa.places.text_folding import fold_text

MAX_LETTER_LENGTH = 4000  # longer texts that speak of illness are stories and reports
MAX_WORDS_BETWEEN = 7  # "I [will be in the] hospital"
MAX_HOLDER_WORDS = 5
MIN_ACCOUNT_DIGITS, MIN_ACCOUNT_DIGITS_IN_TABLE = 6, 10  # a table of costs has codes of accounts
MAX_TABLE_ROWS = 5  # below the headings
MAX_TABLE_COLUMNS = 10  # with the same kind of heading
MAX_ENTRY_LENGTH = 200
MIN_SECRET_LENGTH, MIN_STRONG_SECRET_LENGTH = 4, 8
LINES_OF_CALL = 3  # an invitation to a call has its address, its number and its code in lines of their own
GREETING_LINES = 10

_ENTRY_PATTERN = re.compile(r"([^:=|;,/\n]{1,40})[:=]\s*([^\s|;,]+)(?=\s*(?:$|[|;,/)]|\S{1,20}\s*[:=]))")
_QUOTED_VALUE_PATTERN = re.compile(
    r"[:=]\s*[\"'\u201c\u2018\u00ab]\s?(\S+(?: \S+){0,3}?)\s?[\"'\u201d\u2019\u00bb]\s*$"
)
_PAIR_PATTERN = re.compile(r"([^:=|\n]{1,40})[:=]\s*\S+\s*([/|,;])\s*(\S+)\s*")
_LINE_ENTRY_PATTERN = re.compile(r"([^:=|\n]{1,40})[:=]\s*(\S+)\s*")
_CELL_PATTERN = re.compile(r"[|\t;]|,(?! )")
_RULE_PATTERN = re.compile(r"[\s|:+=-]*")  # an empty line, or the one below the headings of a table
# The name of a page or a person in a network, a website and a date are no secrets.
_PUBLIC_VALUE_PATTERN = re.compile(
    r"@.*|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/.*)?|\d{1,4}(?:[-/.]\d{1,4}){1,2}", re.IGNORECASE
)
_TABLE_SEPARATORS = (" | ", "\t", ";", ",")
_PIECE_PATTERN = re.compile(r"[,;|\n]|\s[-\u2013\u2014]\s")
_SENTENCE_PATTERN = re.compile(r"[.!?\u061f]\s|[\n;:,\u060c]")
_QUOTE_PATTERN = re.compile(r"\u201c[^\u201d]*\u201d|\"[^\"]*\"|\u00ab[^\u00bb]*\u00bb")
_APOSTROPHE_PATTERN = re.compile("['\u2019\u02bb]")

type Words = frozenset[str]


def _fold(text: str) -> str:
    return fold_text(_APOSTROPHE_PATTERN.sub(" ", text))


@cache
def load_private_words() -> dict[str, dict[str, Words]]:
    table = tomllib.loads((files("jukwaa.intake") / "data" / "private_contents.toml").read_text("utf-8"))
    return {
        part: {kind: frozenset(map(_fold, words)) for kind, words in kinds.items()} for part, kinds in table.items()
    }


def describe_private_contents(text: str) -> str:
    """Say what a file contains that is private, for a sentence; nothing for other files."""
    text = unicodedata.normalize("NFKC", text)
    if _has_credentials(text):
        return _("passwords or other access data")
    if _has_bank_details(text):
        return _("the bank details of a person")
    if _is_about_own_health(text) or _is_about_patient(text):
        return _("details about the health of a person")
    return ""


def has_private_title(name: str) -> bool:
    """Whether a name announces passwords, bank details or a medical document, and not a text about them."""
    words = load_private_words()["titles"]
    folded = _fold(name.replace("_", " "))
    if _contains_word(folded, words["subject"]):
        return False
    if _contains_word(folded, words["credentials"]) and not _contains_word(folded, words["credentials_subject"]):
        return True
    return _is_list_of_keys(folded, words) or _contains_word(folded, words["bank"] | words["health"])


def _is_list_of_keys(folded: str, words: dict[str, Words]) -> bool:
    """As "claves correo" is, and "claves para padres" and "claves legales" are not."""
    first, second, *_rest = [*folded.split(), "", ""]
    return first in words["keys"] and second not in words["keys_subject"] and not second.endswith("s")


def _contains_word(folded: str, words: Words) -> bool:
    return any(f" {word} " in f" {folded} " for word in words)


def _ends_with_word(folded: str, words: Words) -> bool:
    return any(f" {folded}".endswith(f" {word}") for word in words)


def _has_credentials(text: str) -> bool:
    words = load_private_words()["access"]
    lines = _list_filled_lines(text)
    has_user = False
    has_secret = False
    for place, line in enumerate(lines):
        if _contains_word(_fold(line), words["host"]) and _count_digits(line) >= MIN_SECRET_LENGTH:
            return True
        if _is_about_call(lines, place, words):
            continue
        entries = _list_entries(line)
        users = [label for label, _value in entries if _contains_word(label, words["user"])]
        secrets = [value for label, value in entries if _is_secret_label(label, words) and _is_filled(value)]
        if (users and secrets) or _is_pair(line, words) or _has_login_table(lines[place : place + 2], words):
            return True
        cells = _list_cell_entries(lines[place : place + 2], words)
        has_user = has_user or bool(users) or any(_contains_word(label, words["user"]) for label, _value in cells)
        secrets += [value for label, value in cells if _is_secret_label(label, words)]
        has_secret = has_secret or any(map(_looks_like_secret, secrets))
    return has_user and has_secret


def _list_filled_lines(text: str) -> list[str]:
    """Without the lines and bars around the cells of a table."""
    lines = (line.strip() for line in text.splitlines() if not _RULE_PATTERN.fullmatch(line))
    return [line[1:-1].strip() if line.startswith("|") and line.endswith("|") else line for line in lines]


def _list_entries(line: str) -> list[tuple[str, str]]:
    """As in "Username: ana, password: butterfly"; a value in quotation marks can have spaces."""
    start, end = line[:-MAX_ENTRY_LENGTH], line[-MAX_ENTRY_LENGTH:]
    plain = start + _QUOTED_VALUE_PATTERN.sub(lambda found: f": {found[1].replace(' ', '')}", end)
    return [(_fold(label), value) for label, value in _ENTRY_PATTERN.findall(plain)]


def _list_cell_entries(lines: list[str], words: dict[str, Words]) -> list[tuple[str, str]]:
    """Labels alone in a cell or a line, with the one word in the next cell or line."""
    secret_labels = words["secret"] | words["short_secret"]
    cells = [cell for cell in _split_cells(lines[0]) if cell]
    pairs = pairwise(cells if len(cells) > 1 else (lines[0], *lines[1:]))
    return [
        (_fold(label), value)
        for label, value in pairs
        if len(value.split()) == 1
        and (_is_label(label, secret_labels) or _is_label(label, words["user"]))
        and not _is_label(value, secret_labels)
    ]


def _split_cells(line: str) -> list[str]:
    return [cell.strip(' "*') for cell in _CELL_PATTERN.split(line)]


def _is_label(text: str, labels: Words) -> bool:
    """As "Password:" and "Site password" are, and "Password: ____" is not."""
    folded = _fold(text)
    return "_" not in text and (folded in labels or folded.partition(" ")[2] in labels)


def _is_secret_label(label: str, words: dict[str, Words]) -> bool:
    return _ends_with_word(label, words["secret"]) or label in words["short_secret"]


def _count_digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def _is_about_call(lines: list[str], place: int, words: dict[str, Words]) -> bool:
    """Whether a call is named in the lines before, and no account of it around them."""
    first = max(0, place - LINES_OF_CALL)
    if not any(_contains_word(_fold(line), words["calls"]) for line in lines[first : place + 1]):
        return False
    around = range(first, min(len(lines), place + LINES_OF_CALL + 1))
    entries = [
        entry
        for each in around
        for entry in _list_entries(lines[each]) + _list_cell_entries(lines[each : each + 2], words)
    ]
    return not any(
        _ends_with_word(label, words["account"]) and _is_account_name(value, words) for label, value in entries
    )


def _is_account_name(value: str, words: dict[str, Words]) -> bool:
    return "://" not in value and any(map(str.isalpha, value)) and _fold(value) not in words["guests"]


def _is_pair(line: str, words: dict[str, Words]) -> bool:
    """As in "site admin: ana / k7-Example-1" and "office wifi: k7-Example-2"."""
    if len(line) > MAX_ENTRY_LENGTH:
        return False
    if found := _PAIR_PATTERN.fullmatch(line):
        label, value = _fold(found[1]), found[3]
        is_label = _contains_word(label, words["user"] if found[2] == "/" else words["network"])
    elif found := _LINE_ENTRY_PATTERN.fullmatch(line):
        label, value = _fold(found[1]), found[2]
        is_of_access = _contains_word(label, words["user"]) and _contains_word(label, words["secret"])
        is_label = is_of_access or _contains_word(label, words["network"])
    else:
        return False
    has_letters_and_digits = any(map(str.isalpha, value)) and any(map(str.isdigit, value))
    return is_label and has_letters_and_digits and len(value) >= MIN_STRONG_SECRET_LENGTH and _looks_like_secret(value)


def _has_login_table(lines: list[str], words: dict[str, Words]) -> bool:
    """Whether the first line has headings such as "User | Password", and the next one is filled in."""
    for separator in _TABLE_SEPARATORS:
        headings, *rows = [[cell.strip(' "') for cell in line.split(separator)] for line in lines]
        folded = [_fold(heading) for heading in headings]
        secrets = [place for place, heading in enumerate(folded) if heading in words["secret"] | words["short_secret"]]
        has_user = any(heading in words["user"] for heading in folded)
        if has_user and any(len(row) == len(headings) and _is_filled(row[place]) for row in rows for place in secrets):
            return True
    return False


def _is_filled(value: str) -> bool:
    """Not a blank of a form, or a word hidden by its writer."""
    return len(value) >= MIN_SECRET_LENGTH and len({*value.casefold()} - {*"_.-*\u2026\u2022x"}) > 1


def _looks_like_secret(value: str) -> bool:
    """Whether it has more than the letters of a word, and is no address or date."""
    is_address = "://" in value or "@" in value[1:-1] or _PUBLIC_VALUE_PATTERN.fullmatch(value)
    has_more = any(c.isdigit() or c in "!#$%&*?+_^~" for c in value) or not (value[1:].islower() or value.isupper())
    return _is_filled(value) and has_more and not is_address


def _has_bank_details(text: str) -> bool:
    words = load_private_words()["bank"]
    labels = words["number"] | words["holder"]
    numbers = _iter_labelled(text, words["number"], labels)
    if any(_count_digits(number) >= MIN_ACCOUNT_DIGITS for number in numbers):
        holders = [*_iter_labelled(text, words["holder"], labels)]
        names = _iter_labelled(text.replace(":", "\n"), words["name"], labels, is_in_prose=False)
        if any(_is_person(holder, words) for holder in holders or filter(_is_full_name, names)):
            return True
    return any(
        _is_person(name, words) and _count_digits(number) >= MIN_ACCOUNT_DIGITS_IN_TABLE
        for name, number in _iter_table_pairs(text, words["holder"] | words["name"], words["number"])
    )


def _is_person(name: str, words: dict[str, Words]) -> bool:
    folded = _fold(name)
    has_name_length = 0 < len(folded.split()) <= MAX_HOLDER_WORDS and not any(map(str.isdigit, folded))
    return has_name_length and not _contains_word(folded, words["organisations"])


def _iter_labelled(text: str, labels: Words, all_labels: Words, *, is_in_prose: bool = True) -> Iterator[str]:
    """What is in the next cell or line after a label; in prose, also in the same one, with or without a colon."""
    pieces = [(piece.strip(), folded) for piece in _PIECE_PATTERN.split(text) if (folded := _fold(piece))]
    for (_piece, folded), (next_piece, next_folded) in pairwise([*pieces, ("", "")]):
        if folded in labels:
            if next_folded not in all_labels and not _cut_label(next_folded, all_labels):
                yield next_piece
        elif is_in_prose and (rest := _cut_label(folded, labels)):
            yield rest


def _iter_table_pairs(text: str, first_labels: Words, second_labels: Words) -> Iterator[tuple[str, str]]:
    """The cells below two headings, such as "Name" and "IBAN"."""

    def find_columns(headings: list[str], labels: Words) -> list[int]:
        return [column for column, heading in enumerate(headings) if heading in labels][:MAX_TABLE_COLUMNS]

    rows = [_split_cells(line) for line in _list_filled_lines(text)]
    for place, cells in enumerate(rows):
        headings = [_fold(cell) for cell in cells] if len(cells) > 1 else []
        firsts, seconds = find_columns(headings, first_labels), find_columns(headings, second_labels)
        for row in rows[place + 1 : place + 1 + MAX_TABLE_ROWS] if firsts and seconds else []:
            if len(row) == len(headings):
                yield from ((row[first], row[second]) for first in firsts for second in seconds)


def _cut_label(folded: str, labels: Words) -> str:
    """The words after a label at the beginning, the longest one that fits; nothing if there is none."""
    found = [label for label in labels if folded.startswith(f"{label} ")]
    return folded[len(max(found, key=len)) :].strip() if found else ""


def _is_about_own_health(text: str) -> bool:
    """Whether writers speak of their own health, or, in a letter to one person, of that of a third."""
    if len(text) > MAX_LETTER_LENGTH:
        return False
    words = load_private_words()["health"]
    people = words["first_person"] | (words["third_person"] if _is_letter(text, words) else frozenset())
    return any(
        _contains_word(sentence, words["alone"])
        or any(
            _has_state(person, after, words) or _has_own_cure(person, after, words)
            for person, after in _iter_people(sentence, people)
        )
        for sentence in map(_fold, _SENTENCE_PATTERN.split(_QUOTE_PATTERN.sub(" ", text)))
    )


def _is_letter(text: str, words: dict[str, Words]) -> bool:
    for line in text.splitlines()[:GREETING_LINES]:
        greeting, *named = _fold(line).split()[:4] or [""]
        if greeting in words["greetings"] and named:
            return not words["groups"].intersection(named)
    return False


def _iter_people(sentence: str, people: Words) -> Iterator[tuple[str, list[str]]]:
    tokens = sentence.split()
    yield from ((token, tokens[place + 1 :]) for place, token in enumerate(tokens) if token in people)


def _has_state(person: str, tokens: list[str], words: dict[str, Words]) -> bool:
    """Whether the words after a person lead to a state: "will be in hospital"; one other may be before it.

    An operation is one of a person who has it, or needs it: "my operation in Kenya" may be work.
    """
    states = words["states"]
    for place in range(min(len(tokens), MAX_WORDS_BETWEEN)):
        if words["data"].intersection(tokens[place : place + 5]):
            return False
        if _starts_with_place(tokens[place : place + 3], words) and place:
            return True
        if not words["receiving"].isdisjoint([person, *tokens[:place]]):
            states = words["states"] | words["cures"]
        if _starts_with_word(" ".join(tokens[place : place + 3]), states):
            return True
        if tokens[place] not in words["between"]:
            after = " ".join(tokens[place + 1 : place + 4])
            return place > 0 and _starts_with_word(after, states)
    return False


def _has_own_cure(person: str, tokens: list[str], words: dict[str, Words]) -> bool:
    """As in "my operation is on Friday" and "my next treatment"; "my operation in Kenya" may be work."""
    if person not in words["own"] or words["data"].intersection(tokens[:MAX_WORDS_BETWEEN]):
        return False
    pairs = pairwise([*tokens[:3], ""][:3])
    return any(cure in words["cures"] and after not in words["after_work"] for cure, after in pairs)


def _starts_with_place(tokens: list[str], words: dict[str, Words]) -> bool:
    """Whether a person is there as a patient, and not "to train staff"."""
    place, link, verb = (*tokens, "", "", "")[:3]
    is_errand = (
        link in words["purposes"] and verb not in words["between"] and (link == "to" or verb.endswith(("r", "re")))
    )
    return place in words["places"] and not is_errand


def _is_about_patient(text: str) -> bool:
    """Whether a form or a table has the name of a person and a diagnosis, each with a label of its own."""
    words = load_private_words()["patients"]
    states = words["diagnosis"] | words["diagnosis_of_patient"]
    labels = words["patient"] | states
    cells = text.replace(":", "\n")
    names = _iter_labelled(cells, words["patient"], labels, is_in_prose=False)
    if any(map(_is_full_name, names)) and any(_iter_labelled(cells, states, labels, is_in_prose=False)):
        return True
    pairs = _iter_table_pairs(text, words["patient"] | words["name"], words["diagnosis"])
    return any(_is_full_name(name) and _fold(state) not in words["none"] for name, state in pairs)


def _is_full_name(name: str) -> bool:
    parts = name.split()
    return 1 < len(parts) <= MAX_HOLDER_WORDS and not any(part[0].islower() or not part[0].isalpha() for part in parts)


def _starts_with_word(folded: str, words: Words) -> bool:
    return any(f"{folded} ".startswith(f"{word} ") for word in words)
