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
from tests.concurrency import run_concurrently
from tests.factories import OccurrenceFactory, PledgeFactory

SEARCHED_WORDS = ("octopus", "squid", "wombat")


@pytest.fixture
def find_anchors(coalition, delegate):
    """Return the anchors of the search results for these words."""
    return lambda words: [hit.anchor for hit in index.search_records(coalition, delegate, words).hits]


@pytest.fixture
def rename_event(rapporteur):
    def rename_one_event(event, title):
        return actions.change_event(
            actor=rapporteur,
            event=event,
            changed_fields={"title": title},
            from_version=Event.objects.get(pk=event.pk).version,
        )

    return rename_one_event


@pytest.mark.django_db
def test_pledges_stay_in_search_when_event_is_edited(
    event, occurrence_with_call, make_pledge, rename_event, find_anchors
):
    given = make_pledge(occurrence_with_call, "We hold an octopus workshop.")
    written = Passage.objects.get(anchor=given.anchor).pk
    rename_event(event, "The day of safety")

    assert find_anchors("octopus") == [given.anchor]
    assert Passage.objects.get(anchor=given.anchor).pk == written  # not thousands of rows anew for one word
    assert find_anchors("day of safety") == [""]
    later = make_pledge(occurrence_with_call, "We hold a squid workshop.")
    assert find_anchors("squid") == [later.anchor]


@pytest.mark.django_db
def test_rebuilt_index_contains_pledges_and_calls(event, occurrence_with_call, find_anchors):
    given = [PledgeFactory(occurrence=occurrence_with_call, activity=f"{animal} workshop") for animal in SEARCHED_WORDS]
    Passage.objects.filter(record_id=event.pk).delete()
    call_command("reindex", stdout=StringIO())

    assert [find_anchors(animal) for animal in SEARCHED_WORDS] == [[each.anchor] for each in given]
    assert find_anchors("say what you will do") == [occurrence_with_call.anchor]
    Pledge.objects.filter(pk=given[0].pk).update(activity="Something else")
    call_command("reindex", stdout=StringIO())
    assert find_anchors(SEARCHED_WORDS[0]) == []


@pytest.mark.parametrize("repetition", range(3))
def test_concurrent_pledges_and_event_edit_are_indexed(
    transactional_db,
    event,
    occurrence_with_call,
    open_call_for_pledges,
    make_pledge,
    rename_event,
    find_anchors,
    repetition,
):
    next_one = open_call_for_pledges(
        OccurrenceFactory(event=event, starts_on=timezone.localdate() + timedelta(days=400))
    )
    came = run_concurrently(
        lambda: make_pledge(occurrence_with_call, "We hold an octopus workshop."),
        lambda: make_pledge(next_one, "We hold a squid workshop."),
        lambda: rename_event(event, "The day of safety"),
    )

    assert [type(each) for each in came] == [Pledge, Pledge, Event]
    assert [len(find_anchors(word)) for word in ("octopus", "squid", "safety")] == [1, 1, 1]


@pytest.mark.django_db
def test_search_result_links_to_page_with_pledge(client, coalition, event, occurrence_with_call, delegate):
    for code in ("BR", "KE"):
        for number in range(25):
            PledgeFactory(occurrence=occurrence_with_call, country=code, activity=f"Lesson {number} in {code}")
    given = PledgeFactory(occurrence=occurrence_with_call, country="KE", activity="An octopus workshop")
    first = occurrence_with_call.pledges.order_by("country", "pk").first()
    index.reindex_record(event, is_rebuild=True)
    (hit,) = index.search_records(coalition, delegate, "octopus").hits
    place = client.get(hit.url)

    assert place.status_code == 302
    assert place.url.endswith(f"#{given.anchor}")
    assert f'<li id="{given.anchor}">' in client.get(place.url).text
    assert "?after=" in place.url
    assert "?after=" not in client.get(hit.url.replace(f"/{given.pk}/", f"/{first.pk}/")).url


@pytest.mark.django_db
def test_search_result_in_call_links_to_its_date(client, coalition, occurrence_with_call, delegate):
    (hit,) = index.search_records(coalition, delegate, "say what you will do").hits

    assert hit.url.endswith(f"#{occurrence_with_call.anchor}")
    assert f'<li id="{occurrence_with_call.anchor}">' in client.get(hit.url).text


@pytest.mark.django_db
def test_withdrawn_pledge_has_no_search_link(client, occurrence_with_call, make_pledge, delegate):
    given = make_pledge(occurrence_with_call)
    place = reverse("events:pledge_place", args=["ours", occurrence_with_call.event_id, given.pk])
    assert client.get(place).status_code == 302
    actions.withdraw_pledge(actor=delegate, pledge=given)

    assert client.get(place).status_code == 404
