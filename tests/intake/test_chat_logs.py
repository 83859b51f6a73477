"""Logs of meetings on IRC: each line is a sentence, and its time is never a day."""

from datetime import date

import pytest

from jukwaa.intake.meeting_facts import find_meeting_facts
from jukwaa.intake.meeting_titles import suggest_meeting_title
from jukwaa.intake.reader import read_report

HEAD = """10:00:01 <logbot> logging to https://irc.example/2026/05/12
10:00:20 <ana> Meeting: Mast Working Group, weekly
10:00:31 <ana> Date: 12 May 2026
10:00:40 <ana> chair: Ana
10:01:02 <ana> present+ ana (Ana Lopes, Elm Trust)
10:01:09 <ben_o> present+ Ben Okoro
10:01:15 <dina> present+ dina [Oak Lab], sorry power cut
10:01:20 <ana> regrets: Theo, Mara
"""
TAIL = "10:40:00 <ana> thanks all\n"


def read_log(*lines):
    body = "".join(f"10:3{number}:11 {line}\n" for number, line in enumerate(lines))
    return read_report(HEAD + body + TAIL)


def list_entries(reading, *kinds):
    return [(made.words or made.quote, made.actors) for made in reading.suggestions if made.kind in kinds]


def test_people_of_a_log_are_present_or_sent_apologies():
    people = [made for made in read_log().suggestions if made.kind == "attendee"]

    assert [(made.actors, made.group, made.status, made.is_chair) for made in people] == [
        (("Ana Lopes",), "Elm Trust", "", True),
        (("Ben Okoro",), "", "", False),
        (("dina",), "Oak Lab", "", False),
        (("Theo",), "", "apologies", False),
        (("Mara",), "", "apologies", False),
    ]


@pytest.mark.parametrize(
    ("line", "owners", "due"),
    [
        ("<ana> ACTION: ben_o to write the note - due 2026-05-20", ("Ben Okoro",), "due 2026-05-20"),
        ("<ana> ACTION: ben_o and dina to write the note", ("Ben Okoro", "dina"), ""),
        ("<ana> ACTION-41 dina: write the note", ("dina",), ""),
        ("<ana> #action ana to write the note", ("Ana Lopes",), ""),
    ],
)
def test_action_of_a_log_has_its_owners_and_deadline(line, owners, due):
    [made] = [made for made in read_log(line, "<ben_o> next").suggestions if made.kind == "commitment"]

    assert (made.words, made.actors, made.due) == ("write the note", owners, due)


def test_time_of_the_next_line_is_no_day_of_a_decision():
    reading = read_log("<ana> RESOLVED: the format is frozen until January", "<ana> ACTION: dina to tell the list")

    assert list_entries(reading, "decision") == [("the format is frozen until January", ())]
    assert [made.due for made in reading.suggestions if made.kind == "commitment"] == [""]


def test_closed_action_is_done():
    reading = read_log("<ana> ACTION-7 dina: publish the list", "<dina> done", "<ana> close ACTION-7")

    assert [made.status for made in reading.suggestions if made.kind == "commitment"] == ["done"]


@pytest.mark.parametrize(
    "lines",
    [
        ("<ana> PROPOSAL: ship the pictures", "<dina> -1", "<ana> withdrawn"),
        ("<ana> zakim, next item",),
        ("<logbot> I have made the request to generate the minutes",),
        ("<dina> maybe I'll write the note",),
        ("*** dina has quit (Ping timeout)",),
        ("<ben_o> +1",),
    ],
)
def test_other_lines_say_nothing_for_the_record(lines):
    assert [made for made in read_log(*lines).suggestions if made.kind != "attendee"] == []


def test_resolved_proposal_is_one_decision():
    reading = read_log("<ana> PROPOSAL: the fee stays", "<dina> +1", "<ana> RESOLVED: the fee stays")

    assert list_entries(reading, "decision", "proposal") == [("the fee stays", ())]


def test_topic_of_a_log_has_no_speaker():
    reading = read_log("<dina> Topic: Test set", "<ana> next call 19 May, 10:00 UTC")

    assert list_entries(reading, "topic") == [("Test set", ())]
    assert list_entries(reading, "next_meeting") == [("next call 19 May, 10:00 UTC", ())]


def test_sentences_of_a_log_are_its_messages():
    reading = read_log("<ana> ACTION: ben_o to write the note", "<ben_o> ok")

    assert all(reading.text[each.start : each.end] == each.quote for each in reading.sentences)
    assert "ACTION: ben_o to write the note" in [each.quote for each in reading.sentences]


def test_facts_and_title_of_a_log():
    text = HEAD + TAIL
    facts = find_meeting_facts(text, "12-mast-irc.txt")

    assert (facts.day, facts.place) == (date(2026, 5, 12), "Online")
    assert suggest_meeting_title(text, "12-mast-irc.txt") == "Mast Working Group, weekly"


def test_minutes_that_quote_a_chat_are_no_log():
    text = "# Minutes\n\nAna Lopes opened the call.\n\n10:01 <ana> hello\n\n- Decision: the fee stays.\n"

    assert list_entries(read_report(text), "decision") == [("the fee stays.", ())]
