"""Reading an agenda that is written as plain text: marks, times, lengths, and what may be a name."""

import pytest

from jukwaa.meetings.agenda_lines import parse_agenda_lines

AGENDA_OF_A_CHAIR = """
14:00-14:10  Welcome, who is new (Yaw)
14:10 - 14:25 Where are we -- Linnea
3) 14h25, 20 min, "How comments will be answered" / Mere + Kossi
4. Helpline sheet (Thaís, 10')
14:55\u201315:05 Radio pilot: dates [Moussa Garba & Aïssata Ouédraogo-Sy]
6 - Names on the website: the result. Yaw. ten minutes
\t15:15 Chairs for 2027: how to choose (15 min) - Pieter?? to be confirmed
8. AOB + date of next call (all) -> 15:30 to 15:40
"""


def parse_title_and_minutes(written):
    [line] = parse_agenda_lines(written)
    return line.title, line.minutes


def list_possible_names_and_titles(written):
    [line] = parse_agenda_lines(written)
    return [(part.names, part.title) for part in line.name_parts]


def test_agenda_with_every_notation_gives_titles_and_lengths():
    assert [(line.title, line.minutes) for line in parse_agenda_lines(AGENDA_OF_A_CHAIR)] == [
        ("Welcome, who is new (Yaw)", 10),
        ("Where are we -- Linnea", 15),
        ('"How comments will be answered" / Mere + Kossi', 20),
        ("Helpline sheet (Thaís)", 10),
        ("Radio pilot: dates [Moussa Garba & Aïssata Ouédraogo-Sy]", 10),
        ("Names on the website: the result. Yaw", 10),
        ("Chairs for 2027: how to choose - Pieter?? to be confirmed", 15),
        ("AOB + date of next call (all)", 10),
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("- Welcome 5 min", ("Welcome", 5)),
        ("\u2022 2:00 pm - 2:30 pm: Budget", ("Budget", 30)),
        ("2\u20132:45 pm Budget", ("Budget", 45)),
        ("11:50-12:10 pm Lunch", ("Lunch", 20)),
        ("12:50 - 1:10 Walk", ("Walk", 20)),
        ("23:50-0:10 Night", ("Night", 20)),
        ("14.30-15.00 Budget", ("Budget", 30)),
        ("14h-15h Bonjour", ("Bonjour", 60)),
        ("14:00 to 14:30 UTC Budget", ("Budget", 30)),
        ("Budget (14:00-14:30)", ("Budget", 30)),
        ("Item 3: Elections, 1h", ("Elections", 60)),
        ("(2) Elections (1h30)", ("Elections", 90)),
        ("Elections - 2 hours", ("Elections", 120)),
        ("1\tWelcome\tYaw\t10 min", ("Welcome \u2013 Yaw", 10)),
        ("10' Welcome", ("Welcome", 10)),
        ("Item 10", ("Item 10", None)),
        ("4b. Mirror, 5'", ("Mirror", 5)),
        ("(4b) Mirror", ("Mirror", None)),
        ("4b Mirror", ("4b Mirror", None)),
        ("5G. A primer", ("A primer", None)),
        ("Point 12 months later", ("Point 12 months later", None)),
        ("Budget  10'  Marta", ("Budget \u2013 Marta", 10)),
        ("Budget 10' Marta [doc 2]", ("Budget \u2013 Marta [doc 2]", 10)),
        ("Budget, Marta, 10'", ("Budget, Marta", 10)),
        ("الميزانية 10 دقائق مرتا", ("الميزانية \u2013 مرتا", 10)),
        ("Explained in 10 minutes Marta", ("Explained in 10 minutes Marta", None)),
        ("Film 5 min about Kenya", ("Film 5 min about Kenya", None)),
        ("Budget, 20 min -- Norrvik University", ("Budget -- Norrvik University", 20)),
        ("Budget 20 min \u2013 Ada", ("Budget \u2013 Ada", 20)),
        ("Points divers, dix minutes", ("Points divers", 10)),
        ("\u0663. كلمة (10 دقائق)", ("كلمة", 10)),
        ("2.1 A point of the second part", ("A point of the second part", None)),
    ],
)
def test_common_notations_of_title_and_length_are_parsed(written, expected):
    assert parse_title_and_minutes(written) == expected


@pytest.mark.parametrize(
    "title",
    [
        "3 questions to members",
        "2027 plans",
        "Report 2026-2027",
        "Deadline 3-5 December",
        "Call at 17:00 tomorrow",
        "The 10 minutes rule for helplines",
        "How to explain it in 10 minutes",
        "24 or 36 hours",
        "Removal: 24 ou 36 h",
        "A/B tests",
        "5",
    ],
)
def test_numbers_in_title_are_not_parsed_as_length(title):
    assert parse_title_and_minutes(title) == (title, None)


def test_item_with_start_time_lasts_until_start_of_next_item():
    lines = parse_agenda_lines("14:00 One\n14:20 Two\nThree\n15:00 Four")

    assert [(line.title, line.minutes) for line in lines] == [("One", 20), ("Two", 40), ("Four", None)]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1.  Welcome    10.00   Ana   5'", ("Welcome \u2013 Ana", 600, 5)),
        ("Welcome\t10:00\tAna", ("Welcome \u2013 Ana", 600, None)),
        ("4. Dates: June, Dec.  12h05   all", ("Dates: June, Dec. \u2013 all", 725, None)),
        ("Call at 17:00 tomorrow", ("Call at 17:00 tomorrow", None, None)),
        ("Report\t12 pages\tAna", ("Report \u2013 12 pages \u2013 Ana", None, None)),
        ("Report  2026  Ana", ("Report \u2013 2026 \u2013 Ana", None, None)),
    ],
)
def test_start_in_column_of_its_own_is_not_part_of_title(written, expected):
    [line] = parse_agenda_lines(written)

    assert (line.title, line.start, line.minutes) == expected


@pytest.mark.parametrize(
    ("written", "titles"),
    [
        ("1. Fees (2026,\n   reserve)   10.10   Ana\n2. AOB", ["Fees (2026, reserve) \u2013 Ana", "AOB"]),
        ("1. Fees\n2. Rules (draft,\n3) AOB", ["Fees", "Rules (draft", "AOB"]),
        ("1. Fees (2026,\n2. Rules (draft)", ["Fees (2026", "Rules (draft)"]),
    ],
)
def test_line_that_closes_bracket_of_item_belongs_to_it(written, titles):
    assert [line.title for line in parse_agenda_lines(written)] == titles


def test_explicit_length_takes_precedence_over_next_start_time():
    assert [line.minutes for line in parse_agenda_lines("14:00 One (5 min)\n14:20 Two")] == [5, None]


def test_length_of_more_than_ten_hours_is_not_parsed():
    assert parse_title_and_minutes("8:00-20:00 Reception") == ("8:00-20:00 Reception", None)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Welcome (Yaw)", [(("Yaw",), "Welcome")]),
        ("Where are we -- Linnea", [(("Linnea",), "Where are we")]),
        ("Where are we \u2013 Linnea", [(("Linnea",), "Where are we")]),
        ("One-pager / Mere + Kossi", [(("Mere + Kossi",), "One-pager"), (("Mere", "Kossi"), "One-pager")]),
        ("The result. Presenta: Yaw", [(("Yaw",), "The result")]),
        ("The result \u2013 presented by Yaw", [(("Yaw",), "The result")]),
        ("The result (Presenter: Yaw)", [(("Yaw",), "The result")]),
        ("The result. Yaw.", [(("Yaw",), "The result")]),
        (
            "Mirror - update Mere / Kossi",
            [(("Mere", "Kossi"), "Mirror - update"), (("Kossi",), "Mirror - update Mere")],
        ),
        ("Where are we -- Linnea?", []),
        ("Welcome", []),
        ("(Yaw)", []),
    ],
)
def test_possible_names_are_split_from_title(written, expected):
    assert list_possible_names_and_titles(written) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15:00  1. Welcome 5'\n15:05  2. Notes of the last call 5'", [("Welcome", 5), ("Notes of the last call", 5)]),
        ("15:00 10) Any other business 5'", [("Any other business", 5)]),
        ("15:00  2 new members 5'", [("2 new members", 5)]),
        ("10:00 - 11:00 Welcome", [("Welcome", 60)]),
    ],
)
def test_number_of_item_may_follow_its_time(text, expected):
    assert [(line.title, line.minutes) for line in parse_agenda_lines(text)] == expected
