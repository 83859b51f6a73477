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


@pytest.mark.parametrize(
    ("row", "state"),
    [
        (["Sorrel Trust", "Helpline", "Hotline"], "waiting"),
        (["Helpline", "Helpline", "Hotline"], "waiting"),
        (["Organisation", "Helpline", "Hotline"], "left-out"),
        (["Name", "Helpline", "Hotline"], "left-out"),
    ],
)
def test_row_repeats_headings_only_with_that_of_the_name(import_rows, row, state):
    brought = import_rows(["Alder", "", "Hotline"], row, heading=["Organisation", "Helpline", "Hotline"])
    assert get_states(brought) == {2: "waiting", 3: state}


def test_row_above_repeated_headings_may_be_an_organisation(import_rows):
    """Programs that divide a list into pages repeat the headings on each one."""
    brought = import_rows(MEMBER, ["Sorrel Trust"], HEADINGS, OTHER_ROW, heading=HEADINGS)
    assert get_states(brought) == {2: "waiting", 3: "quarantine", 4: "left-out", 5: "waiting"}
    assert "may be a title" in brought.rows.get(number=3).reason


def test_row_below_an_empty_row_and_above_headings_is_a_title(import_rows):
    brought = import_rows(MEMBER, [""], ["Sorrel Trust"], HEADINGS, OTHER_ROW, heading=HEADINGS)
    assert get_states(brought) == {2: "waiting", 4: "left-out", 5: "left-out", 6: "waiting"}


@pytest.mark.parametrize(
    "title",
    [
        *(
            "VOTING MEMBERS",
            "Full members",
            "Founding members",
            "Paid-up members",
            "Membres fondateurs",
            "Miembros plenos",
        ),
        *("Membros efetivos", "الأعضاء المؤسسون"),
    ],
)
def test_title_of_members_of_any_kind_ends_the_section(import_rows, title):
    brought = import_rows(
        ["OBSERVERS"], OTHER_ROW, [title], MEMBER, ["N.B. Members in italics have left the list"], heading=HEADINGS
    )
    assert get_states(brought) == {2: "left-out", 3: "quarantine", 4: "left-out", 5: "waiting", 6: "left-out"}


@pytest.mark.parametrize(
    "title", ["Suspended members", "Associate members", "Members of Parliament for Children", "Oak"]
)
def test_other_title_does_not_end_the_section(import_rows, title):
    brought = import_rows(["OBSERVERS"], OTHER_ROW, [title], MEMBER, heading=HEADINGS)
    assert get_states(brought) == {2: "left-out", 3: "quarantine", 4: "quarantine", 5: "quarantine"}


@pytest.mark.parametrize("title", ["Applications received by 3 May 2026", "Candidatures à examiner par le CA"])
def test_longer_title_of_applications_is_recognised(import_rows, title):
    brought = import_rows([title], OTHER_ROW, heading=HEADINGS)
    assert get_states(brought) == {2: "left-out", 3: "quarantine"}
