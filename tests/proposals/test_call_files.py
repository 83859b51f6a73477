"""Call files: what is wrong with one is said by line, in words."""

from datetime import UTC, date, datetime, time

import pytest

from jukwaa.proposals.call import (
    NOT_STATED_TIME_ZONE,
    CallDeadline,
    CallForProposals,
    CallPhase,
    get_call_phase,
    parse_time_zone,
)
from jukwaa.proposals.call_files import get_shipped_calls_for_proposals, read_shipped_call_files
from jukwaa.proposals.call_parser import MAX_CALL_FILE_BYTES, CallFileError, parse_call_toml

SHIPPED_CALL_NAMES = {
    *(f"igf-{year}-workshop" for year in (2010, 2015, 2018, 2023, 2025)),
    *(f"igf-{year}-dynamic-coalition-session" for year in (2018, 2022, 2024)),
    *(
        "igf-2016-dynamic-coalition-main-session",
        "igf-2025-dynamic-coalition-main-session",
        "igf-2021-open-forum",
        "lacigf-17-session",
    ),
}

CALL_TOML = """title = "IGF 2027: workshops"
forum = "IGF"
edition = "2027"
year = 2027
kind = "Workshop"

[sources]
call = "https://example.org/call"

[[deadline]]
day = 2027-05-24
time = 23:59:00
zone = "UTC-11"

[[field]]
name = "title"
label = "Title"
type = "line"
max = 60
unit = "characters"

[[rule]]
name = "speakers"
text = "At least 3 speakers."
check = "people"
roles = ["speaker"]
min = 3
stage = "screening"
"""


def list_call_problems(text):
    with pytest.raises(CallFileError) as refused:
        parse_call_toml(text)
    return [(problem.line, problem.sentence) for problem in refused.value.problems]


def test_all_shipped_call_files_parse():
    assert set(get_shipped_calls_for_proposals()) == set(read_shipped_call_files()) == SHIPPED_CALL_NAMES
    assert {name: call.name for name, call in get_shipped_calls_for_proposals().items()} == {
        name: name for name in SHIPPED_CALL_NAMES
    }


@pytest.mark.parametrize("call", get_shipped_calls_for_proposals().values(), ids=lambda call: call.name)
def test_shipped_call_has_sources_and_lists_unknown_facts(call):
    facts = [*call.fields, *call.rules, *call.deadlines, *call.dates, *call.criteria, *call.new, *call.notes]

    assert [fact for fact in facts if not fact.source] == []
    assert bool(call.themes) == bool(call.themes_source)
    assert call.unknown
    assert set(call.sources) == {fact.source for fact in facts} | {call.themes_source} - {""}
    assert call.follows in {"", *SHIPPED_CALL_NAMES} - {call.name}


def test_complete_call_file_is_parsed():
    call = parse_call_toml(CALL_TOML)

    assert (call.name, call.year, [each.name for each in call.fields]) == ("igf-2027-workshop", 2027, ["title"])
    assert call.deadline.earliest == call.deadline.latest == datetime(2027, 5, 25, 10, 59, tzinfo=UTC)
    assert [rule.name for rule in call.all_rules] == ["title:limit", "deadline", "speakers"]


@pytest.mark.parametrize(
    ("old_line", "new_line", "line_number", "expected_sentence"),
    [
        (
            'type = "line"',
            'type = "essay"',
            18,
            "“type” must be one of: line, text, choice, choices, people, file, link, email, country.",
        ),
        ("max = 60", "max = 0", 19, "“max” must be 1 or more. If there is no limit, remove this line."),
        ("max = 60", "max = -3", 19, "“max” must be a whole number from 1 to 1,000,000."),
        ("max = 60", "max = true", 19, "“max” must be a whole number from 1 to 1,000,000."),
        ("max = 60", "min = 70\nmax = 60", 19, "“min” is greater than “max”. Swap the numbers."),
        ('unit = "characters"', 'unit = "pages"', 20, "“unit” must be one of: characters, words."),
        ('unit = "characters"', "", 15, "“unit” is missing. Add it."),
        (
            'type = "line"',
            'type = "email"',
            19,
            "A field of the type “email” cannot have a limit. Remove the limit.",
        ),
        (
            'zone = "UTC-11"',
            "",
            10,
            'The deadline has no time zone. Write zone = "UTC" or another zone, or zone = "not stated".',
        ),
        (
            'zone = "UTC-11"',
            'zone = "Nowhere/Land"',
            13,
            "There is no time zone “Nowhere/Land”. Enter one such as UTC, UTC-11 or Africa/Nairobi.",
        ),
        ("day = 2027-05-24", 'day = "24 May"', 11, "“day” must be a date such as 2027-05-24."),
        ("time = 23:59:00", "time = 2359", 12, "“time” must be a time such as 23:59:00."),
        ('forum = "IGF"', "", 1, "“forum” is missing. Add it."),
        ('forum = "IGF"', 'form = "IGF"', 1, "“forum” is missing. Add it."),
        ('roles = ["speaker"]', 'roles = ["singer"]', 26,
         "“roles” must be one of: organiser, speaker, moderator, online moderator, rapporteur."),
        ('roles = ["speaker"]', "", 22, "“roles” is missing. Add it."),
        ("min = 3\n", "", 22, "Add one of these keys: max, min."),
        ('stage = "screening"', 'stage = "screening"\nfield = "speakers"', 29, "“field” must be one of: title."),
        (
            'stage = "screening"',
            'stage = "screening"\nsource = "page"',
            29,
            "There is no source “page” in [sources]. Add the source, or correct its name.",
        ),
        ('label = "Title"', 'label = "Title"\ncolour = "red"', 18,
         "“colour” is not a known key here. Check its spelling or remove it."),
        ('name = "title"', 'name = "The title"', 16,
         "“name” must be a name made of lower-case letters, digits and hyphens, such as “policy-question”."),
        ("[[field]]", "[field]", 15, "Begin each “field” with a line [[field]]."),
        ('label = "Title"', "label = Title", 17,
         "This is not valid TOML. Check quotation marks, brackets and equals signs on this line."),
    ],
)  # fmt: skip
def test_problem_in_call_file_has_line_number(old_line, new_line, line_number, expected_sentence):
    assert old_line in CALL_TOML

    assert (line_number, expected_sentence) in list_call_problems(CALL_TOML.replace(old_line, new_line, 1))


def test_duplicate_rule_name_is_reported_at_second_rule():
    twice = CALL_TOML + CALL_TOML[CALL_TOML.index("[[rule]]") :]
    line = CALL_TOML.count("\n") + 2

    assert list_call_problems(twice) == [(line, "Another rule already has the name “speakers”. Choose another name.")]


def test_problems_are_listed_in_line_order():
    broken = CALL_TOML.replace("max = 60", "max = 0").replace('zone = "UTC-11"', "").replace('"people"', '"crowd"')

    assert [line for line, _sentence in list_call_problems(broken)] == [10, 19, 25]


def test_table_header_inside_string_is_ignored():
    text = CALL_TOML.replace('label = "Title"', 'label = """\n[[field]]\n"""').replace("max = 60", "max = 0")

    assert [line for line, _sentence in list_call_problems(text)] == [21]


def test_call_file_of_5_megabytes_is_refused():
    assert list_call_problems("#" * 5_000_000) == [(1, "This file is too large. Upload a call file of at most 200 kB.")]
    assert list_call_problems("#" * (MAX_CALL_FILE_BYTES + 1))


@pytest.mark.parametrize(
    "text",
    ["", "title = 3", "a = " + "[" * 5000, "a = " + "9" * 5000, "\x00", "[[[", "field = 3", "sources = 1", "[[field]]"],
)
def test_malformed_call_files_are_refused_with_message(text):
    assert all(sentence.endswith(".") for _line, sentence in list_call_problems(text))


def test_windows_line_endings_are_accepted():
    assert parse_call_toml(CALL_TOML.replace("\n", "\r\n")) == parse_call_toml(CALL_TOML)


def build_call_with_deadline(deadline_day, deadline_time=None, zone=NOT_STATED_TIME_ZONE):
    return CallForProposals(
        "c", "C", "IGF", "2027", 2027, "Workshop", deadlines=(CallDeadline(deadline_day, deadline_time, zone),)
    )


@pytest.mark.parametrize(
    ("call", "call_phase"),
    [
        (build_call_with_deadline(date(2027, 5, 24), time(23, 59), "UTC"), CallPhase.OPEN),
        (build_call_with_deadline(date(2027, 5, 23)), CallPhase.OPEN),  # somewhere it is still the 23rd
        (build_call_with_deadline(date(2027, 5, 22)), CallPhase.PAST),
        (CallForProposals("c", "C", "IGF", "2026", 2026, "Workshop"), CallPhase.PAST),
        (CallForProposals("c", "C", "IGF", "2027", 2027, "Workshop"), CallPhase.UNKNOWN),
    ],
)
def test_phase_uses_latest_possible_deadline(call, call_phase):
    assert get_call_phase(call, datetime(2027, 5, 24, 9, tzinfo=UTC)) is call_phase


@pytest.mark.parametrize(
    ("zone", "utc_offset_hours"), [("UTC", 0), ("UTC-11", -11), ("UTC+5:30", 5.5), ("Africa/Nairobi", 3)]
)
def test_time_zone_names_are_parsed(zone, utc_offset_hours):
    assert datetime(2027, 1, 1, tzinfo=parse_time_zone(zone)).utcoffset().total_seconds() == utc_offset_hours * 3600
