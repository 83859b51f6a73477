"""Choosing the columns of an import again does not throw away what was answered."""

import pytest

from jukwaa.coalitions.actions import (
    RowAnswers,
    answer_questions_of_import,
    correct_import_row,
    map_import_columns,
    skip_import_row,
)
from jukwaa.coalitions.models import ImportRow

HEADING = ["Name", "Type of actor", "Country", "Joined", "Remark"]
ROWS = [
    ["Helpline Network", "INGO", "Congo", "2013", "new"],
    ["Safe Net", "INGO", "Kenya", "2014", ""],
    ["Helpline Network", "NGO", "Kenya", "", ""],
    ["test test", "NGO", "Kenya", "", ""],
]


@pytest.fixture
def answered_import(import_rows, coordinator):
    brought = import_rows(*ROWS, heading=HEADING)
    rows = {row.number: row for row in brought.rows.all()}
    answer_questions_of_import(
        actor=coordinator,
        spreadsheet_import=brought,
        import_decisions={"stakeholder_group": {"ingo": "civil-society"}, "country": {"congo": "CG"}},
        answers_by_row={rows[4].pk: RowAnswers(same="row-2")},
    )
    skip_import_row(actor=coordinator, import_row=rows[5])
    safe_net = ImportRow.objects.get(source=brought, number=3)
    correct_import_row(actor=coordinator, import_row=safe_net, cells_by_field={**safe_net.cells, "country": "Uganda"})
    brought.refresh_from_db()
    return brought


def list_rows(brought):
    return [(row.number, row.state, row.cells.get("country"), row.answers) for row in brought.rows.order_by("number")]


def test_same_columns_keep_all_answers(answered_import, coordinator):
    before = list_rows(answered_import)
    assert [row[1] for row in before] == ["waiting", "waiting", "waiting", "left-out"]

    map_import_columns(
        actor=coordinator, spreadsheet_import=answered_import, column_mapping=list(answered_import.mapping)
    )

    answered_import.refresh_from_db()
    assert list_rows(answered_import) == before
    assert answered_import.decisions == {
        "stakeholder_group": {"ingo": "civil-society"},
        "country": {"congo": "CG"},
    }


def test_answers_about_a_column_that_changes_are_forgotten(answered_import, coordinator):
    mapping = ["" if field == "country" else field for field in answered_import.mapping]

    map_import_columns(actor=coordinator, spreadsheet_import=answered_import, column_mapping=mapping)

    answered_import.refresh_from_db()
    assert answered_import.decisions == {"stakeholder_group": {"ingo": "civil-society"}}
    assert [(row[1], row[2]) for row in list_rows(answered_import)] == [
        ("waiting", None),
        ("waiting", None),
        ("waiting", None),
        ("left-out", None),
    ]


def test_another_column_of_names_forgets_answers_about_rows(answered_import, coordinator):
    mapping = list(answered_import.mapping)
    mapping[0], mapping[4] = "", "name"

    map_import_columns(actor=coordinator, spreadsheet_import=answered_import, column_mapping=mapping)

    assert [row[3] for row in list_rows(answered_import)] == [{}] * 4


def test_row_can_be_corrected_after_another_was_combined_with_it(answered_import, coordinator):
    first = answered_import.rows.get(number=2)

    corrected = correct_import_row(
        actor=coordinator, import_row=first, cells_by_field={**first.cells, "country": "Gabon"}
    )

    assert (corrected.state, corrected.reason) == (ImportRow.State.WAITING, "")
