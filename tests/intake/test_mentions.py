"""Mentions of people and dates in a report are no names of accounts."""

import pytest
from django.urls import reverse

from jukwaa.intake.handles import is_mention
from tests.intake.readings import create_reading
from tests.intake.test_reading_entries import accept_all_suggestions

MENTIONS_TEXT = """Minutes

Attendees: Aïssatou Diallo, Nilza Tavares

It was agreed that @Aïssatou would share the draft on @October 9, 2026.

It was agreed that the members would continue to write to @%s about the guide.
"""


@pytest.mark.parametrize(
    ("handle", "is_expected"),
    [
        ("@Aïssatou", True),
        ("@aissatou", True),
        ("@Diallo", True),
        ("@October", True),
        ("@vendredi", True),
        ("@Aïssatou99", False),
        ("@aissatou_d", False),
        ("@aissatou.d", False),
        ("@darkangel", False),
    ],
)
def test_mentions_are_names_in_report_and_dates(handle, is_expected):
    assert is_mention(handle, ["Aïssatou Diallo", "Nilza Tavares"]) is is_expected


@pytest.mark.parametrize(("handle", "is_named"), [("Nilza", False), ("some_account99", True), ("darkangel", True)])
def test_only_accounts_are_named_before_adding_to_record(client, coalition, rapporteur, handle, is_named):
    reading = create_reading(coalition, rapporteur, MENTIONS_TEXT % handle)
    accept_all_suggestions(reading, rapporteur)
    client.force_login(rapporteur)
    response = client.get(reverse("intake:reading_enter", args=[coalition.slug, reading.pk]))

    texts = [item.suggestion.text for item in response.context["plan"].entry_items]
    assert any("@Aïssatou" in text for text in texts)
    named = {number for number, what, _instead in response.context["warnings"] if what == "an account name"}
    assert named == {
        item.suggestion.sentence.number
        for item in response.context["plan"].entry_items
        if is_named and f"@{handle}" in item.suggestion.text
    }
    assert bool(named) == is_named
