"""After a table of entries is saved, the last check offers the sentences that are built like those that were added."""

from datetime import date

import pytest
from django.urls import reverse

from jukwaa.intake.models import Reading
from tests.intake.readings import create_reading
from tests.intake.test_entry_table import build_form_data, get_number, get_url

TEXT = """Meeting in Nairobi

Zog 1: the fees for 2028 will be 40 francs.

Zog 2: the website will be in three languages.

Zog 3: the next leaflet will be about games.

The fees stay as they are.
"""


@pytest.fixture
def minutes(coalition, rapporteur) -> Reading:
    return create_reading(coalition, rapporteur, TEXT, meeting_on=date(2027, 2, 1))


def save_table(client, reading, **changes):
    return client.post(get_url(reading), build_form_data(reading, **changes), follow=True)


def press_offer(client, reading, page):
    [similar] = page.context["similar_sentences"]
    data = {
        "version": similar.example.version,
        "sentences": similar.sentence_numbers,
        "similar": page.context["examples"],
    }
    place = [reading.coalition.slug, reading.pk, similar.example.pk]
    return client.post(reverse("intake:similar_add", args=place), data, follow=True)


def test_rows_like_the_one_that_was_added_are_offered_and_added(client, minutes, rapporteur):
    client.force_login(rapporteur)
    assert get_number(minutes, "francs")
    page = save_table(client, minutes, francs={"kind": "decision"})

    assert "2 other sentences begin with “Zog" in page.text
    page = press_offer(client, minutes, page)
    assert "Added 2 entries: Decision." in page.text
    kept = minutes.suggestions.kept().filter(kind="decision").order_by("sentence__number")
    assert list(kept.values_list("text", flat=True)) == [
        "Zog 1: the fees for 2028 will be 40 francs.",
        "Zog 2: the website will be in three languages.",
        "Zog 3: the next leaflet will be about games.",
    ]
    assert (page.redirect_chain[-1][0].split("?")[0], page.context["similar_sentences"]) == (
        reverse("intake:reading_enter", args=[minutes.coalition.slug, minutes.pk]),
        [],
    )


@pytest.mark.parametrize("changed", [{}, {"stay": {"kind": "decision"}}])
def test_nothing_is_offered_where_nothing_is_similar(client, minutes, rapporteur, changed):
    client.force_login(rapporteur)

    assert save_table(client, minutes, **changed).context["similar_sentences"] == []


def test_offer_is_for_the_person_who_gave_the_example(client, minutes, rapporteur, coordinator):
    client.force_login(rapporteur)
    address = save_table(client, minutes, francs={"kind": "decision"}).redirect_chain[-1][0]
    client.force_login(coordinator)

    assert client.get(address).context["similar_sentences"] == []


def test_odd_numbers_in_the_address_are_ignored(client, minutes, rapporteur):
    client.force_login(rapporteur)
    address = reverse("intake:reading_enter", args=[minutes.coalition.slug, minutes.pk])

    assert client.get(f"{address}?similar=x,-1,{'9' * 400},0").context["similar_sentences"] == []
