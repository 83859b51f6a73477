"""Whether two reports mean the same action: examples, and counterexamples that must stay two."""

from datetime import date

import pytest

from jukwaa.intake.action_words import ReportedAction, is_continued, parse_action_number, share_owner

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
        ("Action A3.2: Ana", None),
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
        ("A1 | Send", None),
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
