import csv
import io
from datetime import date

import pytest
import xlsxwriter
from hypothesis import assume, example, given
from hypothesis import strategies as st

from jukwaa.core.documents.incoming import FileRefused, extract_text, is_formula_cell, read_table_file
from jukwaa.core.documents.incoming.table import parse_csv_text
from jukwaa.core.documents.text_cleaning import clean_text
from tests.core.documents import build_open_document_spreadsheet

PLAIN_TABLE = [["Name", "Country"], ["Helpline One", "Kenya"], ["Café, the second", "Brésil"]]


def build_csv_text(csv_rows, csv_delimiter=",", csv_quoting=csv.QUOTE_MINIMAL):
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=csv_delimiter, quoting=csv_quoting).writerows(csv_rows)
    return stream.getvalue()


def build_workbook(**sheets):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(number, column, cell, day)
                    else:
                        sheet.write(number, column, cell)
    return stream.getvalue()


def get_table_refusal(file_content, file_name="members.csv"):
    with pytest.raises(FileRefused) as refused:
        read_table_file(file_content, file_name)
    return refused.value.code


@pytest.mark.parametrize("csv_delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("text_encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv_delimiters_and_encodings_give_same_table(csv_delimiter, text_encoding):
    data = build_csv_text(PLAIN_TABLE, csv_delimiter).encode(text_encoding)

    assert read_table_file(data, "members.csv").rows == PLAIN_TABLE


def test_tabs_separate_cells_that_contain_commas():
    """As Teams exports attendance: parts with their own headings, and dates with commas."""
    rows = [["1. Summary"], ["Start time", "11/5/26, 1:56:12 PM"], ["2. Participants"], ["Name", "First Join", "Role"]]
    rows += [["Adzovi, Kossi", "11/5/26, 1:59:50 PM", "Presenter"]] * 3
    data = "\n".join("\t".join(row) for row in rows).encode("utf-16")

    table = read_table_file(data, "attendance.csv")

    assert table.rows[-1] == ["Adzovi, Kossi", "11/5/26, 1:59:50 PM", "Presenter"]


def test_open_document_spreadsheet_is_read():
    data = build_open_document_spreadsheet("Members", PLAIN_TABLE)

    table = read_table_file(data, "members.ods")

    assert (table.sheet, table.rows) == ("Members", PLAIN_TABLE)
    assert "Café" in extract_text(data, "members.ods").text


@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_give_table_or_refusal(data_folder):
    try:
        table = read_table_file(data_folder, "any.csv")
    except FileRefused:
        return

    assert {len(row) for row in table.rows} == {len(table.rows[0])}


CELL_STRATEGY = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(
    st.integers(2, 5).flatmap(
        lambda n: st.lists(st.lists(CELL_STRATEGY, min_size=n, max_size=n), min_size=1, max_size=6)
    ),
    st.sampled_from(",;\t|"),
)
@example([["", "0\t"]], ",")  # a tab inside of a cell
def test_written_csv_is_read_back_equal(csv_rows, csv_delimiter):
    cells = [[clean_text(cell)[0].strip() for cell in row] for row in csv_rows]
    kept = [row for row in cells if any(row)]
    assume(kept)
    width = max(at + 1 for row in kept for at, cell in enumerate(row) if cell)

    assert parse_csv_text(build_csv_text(csv_rows, csv_delimiter, csv.QUOTE_ALL)) == [row[:width] for row in kept]


def test_excel_values_are_read_as_displayed():
    rows = [["Name", "Since", "Number"], ["Helpline One", date(2009, 11, 27), 12], ["Sum", "", "=1+1"]]
    table = read_table_file(build_workbook(Empty=[], Members=rows, Notes=[["x"]]), "members.xlsx")

    assert table.rows == [["Name", "Since", "Number"], ["Helpline One", "2009-11-27", "12"], ["Sum", "", "0"]]
    assert table.other_sheets == ("Notes",)


@pytest.mark.parametrize(
    ("file_content", "refusal_code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"Name\nHelpline One\nHelpline Two\n", "one_column"),
        (b"Name~Country\nHelpline One~Kenya\n", "one_column"),
        (b"Name,Country\n" + b"a,b\n" * 5001, "many_rows"),
        (b"a," * 60 + b"b\n", "many_columns"),
        (b"\x89PNG\r\n\x1a\n", "not_what_it_says"),
    ],
)
def test_file_without_table_is_refused(file_content, refusal_code):
    assert get_table_refusal(file_content) == refusal_code


def test_one_address_per_line_is_single_column_table():
    assert read_table_file(b"one@example.org\ntwo@example.org\n", "list.txt").rows == [
        ["one@example.org"],
        ["two@example.org"],
    ]


def test_formulas_are_read_as_text():
    formula = '=HYPERLINK("https://example.org","x")'
    data = build_csv_text([["Name", "Country"], [formula, "Kenya"]]).encode()

    assert read_table_file(data, "members.csv").rows[1] == [formula, "Kenya"]
    assert [is_formula_cell(cell) for cell in (formula, "@SUM(1)", "-", "+254 20 1", "-5", "A")] == [
        True,
        True,
        *[False] * 4,
    ]


def test_rows_keep_their_numbers_and_merged_cells_fill_their_rows():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Members")
        sheet.merge_range("B2:D2", "Members of 2024")
        sheet.write_row("B4", ["Name", "Country", "Secret"])
        sheet.write_column("B5", ["One", "Two", "Three"])
        sheet.merge_range("C5:C6", "Kenya")
        sheet.write("D5", "hush")
        sheet.set_column("D:D", None, None, {"hidden": True})
        sheet.write("B9", "Four")
    table = read_table_file(stream.getvalue(), "members.xlsx")

    assert table.rows == [
        ["Members of 2024", "", ""],
        ["Name", "Country", "Secret"],
        ["One", "Kenya", "hush"],
        ["Two", "Kenya", ""],
        ["Three", "", ""],
        ["Four", "", ""],
    ]
    assert (table.numbers, table.hidden) == ((2, 4, 5, 6, 7, 9), (2,))
    assert read_table_file(b"Name,Country\n\n\nOne,Kenya\n", "members.csv").numbers == (1, 4)


def test_sheet_with_highest_score_is_read():
    data = build_workbook(Notes=[["x", "y"]], Members=[["Name", "Country"], ["One", "Kenya"]])
    table = read_table_file(data, "members.xlsx", score_rows=lambda rows: rows[0].count("Name"))

    assert (table.sheet, table.rows[0], table.other_sheets) == ("Members", ["Name", "Country"], ("Notes",))


def test_workbook_with_too_many_rows_is_refused():
    rows = [["Name", "Country"], *([f"Helpline {number}", "Kenya"] for number in range(20_000))]

    assert get_table_refusal(build_workbook(Members=rows), "members.xlsx") == "many_rows"
