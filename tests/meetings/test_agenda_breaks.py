"""Breaks of a pasted agenda are no items, and who presents an item may stand before its paper."""

from datetime import date

import pytest

from jukwaa.coalitions.models import Affiliation, ListEntry, Role
from jukwaa.meetings.agenda_breaks import is_break
from jukwaa.meetings.agenda_lines import list_left_out_lines, parse_agenda_lines
from jukwaa.meetings.agenda_pasting import read_pasted_agenda
from jukwaa.meetings.models import Part
from tests.factories import AffiliationFactory, MembershipFactory, OrganisationFactory, PersonFactory


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("tea", True),
        ("Tea / coffee", True),
        ("LUNCH (in the canteen)", True),
        ("Lunch break", True),
        ("Short coffee break", True),
        ("end, makan", True),
        ("Pause café", True),
        ("Almuerzo", True),
        ("Pausa para el almuerzo", True),
        ("Pausa corta", True),
        ("Tax break", False),
        ("Spring break", False),
        ("Pausa regulatoria", False),
        ("Pausa en las negociaciones", False),
        ("Pausa: moratoria de IA", False),
        ("Pausa para reflexão", False),
        ("Kai", False),
        ("استراحة غداء", True),
        ("Lunch with the minister", False),
        ("Tea plantations and child labour", False),
        ("End-to-end encryption", False),
        ("The end of the pilot", False),
        ("Closing", False),
        ("AOB", False),
        ("Breakout groups", False),
        ("(tbc)", False),
    ],
)
def test_breaks_are_told_from_items(title, expected):
    assert is_break(title) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "10.00 Welcome\n10.10 Budget\n10.40 tea\n11.00 Elections\n11.30 AOB\n11.40 end, makan",
            [("Welcome", 10), ("Budget (10:40 tea)", 50), ("Elections", 30), ("AOB", 10)],
        ),
        ("1. Budget, 20 min\n2. Lunch, 60 min\n3. AOB", [("Budget (Lunch)", 80), ("AOB", None)]),
        ("09:00 Breakfast\n09:30 Welcome\n09:40 Budget\n10:00 End", [("Welcome", 10), ("Budget", 20)]),
        ("Lunch", [("Lunch", None)]),
        (
            "09:10 Budget (20 min)\n10:30 Coffee\n10:45 Elections\n11:00 End",
            [("Budget (10:30 Coffee)", 20), ("Elections", 15)],
        ),
        (
            "9:10 Presupuesto\n10:30 Pausa café\n10:45 Pausa en las negociaciones\n12:00 Fin",
            [("Presupuesto (10:30 Pausa café)", 95), ("Pausa en las negociaciones", 75)],
        ),
    ],
)
def test_item_before_a_break_lasts_until_its_end(text, expected):
    assert [(line.title_with_parts, line.minutes) for line in parse_agenda_lines(text)] == expected


def test_break_that_is_kept_is_an_item():
    text = "10.00 Welcome\n10.10 Lunch\n10.40 Budget\n11.00 End"

    assert list_left_out_lines(text) == ["10.10 Lunch", "11.00 End"]
    kept = parse_agenda_lines(text, kept_lines={"10.10 Lunch"})
    assert [(line.title, line.minutes) for line in kept] == [("Welcome", 10), ("Lunch", 30), ("Budget", 20)]


def test_line_in_brackets_below_an_item_with_a_time_belongs_to_it():
    lines = parse_agenda_lines("10.00 Welcome\n10.10 Budget, first reading\n    (Ana, paper 3)\n10.40 AOB")

    assert [line.title for line in lines] == ["Welcome", "Budget, first reading (Ana, paper 3)", "AOB"]


@pytest.mark.parametrize("mark", ["-", "09:10"])
@pytest.mark.parametrize("remark", ["(all times UTC)", "(Minutes were sent on 3 May)"])
def test_remark_in_brackets_that_is_not_indented_stays_outside_the_title(mark, remark):
    lines = parse_agenda_lines(f"{mark} Budget\n{remark}\n{mark} Elections\n{mark} AOB")

    assert [line.title for line in lines] == ["Budget", "Elections", "AOB"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Guide FOR DECISION makers", ("Guide FOR DECISION makers", None)),
        ("Age limits FOR DECISION Ana", ("Age limits \u2013 Ana", "decision")),
        ("Age limits - FOR DECISION - Ana", ("Age limits \u2013 - Ana", "decision")),
        ("Pilot FOR DISCUSSION AND DECISION (Ana)", ("Pilot (Ana)", "decision")),
        ("Pilot FOR DISCUSSION, paper 2", ("Pilot \u2013 paper 2", "discussion")),
        ("Guide for decision makers", ("Guide for decision makers", None)),
        ("A plan for information sharing", ("A plan for information sharing", None)),
    ],
)
def test_purpose_in_the_middle_of_a_line(written, expected):
    [line] = parse_agenda_lines(f"10.00 {written}")

    assert (line.title, line.purpose and Part.Purpose(line.purpose).value) == expected


@pytest.fixture
def read_items(coalition):
    for name in ("Daniel Okello", "Jonas Tari", "Siti Rahma"):
        AffiliationFactory(organisation__coalition=coalition, person=PersonFactory(name=name))
    OrganisationFactory(coalition=coalition, name="Norrvik University")
    for name in ("Mele Fonoti", "Lupe Havili"):
        person = PersonFactory(name=name)
        Role.objects.create(coalition=coalition, person=person, kind=Role.Kind.COORDINATOR, starts_on="2026-01-01")

    def read_items_of(*lines):
        text = "From: Mele Fonoti <mele@example.org>\n\n" + "\n".join(lines)
        return [(item.title, item.presenter_name) for item in read_pasted_agenda(coalition, text)]

    return read_items_of


def test_leads_at_the_end_become_presenters(read_items):
    assert read_items(
        "10.00  Minutes     Mele  (paper 1)",
        "10.10  Terms of reference     Daniel, Ili, Jonas  (paper 2)",
        "10.20  Safer Internet Day     Siti Rahma",
        "10.30  Invoices     Lupe",
        "10.40  Website     Someone, Daniel",
        "10.50  New members: Harbour Ltd, Norrvik University",
        "11.00  New applications - Norrvik University",
        "11.10  Research     Norrvik University",
    ) == [
        ("Minutes (paper 1)", "Mele Fonoti"),
        ("Terms of reference (paper 2)", "Daniel Okello, Ili, Jonas Tari"),
        ("Safer Internet Day", "Siti Rahma"),
        ("Invoices", "Lupe Havili"),
        ("Website \u2013 Someone, Daniel", ""),
        ("New members: Harbour Ltd, Norrvik University", ""),
        ("New applications - Norrvik University", ""),
        ("Research", "Norrvik University"),
    ]


def test_people_of_the_mailing_list_and_former_ones_present_nothing(read_items, coalition):
    for name in ("Grace Wanjiru", "May Chen"):
        ListEntry.objects.create(coalition=coalition, person=PersonFactory(name=name))
    MembershipFactory(coalition=coalition, organisation=None, person=PersonFactory(name="Noor Haddad"))
    for name in ("Otto Weiss", "April Jones"):
        AffiliationFactory(organisation__coalition=coalition, person=PersonFactory(name=name))
    Affiliation.objects.filter(person__name="Otto Weiss").update(ends_on=date(2020, 1, 1))
    former = PersonFactory(name="Pia Lund")
    Role.objects.create(
        coalition=coalition, person=former, kind="coordinator", starts_on="2019-01-01", ends_on="2020-01-01"
    )

    items = ["Budget - Grace", "Deadlines - May", "Report - Otto", "Dates - April", "Papers - Pia", "Website - Noor"]
    assert read_items(*(f"{number}. {item}" for number, item in enumerate(items, 1))) == [
        *((item, "") for item in items[:-1]),
        ("Website", "Noor Haddad"),
    ]


@pytest.mark.parametrize("other", ["TBC", "AOB", "Tbc", "Closing", "Next Steps", "All", "May"])
def test_word_beside_known_leads_that_is_no_name_stays_in_the_title(read_items, other):
    item = f"Election of the chair - Daniel, Siti, {other}"

    assert read_items("1. Welcome", f"2. {item}", "3. Papers") == [("Welcome", ""), (item, ""), ("Papers", "")]


def test_word_beside_known_organisations_stays_in_the_title(read_items, coalition):
    OrganisationFactory(coalition=coalition, name="Elm House")
    item = "Safety update - Elm House, Norrvik University, Fotobook"

    assert read_items("1. Welcome", f"2. {item}", "3. Papers")[1] == (item, "")
