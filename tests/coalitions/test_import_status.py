"""Rows without a membership status among rows that have one, and the status of rows that are combined."""

import pytest

from jukwaa.coalitions.actions import RowAnswers, answer_questions_of_import, correct_import_row, import_ready_rows
from jukwaa.coalitions.imports.questions import find_import_questions
from jukwaa.coalitions.models import Membership, Organisation

COLUMN_HEADINGS = ["Organisation", "Country", "Status"]


def answer_rows(coordinator, brought, decisions, answers=()):
    answer_questions_of_import(
        actor=coordinator, spreadsheet_import=brought, import_decisions=decisions, answers_by_row=dict(answers)
    )
    brought.refresh_from_db()


def list_members():
    return set(Membership.objects.active().exclude(organisation=None).values_list("organisation__name", flat=True))


def test_rows_without_status_are_asked_about_if_others_have_one(import_rows, coordinator):
    brought = import_rows(
        ["Quillwort", "Kenya", "Active"],
        ["Test do not use", "", ""],
        ["Harbour Gazette", "Ghana", "n/a"],
        ["Sorrel", "Chile", ""],
        heading=COLUMN_HEADINGS,
    )
    (question,) = find_import_questions(brought).columns
    assert (question.key, question.numbers, question.suggestion) == ("without-status", [3, 4, 5], "")

    row = brought.rows.get(number=5)
    answer_rows(coordinator, brought, {"rows": {"without-status": "skip"}}, {row.pk: RowAnswers(look="known")})
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    assert set(Organisation.objects.values_list("name", flat=True)) == {"Quillwort", "Sorrel"}
    assert list_members() == {"Quillwort"}


def test_row_without_status_is_shown_with_its_remark(import_rows):
    brought = import_rows(
        ["Quillwort", "Kenya", "Active", ""],
        ["Sorrel", "Chile", "", "charter not signed yet!!"],
        heading=[*COLUMN_HEADINGS, "Remarks"],
    )
    assert "charter not signed yet!!" in brought.rows.get(number=3).reason


@pytest.mark.parametrize("text", ["pending", "?", "TBC", "unknown", "??", "a confirmer", "dormant"])
def test_status_that_is_not_understood_is_a_question_of_its_own(import_rows, coordinator, text):
    brought = import_rows(
        ["Quillwort", "Kenya", "Active"],
        ["Harbour Gazette", "Ghana", text],
        ["Sorrel", "Chile", ""],
        ["Yarrow", "Chile", "N/A"],
        heading=COLUMN_HEADINGS,
    )
    questions = {question.key: question for question in find_import_questions(brought).columns}
    key = text.lower() if text != "TBC" else "tbc"
    assert {key: question.numbers for key, question in questions.items()} == {"without-status": [4, 5], key: [3]}
    assert (questions[key].column, questions[key].text) == ("standing", text)

    answer_rows(coordinator, brought, {"rows": {"without-status": "member"}, "standing": {key: "known"}})
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    assert list_members() == {"Quillwort", "Sorrel", "Yarrow"}


@pytest.mark.parametrize("heading", [["Organisation", "Country", "Status"], ["Organisation", "Country", "Notes"]])
def test_list_without_any_status_is_one_of_members(import_rows, heading):
    brought = import_rows(["Quillwort", "Kenya", ""], ["Sorrel", "Chile", "-"], heading=heading)

    assert not brought.rows.filter(state="quarantine").exists()


def test_combined_row_without_status_takes_that_of_the_first_row(import_rows, coordinator):
    brought = import_rows(
        ["Tidewatch Secretariat", "Kenya", "n/a"],
        ["Quillwort", "Kenya", "Active"],
        ["Tidewatch Secretariat", "Kenya", ""],
        heading=COLUMN_HEADINGS,
    )
    (asked,) = [each for each in find_import_questions(brought).columns if each.key == "without-status"]
    assert asked.numbers == [2]  # the other row is combined with it

    first = brought.rows.get(number=2)
    answer_rows(coordinator, brought, {}, {brought.rows.get(number=4).pk: RowAnswers(same="row-2")})
    correct_import_row(
        actor=coordinator,
        import_row=first,
        cells_by_field={"name": "Tidewatch Secretariat", "country": "Kenya", "standing": "not a member"},
    )
    brought.refresh_from_db()
    assert not brought.rows.filter(state="quarantine").exists()
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    assert list_members() == {"Quillwort"}


def test_skipping_rows_without_status_skips_no_combined_row(import_rows, coordinator):
    brought = import_rows(
        ["Quillwort", "Kenya", "Active"], ["Quillwort", "Kenya", ""], ["Sorrel", "", ""], heading=COLUMN_HEADINGS
    )
    answer_rows(coordinator, brought, {"rows": {"without-status": "skip"}})
    assert [row.state for row in brought.rows.order_by("number")] == ["waiting", "quarantine", "left-out"]
    answer_rows(coordinator, brought, {}, {brought.rows.get(number=3).pk: RowAnswers(same="row-2")})

    assert list(brought.rows.order_by("number").values_list("state", flat=True)) == ["waiting", "waiting", "left-out"]


def test_first_explicit_status_counts_for_combined_rows(import_rows, coordinator):
    brought = import_rows(
        ["Quillwort", "Kenya", ""],
        ["Quillwort", "Kenya", "not a member"],
        ["Quillwort", "Kenya", "member"],
        ["Sorrel", "Chile", "observer"],
        heading=COLUMN_HEADINGS,
    )
    rows = {row.number: row.pk for row in brought.rows.all()}
    same = {rows[number]: RowAnswers(same="row-2") for number in (3, 4)}
    answer_rows(coordinator, brought, {}, {rows[2]: RowAnswers(look="observer")} | same)
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert set(Membership.objects.exclude(organisation=None).values_list("organisation__name", "standing")) == {
        ("Quillwort", "observer"),
        ("Sorrel", "observer"),
    }


def test_rows_combined_with_a_skipped_row_are_one_member(import_rows, coordinator):
    brought = import_rows(
        ["Quillwort", "Kenya", "Active"],
        ["Quillwort Foundation", "Kenya", "Active"],
        ["Quillwort Trust", "Kenya", "Active"],
        heading=COLUMN_HEADINGS,
    )
    rows = {row.number: row.pk for row in brought.rows.all()}
    answers = {rows[3]: RowAnswers(same="row-2"), rows[4]: RowAnswers(same="row-2"), rows[2]: RowAnswers(skip=True)}
    answer_rows(coordinator, brought, {}, answers)
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert list(Organisation.objects.values_list("name", flat=True)) == ["Quillwort Foundation"]
    assert list_members() == {"Quillwort Foundation"}


def test_row_combined_with_an_imported_row_adds_no_membership(import_rows, coordinator):
    brought = import_rows(
        ["Quillwort", "Kenya", "not a member"],
        ["Sorrel", "Chile", "Active"],
        ["Quillwort Trust", "Kenya", ""],
        heading=COLUMN_HEADINGS,
    )
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    answer_rows(coordinator, brought, {}, {brought.rows.get(number=4).pk: RowAnswers(same="row-2")})
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert not brought.rows.exclude(state="entered").exists()
    assert list_members() == {"Sorrel"}


def test_row_combined_with_a_skipped_row_without_status_is_skipped_too(import_rows, coordinator):
    brought = import_rows(
        ["Tidewatch Secretariat", "Kenya", "n/a"],
        ["Quillwort", "Kenya", "Active"],
        ["Tidewatch Secretariat", "Kenya", ""],
        heading=COLUMN_HEADINGS,
    )
    answer_rows(coordinator, brought, {"rows": {"repeated": "combine"}})
    answer_rows(coordinator, brought, {"rows": {"without-status": "skip"}})
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert set(Organisation.objects.values_list("name", flat=True)) == {"Quillwort"}
