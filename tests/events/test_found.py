"""Pledges and calls in the search: they stay found whatever becomes of the event."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from jukwaa.events import actions
from jukwaa.events.models import Event, Pledge
from jukwaa.records import index
from jukwaa.records.models import Passage
from tests.at_once import at_once
from tests.factories import OccurrenceFactory, PledgeFactory

ANIMALS = ("octopus", "squid", "wombat")


@pytest.fixture
def found(coalition, delegate):
    """The anchors of what these words find."""
    return lambda words: [hit.anchor for hit in index.search(coalition, delegate, words).hits]


@pytest.fixture
def rename(rapporteur):
    def one(event, title):
        return actions.change_event(
            actor=rapporteur,
            event=event,
            changes={"title": title},
            from_version=Event.objects.get(pk=event.pk).version,
        )

    return one


@pytest.mark.django_db
def test_pledges_of_all_years_stay_found_when_the_event_is_changed(event, called, pledge, rename, found):
    given = pledge(called, "We hold an octopus workshop.")
    written = Passage.objects.get(anchor=given.anchor).pk
    rename(event, "The day of safety")

    assert found("octopus") == [given.anchor]
    assert Passage.objects.get(anchor=given.anchor).pk == written  # not thousands of rows anew for one word
    assert found("day of safety") == [""]
    later = pledge(called, "We hold a squid workshop.")
    assert found("squid") == [later.anchor]


@pytest.mark.django_db
def test_the_index_that_is_written_anew_holds_every_pledge_and_call(event, called, found):
    given = [PledgeFactory(occurrence=called, activity=f"{animal} workshop") for animal in ANIMALS]
    Passage.objects.filter(record_id=event.pk).delete()
    call_command("reindex", stdout=StringIO())

    assert [found(animal) for animal in ANIMALS] == [[each.anchor] for each in given]
    assert found("say what you will do") == [called.anchor]
    Pledge.objects.filter(pk=given[0].pk).update(activity="Something else")
    call_command("reindex", stdout=StringIO())
    assert found(ANIMALS[0]) == []


@pytest.mark.parametrize("turn", range(3))
def test_pledges_of_two_years_at_once_and_a_change_of_the_event_all_stay_found(
    transactional_db, event, called, call, pledge, rename, found, turn
):
    next_one = call(OccurrenceFactory(event=event, starts_on=timezone.localdate() + timedelta(days=400)))
    came = at_once(
        lambda: pledge(called, "We hold an octopus workshop."),
        lambda: pledge(next_one, "We hold a squid workshop."),
        lambda: rename(event, "The day of safety"),
    )

    assert [type(each) for each in came] == [Pledge, Pledge, Event]
    assert [len(found(word)) for word in ("octopus", "squid", "safety")] == [1, 1, 1]


@pytest.mark.django_db
def test_what_was_found_leads_to_the_pledge_on_whichever_page_of_the_list_it_stands(
    client, coalition, event, called, delegate
):
    for code in ("BR", "KE"):
        for number in range(25):
            PledgeFactory(occurrence=called, country=code, activity=f"Lesson {number} in {code}")
    given = PledgeFactory(occurrence=called, country="KE", activity="An octopus workshop")
    first = called.pledges.order_by("country", "pk").first()
    index.reindex_record(event, anew=True)
    (hit,) = index.search(coalition, delegate, "octopus").hits
    place = client.get(hit.url)

    assert place.status_code == 302
    assert place.url.endswith(f"#{given.anchor}")
    assert f'<li id="{given.anchor}">' in client.get(place.url).text
    assert "?after=" in place.url
    assert "?after=" not in client.get(hit.url.replace(f"/{given.pk}/", f"/{first.pk}/")).url


@pytest.mark.django_db
def test_what_was_found_in_a_call_leads_to_its_date_on_the_page_of_the_event(client, coalition, called, delegate):
    (hit,) = index.search(coalition, delegate, "say what you will do").hits

    assert hit.url.endswith(f"#{called.anchor}")
    assert f'<li id="{called.anchor}">' in client.get(hit.url).text


@pytest.mark.django_db
def test_a_pledge_that_was_taken_back_has_no_place(client, called, pledge, delegate):
    given = pledge(called)
    place = reverse("events:pledge_place", args=["ours", called.event_id, given.pk])
    assert client.get(place).status_code == 302
    actions.withdraw_pledge(actor=delegate, pledge=given)

    assert client.get(place).status_code == 404
