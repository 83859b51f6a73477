"""A person whom a report lists twice attends once."""

import pytest

from jukwaa.intake import actions
from jukwaa.intake.models import Decision
from jukwaa.intake.reader.model import Reading, Suggestion
from jukwaa.intake.repeated_attendees import merge_repeated_attendees
from jukwaa.meetings.models import Attendance
from tests.intake.readings import create_reading
from tests.intake.test_reading_entries import accept_all_suggestions

MINUTES_TEXT = """# Call on youth participation

Attendees: Litia, Sakiusa, Voahirana

## Who

| Name | Org | Role | Joined |
| --- | --- | --- | --- |
| Litia Vakaloloma | TOSF | lead | 08:00 |
| Sakiusa Draunibota | TOSF | notes | 08:00 |
| Voahirana Rakotozafy-Bé | Tanora Connectés | co-lead | 08:10 |

## Decisions

It was agreed that the members would continue to share good practices.
"""


def build_attendance(*names, group="", is_chair=False, status="", quote=""):
    return Suggestion("attendee", names, 0, 1, quote, "", group=group, is_chair=is_chair, status=status)


def list_merged(*suggestions):
    report = Reading("", "en", True, (), suggestions)
    return [(made.actors, made.is_chair) for made in merge_repeated_attendees(report).suggestions]


@pytest.mark.parametrize(
    ("suggestions", "merged"),
    [
        (
            [build_attendance("Ana", "Ben", "Zoe"), build_attendance("Ana Lopes"), build_attendance("Ben Okoro")],
            [(("Zoe",), False), (("Ana Lopes",), False), (("Ben Okoro",), False)],
        ),
        (
            [build_attendance("Ana"), build_attendance("Ana Lopes"), build_attendance("Ana Costa")],
            [(("Ana",), False), (("Ana Lopes",), False), (("Ana Costa",), False)],
        ),
        (
            [build_attendance("Ana Lopes"), build_attendance("Ana Lopes (Helpline One)")],
            [(("Ana Lopes",), False)],
        ),
        (
            [build_attendance("Ana Lopes"), build_attendance("Ana Lopes", group="Helpline One")],
            [(("Ana Lopes",), False)],
        ),
        ([build_attendance("Ana", is_chair=True), build_attendance("Ana Lopes")], [(("Ana Lopes",), True)]),
        (
            [build_attendance("Ana", "Jean"), build_attendance("Ana-Maria"), build_attendance("Jean-Paul Aka")],
            [(("Ana", "Jean"), False), (("Ana-Maria",), False), (("Jean-Paul Aka",), False)],
        ),
        ([build_attendance("Ana Lopes", "Ana", "Ben")], [(("Ana Lopes", "Ben"), False)]),
        ([build_attendance("Ana", "Ben"), build_attendance("Ana Lopes", quote="~~Ana Lopes~~ |")], [(("Ben",), False)]),
        (
            [build_attendance("UNICEF"), build_attendance("UNICEF Kenya")],
            [(("UNICEF",), False), (("UNICEF Kenya",), False)],
        ),
        ([build_attendance("A. Lopes", "Ana Lopes")], [(("A. Lopes", "Ana Lopes"), False)]),
        ([build_attendance("A. Lopes"), build_attendance("Ana Lopes")], [(("Ana Lopes",), False)]),
        (
            [build_attendance("A. Lopes", group="Helpline One"), build_attendance("Ana Lopes", group="Oak Farm")],
            [(("A. Lopes",), False), (("Ana Lopes",), False)],
        ),
        (
            [build_attendance("Adam Lopes", "Ana Lopes"), build_attendance("A. Lopes")],
            [(("Adam Lopes", "Ana Lopes"), False), (("A. Lopes",), False)],
        ),
        ([build_attendance("Tom Okoro", "Tom")], [(("Tom Okoro",), False)]),
        (
            [build_attendance("Ana"), build_attendance("Ana Lopes", status="apologies")],
            [(("Ana",), False), (("Ana Lopes",), False)],
        ),
    ],
)
def test_same_person_is_suggested_once(suggestions, merged):
    assert list_merged(*suggestions) == merged


def test_suggestion_with_organisation_is_kept():
    first, second = build_attendance("Ana Lopes"), build_attendance("Ana Lopes", group="Helpline One")
    report = Reading("", "en", True, (), (first, second))

    assert merge_repeated_attendees(report).suggestions == (second,)


def test_accepted_attendance_of_line_and_table_is_recorded_once(coalition, rapporteur):
    reading = create_reading(coalition, rapporteur, MINUTES_TEXT)
    accept_all_suggestions(reading, rapporteur)
    entered = actions.enter_reading(actor=rapporteur, reading=reading)

    names = ["Litia Vakaloloma", "Sakiusa Draunibota", "Voahirana Rakotozafy-Bé"]
    assert reading.suggestions.filter(decision=Decision.ACCEPTED, kind="attendee").count() == len(names)
    assert sorted(came.capacity.name for came in Attendance.objects.filter(meeting=entered.meeting)) == names
