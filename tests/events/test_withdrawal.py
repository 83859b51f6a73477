"""Events and pledges that are withdrawn or deleted permanently."""

import pytest
from django.core.exceptions import PermissionDenied

from jukwaa.events import actions, participation
from jukwaa.events.actions import PledgeDetails
from jukwaa.events.models import Event, Host, Pledge
from jukwaa.records.actions import withdraw_record

pytestmark = pytest.mark.django_db


def test_withdrawn_event_accepts_no_pledges_or_changes(
    announce_event, open_call_for_pledges, delegate, organisation, rapporteur
):
    event = announce_event("Our day", by=delegate)
    called = open_call_for_pledges(event.occurrences.get())
    withdraw_record(actor=delegate, record=event, reason="By mistake.")
    called.event = Event.objects.select_related("coalition").get(pk=event.pk)

    sentence = "This event has been withdrawn"
    with pytest.raises(PermissionDenied, match=sentence):
        actions.pledge(actor=delegate, occurrence=called, organisation=organisation, promise=PledgeDetails("We sing."))
    with pytest.raises(PermissionDenied, match=sentence):
        actions.cancel_event_occurrence(actor=delegate, occurrence=called, reason="So.")
    assert not Pledge.objects.exists()


def test_withdrawn_pledge_accepts_no_feedback(reported_pledge, delegate):
    assert list(participation.find_occurrence_feedback(reported_pledge.pledge.occurrence)) == [reported_pledge]
    actions.withdraw_pledge(actor=delegate, pledge=reported_pledge.pledge)

    assert list(participation.find_occurrence_feedback(reported_pledge.pledge.occurrence)) == []


def test_permanent_deletion_erases_pledges_and_feedback(occurrence_with_call, make_pledge, reported_pledge):
    given = make_pledge(occurrence_with_call, "We sing.")
    Host.objects.create(occurrence=occurrence_with_call, country="KE", name="Somebody of a committee")
    occurrence_with_call.event.erase_texts()
    given.refresh_from_db()
    reported_pledge.refresh_from_db()
    occurrence_with_call.refresh_from_db()

    assert (given.activity, reported_pledge.done, reported_pledge.words, occurrence_with_call.asks) == (
        "",
        "deleted permanently",
        "",
        "deleted permanently",
    )
    assert not Host.objects.exists()
