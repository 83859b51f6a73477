"""Titles in the middle of a list, with or without headings of their own."""

import pytest

HEADINGS = ["Name", "Contact", "Email", "Country", "Since"]
MEMBER = ["Quillwort", "Nadia Quill", "n@quill.example", "Kenya", "2024"]
OTHER_ROW = ["Rushlight", "Omar Rush", "o@rush.example", "Mali", "2025"]


def get_states(brought):
    return dict(brought.rows.values_list("number", "state"))


@pytest.mark.parametrize(
    "title",
    [
        *("DEMANDES EN COURS", "DEMANDES EN COURS / Pending applications", "Applications", "Candidatures"),
        *("Solicitudes de ingreso", "Pedidos de adesão", "طلبات الانضمام"),
    ],
)
@pytest.mark.parametrize("headings", [None, ["Name", "Contact", "Email", "Country", "received", "state"]])
def test_rows_below_applications_are_asked_about(import_rows, title, headings):
    rows = [MEMBER, [title], *([headings] if headings else []), OTHER_ROW]
    brought = import_rows(*rows, heading=[*HEADINGS, "Notes"])
    last = len(rows) + 1
    expected = {2: "waiting", 3: "left-out", last: "quarantine"} | ({4: "left-out"} if headings else {})
    assert get_states(brought) == expected
    reason = brought.rows.get(number=last).reason
    assert title in reason
    assert "has applied" in reason


def test_title_says_more_than_the_name_of_the_sheet(import_rows, coordinator):
    brought = import_rows(MEMBER, ["Pending applications"], OTHER_ROW, heading=["Observers", *HEADINGS[1:]])
    assert get_states(brought)[4] == "quarantine"


def test_title_of_members_ends_the_section(import_rows):
    brought = import_rows(["Applications"], OTHER_ROW, ["Members"], MEMBER, heading=HEADINGS)
    assert get_states(brought) == {2: "left-out", 3: "quarantine", 4: "left-out", 5: "waiting"}


def test_headings_in_other_words_below_a_title(import_rows):
    brought = import_rows(
        MEMBER, ["Groupe du Sahel"], ["Organisation", "Point focal", "Courriel", "Pays"], OTHER_ROW, heading=HEADINGS
    )
    assert get_states(brought) == {2: "waiting", 3: "left-out", 4: "left-out", 5: "waiting"}


@pytest.mark.parametrize("name", ["Observer Research Foundation", "Candidates for Change", "Quill Network"])
def test_name_alone_is_an_organisation(import_rows, name):
    brought = import_rows([name], MEMBER, heading=HEADINGS)
    assert brought.rows.get(number=2).state != "left-out"
    assert get_states(brought)[3] == "waiting"
