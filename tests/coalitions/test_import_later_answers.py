"""People who answered a form twice: the later answer counts."""

import pytest

from jukwaa.coalitions.actions import import_ready_rows, skip_import_row
from tests.factories import AffiliationFactory

HEADINGS = ["_submission_time", "Full name", "Email", "Do you want to receive our emails?"]


def get_states(brought):
    return dict(brought.rows.values_list("number", "state"))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2026-09-26T02:28:42", "2026-09-26T12:09:41"),
        ("2026-09-26 02:28:42", "2026-10-01 01:09:41"),
        ("26/09/2026 11:28", "26/09/2026 12:09"),
        ("2026/09/26 11:28:00 AM GMT", "2026/09/26 1:09:00 PM GMT"),
    ],
)
def test_later_answer_counts(import_rows, first, second):
    rows = [[first, "Nadia Quill", "n@quill.example", "Yes"], [second, "nadia quill", "N@quill.example", "Yes"]]
    in_order = import_rows(*rows, heading=HEADINGS, kind="people")
    assert get_states(in_order) == {2: "quarantine", 3: "waiting"}
    assert "same address is in row 3" in in_order.rows.get(number=2).reason
    assert get_states(import_rows(*reversed(rows), heading=HEADINGS, kind="people")) == {2: "waiting", 3: "quarantine"}


@pytest.mark.parametrize("heading", ["_submission_time", "Notes"])
def test_without_times_the_second_row_is_asked_about(import_rows, heading):
    brought = import_rows(
        ["", "Nadia Quill", "n@quill.example", "Yes"],
        ["", "Nadia Quill", "n@quill.example", "No"],
        heading=[heading, *HEADINGS[1:]],
        kind="people",
    )
    assert get_states(brought) == {2: "waiting", 3: "quarantine"}


def test_other_addresses_are_other_answers(import_rows):
    brought = import_rows(
        ["2026-09-26T02:28:42", "Nadia Quill", "n@quill.example", "Yes"],
        ["2026-09-27T02:28:42", "Omar Rush", "o@quill.example", "Yes"],
        heading=HEADINGS,
        kind="people",
    )
    assert get_states(brought) == {2: "waiting", 3: "waiting"}


@pytest.mark.parametrize(("later_answer", "objection"), [("Yes", ""), ("No", "opted-out")])
def test_earlier_refusal_is_outdated(import_rows, coalition, coordinator, later_answer, objection):
    tie = AffiliationFactory(
        organisation__coalition=coalition, person__name="Nadia Quill", person__email="n@quill.example"
    )
    brought = import_rows(
        ["2026-09-26T02:28:42", "Nadia Quill", "n@quill.example", "No"],
        ["2026-09-27T02:28:42", "Nadia Quill", "n@quill.example", later_answer],
        ["2026-09-28T02:28:42", "Omar Rush", "o@quill.example", "Yes"],
        heading=HEADINGS,
        kind="people",
    )
    for row in brought.rows.filter(state="quarantine"):
        skip_import_row(actor=coordinator, import_row=row)
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    tie.refresh_from_db()
    assert tie.no_invitations == objection
