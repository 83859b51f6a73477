"""Titles that are questions, heads of tables, and lines that say when a meeting began: nothing to suggest."""

import pytest

from jukwaa.intake.reader import read_report

START = "# Coalition\n\n## Minutes of 3 May 2026\n\nPresent: Ana Lopes, Ben Okoro\n\n"


def find_kinds(text: str) -> list[str]:
    return [made.kind for made in read_report(START + text, language="en").suggestions if made.kind != "attendee"]


@pytest.mark.parametrize(
    "text",
    [
        "1. Which language do we work in?\n\nThe item was short.\n",
        "1. Fees\n\nThe item was short.\n\n2. Who pays for the map?\n\nThe item was short too.\n",
        "## Talks\n\nAGENDA / DISCUSSIONS | ACTION POINTS\n\n",
        "The chair opened at 10.04 with a song.\n",
        "Ana opened at 13.05, roll call.\n",
        "We began at 9.40 because the key was lost, and closed at 12.25.\n",
    ],
)
def test_title_or_opening_is_not_suggested(text):
    assert [kind for kind in find_kinds(text) if kind != "topic"] == []
    assert "AGENDA / DISCUSSIONS | ACTION POINTS" not in [
        made.quote for made in read_report(START + text, language="en").suggestions
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1. Who pays for the map?\n\n2. Who prints the map?\n\nThe item was short.\n", "request"),
        ("Ben was late. Which language do we work in?\n", "request"),
        ("We began at 9.40 and agreed to keep the fee.\n", "decision"),
        ("Ana opened the new school at Lom.\n", "report"),
        ("Ben opened a shop at 9 Elm Street.\n", "report"),
    ],
)
def test_question_or_report_in_the_text_is_suggested(text, kind):
    assert kind in find_kinds(text)
