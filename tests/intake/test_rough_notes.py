"""Rough notes in Markdown, invented here: accounts, ends of tasks, front matter, remarks, and people under 18."""

import pytest

from jukwaa.intake.actions.reading_start import get_first_text_line
from jukwaa.intake.guesses import is_group_name
from jukwaa.intake.handles import find_person_by_handle, spell_out_handles
from jukwaa.intake.reader import read_report
from jukwaa.intake.source_readers import describe_personal_details, suggest_source_label
from jukwaa.records.models import Label

NOTES = """---
tags: [youth, minutes]
visibility: internal
---
# Orchard youth 16 Sept

**here (4):** Neema (Elm), Baraka (Elm), Aroha + Samuel (Oak)

### to do
{task}

{line}
"""


def find_tasks(task, *, is_spelled_out=False):
    found = read_report(NOTES.format(task=task, line=""))
    found = spell_out_handles(found) if is_spelled_out else found
    return [(s.words or s.quote, s.actors, s.due) for s in found.suggestions if s.kind == "commitment"]


@pytest.mark.parametrize(
    ("task", "owners", "due"),
    [
        ("- [ ] page of comments – @aroha, @baraka", ("@aroha", "@baraka"), ""),
        ("- [ ] ask the parents for 3 questions – Ana & Ben, 3 May", ("Ana", "Ben"), "3 May"),
        ("- [ ] someone to check the form (who??)", (), ""),
    ],
)
def test_end_of_task_names_owners_and_date(task, owners, due):
    assert [found[1:] for found in find_tasks(task)] == [(owners, due)]


def test_ticked_part_of_task_is_no_task_of_its_own():
    assert [found[0] for found in find_tasks("- [ ] translate the call, sw and pt – @neema\n  - [x] sw done")] == [
        "translate the call, sw and pt – @neema"
    ]


@pytest.mark.parametrize(
    ("handle", "name"),
    [
        ("@neema", "Neema"),
        ("@sam-a", "Samuel Ade"),
        ("@otavio", "Otávio"),
        ("@an", ""),  # too short
        ("@mar", ""),  # Maria or Marta
        ("@rohan", ""),
        ("Neema", ""),
    ],
)
def test_account_means_one_person_present_or_nobody(handle, name):
    assert find_person_by_handle(handle, ["Neema", "Samuel Ade", "Otávio", "Ana", "Maria", "Marta"]) == name


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("**next:** Wed 14 Oct, 20:00 UTC", 1),
        ("next: 14/10 online", 1),
        ("Next one: 12 May, same time, same room.", 1),
        ("Next one: ask the parents", 0),
        ("next: 3 questions for the parents", 0),
        ("next: send the list by 14 Oct", 0),
    ],
)
def test_next_and_a_day_is_next_meeting(line, count):
    found = read_report(NOTES.format(task="", line=line)).suggestions

    assert sum(s.kind == "next_meeting" for s in found) == count


def test_hidden_remark_is_no_sentence():
    found = read_report(NOTES.format(task="", line="<!-- sam: move the old notes, link https://pad.example -->"))

    assert not any("old notes" in sentence.quote for sentence in found.sentences)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (NOTES, "Orchard youth 16 Sept"),
        ('---\ntags: [a]\ntitle: "Orchard call"\ndate: 2026-09-16\n---\nText\n', "Orchard call"),
        ("---\n\nOrchard call\n\n---\n\nText", "Orchard call"),
        ("Recording: WG2 gate call-20260623_1300UTC\n00:00:04 Ana\n", "WG2 gate call"),
        ("Recording of birds: notes\n", "Recording of birds: notes"),
    ],
)
def test_title_is_not_what_a_program_wrote_above_it(text, title):
    assert get_first_text_line(text) == title


@pytest.mark.parametrize(
    "sentence",
    [
        "first names only – some of us are under 18, don't publish this list",
        "Several of the participants were minors.",
        "Algunos participantes son menores.",
        "Einige von uns sind minderjährig.",
    ],
)
def test_report_that_names_people_under_18_is_for_coordinators(sentence):
    assert describe_personal_details(sentence) == "participants under 18"
    assert suggest_source_label(sentence) == Label.RED


@pytest.mark.parametrize(
    "sentence", ["The guide is for children under 18.", "People under 18 need consent.", "18 members were present."]
)
def test_report_about_people_under_18_is_not(sentence):
    assert "participants under 18" not in describe_personal_details(sentence)


@pytest.mark.parametrize(("name", "is_group"), [("all SC members", True), ("All members", True), ("SC14 Ltd", False)])
def test_all_members_of_body_are_group(name, is_group):
    assert is_group_name(name) == is_group
