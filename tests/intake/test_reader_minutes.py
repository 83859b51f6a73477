"""Whole minutes of many forms, invented, in `minutes.toml`: who came, what was decided, who does what by when."""

import tomllib
from pathlib import Path

import pytest

from jukwaa.intake.reader import read_report
from jukwaa.intake.reader.columns import TABLE_COLUMNS, classify_column_heading
from jukwaa.intake.reader.names import find_bracketed_text_by_name

MINUTES_EXAMPLES = tomllib.loads((Path(__file__).parent / "minutes.toml").read_text(encoding="utf-8"))["minutes"]


def find_suggestions_of_kind(text, suggestion_kind):
    return [s for s in read_report(text).suggestions if s.kind == suggestion_kind]


def find_commitment_owners(text):
    return [(s.words or s.quote, s.owner) for s in find_suggestions_of_kind(text, "commitment")]


@pytest.mark.parametrize("minutes", MINUTES_EXAMPLES, ids=[minutes["name"] for minutes in MINUTES_EXAMPLES])
def test_example_minutes_give_expected_suggestions(minutes):
    text = minutes["text"]

    assert {
        "attendees": [name for s in find_suggestions_of_kind(text, "attendee") for name in s.actors],
        "decisions": [s.words or s.quote for s in find_suggestions_of_kind(text, "decision")],
        "actions": [
            f"{s.words or s.quote} | {s.owner} | {s.due}" for s in find_suggestions_of_kind(text, "commitment")
        ],
        "meetings": [s.words or s.quote for s in find_suggestions_of_kind(text, "next_meeting")],
    } == {key: minutes[key] for key in ("attendees", "decisions", "actions", "meetings")}


@pytest.mark.parametrize("minutes", MINUTES_EXAMPLES, ids=[minutes["name"] for minutes in MINUTES_EXAMPLES])
def test_quotations_of_minutes_equal_the_text(minutes):
    found = read_report(minutes["text"])

    assert [s.quote for s in found.suggestions] == [minutes["text"][s.start : s.end] for s in found.suggestions]


@pytest.mark.parametrize("column_case", TABLE_COLUMNS, ids=[column.name for column in TABLE_COLUMNS])
def test_table_column_is_recognised_by_its_example_only(column_case):
    assert classify_column_heading(column_case.example) == column_case.name
    assert classify_column_heading(column_case.counter) != column_case.name


@pytest.mark.parametrize(
    "report_line",
    ["- RG: Agreed.", "- Ana Lopes - Approved", "- Great to meet everyone", "- Quorum was established"],
)
def test_assent_votes_and_greetings_are_neither_decisions_nor_meetings(report_line):
    text = f"# Call of 3 May\n\n## Present\n\nRG, Ana Lopes, Ben Okoro\n\n## Notes\n\n{report_line}"

    assert find_suggestions_of_kind(text, "decision") + find_suggestions_of_kind(text, "next_meeting") == []


@pytest.mark.parametrize(
    ("report_line", "owner_name"),
    [
        ("CoC compliant lists that we can send to hosts", ""),
        ("Start to discuss with the hosts", ""),
        ("@ana & @ben spec doc on features", "@ana"),
        ("AL- have a word with the host", "AL"),
        ("Documentation: write about the map", ""),
        ("Send the form to the hosts (High priority)", ""),
        ("Ben sends the form to the hosts", "Ben"),
    ],
)
def test_owner_of_entry_is_person_or_organisation(report_line, owner_name):
    text = f"# Call\n\n## Present\n\n- Ana Lopes\n- Ben Okoro\n\n## Actions\n\n- {report_line}"

    assert find_commitment_owners(text) == [(report_line, owner_name)]


@pytest.mark.parametrize(
    "deadline_text",
    [
        *("w/c 12 May", "ASAP", "by EOM", "by COB Friday", "deadline: 15.06.2026", "by 5pm Friday", "by week 5"),
        *("within 14 working days", "over the weekend", "before the workshop", "by the 15th", "d'ici le 4 juin"),
        *("até 4 de junho", "by Fri", "by the end of the sprint", "in Q3 2026"),
    ],
)
def test_deadline_is_stored_in_original_words(deadline_text):
    assert [s.due for s in find_suggestions_of_kind(f"# Actions\n\n- Ana to write {deadline_text}", "commitment")] == [
        deadline_text
    ]


@pytest.mark.parametrize(
    ("heading_line", "entry_lines"),
    [
        ("Guest presentation - Maya Lind", "- Uses of the map\n- Project comments"),
        ("AI tools", "- Prompts are close to ready"),
        ("Agenda, slides, participants", "- Slides of the host"),
    ],
)
def test_headings_that_resemble_list_headings_give_no_suggestions(heading_line, entry_lines):
    text = f"# Call of 3 May\n\n## {heading_line}\n\n{entry_lines}"

    assert find_suggestions_of_kind(text, "attendee") + find_suggestions_of_kind(text, "commitment") == []


def test_checkboxes_with_spaces_are_recognised():
    text = "# Attendees\n\n- [ X] Ana Lopes\n- [x ] Ben Okoro\n- [ ] Dina Said\n- [] Theo Berg"

    assert [s.actors for s in find_suggestions_of_kind(text, "attendee")] == [("Ana Lopes",), ("Ben Okoro",)]


def test_groups_in_brackets_apply_to_preceding_names():
    words = "Present: H. Lind (QWF, Chair); T. Tarrow (ZCD); Ben"
    assert find_bracketed_text_by_name(words, ["H. Lind", "T. Tarrow", "Ben"]) == {"H. Lind": "QWF", "T. Tarrow": "ZCD"}


@pytest.mark.parametrize("words", ["paid by Marco", "for Marco", "from Monday", "of Friday"])
def test_words_that_resemble_deadlines_are_not_deadlines(words):
    text = f"# Actions\n\n- Ana to write the list {words}"
    assert [s.due for s in find_suggestions_of_kind(text, "commitment")] == [""]


def test_issue_number_is_not_a_meeting_date():
    assert find_suggestions_of_kind("# Call\n\n## Upcoming meetings\n\n- Trust in hosts (#79)", "next_meeting") == []


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "Next Week's Tasks",
            "Current Action Items",
            "Things to do",
            "What's next?",
            "For next meeting",
            "Required actions",
        ),
        *("Division of work", "Action plan", "Pending items", "Work for next week", "Nächste Schritte", "Pendientes"),
    ],
)
@pytest.mark.parametrize("form", ["## {}", "{}:"])
def test_entries_below_task_heading_are_commitments(heading, form):
    text = f"# Call\n\n{form.format(heading)}\n\n- Ana Lopes: new page for the hosts\n- Write to the hosts\n"

    assert find_commitment_owners(text) == [
        ("Ana Lopes: new page for the hosts", "Ana Lopes"),
        ("Write to the hosts", ""),
    ]


@pytest.mark.parametrize("line", ["Consensus reached to keep the fees", "PROPOSAL ACCEPTED: keep the fees"])
def test_result_of_a_proposal_is_a_decision(line):
    text = f"# Call\n\nWe talked.\n\n{line}\n\nThen we went."
    assert [s.quote for s in find_suggestions_of_kind(text, "decision")] == [line]
