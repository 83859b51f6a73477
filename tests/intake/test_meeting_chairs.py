"""Who chaired, among those present; forum and day of the meeting where a report names others too."""

from datetime import date

import pytest

from jukwaa.intake.meeting_chairs import mark_chair_among_attendees, name_chair_as_owner
from jukwaa.intake.meeting_facts import find_meeting_chair, find_meeting_facts
from jukwaa.intake.meeting_titles import suggest_meeting_title
from jukwaa.intake.reader import read_report
from jukwaa.intake.repeated_attendees import merge_repeated_attendees

TABLE = """# Orchard network

{label}

## Attendance

Name | Organisation
Ana Lopes | Elm Farm
Ben Okoro | Oak Farm
"""


def find_chairs(text, language=None):
    made = mark_chair_among_attendees(read_report(text, language=language)).suggestions
    return [s.actors for s in made if s.kind == "attendee" and s.is_chair]


@pytest.mark.parametrize(
    "label",
    [
        "In the chair | Ana Lopes (Elm Farm); item 5: Ben Okoro (vice-chair)",
        "Présidence : Mme LOPES Ana",
        "Leitung\n\nA. Lopes",
        "Modera: Ana Lopes (Elm Farm)",
        "Vorsitz: Ana Lopes",
        "Présidence : Mme Ana Lopes   Secrétariat de séance : M. Ben Okoro",
    ],
)
def test_chair_named_in_first_lines_is_marked_among_attendees(label):
    assert find_chairs(TABLE.format(label=label)) == [("Ana Lopes",)]


@pytest.mark.parametrize(
    "label", ["In the chair | Dina Said", "Minutes | Ana Lopes", "Leitung\n\nRaum 2", "Vorsitz: A. Okoro"]
)
def test_nobody_else_is_marked_as_chair(label):
    assert find_chairs(TABLE.format(label=label)) == []


@pytest.mark.parametrize(
    ("chair", "listed"),
    [
        ("M. Okoro", "Ben Okoro"),
        ("James", "Mary James"),
        ("Ali", "Alice Brown"),
        ("Dan Silva", "Daniela Silva"),
        ("Ana Silva", "Anabela Silva"),
    ],
)
def test_chair_of_another_name_stays_a_person_beside_the_listed_one(chair, listed):
    text = f"# Minutes\n\nChair: {chair}\n\nPresent: {listed} (Elm Farm), Una Lopes (Oak Trust)\n\nThe board met.\n"
    made = mark_chair_among_attendees(merge_repeated_attendees(read_report(text))).suggestions
    attendees = {name: s.is_chair for s in made if s.kind == "attendee" for name in s.actors}

    assert attendees == {chair: True, listed: False, "Una Lopes": False}


@pytest.mark.parametrize(
    ("chair", "listed"), [("M. Okoro", "Mary Okoro"), ("Ana", "Ana Lopes"), ("Ili", "Ilisavani Vakatora")]
)
def test_chair_named_in_short_is_the_listed_person(chair, listed):
    text = f"# Minutes\n\nChair: {chair}\n\nPresent: {listed} (Elm Farm), Una Diaz (Oak Trust)\n\nThe board met.\n"
    made = mark_chair_among_attendees(merge_repeated_attendees(read_report(text))).suggestions
    attendees = {name: s.is_chair for s in made if s.kind == "attendee" for name in s.actors}

    assert attendees == {listed: True, "Una Diaz": False}


def test_chair_in_list_of_names_becomes_suggestion_of_its_own():
    text = "# Orchard\n\nIn the chair | Ana Lopes\n\nPresent: Dina Said (Elm), Ana Lopes (Oak), Ben Okoro (Ash)\n"
    made = mark_chair_among_attendees(read_report(text)).suggestions

    assert [(s.actors, s.is_chair) for s in made if s.kind == "attendee" and "Ben Okoro" in s.quote] == [
        (("Ana Lopes",), True),
        (("Dina Said", "Ben Okoro"), False),
    ]


@pytest.mark.parametrize(
    ("note", "chairs"),
    [
        ("; in the chair", [("Ana Lopes",)]),
        (", chaired, Dina is ill", [("Ana Lopes",)]),
        ("; chair of the jury", []),
        (", chaired the jury", []),
    ],
)
def test_chair_is_named_in_brackets_below_heading_in_capitals(note, chairs):
    listed = f"Ana Lopes (Oak Trust{note}), Ben Okoro (Elm; sound problems, followed in the chat), Eva Lund (Ash)."
    made = mark_chair_among_attendees(read_report(f"Minutes\n\nPRESENT\n{listed}\n")).suggestions

    assert [name for each in made for name in each.actors] == ["Ana Lopes", "Ben Okoro", "Eva Lund"]
    assert [each.actors for each in made if each.is_chair] == chairs


@pytest.mark.parametrize(
    "line", ["Leitungswasser: Ana Lopes", "Modernisation: Ana Lopes", "Presidential suite: Ana Lopes"]
)
def test_word_that_only_looks_like_chair_is_no_label(line):
    assert find_meeting_chair([line]) == ""


PRESENT_IN_FRENCH = "# Comité du Verger\n\nÉtaient présents : {people}.\n\nLe comité décide de replanter la haie.\n"


@pytest.mark.parametrize(
    ("people", "chairs"),
    [
        ("Mme Ana Lopes (Olmo), présidente ; M. Ben Okoro (Chêne)", [("Mme Ana Lopes",)]),
        ("Mme Ana Lopes (Olmo), présidente ; M. Ben Okoro (Chêne), président", []),
        ("Mme Ana Lopes (Olmo), présidente ; M. Ben Okoro (Chêne), président de séance", [("M. Ben Okoro",)]),
        ("Mme Ana Lopes (Olmo), présidente du jury ; M. Ben Okoro (Chêne)", []),
    ],
)
def test_president_among_those_present_chairs_if_no_one_else_does(people, chairs):
    assert find_chairs(PRESENT_IN_FRENCH.format(people=people), "fr") == chairs


def test_host_in_line_of_place_is_no_forum():
    text = "# Orchard committee\n\nWhere | Openmast DNS Forum, Lootsi 99, Tallinn\n"

    assert find_meeting_facts(text).forum == ""
    assert (
        find_meeting_facts("# Orchard committee\n\nAt the Openmast DNS Forum, Tallinn\n").forum == "Openmast DNS Forum"
    )


@pytest.mark.parametrize(
    "line",
    [
        "1. Approbation du compte rendu du 3 juin 2026.",
        "Approval of the minutes of 3 June 2026",
        "Genehmigung des Protokolls vom 3.6.2026",
    ],
)
def test_day_of_approved_minutes_is_not_that_of_meeting(line):
    text = (
        "# Compte rendu\n\nRéunion du mercredi 7 octobre 2026, de 9 h 00 à 13 h 15 – Dakar, siège du Réseau des vergers"
        f" de la côte (salle Teranga) et visioconférence de tous les membres\n\n{line}\n"
    )

    assert find_meeting_facts(text).day == date(2026, 10, 7)


def test_title_below_menu_of_web_page_names_meeting():
    assert (
        suggest_meeting_title("## Menu\n\n- Log out\n\n# Orchard/2026-05-21\n\n## Contents\n") == "Orchard/2026-05-21"
    )


@pytest.mark.parametrize(
    ("apologies", "owner"),
    [
        ("Maria Silva (Chair)", "Chair"),
        ("Maria Silva, Chair of the coalition", "Chair"),
        ("Maria Silva, Chair of Oak Farm", "Ana Lopes"),
        ("Maria Silva", "Ana Lopes"),
    ],
)
def test_chair_who_owns_a_task_is_not_the_one_who_stood_in(apologies, owner):
    text = f"# Minutes\n\nChair: Ana Lopes\nPresent: Ana Lopes, Ben Okoro\nApologies: {apologies}\n\n"
    report = read_report(f"{text}| Action | Who | By |\n|---|---|---|\n| Write to the town | Chair | 12 June 2026 |\n")
    named = name_chair_as_owner(mark_chair_among_attendees(merge_repeated_attendees(report)))

    assert [made.owner for made in named.suggestions if made.kind == "commitment"] == [owner]
