"""What is answered about a row that says several things, and what stays of it when columns are chosen again."""

import pytest

from jukwaa.coalitions.actions import (
    RowAnswers,
    answer_questions_of_import,
    correct_import_row,
    import_ready_rows,
    imports,
    map_import_columns,
    skip_import_row,
)
from jukwaa.coalitions.models import Import, Membership
from jukwaa.core.refusals import EditConflict

HEADING = ["Organisation", "Country", "May we publish your name?", "Anything else?"]
BOTH = ["Quillwort", "Kenya", "No", "Please don’t email us again"]
UNPUBLISHED_SENTENCE = "The directory shows members, former members and observers to everyone."


@pytest.fixture
def answer(coordinator):
    def answer_about_only_row(brought, look="", **decisions):
        row = brought.rows.get()
        answer_questions_of_import(
            actor=coordinator,
            spreadsheet_import=brought,
            import_decisions={"rows": {key.replace("_", "-"): value for key, value in decisions.items()}},
            answers_by_row={row.pk: RowAnswers(look=look)} if look else {},
        )
        brought.refresh_from_db()
        row.refresh_from_db()
        return row

    return answer_about_only_row


@pytest.mark.parametrize("answers", [{"look": "observer"}, {"says_erasure": "observer"}])
def test_row_that_asks_for_erasure_is_asked_about_publication_too(import_rows, coordinator, answer, answers):
    brought = import_rows(BOTH, heading=HEADING)
    assert "does not want to be in the directory" in brought.rows.get().reason
    row = answer(brought, **answers)

    assert row.state == "quarantine"
    assert UNPUBLISHED_SENTENCE in row.reason
    assert answer(brought, look="keep").state == "waiting"
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    assert Membership.objects.filter(organisation__name="Quillwort").values_list("standing", flat=True)[0] == "observer"


@pytest.mark.parametrize(
    ("stored", "state"), [("member", "quarantine"), ("edited", "quarantine"), ("known", "waiting")]
)
def test_status_that_was_answered_earlier_says_nothing_about_publication(import_rows, answer, stored, state):
    brought = import_rows(BOTH, heading=HEADING)
    brought.rows.update(answers={"look": stored})

    assert answer(brought).state == state


@pytest.mark.parametrize(("look", "state"), [("skip", "left-out"), ("known", "waiting")])
def test_row_that_is_not_published_is_not_asked_again(import_rows, answer, look, state):
    assert answer(import_rows(BOTH, heading=HEADING), look=look).state == state


def test_publication_answer_takes_precedence_over_status(import_rows, coordinator, answer):
    brought = import_rows(BOTH, heading=HEADING)
    answer(brought, look="member")
    answer(brought, look="known")
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert not Membership.objects.filter(organisation__name="Quillwort").exists()


def test_answer_about_one_row_leads_to_the_next_question(import_rows, answer):
    brought = import_rows(["Quillwort", "Kenya", "No", "OBSERVER ONLY please"], heading=HEADING)
    row = answer(brought, look="keep")

    assert row.state == "quarantine"
    assert "the organisation is an observer" in row.reason
    assert answer(brought, look="observer").state == "waiting"


@pytest.mark.parametrize(
    "answer_before", [{"look": "observer"}, {"cells": {"name": "Quillwort", "standing": "observer"}}]
)
def test_words_of_a_column_that_is_not_imported_any_more_are_asked_about(import_rows, coordinator, answer_before):
    heading = ["Organisation", "Status", "Position", "Notes"]
    brought = import_rows(["Quillwort", "member", "delete our data", "observer for now"], heading=heading)
    mapping = ["name", "standing", "position", ""]
    brought = map_import_columns(actor=coordinator, spreadsheet_import=brought, column_mapping=mapping)
    row = brought.rows.get()
    assert "observer for now" in row.reason
    answer_questions_of_import(
        actor=coordinator,
        spreadsheet_import=brought,
        import_decisions={},
        answers_by_row={row.pk: RowAnswers(**answer_before)},
    )
    brought.refresh_from_db()
    assert brought.rows.get().state == "waiting"

    same = map_import_columns(actor=coordinator, spreadsheet_import=brought, column_mapping=mapping)
    assert same.rows.get().state == "waiting"
    again = map_import_columns(actor=coordinator, spreadsheet_import=same, column_mapping=["name", "standing", "", ""])

    assert again.rows.get().state == "quarantine"
    assert "delete our data" in again.rows.get().reason


def test_concurrent_changes_are_not_overwritten(import_rows, coordinator, monkeypatch):
    brought = import_rows(["Quillwort", "Kenya", "Yes", ""], ["Sorrel", "Chile", "Yes", ""], heading=HEADING)
    first, second = brought.rows.order_by("number")
    stale = Import.objects.get(pk=brought.pk)
    meanwhile = [
        lambda: correct_import_row(actor=coordinator, import_row=first, cells_by_field={"name": "Harebell"}),
        lambda: skip_import_row(actor=coordinator, import_row=second),
        lambda: answer_questions_of_import(
            actor=coordinator,
            spreadsheet_import=Import.objects.get(pk=brought.pk),
            import_decisions={"rows": {"says-observer": "observer"}},
            answers_by_row={},
        ),
    ]
    save = imports._save_import_rows
    for save_meanwhile in meanwhile:

        def save_after_concurrent_change(save_meanwhile=save_meanwhile, **arguments):
            save_meanwhile()
            return save(**arguments)

        monkeypatch.setattr(imports, "_save_import_rows", save_after_concurrent_change)
        with pytest.raises(EditConflict):
            map_import_columns(
                actor=coordinator,
                spreadsheet_import=Import.objects.get(pk=stale.pk),
                column_mapping=list(stale.mapping),
            )

    brought.refresh_from_db()
    assert brought.decisions == {"rows": {"says-observer": "observer"}}
    assert [(row.get("name"), row.state) for row in brought.rows.order_by("number")] == [
        ("Harebell", "waiting"),
        ("Sorrel", "left-out"),
    ]
