"""What a pasted agenda says of its meeting: title, day, hours, time zone and place."""

from datetime import date, time

import pytest

from jukwaa.meetings.agenda_facts import find_meeting_facts, find_title

TODAY = date(2026, 11, 20)
ITEMS = "\n1. Welcome\n2. Budget (20 min)\n3. AOB\n"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            "The call of the board is on Wednesday 9 December, 13:00-14:30 UTC (14:00 Tunis). Teams, usual link.",
            (date(2026, 12, 9), time(13), 90, "UTC", "Online (Teams)"),
        ),
        (
            "Here is the agenda. Tues 8 December,\n2.00-4.00pm Fiji / 1.00pm Noumea / 12 noon Brisbane.",
            (date(2026, 12, 8), time(14), 120, "Pacific/Fiji", ""),
        ),
        (
            "La plénière aura lieu jeudi 10 décembre, 9h30 GMT (10h30 à Tunis). Sur BBB : https://bbb.example/r/1",
            (date(2026, 12, 10), time(9, 30), None, "UTC", "Online (BBB)"),
        ),
        (
            "Sesión ordinaria, jueves 10 de diciembre, 9:00 a 11:30 (hora de Lima; 12:00 Santiago), virtual.",
            (date(2026, 12, 10), time(9), 150, "America/Lima", "Online"),
        ),
        (
            "Additions until Wed 2 Dec.\nWHEN Wednesday 9 December 2026, 10.00 - 13.30 (= 14.00 Suva)\nWHERE  Elms",
            (date(2026, 12, 9), time(10), 210, "", "Elms"),
        ),
        ("Papers follow. Please reply.", (None, None, None, "", "")),
        ("Thursday 10 December at 10:00 Elmtown time", (date(2026, 12, 10), time(10), None, "", "")),
        (
            "9 December 2026, 10.00-12.00\nWHERE  Elms, Hill Rd - room still tbc, Ana asks -- and Zoom (link)",
            (date(2026, 12, 9), time(10), 120, "", "Elms, Hill Rd, room still tbc, and Zoom"),
        ),
        (
            "Date: 9 December 2026\nPlace: Zoom, same link as always (https://zoom.example/j/81, code in the calendar)",
            (date(2026, 12, 9), None, None, "", "Zoom, same link as always"),
        ),
        ("Date: 9 December 2026\nPlace: Elms - bring your laptop", (date(2026, 12, 9), None, None, "", "Elms")),
    ],
)
def test_day_hours_zone_and_place_are_read(lines, expected):
    facts = find_meeting_facts(f"Dear all,\n\n{lines}\n{ITEMS}\nBest regards\nAna", TODAY)

    assert (facts.day, facts.start_time, facts.minutes, facts.time_zone, facts.place) == expected


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Agenda 10th General Meeting - Tues 8 Dec, 2pm Suva time (online)", "10th General Meeting"),
        ("Plénière du 10/12 - ordre du jour provisoire", "Plénière"),
        ("Convocatoria y agenda - Comité Directivo, jueves 10 de diciembre", "Comité Directivo"),
        ("Agenda all-members call 10 Dec", "All-members call"),
        ("DRAFT AGENDA - Plenary no. 9, Elmtown, 9 December", "Plenary no. 9"),
        ("Agenda Wed 9 December, 13:00 UTC", ""),
        ("", ""),
    ],
)
def test_title_is_what_the_subject_says_beside_date_and_agenda(subject, title):
    assert find_title(subject) == title


def test_headers_and_quotes_say_nothing_and_notes_are_kept():
    text = (
        "From: Ana <ana@elm.example>\nSent: Friday, 27 November 2026 15:31\nSubject: RE: [board] Agenda Board call\n\n"
        "Dear all,\nthe call is on 9 December, 13:00 UTC. Ben can not chair this time.\nRegrets so far: Dina."
        f"\n{ITEMS}\n> On 1 December 2026, at 11:02, Ben wrote:\n> on Zoom"
    )

    facts = find_meeting_facts(text, TODAY)

    assert (facts.title, facts.day, facts.start_time) == ("Board call", date(2026, 12, 9), time(13))
    assert facts.notes == ("Ben can not chair this time.", "Regrets so far: Dina.")
    assert facts.place == ""


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ("AGENDA - Plenary no. 9\nWednesday 9 December 2026", "Plenary no. 9"),
        ("Draft agenda for the Technical Group meeting\n9 December 2026", "Technical Group meeting"),
        ("Steering Group call no. 4\nDate: 9 December 2026", "Steering Group call no. 4"),
        ("Dear all\nTitle: Forum 2027\nDate: 9 December 2026", "Forum 2027"),
        ("Dear all\nplease find the agenda of our next plenary\non 9 December", ""),
        ("Dear all,\nWe meet on 9 December for the plenary.", ""),
        ("Papers of the meeting will follow", ""),
    ],
)
def test_title_is_read_from_a_line_without_a_subject(lines, title):
    assert find_meeting_facts(f"{lines}\n10:00 Welcome\n10:10 Budget\n10:30 AOB", TODAY).title == title


def test_start_is_that_of_the_first_item():
    facts = find_meeting_facts("Plenary, 9 December 2026\n10:00 Welcome\n10:10 Budget\n10:30 AOB", TODAY)

    assert (facts.day, facts.start_time) == (date(2026, 12, 9), time(10))


@pytest.mark.parametrize(
    ("headers", "lines", "expected"),
    [
        (
            "De : ana@elm.example\nDate : lundi 30 novembre 2026 à 09:12\nÀ : ben@elm.example\nObjet : Plénière",
            "La plénière aura lieu mardi 8 décembre 2026, 10h00-12h00 UTC",
            (date(2026, 12, 8), time(10)),
        ),
        ("From: ana@elm.example\nDate: Mon, 30 Nov 2026 09:12\nSubject: Plenary", "Papers follow.", (None, None)),
        ("From: ana@elm.example\n\nDate: 30 Nov 2026 09:12\n\nSubject: Plenary", "Papers follow.", (None, None)),
        ("Date: 30 Nov 2026 09:12\nSubject: Plenary", "Papers follow.", (None, None)),
        (
            "From: Ana <ana@elm.example>\nDate: 30 Nov 2026 09:12\nSubject: Plenary",
            "Date: Tuesday 8 December 2026\nTime: 10:00-12:00 UTC",
            (date(2026, 12, 8), time(10)),
        ),
        (
            "From: Ana <ana@elm.example>\nSent: 30 November 2026 09:12\nTo: list@elm.example\nSubject: Plenary",
            "Date: Tuesday 8 December 2026\nTime: 10:00-12:00 UTC",
            (date(2026, 12, 8), time(10)),
        ),
    ],
)
def test_date_of_an_email_is_not_that_of_the_meeting(headers, lines, expected):
    facts = find_meeting_facts(f"{headers}\n\n{lines}\n{ITEMS}", TODAY)

    assert (facts.day, facts.start_time) == expected


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ("Join Zoom Meeting\nhttps://zoom.example/j/812\nMeeting ID: 812 3456", ""),
        ("Microsoft Teams meeting\nJoin the meeting now", ""),
        ("Session link: https://elm.example/1", ""),
        ("Enlace de la sesión: por correo", ""),
        ("During the call Ana chairs", ""),
        ("Join Zoom Meeting\nSteering Group call no. 4", "Steering Group call no. 4"),
        ("Online meeting of the board", "Online meeting of the board"),
    ],
)
def test_lines_about_joining_are_no_titles(lines, title):
    assert find_meeting_facts(f"{lines}\nTuesday 8 December 2026, 10:00-12:00 UTC\n{ITEMS}", TODAY).title == title
