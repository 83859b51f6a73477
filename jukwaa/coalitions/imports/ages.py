"""Whether a cell says that the person in its row is under 18: an age, a date of birth, the name of a guardian."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from jukwaa.coalitions.imports.dates import AmbiguousDateError, InvalidDateError, parse_date
from jukwaa.coalitions.imports.vocabulary import (
    IMPORT_VOCABULARY,
    YES_AND_NO_WORDS,
    is_negative_answer,
    split_database_heading,
)
from jukwaa.core.dates import get_utc_date
from jukwaa.places.text_folding import fold_text

AGE_OF_MAJORITY = 18
MAX_CACHED_HEADINGS = 1000  # each is asked about for all cells below it
MIN_AGE_IN_TEXT = 8  # "3 years" in a remark is the length of something
_DAYS_OF_PRECISION = {"day": 0, "month": 31, "year": 366}  # up to the last day that a date of birth may mean
_WORDS = {name: tuple(map(fold_text, words)) for name, words in IMPORT_VOCABULARY["ages"].items()}
_ALTERNATIVES = {name: "|".join(words) for name, words in _WORDS.items()}
# "17 years", "aged 17", and after words such as "student"; but "il y a 17 ans" and "17 years of experience" are no age.
_AGE_PATTERN = re.compile(
    rf"(?:^ |(?<! y) (?:{_ALTERNATIVES['before_age']}) )"
    rf"(?:(?:(?:{_ALTERNATIVES['before_number']}) )?(\d{{1,2}}) (?:{_ALTERNATIVES['units']})"
    rf"|(?:{_ALTERNATIVES['before_number_alone']}) (\d{{1,2}})) $"
)
_OWN_AGE_PATTERN = re.compile(
    rf" (?:{_ALTERNATIVES['before_own_age']}) (\d{{1,2}})(?: (?:{_ALTERNATIVES['units']}))?"
    rf" (?:$|(?:{_ALTERNATIVES['after_own_age']}) )"
)
_UNDER_18_PATTERN = re.compile(rf" (?:{_ALTERNATIVES['before_age']}) (?:{_ALTERNATIVES['under_18']}) ")
_CLAUSE_PATTERN = re.compile(r"[.,،;()\n]|\s[-\u2013\u2014]\s")
_HEADING_PART_PATTERN = re.compile(r"[/|\n(]| - ")
_NUMBER_ALONE_PATTERN = re.compile(r"(\d{1,3})(?: [^\W\d]+)*")  # "25", "18+", "25 anos"
_AGE_AFTER_NAME_PATTERN = re.compile(r"[(\[,]\s*(\d{1,2})\s*[)\]]?\s*$")  # "Ana (16)", "Ana, 16"
_YEAR_PATTERN = re.compile(r"(?=((?:19|20)\d\d))")  # also within other digits, as in "12052012"


def says_under_18(column_heading: str, cell: str) -> bool:
    """Whether the person is, and not those with whom the organisation works."""
    if not cell or asks_for_age_group(column_heading) or _has_phrase(column_heading, "about_others_headings"):
        return False
    answer = fold_text(cell)
    if asks_whether_adult(column_heading) and ((is_no := _starts_with_no(cell, answer)) or answer in YES_AND_NO_WORDS):
        return is_no
    if asks_about_minors(column_heading):
        return not is_negative_answer(cell) and not _is_answer_of_adult(answer)
    if _is_age_heading(column_heading):
        return is_age_below_18(cell)
    if _has_phrase(column_heading, "birth_headings"):
        return _is_birth_date_of_minor(cell)
    return not _has_phrase(column_heading, "duration_headings") and any(
        _says_age_below_18(fold_text(clause)) for clause in _CLAUSE_PATTERN.split(cell)
    )


def asks_about_minors(column_heading: str) -> bool:
    """Whether only people under 18 have an answer, such as the name of their guardian."""
    is_about_others = _has_phrase(column_heading, "about_others_headings")
    return _has_phrase(column_heading, "minor_headings") and not is_about_others


def asks_whether_adult(column_heading: str) -> bool:
    """As in "Are you 18 or older?": a person who leaves a box there empty may be younger."""
    is_about_others = _has_phrase(column_heading, "about_others_headings")
    return _has_phrase(column_heading, "adult_headings") and not is_about_others


def asks_for_age_group(column_heading: str) -> bool:
    """Of the people in the rows, or of those with whom an organisation works: only the whole table tells which."""
    is_about_others = _has_phrase(column_heading, "about_others_headings")
    return _has_phrase(column_heading, "age_group_headings") and not is_about_others


def asks_for_age(column_heading: str) -> bool:
    """Whether the heading asks for anything that tells whether the person is under 18."""
    return (
        asks_about_minors(column_heading)
        or asks_whether_adult(column_heading)
        or _is_age_heading(column_heading)
        or _has_phrase(column_heading, "birth_headings")
    )


def is_age_below_18(cell: str) -> bool:
    """Also a range of ages that begins below 18: the person may be younger."""
    ages = [int(number) for number in re.findall(r"\d+", cell)]
    is_below = _says_age_below_18(fold_text(cell)) or cell.lstrip().startswith("<")
    return is_below or any(0 < age < AGE_OF_MAJORITY for age in ages)


def has_age_below_18_after_name(cell: str) -> bool:
    found = _AGE_AFTER_NAME_PATTERN.search(cell)
    return found is not None and MIN_AGE_IN_TEXT <= int(found[1]) < AGE_OF_MAJORITY


def _starts_with_no(cell: str, answer: str) -> bool:
    """As in "No, I am 17", "not yet" and "-"."""
    first_word = next(iter(answer.split()), "")
    return is_negative_answer(cell) or first_word in _WORDS["not_yet"] or is_negative_answer(first_word)


def _says_age_below_18(clause: str) -> bool:
    if clause in _WORDS["under_18"] or _UNDER_18_PATTERN.search(f" {clause} "):
        return True
    found = [pattern.search(f" {clause} ") for pattern in (_AGE_PATTERN, _OWN_AGE_PATTERN)]
    return any(each and MIN_AGE_IN_TEXT <= int(each[each.lastindex or 1]) < AGE_OF_MAJORITY for each in found)


def _is_answer_of_adult(answer: str) -> bool:
    """As in "25", "18+" and "sou maior de idade", where others name their guardian."""
    number = _NUMBER_ALONE_PATTERN.fullmatch(answer)
    return any(f" {word} " in f" {answer} " for word in _WORDS["adult"]) or (
        number is not None and int(number[1]) >= AGE_OF_MAJORITY
    )


def _is_birth_date_of_minor(cell: str) -> bool:
    try:
        born = parse_date(cell)
    except AmbiguousDateError as error:
        return any(map(_is_less_than_18_years_ago, error.days))
    except InvalidDateError:
        return _has_year_of_minor(cell)
    return born is not None and _is_less_than_18_years_ago(
        born.day + timedelta(days=_DAYS_OF_PRECISION[born.precision])
    )


def _has_year_of_minor(cell: str) -> bool:
    """Of a date that cannot be read, such as "12 - 05 - 2012" and "2012?"."""
    this_year = get_utc_date().year
    return any(0 <= this_year - int(year) <= AGE_OF_MAJORITY for year in _YEAR_PATTERN.findall(cell))


def _is_less_than_18_years_ago(day: date) -> bool:
    today = get_utc_date()
    return (today.year - day.year) - ((today.month, today.day) < (day.month, day.day)) < AGE_OF_MAJORITY


@lru_cache(maxsize=MAX_CACHED_HEADINGS)
def _is_age_heading(column_heading: str) -> bool:
    parts = [fold_text(part) for part in _HEADING_PART_PATTERN.split(column_heading)]
    return any(part in _WORDS["age_headings"] or _consists_of_age_words(part.split()) for part in parts)


def _consists_of_age_words(words: list[str]) -> bool:
    """As in "Age of participant" and "1. Idade do participante", but not "Age of the organisation"."""
    has_age = any(word in _WORDS["age_words"] for word in words)
    known = {*_WORDS["age_words"], *_WORDS["words_beside_age"]}
    return has_age and all(word in known or word.isdecimal() for word in words)


@lru_cache(maxsize=MAX_CACHED_HEADINGS)
def _has_phrase(column_heading: str, section: str) -> bool:
    heading = f" {fold_text(split_database_heading(column_heading))} "
    return any(f" {phrase} " in heading for phrase in _WORDS[section])


def find_columns_with_adults(table: Sequence[list[str]]) -> set[int]:
    """The columns in which some rows say that the person is 18 or older, and so an empty cell may say no."""
    return {
        place
        for place, heading in enumerate(table[0])
        if asks_whether_adult(heading) and any(cells[place] for cells in table[1:])
    }
