"""Rows that say when and where a meeting was, and who of those present chaired it."""

import pytest

from jukwaa.intake.meeting_chairs import mark_chair_among_attendees
from jukwaa.intake.reader import read_report


def list_attendees(text):
    return [name for made in read_report(text).suggestions if made.kind == "attendee" for name in made.actors]


@pytest.mark.parametrize(
    "label",
    ["Place", "Venue", "Location", "Date", "Time", "Lieu", "Date et heure", "Lugar", "Fecha", "Local", "Hora", "Ort"],
)
def test_place_and_date_are_no_attendees(label):
    rows = f"{label} | Elm Farm Trust, Bridgetown, Barbados; four joined by video\nPresent | Ana Lopes, Ben Okoro\n"

    assert list_attendees(f"# Steering group\n\n{rows}") == ["Ana Lopes", "Ben Okoro"]


def test_person_with_name_like_label_is_attendee():
    assert list_attendees("# Notes\n\nName | Organisation\nTime Lopes | Elm Farm\n") == ["Time Lopes"]


@pytest.mark.parametrize(
    ("line", "chair"),
    [
        ("Present: Ana Lopes (Elm) – Chair; Ben Okoro (OAK) – Treasurer; Dina Haddad (ASH)", "Ana Lopes"),
        ("Present: Ana Lopes (Elm), Ben Okoro (OAK, chairing), Dina Haddad (ASH)", "Ben Okoro"),
        ("Présents : Ana Lopes (Elm), Ben Okoro (OAK, animation), Dina Haddad (ASH)", "Ben Okoro"),
        ("Présents : Ana Lopes (Elm, présidente de séance), Ben Okoro (OAK), Dina Haddad (ASH)", "Ana Lopes"),
        ("Presentes: Ana Lopes (Elm, a presidir), Ben Okoro (OAK), Dina Haddad (ASH)", "Ana Lopes"),
        ("Anwesend: Ana Lopes (Elm), Ben Okoro (OAK), Dina Haddad (ASH, Vorsitz)", "Dina Haddad"),
    ],
)
def test_note_beside_name_says_who_chaired(line, chair):
    report = mark_chair_among_attendees(read_report(f"# Minutes\n\n{line}\n"))

    assert [made.actors for made in report.suggestions if made.is_chair] == [(chair,)]
    assert sorted(name for made in report.suggestions for name in made.actors) == [
        "Ana Lopes",
        "Ben Okoro",
        "Dina Haddad",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Present: Ana Lopes (Elm) – Vice-chair; Ben Okoro (OAK) – Treasurer",
        "Present: Ana Lopes (Elm, chair of the audit group), Ben Okoro (OAK)",
        "Présents : Ana Lopes (Elm, co-animatrice), Ben Okoro (OAK)",
        "Present: Ana Lopes (Elm, chair), Ben Okoro (OAK, chair)",
        "Present: Ana Lopes (Elm, president), Ben Okoro (OAK)",
    ],
)
def test_other_notes_name_no_chair(line):
    report = mark_chair_among_attendees(read_report(f"# Minutes\n\n{line}\n"))

    assert not any(made.is_chair for made in report.suggestions)
