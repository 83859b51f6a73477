"""Formal minutes of boards and working groups: absent members, orders, signatures, and actions given twice."""

import pytest

from jukwaa.intake.meeting_chairs import mark_chair_among_attendees
from jukwaa.intake.meeting_facts import find_meeting_chair, find_meeting_facts
from jukwaa.intake.meeting_titles import suggest_meeting_title
from jukwaa.intake.reader import read_report
from jukwaa.intake.reader.apologies import add_apologies
from jukwaa.intake.reader.roles import get_heading_role
from jukwaa.intake.reader.sentences import find_sentence_spans
from jukwaa.intake.repeated_tasks import merge_repeated_tasks


def list_people(text):
    made = add_apologies(read_report(text)).suggestions
    return [(each.actors, each.status) for each in made if each.kind == "attendee"]


@pytest.mark.parametrize("gap", ["", "\n"])
def test_people_absent_with_apology_did_not_attend(gap):
    text = (
        "MEMBERS PRESENT\n\n1. Ana Lopes (Elm Trust)\n2. Ben Okoro (Oak Lab)\n"
        f"{gap}ABSENT WITH APOLOGY\n\n1. Dina Haddad (Ash Desk)\n2. Theo Brandt (Fir Net)\n"
        f"{gap}IN ATTENDANCE\n\n1. Mara Silva (Yew House)\n\nThe chair opened the meeting at ten.\n"
    )

    assert sorted(list_people(text)) == [
        (("Ana Lopes",), ""),
        (("Ben Okoro",), ""),
        (("Dina Haddad",), "apologies"),
        (("Mara Silva",), ""),
        (("Theo Brandt",), "apologies"),
    ]


def test_one_absent_member_is_no_topic():
    text = "ABSENT\n\n1. Ms. Dina Haddad – Ash Desk\n\nMIN 1/2026: FEES\n\nThe fee was discussed.\n"

    assert [made for made in read_report(text).suggestions if "Haddad" in made.quote] == []


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Absent with apology", "absent"),
        ("Absent without notice", "absent"),
        ("Waliohudhuria / Present", "attendee"),
        ("Abitabiriye / Present", "attendee"),
        ("Partners / Issues", ""),
        ("Issues / Risks", ""),
    ],
)
def test_heading_promises(heading, role):
    assert get_heading_role(heading) == role


@pytest.mark.parametrize(
    ("sentence", "owners", "due"),
    [
        (
            "Ordered: The Treasurer to send the accounts to the auditor by 31 July 2026.",
            ("Treasurer",),
            "by 31 July 2026",
        ),
        ("Ordered: Hon. Members Lopes and Okoro to submit a paper.", ("Lopes", "Okoro"), ""),
        ("Directed: Ana Lopes to write to the hosts.", ("Ana Lopes",), ""),
    ],
)
def test_order_with_a_task_is_a_commitment(sentence, owners, due):
    text = f"MIN 3/2026: ACCOUNTS\n\nThe accounts were read.\n\n{sentence}\n\nOrdered: 20 chairs for the hall.\n"
    [made] = [made for made in read_report(text).suggestions if made.kind == "commitment"]

    assert (made.actors, made.due) == (owners, due)


@pytest.mark.parametrize("label", ["Ordered", "Resolved", "Noted", "Decided"])
def test_label_of_a_result_is_no_speaker(label):
    text = f"# Minutes\n\n{label}: the accounts.\n\nMr. Lopes was of the view that hosts should pay less.\n\n" * 3

    assert not [made for made in read_report(text).suggestions if label in made.actors]


@pytest.mark.parametrize(
    "line",
    ["Signed: ……………… (Chairperson) Date: ………", "Sign: .......... CHAIRPERSON Date: .......", "Signature: ________"],
)
def test_line_for_signatures_is_no_entry(line):
    text = f"ACTION POINTS\n\n- Ana: send the list\n- Ben: book the room\n\n{line}\n"

    assert [made for made in read_report(text).suggestions if "ign" in made.quote[:4]] == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It was seconded by Ms. Okoro. The agenda stays.", 2),
        ("Thanks to Hon. Members Lopes and Okoro. They left.", 2),
        ("Dr. Lopes spoke. Prof. Haddad left.", 2),
    ],
)
def test_title_before_a_name_ends_no_sentence(text, count):
    assert len(find_sentence_spans(text)) == count


HELD = "HELD ON THURSDAY, 5TH MARCH, 2026 IN THE FIRST FLOOR ROOM, ELM HOUSE, LEEDS AND VIRTUALLY FROM 9.30 A.M."
TABLE = "No. | Action | Desk responsible | Not later than\n1 | Send the new form to all members | Sec. | 12 May 2026\n"
PEOPLE = "Name | Organization | Designation\nAna Lopes | Elm | Chairperson\nBen Okoro | Oak | Secretary\n\n"


@pytest.mark.parametrize(
    ("told", "owners"),
    [
        ("Action: Send the new form to all members – Mr. Okoro, by 12 May 2026.", ["Ben Okoro"]),
        ("Action: Send the new form to all members.", ["Sec"]),
        ("Action: Send the new form to the hosts – Mr. Okoro.", ["Mr. Okoro", "Sec"]),
    ],
)
def test_action_in_text_and_table_is_one(told, owners):
    text = f"PRESENT\n\n{PEOPLE}MIN 2: FORM\n\n{told}\n\nSUMMARY OF ACTION POINTS\n\n{TABLE}"
    made = merge_repeated_tasks(read_report(text)).suggestions

    assert [each.owner for each in made if each.kind == "commitment"] == owners


def test_position_of_an_old_action_is_its_status():
    text = (
        "MATTERS ARISING\n\nRef. | What was asked | Bearer | Position as at today\n"
        "MIN 6 (a) | Share the list of numbers | Ana Lopes | Done. 11 countries received.\n"
        "MIN 6 (b) | Draft the letter | Ben Okoro | Ongoing\n"
    )
    made = read_report(text).suggestions

    assert [(each.kind, each.owner, each.status) for each in made] == [
        ("commitment", "Ana Lopes", "Done. 11 countries received."),
        ("commitment", "Ben Okoro", "Ongoing"),
    ]


def test_chairperson_in_the_table_of_those_present_chairs():
    marked = mark_chair_among_attendees(read_report(f"PRESENT\n\n{PEOPLE}The meeting began at ten.\n"))

    assert [made.actors for made in marked.suggestions if made.is_chair] == [("Ana Lopes",)]


@pytest.mark.parametrize(
    ("line", "chair"),
    [
        ("Present: Ana Lopes (ELM, chair); Ben Okoro (OAK)", "Ana Lopes"),
        ("Present: Ana Lopes (ELM); Ben Okoro (OAK, chair)", "Ben Okoro"),
        ("Ana Lopes (chair), Ben Okoro", "Ana Lopes"),
    ],
)
def test_chair_in_brackets_is_the_person(line, chair):
    assert find_meeting_chair([line]) == chair


def test_next_sitting_is_the_next_meeting():
    text = "# Board\n\nThe next sitting will be held on Wednesday 14 October 2026 in Leeds.\n"

    assert [made.kind for made in read_report(text).suggestions] == ["next_meeting"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            f"MINUTES OF THE SEVENTH MEETING OF THE MAST GROUP {HELD}\n\nPRESENT\n\n1. Ana Lopes\n",
            "MINUTES OF THE SEVENTH MEETING OF THE MAST GROUP",
        ),
        (
            "Mast group – Agenda & notes (running doc)\n\n# 28 Apr 2026 | Leeds country group\n\nNotes\n",
            "Leeds country group",
        ),
        ("# Meeting summary for Leeds chapter call\n\nAna has shared the summary.\n", "Leeds chapter call"),
        ("# Steering group meeting | 28 April 2026\n\nNotes\n", "Steering group meeting"),
    ],
)
def test_title_names_the_meeting(text, title):
    assert suggest_meeting_title(text, "file.docx") == title


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            f"MINUTES OF THE MEETING {HELD}\n",
            "FIRST FLOOR ROOM, ELM HOUSE, LEEDS",
        ),
        (
            "Jeudi 20 août 2026, au siège de la Fondation Mbuto z'Ejo, Kigali, et par Teams\n",
            "siège de la Fondation Mbuto z'Ejo, Kigali",
        ),
    ],
)
def test_place_is_whole(text, place):
    assert find_meeting_facts(text).place == place


def test_day_of_minutes_above_an_older_quoted_email():
    text = (
        "De : Ana Lopes <ana@elm.example>\nDate : ven. 21 août 2026 à 08:14\nObjet : Relevé\nÀ : groupe@elm.example\n\n"
        "RELEVÉ DE DÉCISIONS\nJeudi 20 août 2026, de 14 h 05 à 15 h 40 (heure de Kigali), au siège de la Fondation"
        " Mbuto z'Ejo, Kigali, et par Teams\n\nDécision : la cotisation reste la même.\n\n"
        "> Le 19 août 2026 à 17:02, Ben O. a écrit :\n> N'oubliez pas vos cartes.\n"
    )

    assert find_meeting_facts(text).exact_day.isoformat() == "2026-08-20"


def test_rows_without_their_last_cells_belong_to_the_table():
    text = (
        "Agenda item | Discussion | Action points\n1. Welcome | Ana opened the call.\n2. Fee | The fee is low."
        " | Ana Lopes to ask the bank\n3. Posters – skipped\n4. Other | Visitors come.\n"
    )
    made = read_report(text).suggestions

    assert [(each.owner, each.words) for each in made if each.kind == "commitment"] == [
        ("Ana Lopes", "Ana Lopes to ask the bank")
    ]


CELL_TABLE = (
    "Agenda item | Discussion | Action points\n1. Fee | The fee is low. | {}\n"
    "2. Other | Visitors came. {} | Ben to call\n"
)


@pytest.mark.parametrize(
    ("cell", "tasks"),
    [
        (
            "Get a quotation for posters – Ana Lopes: done; Follow up with the desk – Ben: ongoing",
            [("Ana Lopes", "Get a quotation for posters", "done"), ("Ben", "Follow up with the desk", "ongoing")],
        ),
        ("Ana + Ben kupitia glossary ya shule", [("Ana", "Ana + Ben kupitia glossary ya shule", "")]),
        ("Ana to write the note; then send it", [("Ana", "Ana to write the note; then send it", "")]),
    ],
)
def test_tasks_of_one_cell(cell, tasks):
    made = read_report(CELL_TABLE.format(cell, "")).suggestions
    found = [(each.owner, each.words, each.status) for each in made if each.kind == "commitment"]

    assert found == [*tasks, ("Ben", "Ben to call", "")]


@pytest.mark.parametrize(
    ("note", "count"),
    [
        ("Next meeting: 2 June 2026, Leeds", 1),
        ("Kikao kijacho: Jumanne 2 Juni 2026", 1),
        ("Next meeting: see the list", 0),
        ("Ana: 2 June 2026", 0),
    ],
)
def test_next_meeting_at_the_end_of_a_cell(note, count):
    made = read_report(CELL_TABLE.format("Ana to ask", note)).suggestions

    assert [each.words for each in made if each.kind == "next_meeting"] == [note] * count
