"""Whom an attendance file means: names of accounts before names of calls, addresses before both, no programs."""

import pytest

from jukwaa.meetings.attendance_files import find_participants_in_rows, is_bot_name
from jukwaa.meetings.attendance_matching import match_meeting_participants
from tests.factories import AffiliationFactory

HEADINGS = ["Display Name", "First Name", "Last Name", "Attendee Email", "Connection Type"]
FILE_ROWS = [
    HEADINGS,
    ["Ciarán D | Quillon", "Ciarán", "Duffenmoy", "ciaran@quillon.example", "Desktop app"],
    ["juhani 🦔", "Juhani", "Lehtokari", "", "Desktop app"],
    ["juhani 🦔", "", "", "juhani@quillon.example", "Mobile app"],
    ["iPad de kaede", "", "", "kaede@hoshizora.example", "Mobile app"],
    ["Lu", "Luciana", "", "luciana@mareclara.example", "Mobile app"],
    ["Lu (2)", "", "", "", "Web"],
    ["DUB-4F-Fionn Board", "", "", "fionn-4f@devices.quillon.example", "Room device"],
    ["NoteOwl.ai Notetaker", "", "", "bot@noteowl.example", "Web"],
]


@pytest.fixture
def matches(meeting, organisation):
    addresses = ("ciaran@quillon.example", "kaede@hoshizora.example", "luciana@mareclara.example")
    for address in addresses:
        AffiliationFactory(organisation=organisation, person__email=address)
    found = match_meeting_participants(meeting, find_participants_in_rows(FILE_ROWS)).found
    return {match.name: match for match in found}


def test_names_of_accounts_replace_names_of_calls():
    participants = find_participants_in_rows(FILE_ROWS)
    assert [(each.name, each.rows) for each in participants] == [
        ("Ciarán Duffenmoy", 1),
        ("Juhani Lehtokari", 2),
        ("iPad de kaede", 1),
        ("Lu", 2),
        ("DUB-4F-Fionn Board", 1),
        ("NoteOwl.ai Notetaker", 1),
    ]


@pytest.mark.parametrize("is_reversed", [False, True])
def test_accounts_that_show_the_same_name_are_different_people(is_reversed):
    rows = [
        ["Ana", "Ana", "Lopes", "ana.lopes@mareclara.example", "Web"],
        ["Ana", "Ana", "Silva", "ana.silva@quillon.example", "Web"],
        ["Kenya delegation", "Ben", "Okoro", "", "Web"],
        ["Kenya delegation", "Cy", "Moss", "", "Web"],
        ["Kenya delegation", "", "", "", "Web"],  # either of them, again
        ["Ana", "", "", "ana@hoshizora.example", "Web"],
        ["iPhone", "Dov", "Katz", "", "Web"],
        ["iPhone", "", "", "", "Web"],
    ]
    participants = find_participants_in_rows([HEADINGS, *(reversed(rows) if is_reversed else rows)])
    assert sorted(each.name for each in participants) == [
        *("Ana", "Ana Lopes", "Ana Silva", "Ben Okoro", "Cy Moss", "Dov Katz", "iPhone")
    ]
    assert sum(each.rows for each in participants) == len(rows)
    assert all(len(each.addresses) <= 1 for each in participants)


def test_people_are_matched_by_address(matches, organisation):
    for name in ("Ciarán Duffenmoy", "iPad de kaede", "Lu"):
        assert matches[name].person_id is not None
        assert matches[name].organisation_id == organisation.pk
        assert not matches[name].is_device


def test_rooms_and_bots_are_no_people(matches):
    assert [name for name, match in matches.items() if match.is_device] == [
        "DUB-4F-Fionn Board",
        "NoteOwl.ai Notetaker",
    ]


@pytest.mark.parametrize(
    ("name", "is_bot"),
    [
        ("Ana's Notetaker", True),
        ("Otter.ai", True),
        ("read.ai meeting notes", True),
        ("Jan Bot", False),
        ("Fathom", False),
    ],
)
def test_programs_that_take_notes_are_recognised(name, is_bot):
    assert is_bot_name(name) is is_bot


def test_organisation_beside_name_of_call_is_still_read(meeting, organisation):
    rows = [HEADINGS, [f"Noor | {organisation.name}", "Noor", "Torvin", "", "Web"]]
    [match] = match_meeting_participants(meeting, find_participants_in_rows(rows)).found
    assert (match.name, match.organisation_id) == ("Noor Torvin", organisation.pk)
