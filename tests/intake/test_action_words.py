"""Whether two reports mean the same action: examples, and counterexamples that must stay two."""

from datetime import date

import pytest

from jukwaa.intake.action_numbers import parse_action_number
from jukwaa.intake.action_words import ReportedAction, is_continued, is_likely_continued, share_owner

DAY = date(2031, 5, 2)


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("4/2 | Reporting contacts | Ana", ("4", "2", True)),
        ("1 | 4/2 | Reporting contacts | Ana", ("4", "2", True)),
        ("4/2\tReporting contacts\tAna", ("4", "2", True)),
        ("AP 14.1 Send the terms", ("14", "1", True)),
        ("AP14/01: Ana sends the terms", ("14", "1", True)),
        ("Action point 4.2 – Ana", ("4", "2", True)),
        ("Action A3.2: Ana", ("3", "2", True)),
        ("A9/1 | Send", ("9", "1", True)),
        ("C11-1 Send", ("c11", "1", True)),
        ("12-a | Send", ("12", "a", True)),
        ("☐ 12-d Send", ("12", "d", True)),
        ("[x] C11-3 Send", ("c11", "3", True)),
        ("AP-3 | Send", ("", "3", False)),
        ("D4 | Send", ("", "d4", False)),
        ("A1 | Send", ("", "1", False)),
        ("No. 5.3 | Send", ("5", "3", True)),
        ("Send the letter | 5.3 | Ana", ("5", "3", False)),
        ("Send the letter | Ana | A9/1", ("9", "1", True)),
        ("Send the letter | Ana | 15.3", None),
        ("E3 countries will meet", None),
        ("[4-2] Send", ("4", "2", True)),
        ("No. 4/2 Send", ("4", "2", True)),
        ("#4/2 Send", ("4", "2", True)),
        ("2031/3 | Send", ("2031", "3", True)),
        ("14.1 | Send", ("14", "1", False)),
        ("3.2a Send", ("3", "2a", False)),
        ("31/07/2031 | Send", None),
        ("12.05.31 Send", None),
        ("2031-03-01 Send", None),
        ("6 | Send", None),
        ("6 | Send | 4/2", None),
        ("Send 4/2", None),
        ("4/2000 people", None),
        ("", None),
    ],
)
def test_number_of_an_action(quote, expected):
    number = parse_action_number(quote)

    assert (number and (*number.parts, number.is_strong)) == expected


def build_action(quote: str, status: str = "", due: date | None = None) -> ReportedAction:
    number = parse_action_number(quote)
    return ReportedAction(quote, number, frozenset(), status, status in {"kept", "dropped"}, due)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (("4/2 Reporting contacts",), ("4/2 Reporting contacts", "open")),
        (("4/2 Reporting contacts",), ("4/2 Reporting contacts", "", DAY)),
        (("7/1 Costed version of the hotline note (three scenarios)",), ("7/1 Costed hotline note", "kept")),
        (("6/2 Volunteers for the age working group",), ("6/2 Volunteers of the age WG", "kept")),
        (("6/6 Update the member list with new focal points",), ("6/6 Member list: new focal points",)),
        (("AP 3.1 Draft the charter",), ("3.1 Draft charter",)),
        (("4/2 Reporting contacts", "kept"), ("4/2 Reporting contacts", "open")),
        (("14.1 Draft the terms of reference",), ("14.1 Draft terms of reference", "in-hand")),
        (("Draft the charter for companies.",), ("Draft charter for the companies", "open")),
        (("4/2 Draft the charter for companies",), ("Draft charter for companies", "kept")),
        (("Draft the charter for companies", "", DAY), ("Draft the charter for companies", "", DAY)),
        (("Traduire le guide des parents",), ("Traduire guide parents", "open")),
    ],
)
def test_same_action(earlier, later):
    assert is_continued(build_action(*earlier), build_action(*later))


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (("4/2 Reporting contacts",), ("4/2 Draft the budget", "open")),
        (("4/2 Reporting contacts",), ("4/3 Reporting contacts", "open")),
        (("3/1 Budget for 2030",), ("3/1 Budget for 2031", "open")),
        (("3/1 Translate the guide to Arabic",), ("3/1 Translate the guide to French", "open")),
        (("3/1 Send the draft report",), ("3/1 Send the final report", "open")),
        (("3/1 Website",), ("3/1 Print the flyer of the website", "open")),
        (("3.1 Draft the terms of reference",), ("3.1 Draft the terms of reference",)),
        (("3.1 Draft the terms of reference",), ("4.1 Draft the terms of reference", "open")),
        (("1.1 Circulate the minutes to members",), ("1.1 Circulate the minutes to members", "open")),
        (("AP 1.1 Circulate the minutes to members",), ("AP 1.1 Circulate the minutes to members",)),
        (("Send the monthly figures to Ben",), ("Send the monthly figures to Ben", "open")),
        (("Draft the charter for companies",), ("Draft the charter for companies",)),
        (("Draft the charter for companies",), ("Draft the charter for companies", "", DAY)),
        (("Draft the charter for companies",), ("Draft the charter for schools", "open")),
        (("Draft the charter for companies", "kept"), ("Draft the charter for companies", "open")),
        (("Update website",), ("Update website", "open")),
        (("Ask Ben to write to Cy",), ("Ask Cy to write to Ben", "open")),
        (("1 Buy the red paint",), ("1 Buy the blue paint", "open")),
    ],
)
def test_two_actions(earlier, later):
    assert not is_continued(build_action(*earlier), build_action(*later))
    assert not is_likely_continued(build_action(*earlier), build_action(*later))


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (("5.3 Write to the ports authority to ask for a room at its summer fair",), ("5.3 Room at the fair", "kept")),
        (("5.2 Send a mapping form on lighthouses to all members",), ("5.2 Lighthouse mapping form", "in-hand")),
        (("6.1 Hand over files and keys to the new harbour office",), ("6.1 Handover of the harbour", "open")),
        (("C11-1 Prepare the base paper of the joint campaign",), ("C11-1 Posters for the campaign",)),
        (("A9/1 Compile a directory of reporting channels",), ("A9/1 Directorio de canales", "kept")),
        (("12-b Translate the draft guidelines v0.3",), ("12-b Translation of guidelines", "in-hand")),
        (("D4 Print the leaflet for parents in Tonga",), ("D4 Leaflet for Tonga parents", "kept")),
        (
            ("Write to the ports authority to ask for a room at its summer fair",),
            ("Letter to the ports authority asking for a room - Done", "kept"),
        ),
        (("Comparer les obligations légales en Irlande",), ("Comparison of legal obligations", "open")),
    ],
)
def test_probably_same_action(earlier, later):
    assert is_likely_continued(build_action(*earlier), build_action(*later))


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (("Send the draft report on boats to the board",), ("Send the final report on boats to the board", "open")),
        (("Print the parents' leaflet in French for Togo",), ("Print leaflet for parents in Arabic, Togo", "open")),
        (("Write chapter 1 on harbour lights and buoys",), ("Write chapter 3 on harbour lights, buoys, ropes", "open")),
        (("5.3 Write to the ports authority for a room",), ("5.4 Letter to the ports authority, room", "open")),
        (("5.3 Write to the ports authority for a room",), ("5.3 Letter to the ports authority, room",)),
        (("D4 Print the leaflet for parents",), ("D4 Review the leaflet of the ministry", "open")),
        (("Prepare the summer fair and its budget",), ("Write a note on the summer fair", "open")),
        (("5.3 Ask for a room at the fair", "kept"), ("5.3 Room at the fair for the exhibition", "open")),
    ],
)
def test_probably_two_actions(earlier, later):
    assert not is_likely_continued(build_action(*earlier), build_action(*later))


def test_words_after_the_owner_are_not_of_the_task():
    one, other = (
        ReportedAction(text, None, frozenset({"Ana Lopes"}), "kept")
        for text in (
            "Glossary for harbour staff - @Ana Lopes - EN done, Oct 15",
            "Glossary for harbour staff - Ana - done",
        )
    )

    assert one.task_words == other.task_words == ("glossary", "harbour", "staff")


@pytest.mark.parametrize(
    ("name", "other", "expected"),
    [
        ("Ana", "Ana Lopes", True),
        ("A. Lopes", "Ana Lopes", True),
        ("Dr Ana Lopes", "Ana Maria Lopes", True),
        ("Ana Lopes", "Ana Silva", False),
        ("Ana L.", "Ana Lopes", True),
        ("A", "Ana Lopes", False),
        ("A.L.", "Ana Lopes", False),
        ("Ministry of Health", "Ministry of Education", False),
        ("Secretariat", "secretariat", True),
    ],
)
def test_same_owner(name, other, expected):
    assert share_owner({name}, {other}) is expected
