"""When those present meet again: below a heading, in a sentence, and as a deadline."""

from datetime import date

import pytest

from jukwaa.intake.meeting_details import find_earliest_next_meeting
from jukwaa.intake.reader import read_report

DAY = "Thursday 4 December in Leeds, at the invitation of Oak Trust; that meeting will be held in French."


def list_next_meetings(text):
    return [" ".join(made.quote.split()) for made in read_report(text).suggestions if made.kind == "next_meeting"]


@pytest.mark.parametrize("heading", ["7. Next time", "## 7. Next time", "7. Next plenary", "Next assembly"])
def test_day_below_heading_is_that_of_next_meeting(heading):
    read = read_report(f"MINUTES OF ELM\n\n{heading}\n\n{DAY} Papers a week before, please.\n")

    assert [made.kind for made in read.suggestions if DAY.startswith(made.quote[:20])] == ["next_meeting"]
    assert not [made for made in read.suggestions if made.kind == "next_meeting" and "Papers" in made.quote]


@pytest.mark.parametrize("heading", ["7. Timetable", "Next time we talk of money", "7. Next steps of the assembly"])
def test_day_below_other_heading_is_not(heading):
    assert list_next_meetings(f"MINUTES OF ELM\n\n{heading}\n\n{DAY}\n") == []


@pytest.mark.parametrize(
    ("sentence", "is_next"),
    [
        ("Prochaine plénière le mercredi 11 mars 2026 à 10 h, en visioconférence.", True),
        ("Próxima plenaria el 11 de marzo de 2026.", True),
        ("La prochaine plénière parlera des écoles.", False),
    ],
)
def test_sentence_names_next_plenary(sentence, is_next):
    assert bool(list_next_meetings(f"Compte rendu\n\n## 6. La suite\n\n{sentence} Le budget est adopté.\n")) == is_next


@pytest.mark.parametrize("heading", ["NEXT", "*Next one*"])
def test_short_heading_is_about_next_meeting(heading):
    assert list_next_meetings(f"Minutes\n\nTODO\n* Ana: send the list\n\n{heading}\n{DAY}\n") == [DAY]


@pytest.mark.parametrize("line", ["A.B. Lopes, 16 February 2026", "Elm House, Leeds | +44 20 5550 0142"])
def test_signature_below_next_meeting_is_none(line):
    assert list_next_meetings(f"# Minutes\n\n## 9. Next meeting\n\n{DAY}\n\n{line}\n") == [DAY]


@pytest.mark.parametrize(
    ("sentences", "day"),
    [
        (["Eighth plenary: 10 December 2026, online.", "The working group meets before, on 12 November."], 10),
        (["The working group meets before, on 12 November."], 12),
        (["The working group meets on 12 November.", "Plenary: 10 December 2026."], 12),
    ],
)
def test_meeting_of_a_part_before_is_not_the_next_one(sentences, day):
    assert find_earliest_next_meeting(sentences, date(2026, 9, 24)).day == day


def test_box_below_next_time_is_work_that_is_left_for_it():
    text = "- Ana Lopes\n\n- Budget\n  - fine\n- Next Time\n  - Ana\n    - [ ] send the list of members to the town\n"

    made = read_report(text, language="en").suggestions
    assert [each.kind for each in made if each.quote.startswith("send")] == ["commitment"]


def test_box_with_a_day_below_next_meeting_is_that_meeting():
    assert list_next_meetings("## Next meeting\n\n- [ ] @ana - in four weeks exactly, 8 January 2026\n") == [
        "@ana - in four weeks exactly, 8 January 2026"
    ]
