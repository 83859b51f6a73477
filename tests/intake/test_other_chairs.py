"""Who chairs another meeting or a working group did not chair the meeting of the report."""

import pytest

from jukwaa.intake.other_chairs import chairs_something_else
from tests.intake.readings import create_reading

TEXT = """Minutes of the plenary, 3 March 2027

Present: Ana Lopes (Oak Trust), Ben Okoro (Elm Farm)

{sentence}
"""


def list_chairs(coalition, actor, sentence):
    reading = create_reading(coalition, actor, TEXT.format(sentence=sentence))
    rows = reading.suggestions.filter(kind="attendee", is_chair=True)
    return [name for row in rows for name in row.actors]


@pytest.mark.parametrize(
    "sentence",
    [
        "The next meeting will be chaired by Ben Okoro.",
        "The last meeting was chaired by Ben Okoro.",
        "The working group chaired by Ben Okoro will report in June.",
        "Ana thanked the committee chaired by Ben Okoro for its work.",
        "Our standards group which is chaired by Ben Okoro met twice.",
        "Next meeting: 12 May, chaired by Ben Okoro.",
        "The June session will be moderated by Ben Okoro.",
    ],
)
def test_chair_of_something_else_is_not_that_of_this_meeting(coalition, rapporteur, sentence):
    assert list_chairs(coalition, rapporteur, sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The meeting was chaired by Ben Okoro.",
        "Chaired by Ben Okoro.",
        "The working group met online, chaired by Ben Okoro.",
        "Minutes of the working group chaired by Ben Okoro.",
        "We looked at the next meeting. This one was chaired by Ben Okoro.",
    ],
)
def test_chair_of_this_meeting_is_marked(coalition, rapporteur, sentence):
    assert list_chairs(coalition, rapporteur, sentence) == ["Ben Okoro"]


@pytest.mark.parametrize(
    ("before", "is_other"),
    [
        ("La prochaine réunion sera ", True),
        ("La próxima sesión será ", True),
        ("Le groupe de travail ", True),
        ("La séance est ", False),
        ("The committee, ", False),
        ("Working group ", False),  # a title
        ("What is next? ", False),
    ],
)
def test_words_before_the_chair(before, is_other):
    assert chairs_something_else(f"{before}chaired by Ben", len(before)) is is_other
