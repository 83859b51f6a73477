"""Sentences without an entry, as the table of a report shows them between the entries."""

import pytest

from tests.intake.readings import create_reading
from tests.intake.test_entry_table import build_form_data, get_url, load_table, minutes

__all__ = ["minutes"]


def test_sentences_with_attendance_and_without_entry_have_blocks_of_their_own(minutes):
    blocks = {row.block: row.sentence_row.quote for row in reversed(load_table(minutes).rows)}
    assert blocks == {
        "sentences": "Meeting in Nairobi",
        "attendance": "Present: Ana Lopes (Oak Trust), Ben Okoro (Elm Farm)",
        "entries": "It was agreed that the fees stay as they are.",
    }


@pytest.mark.parametrize(
    ("mark", "shown"), [("| ", ""), ("| 3 | ", "3"), ("3. ", "3."), ("- ", "•"), ("## ", ""), ("**", "")]
)
def test_mark_before_a_sentence_has_no_signs_of_tables(minutes, mark, shown):
    row = load_table(minutes).rows[0].sentence_row
    row.mark = mark

    assert row.heading_mark == shown


@pytest.mark.parametrize(
    ("line", "has_row"),
    [
        ("| Topic | Who | Deadline |", False),
        ("| Name | Organisation | Country |", False),
        ("| 10.40 |", False),
        ("| 12 |", False),
        ("| Decision | The fees stay |", True),
        ("| Chair | Ana Lopes |", True),
        ("| 4 | We need a new leaflet | Ana |", True),
        ("| 10.40 | We need a new leaflet |", True),
        ("Who will do it by the deadline", True),
    ],
)
def test_heads_of_tables_and_lines_without_letters_have_no_row(coalition, rapporteur, line, has_row):
    minutes = create_reading(coalition, rapporteur, f"Minutes\n\nIt rained.\n\n{line}\n\nIt was cold.\n")
    minutes.suggestions.all().delete()
    words = {row.sentence_row.quote for row in load_table(minutes).rows} - {"Minutes", "It rained.", "It was cold."}

    assert bool(words) == has_row


def test_sentences_without_entry_are_shown_as_text(minutes, rapporteur, client):
    client.force_login(rapporteur)
    page = client.get(get_url(minutes)).text

    assert 'dir="auto">The hotline now has two new people.</summary>' in page
    assert "Attendance: 1 sentence</summary>" in page
    assert "<details open>" not in page


def test_sentence_with_attendance_can_become_a_decision(coalition, rapporteur, client):
    text = "Minutes\n\nNew members: Oak Trust, Elm Farm\n\nIt rained."
    minutes = create_reading(coalition, rapporteur, text)
    assert list(minutes.suggestions.values_list("kind", flat=True)) == ["new_member"]
    assert [row.block for row in load_table(minutes).rows] == ["sentences"] * 3
    client.force_login(rapporteur)
    data = build_form_data(minutes, Elm={"kind": "decision"})
    client.post(get_url(minutes), data)
    client.post(get_url(minutes), data)

    assert sorted(minutes.suggestions.values_list("kind", "decision")) == [
        ("decision", "accepted"),
        ("new_member", "waiting"),
    ]


@pytest.mark.parametrize(
    ("quote", "text", "shown"),
    [
        ("4/2 | Send the list | Ana | done", "Send the list", ("4/2 | ", "Send the list", " | Ana | done")),
        ("Send the list", "Send the list", None),
        ("Send the list", "Draft the list", None),
    ],
)
def test_text_for_the_record_is_shown_within_its_sentence(minutes, quote, text, shown):
    row = next(row for row in load_table(minutes).rows if row.suggestion)
    row.suggestion.text, row.sentence_row.quote = text, quote

    assert row.quote_around_text == shown
    assert row.other_text == ("" if text in quote else text)


@pytest.mark.parametrize(
    ("quote", "due_text", "shown"),
    [
        ("Send the list | Ana |  20/3 ", "20/3", ""),
        ("Send the list", "within 10 days", "within 10 days"),
        ("Send the list", "", ""),
    ],
)
def test_words_of_a_deadline_are_not_repeated_beside_the_sentence(minutes, quote, due_text, shown):
    row = next(row for row in load_table(minutes).rows if row.suggestion)
    row.suggestion.due_text, row.sentence_row.quote = due_text, quote

    assert row.other_due_text == shown


def test_line_of_text_has_no_bars_around_it(minutes):
    row = load_table(minutes).rows[0]
    row.sentence_row.quote = "| 6/4 Ana | "

    assert row.text_line == "6/4 Ana"
