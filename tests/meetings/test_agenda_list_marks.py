"""Parts of an agenda item, such as "4.1", stay within the item; those with a time or a presenter are items."""

import pytest

from jukwaa.meetings.agenda_lines import parse_agenda_lines
from jukwaa.meetings.agenda_pasting import read_pasted_agenda
from jukwaa.meetings.models import Part
from tests.factories import AffiliationFactory, OrganisationFactory, PersonFactory


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (
            "1) Acta\n2) Consulta (30')\n   2.1 plazos\n   2.2 auditorías\n3) Varios",
            "Consulta (2.1 plazos; 2.2 auditorías)",
        ),
        ("1. Minutes\n2. Members\n  a) Elm House\n  b) Oak House\n3. AOB", "Members (a) Elm House; b) Oak House)"),
        ("1. Minutes\n2. Members\n  - Elm House\n  - Oak House\n3. AOB", "Members (Elm House; Oak House)"),
        (
            "1. Minutes\n2. Rules\n  a) must/should  b) 24 or 36 hours\n3. AOB",
            "Rules (a) must/should \u2013 b) 24 or 36 hours)",
        ),
    ],
)
def test_parts_stay_within_their_item(text, titles):
    lines = parse_agenda_lines(text)

    assert len(lines) == 3
    assert lines[1].title_with_parts == titles


@pytest.mark.parametrize(
    "text",
    [
        "1. Minutes\n2. Members\n2.1 Elm House (10 min)\n2.2 Oak House (5 min)",
        "1. Minutes\n2. Members\n2.1 Elm House (Ana)\n2.2 Oak House (Ben)",
        "1. Minutes\n2. Members\n2b. Elm House\n3. Oak House",
        "1.1 Minutes\n1.2 Members\n2.1 Elm House\n2.2 Oak House",
        "- Minutes\n- Members\n- Elm House\n- Oak House",
        "a) Minutes\nb) Members\nc) Elm House\nd) Oak House",
        "4.00 Minutes\n4.10 Members\n4.20 Elm House\n4.30 Oak House",
    ],
)
def test_items_of_their_own_stay_apart(text):
    lines = parse_agenda_lines(text)

    assert [line.title.partition(" (")[0] for line in lines] == ["Minutes", "Members", "Elm House", "Oak House"]
    assert not any(line.parts for line in lines)


def test_part_that_was_added_as_item_stays_apart():
    assert len(parse_agenda_lines("1. Minutes\n2. Members\n2.1 Elm House\n3. AOB", kept_lines={"2.1 Elm House"})) == 4


def test_presenter_before_a_remark_and_with_parts_is_found(coalition):
    AffiliationFactory(organisation=OrganisationFactory(coalition=coalition), person=PersonFactory(name="Marta Ríos"))
    text = "1) Budget - Marta Ríos - first reading\n2) Members. Marta Ríos (10')\n 2.1 Elm House\n3) AOB"

    items = read_pasted_agenda(coalition, text)

    assert [(item.title, item.presenter_name) for item in items] == [
        ("Budget - first reading", "Marta Ríos"),
        ("Members (2.1 Elm House)", "Marta Ríos"),
        ("AOB", ""),
    ]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (
            "1. Minutes\n2. Requests: Elms, Oak House. FOR DECISION\n  (Marta, 10 minutes) moved from May\n3. Fees",
            [
                ("Minutes", None, None),
                ("Requests: Elms, Oak House (moved from May) (Marta)", 10, Part.Purpose.DECISION),
                ("Fees", None, None),
            ],
        ),
        (
            "1. Minutes\n2. Host, FOR DECISION (Marta / Ben) 20 min\n(3) Elms (10 min)",
            [
                ("Minutes", None, None),
                ("Host (Marta / Ben)", 20, Part.Purpose.DECISION),
                ("Elms", 10, None),
            ],
        ),
        (
            "1. Minutes\n2. Budget\n\n(The link is in the calendar.)\n3. AOB",
            [("Minutes", None, None), ("Budget", None, None), ("AOB", None, None)],
        ),
        (
            "1. Access to INFORMATION (Marta)\n2. Policy. Decision (draft)\n3. AOB",
            [
                ("Access to INFORMATION (Marta)", None, None),
                ("Policy. Decision (draft)", None, None),
                ("AOB", None, None),
            ],
        ),
    ],
)
def test_line_in_brackets_below_an_item_belongs_to_it(text, items):
    assert [(line.title, line.minutes, line.purpose) for line in parse_agenda_lines(text)] == items


def test_organisation_at_the_end_of_a_list_presents_nothing(coalition):
    organisation = OrganisationFactory(coalition=coalition, name="Oak House")
    AffiliationFactory(organisation=organisation, person=PersonFactory(name="Marta Ríos"))
    lines = [
        "Requests: Elm House, Oak House, 10 minutes",
        "Forms: results, Marta Ríos, 5 min",
        "Budget, Oak House, 5 min",
    ]

    items = read_pasted_agenda(coalition, "\n".join(lines))

    assert [(item.title, item.presenter_name) for item in items] == [
        ("Requests: Elm House, Oak House", ""),
        ("Forms: results", "Marta Ríos"),
        ("Budget", "Oak House"),
    ]
