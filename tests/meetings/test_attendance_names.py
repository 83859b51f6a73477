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
        ("Juhani Lehtokari", 1),
        ("juhani 🦔", 1),
        ("iPad de kaede", 1),
        ("Lu", 2),
        ("DUB-4F-Fionn Board", 1),
        ("NoteOwl.ai Notetaker", 1),
    ]


def test_people_who_show_the_same_name_are_not_joined():
    rows = [HEADINGS, ["Ana", "Ana", "Lopes", "a@x.example", "Web"], ["Ana", "Ana", "Silva", "b@y.example", "Web"]]
    assert [each.name for each in find_participants_in_rows(rows)] == ["Ana Lopes", "Ana Silva"]


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
