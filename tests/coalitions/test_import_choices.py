"""What the import understands in each language: see `coalitions/imports/data/words.toml`."""

import io

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from jukwaa.coalitions.forms.imports import ImportFileForm
from jukwaa.coalitions.imports.vocabulary import REGIONAL_GROUP_WORDS, STAKEHOLDER_GROUP_WORDS, find_word_meaning
from jukwaa.places.regions import RegionalGroup, StakeholderGroup


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_translated_choices_are_understood_by_import(language):
    with override(language):
        for choices, words in ((RegionalGroup, REGIONAL_GROUP_WORDS), (StakeholderGroup, STAKEHOLDER_GROUP_WORDS)):
            assert [find_word_meaning(str(choice.label), words) for choice in choices] == list(choices)


def build_two_sheet_workbook(hidden=(), **rows_by_sheet):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
        for name, rows in rows_by_sheet.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            if name in hidden:
                sheet.hide()
    return stream.getvalue()


COLUMN_HEADINGS = ["Organisation", "Country", "E-mail"]
OLD_ROWS = [COLUMN_HEADINGS, *[[f"Old {number}", "Kenya", ""] for number in range(9)]]
NEW_ROWS = [COLUMN_HEADINGS, ["Helpline One", "Kenya", "one@example.org"]]


def send_import_form(workbook_file, **data):
    file = SimpleUploadedFile("members.xlsx", workbook_file)
    return ImportFileForm({"kind": "members", **data}, {"file": file})


def test_file_with_two_lists_asks_for_sheet():
    form = send_import_form(build_two_sheet_workbook(Old=OLD_ROWS, Current=NEW_ROWS))
    assert (form.is_valid(), form.errors) == (False, {})
    assert form.fields["sheet"].help_text == "This file has more than one list. Choose the sheets to import."
    assert form.fields["sheet"].choices == [("Old", "Old (10 rows)"), ("Current", "Current (2 rows)")]


def test_chosen_sheet_is_imported():
    form = send_import_form(build_two_sheet_workbook(Old=OLD_ROWS, Current=NEW_ROWS), sheet=["Current"])
    assert form.is_valid(), form.errors
    assert [table.rows for table in form.tables] == [NEW_ROWS]


def test_hidden_sheet_is_marked_and_last():
    sheets = {"Members": NEW_ROWS, "Old": OLD_ROWS, "Former": NEW_ROWS}
    form = send_import_form(build_two_sheet_workbook(**sheets, hidden={"Old"}))

    assert (form.is_valid(), form.errors) == (False, {})
    assert [label for _name, label in form.fields["sheet"].choices] == [
        *("Members (2 rows)", "Former (2 rows)", "Old (10 rows), hidden in the spreadsheet")
    ]


def test_hidden_sheet_is_no_reason_to_ask():
    form = send_import_form(build_two_sheet_workbook(Current=NEW_ROWS, Old=OLD_ROWS, hidden={"Old"}))

    assert form.is_valid(), form.errors
    assert [(table.sheet, table.hidden_sheets) for table in form.tables] == [("Current", ("Old",))]


def test_unknown_sheet_is_asked_for_again():
    form = send_import_form(build_two_sheet_workbook(Old=OLD_ROWS, Current=NEW_ROWS), sheet=["Nowhere"])
    assert (form.is_valid(), form.errors) == (False, {})


def test_file_with_one_list_and_notes_asks_nothing():
    form = send_import_form(build_two_sheet_workbook(Notes=[["Numbers are of May."], ["More"]], Current=NEW_ROWS))
    assert form.is_valid(), form.errors
    assert [table.sheet for table in form.tables] == ["Current"]
