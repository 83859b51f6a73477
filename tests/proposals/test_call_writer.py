"""A call that is written to a file is read back as the same call."""

from dataclasses import replace

import pytest

from jukwaa.proposals.call_comparison import describe_call_changes
from jukwaa.proposals.call_files import get_shipped_calls_for_proposals
from jukwaa.proposals.call_parser import parse_call_toml
from jukwaa.proposals.call_writer import format_call_as_toml

each_shipped_call = pytest.mark.parametrize(
    "shipped_call", get_shipped_calls_for_proposals().values(), ids=lambda call: call.name
)


@each_shipped_call
def test_written_call_round_trips(shipped_call):
    assert parse_call_toml(format_call_as_toml(shipped_call)) == shipped_call


def test_quotes_and_escapes_in_strings_round_trip():
    call = get_shipped_calls_for_proposals()["igf-2023-workshop"]
    odd = replace(call, summary='“Quoted” "twice" \\ and\nnew line\x7f', title="العربية 儿童")

    assert parse_call_toml(format_call_as_toml(odd)) == odd


@each_shipped_call
def test_call_does_not_differ_from_itself(shipped_call):
    assert describe_call_changes(shipped_call, shipped_call) == []


def test_changes_since_previous_call_are_listed():
    before = get_shipped_calls_for_proposals()["igf-2015-workshop"]
    title, *others = before.fields
    changed = replace(
        before, fields=(replace(title, label="Mx.", max=3, mark="optional"), *others[:-1]), rules=(), themes=("One",)
    )
    found = [str(message) for message in describe_call_changes(changed, before)]

    assert found[:4] == [
        "Field renamed: “a Ms./Mr.” is now “Mx.”",
        "Limit changed: Mx.",
        "Requirement changed: Mx.",
        "Field removed: 9 Co-organisers: name, stakeholder group, affiliation",
    ]
    assert found[4] == "Rule removed: 30 minutes are for flash sessions and birds of a feather only."
    assert found[-1] == "The themes have changed."
    assert "New field: 9 Co-organisers: name, stakeholder group, affiliation" in map(
        str, describe_call_changes(before, changed)
    )
