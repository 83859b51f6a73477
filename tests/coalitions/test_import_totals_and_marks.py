"""Totals below a list, whatever their column, and apostrophes at the start of a cell."""

import pytest

from jukwaa.coalitions.imports.contact_parsing import parse_contact
from jukwaa.coalitions.imports.problems import RowProblems
from jukwaa.core.documents.incoming import read_table_file

COLUMN_HEADINGS = ["#", "Organisation", "Country", "Date joined", "Remarks"]


@pytest.mark.parametrize(
    ("rows", "left_out"),
    [
        ([["TOTAL", "members (not counting observers)", "", "41"], ["", "NB 41 was reported in May"]], [3, 4]),
        ([["", "", "Total:", "41", ""]], [3]),
        ([["Totaux", "membres", "", "", "41"]], [3]),
        ([["", "members", "Total", "41"]], [3]),
        ([["2", "Total", "France", "2019"]], []),
        ([["2", "Sum", "Kenya", "", "prefers email"]], []),
        ([["Total", "Harebell", "Fiji", "2019"]], []),
        ([["", "Harebell", "Somme", "2019"]], []),
    ],
)
def test_total_row_is_skipped_whatever_its_column(import_rows, rows, left_out):
    brought = import_rows(["1", "Quillwort", "Kenya", "2019"], *rows, heading=COLUMN_HEADINGS)

    assert list(brought.rows.filter(state="left-out").order_by("number").values_list("number", flat=True)) == left_out


@pytest.mark.parametrize(
    ("row", "state"),
    [
        (["", "TOTAL", "58", "", "counts section headings too?? check"], "left-out"),
        (["", "Total members", "", "=COUNTA(D2:D59)", "check"], "left-out"),
        (["", "TOTAL", "", "", "counts section headings too?? check"], "quarantine"),
        (["60", "Sum:", "", "", "check"], "quarantine"),
        (["2", "Total", "France", "", "prefers email"], "waiting"),
        (["2", "Total Child Care", "", "", "prefers email"], "waiting"),
        (["2", "Sum of Us", "", "", "prefers email"], "waiting"),
    ],
)
def test_row_that_is_called_a_total_is_not_imported_unasked(import_rows, row, state):
    brought = import_rows(["1", "Quillwort", "Kenya", "2019"], row, heading=COLUMN_HEADINGS)
    found = brought.rows.get(number=3)
    assert found.state == state
    assert ("may be a title, a total or a remark" in found.reason) is (state == "quarantine")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("'Ana Tupou", "'Ana Tupou"),
        ("ʻAna Tupou", "ʻAna Tupou"),
        ("'Ana Tupou <ana@example.org>", "'Ana Tupou"),
        ("'Maria Paz'", "Maria Paz"),
        ('"Maria Paz"', "Maria Paz"),
        ("Fa'afetai Tupou", "Fa'afetai Tupou"),
    ],
)
def test_apostrophe_before_a_name_belongs_to_it(written, name):
    assert parse_contact({"contact": written}, [], RowProblems()).name == name


def test_apostrophe_before_a_number_only_marks_text():
    file_data = b"Name,Phone,Since\n'Ana,'+679 331 0142,'2021-03-15\n'90s Kids,'0491 570 156,\n"
    assert read_table_file(file_data, "list.csv").rows[1:] == [
        ["'Ana", "+679 331 0142", "2021-03-15"],
        ["'90s Kids", "0491 570 156", ""],
    ]
