"""Columns of numbers, such as those of records, are not names."""

import pytest

from jukwaa.coalitions.imports.fields import guess_column_mapping

NUMBERS = ["70155200921", "70155201786", "70155201878"]
CODES = ["0035g00000AbCdEAAV", "0035g00000AbCdFAAV", "0035g00000AbCdGAAV"]
EMAILS = ["a@q.example", "b@q.example", "c@q.example"]


def guess(kind, **cells_by_heading):
    headings = [heading.replace("_", " ") for heading in cells_by_heading]
    return guess_column_mapping(headings, kind, [list(row) for row in zip(*cells_by_heading.values(), strict=True)])


@pytest.mark.parametrize("heading", ["Record ID - Contact", "Contact ID", "ID", "ID contact", "Contact", "Name", "Nom"])
@pytest.mark.parametrize("cells", [NUMBERS, CODES])
def test_column_of_numbers_is_not_the_name_of_a_person(heading, cells):
    columns = {heading: cells, "First Name": ["Ana", "Ben", "Cy"], "Last Name": ["Paz", "Otieno", "Moss"]}

    assert guess("people", **columns, Email=EMAILS) == ["", "person_first", "person_last", "email"]
    assert guess("members", **columns, Email=EMAILS) == ["", "contact_first", "contact_last", "email"]


@pytest.mark.parametrize("heading", ["Record ID - Contact", "Contact ID", "Contact id", "ID Contact"])
@pytest.mark.parametrize("kind", ["people", "members"])
def test_heading_of_an_identifier_is_not_a_name_without_rows(heading, kind):
    assert guess_column_mapping([heading], kind) == [""]


@pytest.mark.parametrize("heading", ["Organisation", "Name", "Member"])
def test_column_of_numbers_is_not_the_name_of_an_organisation(heading):
    columns = {heading: ["1", "2", "3"], "Organisation name": ["Quillwort", "Sorrel", "Yarrow"]}

    assert guess("members", **columns) == ["", "name"]


def test_some_numbers_among_names_do_not_hide_a_column():
    names = ["5Rights", "Quillwort", "3"]

    assert guess("members", Organisation=names, Email=EMAILS) == ["name", "email"]
    assert guess("people", Name=["Ana Paz", "Ben Otieno", "12"], Email=EMAILS) == ["person", "email"]
