"""Rows that have the name of a country and nothing else: it is the country of the rows below them."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from jukwaa.coalitions.imports.vocabulary import (
    REGIONAL_GROUP_WORDS,
    STAKEHOLDER_GROUP_WORDS,
    find_word_meaning,
    is_worldwide_text,
)
from jukwaa.coalitions.models import ImportRow
from jukwaa.places.country_search import find_country

MIN_IMPORTED_COLUMNS = 2  # in a list of names alone, every row has one cell


def find_section_countries(
    table: Sequence[list[str]], row_numbers: Sequence[int], column_mapping: list[str]
) -> dict[str, str]:
    """By the numbers of rows, as text: what the last row above says that has a country and nothing else."""
    if len([field for field in column_mapping if field]) < MIN_IMPORTED_COLUMNS:
        return {}
    found: dict[str, str] = {}
    country = ""
    for number, cells in zip(row_numbers[1:], table[1:], strict=False):
        filled = [(field, cell) for field, cell in zip(column_mapping, cells, strict=False) if cell]
        if len({cell for _field, cell in filled}) != 1:
            found |= {str(number): country} if country and filled else {}
        elif find_country(filled[0][1], accepts_codes=False):
            country = filled[0][1]
        elif _is_section_without_country(*filled[0]):
            country = ""
        elif country:
            found[str(number)] = country
    return found


def get_section_country(row: ImportRow) -> str:
    return str(row.source.row_looks.get("sections", {}).get(str(row.number), ""))


def describe_section_country(row: ImportRow) -> Iterator[str]:
    """A note if the country of the row is that of its section."""
    country = get_section_country(row)
    if country and row.get("country") == country:
        yield _("The country is in the row above these organisations: “%(text)s”.") % {"text": country}


def _is_section_without_country(field: str, text: str) -> bool:
    """As in "REGIONAL" and "Africa"; a name alone in the column of names is an organisation."""
    groups = find_word_meaning(text, REGIONAL_GROUP_WORDS) or find_word_meaning(text, STAKEHOLDER_GROUP_WORDS)
    return bool(groups) or is_worldwide_text(text) or (not field and any(letter.isalpha() for letter in text))
