"""Whatever the text, a reading points at it exactly, and in linear time."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jukwaa.intake.reader import SUGGESTION_KINDS, read_report
from tests.deep import get_example_count

TEXT_PIECES = st.sampled_from(
    [
        "The board agreed to meet again. ",
        "Present: Ana Lopes, Ben Okoro\n",
        "# Decisions\n",
        "- ACTION: Ana to paint\n",
        "\n\n",
        "\r\n",
        "\f",
        "\u202e",
        "[a](http://example.org) ",
        "**bold** ",
        "| a | b |\n|---|---|\n",
        "Mr. ",
        "12\n",
        "> ",
        "SH: ",
        "(",
        "“",
        "\x00",
        "\x1c",
        "They said ",
        "会議 ",
        "---\n",
        "<li>",
    ]
)
# Lines that are empty once their marks are removed, between others.
WHOLE_LINES = st.sampled_from(
    [
        "> \n",
        "&nbsp;\n",
        "- \n",
        "** **\n",
        "The committee closes.\n",
        "- Ben to paint\n",
        ":\n",
        "| |\n",
        "<td>",
        "<tr><td>a<td>b</tr>",
        "| Action | Who | Due |\n",
        "| Paint | Ana | 3 May |\n",
        "    - by 3 May\n",
    ]
)
DOCUMENT_STRATEGY = st.one_of(
    st.text(max_size=400),
    st.lists(st.one_of(TEXT_PIECES, st.text(max_size=8)), max_size=40).map("".join),
    st.lists(WHOLE_LINES, max_size=12).map("".join),
)
MEGABYTE = 1_000_000
HOSTILE_TEXTS = {
    "spaces": " " * MEGABYTE,
    "one letter": "a" * MEGABYTE,
    "brackets": "[" * MEGABYTE,
    "brackets apart": "( " * (MEGABYTE // 2),
    "links never closed": "[a](" * (MEGABYTE // 4),
    "tags never closed": "<a " * (MEGABYTE // 3),
    "stars": "* " * (MEGABYTE // 2),
    "one line": "The members will meet and agreed to " * 5_600,
    "lines": "\n" * MEGABYTE,
    "full stops": ". " * (MEGABYTE // 2),
}


@given(DOCUMENT_STRATEGY)
@settings(max_examples=get_example_count(150), deadline=None)
def test_every_quotation_matches_text_at_offset(text):
    reading = read_report(text, language="en")

    assert [text[s.start : s.end] for s in reading.sentences] == [s.quote for s in reading.sentences]
    assert [text[s.start : s.end] for s in reading.suggestions] == [s.quote for s in reading.suggestions]
    assert {s.kind for s in reading.suggestions} <= set(SUGGESTION_KINDS)


@given(DOCUMENT_STRATEGY)
@settings(max_examples=get_example_count(100), deadline=None)
def test_sentences_are_ordered_and_do_not_overlap(text):
    places = [place for s in read_report(text).sentences for place in (s.start, s.end)]

    assert places == sorted(places)


@given(DOCUMENT_STRATEGY)
@settings(max_examples=get_example_count(50), deadline=None)
def test_reading_is_deterministic(text):
    assert read_report(text) == read_report(text)


@pytest.mark.parametrize("text_case", HOSTILE_TEXTS)
@pytest.mark.slow
def test_hostile_megabyte_is_read_within_seconds(text_case):
    started = time.process_time()

    read_report(HOSTILE_TEXTS[text_case], language="en")

    assert time.process_time() - started < 20
