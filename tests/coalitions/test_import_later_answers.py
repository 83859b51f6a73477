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
        ["", "Nadia Quill", "n@quill.example", "Yes"],
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


WISH = HEADINGS[3]
NAMES = ("Nadia Quill", "Nadia Quill")


@pytest.fixture
def import_answers(import_rows, coalition, coordinator):
    """Import the answers of two people, or of one, with the same address; return why a known one gets no emails."""

    def import_and_skip(first, second, names=NAMES, heading=WISH):
        tie = AffiliationFactory(
            organisation__coalition=coalition, person__name="Nadia Quill", person__email="n@quill.example"
        )
        brought = import_rows(
            *([time, name, "n@quill.example", cell] for (time, cell), name in zip((first, second), names, strict=True)),
            ["2026-09-28T02:28:42", "Omar Rush", "o@quill.example", "Yes"],
            heading=[*HEADINGS[:3], heading],
            kind="people",
        )
        for row in brought.rows.filter(state="quarantine"):
            skip_import_row(actor=coordinator, import_row=row)
        import_ready_rows(actor=coordinator, spreadsheet_import=brought)
        tie.refresh_from_db()
        return tie.no_invitations

    return import_and_skip


@pytest.mark.parametrize(
    ("heading", "answer", "later_answer", "objection"),
    [
        (WISH, "No", "Yes", ""),
        (WISH, "No", "No", "opted-out"),
        (WISH, "No", "", "opted-out"),
        (WISH, "No", "Yes, please", ""),
        (WISH, "No", "Yes (phone only)", "opted-out"),
        (WISH, "No", "Oui, mais seulement pour les urgences", "opted-out"),
        ("GDPR consent", "refused", "given", ""),
        ("Remarks", "asked by phone: do not contact", "", "opted-out"),
        ("Remarks", "asked by phone: do not contact", "yes", "opted-out"),
    ],
)
def test_earlier_refusal_is_outdated_by_a_yes(import_answers, heading, answer, later_answer, objection):
    answers = [("2026-09-26T02:28:42", answer), ("2026-09-27T02:28:42", later_answer)]
    assert import_answers(*answers, heading=heading) == objection


@pytest.mark.parametrize(("later_name", "objection"), [("Omar Rush", "opted-out"), ("QUILL, Nadia", "")])
def test_agreement_of_another_person_with_the_address_outdates_nothing(import_answers, later_name, objection):
    answers = [("2026-09-26T02:28:42", "No"), ("2026-09-27T02:28:42", "Yes")]
    assert import_answers(*answers, names=("Nadia Quill", later_name)) == objection


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("26/09/2026 11:28:00 \u0635", "26/09/2026 1:09:00 \u0645"),
        (
            "2026/09/26 11:28:00 \u0635 \u063a\u0631\u064a\u0646\u062a\u0634+3",
            "2026/09/26 1:09 \u0645 \u063a\u0631\u064a\u0646\u062a\u0634+3",
        ),
        ("2026-09-26 09:00 AEST", "2026-09-26 13:05 AEST"),
        ("2026-09-26 11:28 PST", "2026-09-26 13:05 PST"),
        ("2026-09-26 11:28 a. m.", "2026-09-26 1:09 p. m."),
        ("26.09.2026 11.28", "26.09.2026 13.05"),
    ],
)
@pytest.mark.parametrize(("later_answer", "objection"), [("No", "opted-out"), ("Yes", "")])
def test_later_half_of_the_day_is_recognised(import_answers, first, second, later_answer, objection):
    answers = dict(zip((first, second), ("Yes", "No") if later_answer == "No" else ("No", "Yes"), strict=True))
    assert import_answers(*reversed(answers.items())) == objection


@pytest.mark.parametrize("first", ["2026/09/26 \u4e0a\u5348 11:28:00", "2026/09/26 11:28 du matin", "09/10/2026 11:28"])
def test_unclear_times_are_not_compared(import_rows, first):
    second = first.replace("11:28", "1:09")
    rows = [[time, "Nadia Quill", "n@quill.example", "Yes"] for time in (first, second)]
    assert get_states(import_rows(*rows, heading=HEADINGS, kind="people")) == {2: "waiting", 3: "quarantine"}


@pytest.mark.parametrize(
    ("refused_at", "agreed_at", "objection"),
    [
        ("2026-09-26T23:30:00+00:00", "2026-09-27T01:00:00+03:00", "opted-out"),
        ("2026-09-27T01:00:00.123+03:00", "2026-09-26T23:30:00.123+00:00", ""),
        ("2026-09-26T23:30:00Z", "2026-09-27T01:00:00+0300", "opted-out"),
        ("2026/09/26 11:28:00 AM GMT+2", "2026/09/26 12:09:00 PM GMT+3", "opted-out"),
        ("2026/09/26 11:28:00 AM GMT+3", "2026/09/26 11:09:00 AM GMT+2", ""),
        ("2026-09-26 09:00 AEST", "2026-09-26 13:05 PST", "opted-out"),
        ("2026-09-26 09:00", "2026-09-26 13:05+03:00", "opted-out"),
    ],
)
def test_times_are_compared_across_time_zones(import_answers, refused_at, agreed_at, objection):
    assert import_answers((refused_at, "No"), (agreed_at, "Yes")) == objection
