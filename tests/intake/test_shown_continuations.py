"""Commitments that a report continues are updated as the page showed them, and as they were selected on it."""

import re

import pytest
from django.urls import reverse

from jukwaa.intake import actions
from jukwaa.meetings.models import Commitment
from tests.factories import OrganisationFactory
from tests.intake.readings import create_reading
from tests.intake.test_continued_commitments import FIRST, JUNE, MARCH, SECOND, add_report, list_history


@pytest.fixture
def reading(client, coalition, rapporteur):
    client.force_login(rapporteur)
    OrganisationFactory(coalition=coalition, name="Reef Trust International")
    text = f"{SECOND}\nParticipants: Reef Trust\n"
    reading = create_reading(coalition, rapporteur, text, meeting_on=JUNE, label="TLP:GREEN")
    for kind in ("commitment", "attendee"):
        actions.accept_remaining_suggestions(actor=rapporteur, reading=reading, suggestion_kind=kind)
    return reading


def find_url(reading) -> str:
    return reverse("intake:reading_enter", args=[reading.coalition.slug, reading.pk])


def find_shown(page: str) -> list[str]:
    return re.findall('name="shown" value="([^"]+)"', page)


@pytest.mark.parametrize("is_seen_with_other_changes", [True, False])
def test_commitments_that_the_page_did_not_show_are_shown_first(
    client, coalition, rapporteur, reading, is_seen_with_other_changes
):
    if is_seen_with_other_changes:
        add_report(coalition, rapporteur, MARCH, FIRST)
    shown = find_shown(client.get(find_url(reading)).text)
    if is_seen_with_other_changes:
        Commitment.objects.filter(entry__text__contains="invoice").update(progress="kept", closed_on=JUNE)
    else:
        add_report(coalition, rapporteur, MARCH)
    history = list_history()

    refused = client.post(find_url(reading), {"shown": shown})

    assert refused.status_code == 422
    assert "Check the commitments that continue earlier commitments, because these have changed." in refused.text
    assert list_history() == history
    added = client.post(find_url(reading), {"shown": find_shown(refused.text)}, follow=True)
    assert "2 earlier commitments updated." in added.text


def test_matching_a_name_keeps_what_is_separate(client, coalition, rapporteur, reading):
    add_report(coalition, rapporteur, MARCH)
    page = client.get(find_url(reading))
    separate = [item.suggestion.pk for item in page.context["plan"].continued_items]
    match_url = re.search('formaction="([^"]*from=add)"', page.text)[1]

    page = client.post(match_url, {"separate": separate}, follow=True)

    assert [item.is_separate for item in page.context["plan"].continued_items] == [True, True]
    assert page.context["plan"].offered == []


@pytest.mark.parametrize("value", ["9" * 5000, "-1", "x", "²"])
def test_odd_values_are_ignored(client, coalition, rapporteur, reading, value):
    add_report(coalition, rapporteur, MARCH)
    shown = [*find_shown(client.get(find_url(reading)).text), value]

    added = client.post(find_url(reading), {"separate": value, "shown": shown}, follow=True)

    assert "2 earlier commitments updated." in added.text
