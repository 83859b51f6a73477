"""Place, chair, day and title of a meeting at the head of a report that has no colons, or that joins room and video."""

from datetime import date

import pytest

from jukwaa.intake.meeting_chairs import mark_chair_among_attendees
from jukwaa.intake.meeting_facts import find_meeting_facts
from jukwaa.intake.meeting_titles import is_section_title, suggest_meeting_title
from jukwaa.intake.reader import read_report


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Oak Trust conference room, Port Elm, and by Zoom. We began at 9.40.", "Oak Trust conference room, Port Elm"),
        (
            "Siège de la Maison Verte (MV), Anse Bleue, et par Zoom. Ouverture à 9 h.",
            "Siège de la Maison Verte (MV), Anse Bleue",
        ),
        ("Elm House, Leeds + Zoom", "Elm House, Leeds"),
        ("Sala da Casa Olmo, Maputo, e por videoconferência", "Sala da Casa Olmo, Maputo"),
        ("Place: Online Safety Trust, Leeds (3rd floor) + Zoom", "Online Safety Trust, Leeds"),
        ("Place: Safe Play Online, Leeds", "Safe Play Online, Leeds"),
        ("Lieu : Association Online Junior, Lomé", "Association Online Junior, Lomé"),
        ("Venue: Online Meeting", "Online"),
        ("Place: Zoom", "Online"),
        ("Venue: Online via Zoom", "Online"),
        ("Held Online", "Online"),
        ("ONLINE MEETING", "Online"),
        ("Online Quarterly Plenary", "Online"),
        ("Committee Room 2, Leeds, and online", "Committee Room 2, Leeds"),
        ("Steering Committee, Leeds and online", "Online"),
        ("Quarterly call of the members, online", "Online"),
        ("Online Safety Trust", ""),
        ("Notes of the Safe Play Online Trust", ""),
        ("We talked about Leeds and by Zoom.", "Online"),
        ("Ana Lopes, Ben Okoro and online: Cara Diaz", "Online"),
    ],
)
def test_place_is_room_that_others_joined_online(line, place):
    assert find_meeting_facts(f"Minutes of 5 March 2026\n\n{line}\n").place == place


@pytest.mark.parametrize("separator", [" ", "\t"])
def test_flattened_table_gives_day_place_and_chair(separator):
    rows = [("Date and time", "Wednesday 4 March 2026, 13.00"), ("Venue", "Zoom"), ("Chair", "Ana Lopes-Diaz")]
    text = "Elm Coalition\n\n" + "\n".join(map(separator.join, rows)) + f"\nMinutes{separator}Ben Okoro\n\nPresent\n"

    facts = find_meeting_facts(text)

    assert (facts.day, facts.place, facts.chair) == (date(2026, 3, 4), "Online", "Ana Lopes-Diaz")


@pytest.mark.parametrize(
    "lines",
    [
        "Chair Meeting of Elm",
        "Local Councils\nPlace Verte, Lomé",
        "Chair Ana Lopes said no.\n\nWe went on.",
        "Chair of the board",
        "Minutes Oak\nMinutes Elm",
    ],
)
def test_words_that_only_look_like_labels_name_no_chair(lines):
    assert find_meeting_facts(f"Minutes of 5 March 2026\n\n{lines}\n").chair == ""


@pytest.mark.parametrize(
    ("line", "chair"),
    [
        ("Dans la salle : Ana Lopes (Maison Verte, présidente de séance), Ben Okoro (Orme) et Cara Diaz.", "Ana Lopes"),
        ("Présents : Ana Lopes (Orme), Ben Okoro (Maison Verte, président de la séance).", "Ben Okoro"),
        ("In the room: Ana Lopes (Elm Trust, in the Chair), Ben Okoro (Oak Trust).", "Ana Lopes"),
        ("Présents : Ana Lopes (Orme, présidente de l'association), Ben Okoro (Maison Verte).", ""),
    ],
)
def test_chair_is_noted_behind_name_in_list(line, chair):
    assert find_meeting_facts(f"Réunion du 5 mars 2026\n\n{line}\n").chair == chair


def test_chair_of_list_of_names_is_marked():
    line = "Dans la salle : Ana Lopes (Maison Verte, présidente de séance), Ben Okoro (Orme) et Cara Diaz (Chêne)."
    marked = mark_chair_among_attendees(read_report(f"Réunion du 5 mars 2026\n\n{line}\n\nLe budget est adopté.\n"))

    assert [made.actors for made in marked.suggestions if made.is_chair] == [("Ana Lopes",)]


@pytest.mark.parametrize(
    "line",
    [
        "In the chair Ana Lopes (for Ben Okoro, who was late) Notes Cara Diaz",
        "Chair Ana Lopes Minutes Cara Diaz",
        "Minutes taken by Cara Diaz",
        "Date and time Wednesday 4 March 2026, 9.30",
        "Présidente Ana Lopes Secrétaire Cara Diaz",
    ],
)
def test_line_of_offices_is_no_title(line):
    assert is_section_title(line)


@pytest.mark.parametrize(
    "line", ["Chairs meeting", "Chair's notes of the board meeting", "Minutes of the chair group", "Notes on the call"]
)
def test_title_with_word_for_office_is_title(line):
    assert not is_section_title(line)


def test_numbered_meeting_is_title():
    text = "# Elm Coalition\n\n## Plenary meeting no. 7 – Agenda and record\n\nDate and time 4 March 2026\nPlace Oak\n"

    assert suggest_meeting_title(text, "plenary.pdf") == "Plenary meeting no. 7 – Agenda and record"
