"""Tables of people and of actions, as Word, Markdown and the clipboard write them."""

import pytest

from jukwaa.intake.reader import read_report

ATTENDEE_ROWS = [["Name", "Organisation", "Country"], ["Ana Lopes (chair)", "Harbour School", "Kenya"]]
ATTENDEE_ROWS += [["Ben Okoro*", "Lake Trust", "UK"], ["Dina Said (by video)", "Ministry of Gardens", "Jordan"]]


def format_bar_table(rows):
    return "\n".join(" | ".join(row) for row in rows)


def format_markdown_table(rows):
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], f"|{'---|' * len(rows[0])}", *lines[1:]])


def format_tab_table(rows):
    return "\n".join("\t".join(row) for row in rows)


def find_attendee_names(text):
    return [s.actors for s in read_report(text).suggestions if s.kind == "attendee"]


def find_action_items(text):
    found = [s for s in read_report(text).suggestions if s.kind == "commitment"]
    return [(s.words, s.owner, s.due, s.status) for s in found]


@pytest.mark.parametrize("format_table", [format_bar_table, format_markdown_table, format_tab_table])
@pytest.mark.parametrize("heading_line", ["Attendance\n\n", ""])
def test_names_are_attendees_and_heads_and_countries_are_not(format_table, heading_line):
    assert find_attendee_names(heading_line + format_table(ATTENDEE_ROWS)) == [
        ("Ana Lopes",),
        ("Ben Okoro",),
        ("Dina Said",),
    ]


def test_chair_and_organisations_are_read_from_attendee_table():
    found = read_report(format_bar_table(ATTENDEE_ROWS)).suggestions

    assert [(s.is_chair, s.group) for s in found] == [
        (True, "Harbour School"),
        (False, "Lake Trust"),
        (False, "Ministry of Gardens"),
    ]


def test_given_and_family_names_are_one_name():
    assert find_attendee_names("Given name | Family name | Role\nAna | Lopes | Chair\nBen | van Okoro | Member") == [
        ("Ana Lopes",),
        ("Ben van Okoro",),
    ]


@pytest.mark.parametrize(
    ("column_heading", "present_word", "absence_word"),
    [("Present", "Yes", "No"), ("Attendance", "online", "apologies"), ("Status", "attended", "Excused")],
)
def test_table_row_can_mark_absence(column_heading, present_word, absence_word):
    rows = [["Name", column_heading], ["Ana Lopes", present_word], ["Ben Okoro", absence_word]]

    assert find_attendee_names(format_bar_table(rows)) == [("Ana Lopes",)]


def test_attendee_without_mark_was_absent():
    assert find_attendee_names("| Name | Present |\n|---|---|\n| Ana Lopes | x |\n| Ben Okoro |  |") == [("Ana Lopes",)]


def test_table_rows_below_apologies_title_are_not_attendees():
    rows = [["Name", "Organisation"], ["Ana Lopes", "Harbour School"], ["Apologies", ""], ["Ben Okoro", "Lake Trust"]]

    assert find_attendee_names(format_markdown_table(rows)) == [("Ana Lopes",)]


def test_apologies_table_lists_no_attendees():
    assert find_attendee_names(f"Apologies\n\n{format_bar_table(ATTENDEE_ROWS)}\n") == []


def test_ticked_names_attended_and_unticked_did_not():
    assert find_attendee_names("## Members\n\n- [x] Ana Lopes - Harbour School\n- [ ] Ben Okoro - Lake Trust\n") == [
        ("Ana Lopes",)
    ]


def test_each_row_of_a_table_of_actions_is_one_commitment():
    rows = [
        ["Ref", "Action", "Owner", "Due", "Status"],
        ["14-1", "Circulate the draft", "Harbour School", "31 October 2024", "Open"],
        ["14-2", "Paint the fence", "Ben and Dina", "1 May", "Done"],
        ["14-3", "Find a hall", "TBC", "", ""],
    ]

    for write in (format_bar_table, format_markdown_table, format_tab_table):
        assert find_action_items(write(rows)) == [
            ("Circulate the draft", "Harbour School", "31 October 2024", "Open"),
            ("Paint the fence", "Ben", "1 May", "Done"),
            ("Find a hall", "", "", ""),
        ]


def test_headless_table_under_actions_is_read_by_its_cells():
    text = "Action items\n\n1 | Circulate the draft to all hosts | Ana Lopes | 3 May 2025\n2 | Paint it | Ben | June\n"

    assert find_action_items(text) == [
        ("Circulate the draft to all hosts", "Ana Lopes", "3 May 2025", ""),
        ("Paint it", "Ben", "June", ""),
    ]


def test_motions_of_a_table_are_decisions():
    text = "| Motion text | Moved by | Status |\n| === | === | === |\n| Buy a fence | Ana | Accepted |"

    assert [(s.kind, s.words) for s in read_report(text).suggestions] == [("decision", "Buy a fence")]


def test_bar_in_a_sentence_makes_no_table():
    assert find_attendee_names("Attendees: Ana Lopes | Ben Okoro") == [("Ana Lopes", "Ben Okoro")]


def test_table_of_two_thousand_rows_is_read():
    rows = [["Name", "Organisation"], *([f"Ana Lopes{n}", "Harbour School"] for n in range(2000))]

    assert len(find_attendee_names(format_bar_table(rows))) == 2000
