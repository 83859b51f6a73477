"""Transcripts of calls, invented here: who spoke, what was agreed, who does what. Most of what is said is nothing."""

import pytest

from jukwaa.intake.reader import read_report

SPEAKERS = ("Ana Lopes", "Ben Okoro", "Dína Said (Secretariat)")


def build_transcript(*spoken, label="{time} {name}"):
    """Turns of the three speakers, in which the given ones come last."""
    turns = [(name, "good morning everybody") for name in (*SPEAKERS, *SPEAKERS)] + list(spoken)
    lines = [
        line
        for number, (name, words) in enumerate(turns)
        for line in (label.format(time=f"00:{number:02}:04", name=name), words, "")
    ]
    return "Orchard call\r\nAuto-generated transcript.\r\n\r\n" + "\r\n".join(lines)


def find_tasks(text):
    return [(s.words or s.quote, s.owner, s.due) for s in read_report(text).suggestions if s.kind == "commitment"]


def find_texts(text, suggestion_kind):
    return [s.quote for s in read_report(text).suggestions if s.kind == suggestion_kind]


@pytest.mark.parametrize("label", ["{time} {name}", "[{time}] {name}", "{name}  {time}", "{time} {name}:"])
def test_speakers_attended(label):
    text = build_transcript(("Unknown speaker", "bye"), ("Speaker 2", "bye"), label=label)
    came = [s for s in read_report(text).suggestions if s.kind == "attendee"]

    assert [(s.actors, s.group) for s in came] == [
        (("Ana Lopes",), ""),
        (("Ben Okoro",), ""),
        (("Dína Said",), "Secretariat"),
    ]


def test_speaker_who_says_so_chaired():
    text = "00:00:01 Ana Lopes\nwelcome, I'll be chairing as usual\n\n" + build_transcript()

    assert [s.actors for s in read_report(text).suggestions if s.is_chair] == [("Ana Lopes",)]


@pytest.mark.parametrize(
    "agreed",
    [
        "okay so that's agreed, no ranking",
        "then let's take it as decided, the gate is closed at night",
        "we have decided to close the gate",
    ],
)
def test_spoken_agreement_is_decision(agreed):
    assert find_texts(build_transcript(("Ana Lopes", agreed)), "decision") == [agreed]


@pytest.mark.parametrize(
    "spoken",
    [
        "is that agreed?",
        "that's not agreed yet",
        "I don't think that's decided",
        "if that's agreed we can go on",
        "that's agreed since last meeting",
        "I agree with Ben",
    ],
)
def test_other_talk_of_agreement_is_no_decision(spoken):
    assert find_texts(build_transcript(("Ana Lopes", spoken)), "decision") == []


@pytest.mark.parametrize(
    ("spoken", "tasks"),
    [
        (
            [("Ana Lopes", "I will send the note, two pages, by end of this week")],
            [("I will send the note, two pages, by end of this week", "Ana Lopes", "by end of this week")],
        ),
        (
            [("Ana Lopes", "and I will draft the note before the first of September. next call seventh of July.")],
            [("and I will draft the note before the first of September.", "Ana Lopes", "before 1 September")],
        ),
        (
            [("Ana Lopes", "okay so action on Ben, ask legal")],
            [("okay so action on Ben, ask legal", "Ben Okoro", "")],
        ),
        (
            [("Ben Okoro", "I'll ask legal"), ("Ana Lopes", "okay so action on Ben, ask legal")],
            [("okay so action on Ben, ask legal", "Ben Okoro", "")],
        ),
        (
            [
                ("Ana Lopes", "Dina would you add the column"),
                ("Dína Said (Secretariat)", "yes, for the tenth of July I can"),
            ],
            [("Dina would you add the column", "Dína Said", "10 July")],
        ),
        (
            [
                ("Ana Lopes", "Ben you contact yours, and Dina you write to Neema"),
                ("Ben Okoro", "ok, até dia 3 de julho"),
                ("Dína Said (Secretariat)", "will do, by Friday"),
            ],
            [
                ("Ben you contact yours", "Ben Okoro", "até dia 3 de julho"),
                ("Dina you write to Neema", "Dína Said", "by Friday"),
            ],
        ),
        ([("Ana Lopes", "Dina will send the invite. thanks all")], [("Dina will send the invite", "Dína Said", "")]),
    ],
)
def test_spoken_task_has_owner_and_deadline(spoken, tasks):
    assert find_tasks(build_transcript(*spoken)) == tasks


@pytest.mark.parametrize(
    "spoken",
    [
        [("Ana Lopes", "I could maybe write something at some point")],
        [("Ana Lopes", "I will send something if I find the time")],
        [("Ana Lopes", "I'll be late")],
        [("Ana Lopes", "I will write the note"), ("Ben Okoro", "lovely, let's not minute it")],
        [("Ana Lopes", "Ben would you add the column"), ("Ben Okoro", "rather not, ask somebody else")],
        [("Ana Lopes", "Neema will send the list")],
        [("Ana Lopes", "will Ben send the list?")],
    ],
)
def test_hedges_questions_and_absent_people_give_no_task(spoken):
    assert find_tasks(build_transcript(*spoken)) == []


def test_next_call_with_date_is_next_meeting():
    text = build_transcript(
        ("Ana Lopes", "next call same time in two weeks, 7 July"), ("Ben Okoro", "ask by next call")
    )

    assert find_texts(text, "next_meeting") == ["next call same time in two weeks, 7 July"]


def test_opinions_and_requests_of_transcript_are_not_suggested():
    text = build_transcript(("Ana Lopes", "I think we should rank them"), ("Ben Okoro", "please don't rank them"))

    assert {s.kind for s in read_report(text).suggestions} == {"attendee"}


def test_quotations_of_transcript_equal_the_text():
    text = build_transcript(
        ("Ana Lopes", "*okay* so that's agreed. I will send the [note](https://a.example) by Friday")
    )
    found = read_report(text)

    assert [s.quote for s in found.sentences] == [text[s.start : s.end] for s in found.sentences]
    assert [s.quote for s in found.suggestions] == [text[s.start : s.end] for s in found.suggestions]
    assert all(s.quote == s.quote.strip() for s in found.sentences)


def test_minutes_with_some_times_are_no_transcript():
    times = "\n".join(f"00:0{number}:00 Opening part {number}\n" + "The members talked.\n" * 9 for number in range(8))

    assert "attendee" not in {s.kind for s in read_report(f"# Minutes\n\n{times}").suggestions}
