"""When those present meet again: below a heading, in a sentence, and as a deadline."""

import pytest

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


def test_box_below_next_time_is_work_that_is_left_for_it():
    text = "- Ana Lopes\n\n- Budget\n  - fine\n- Next Time\n  - Ana\n    - [ ] send the list of members to the town\n"

    made = read_report(text, language="en").suggestions
    assert [each.kind for each in made if each.quote.startswith("send")] == ["commitment"]


def test_box_with_a_day_below_next_meeting_is_that_meeting():
    assert list_next_meetings("## Next meeting\n\n- [ ] @ana - in four weeks exactly, 8 January 2026\n") == [
        "@ana - in four weeks exactly, 8 January 2026"
    ]
