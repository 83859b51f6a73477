"""What was taken out of the record, taken back, or purged."""

import pytest
from django.core.exceptions import PermissionDenied

from jukwaa.events import actions, participation
from jukwaa.events.actions import PledgeDetails
from jukwaa.events.models import Event, Host, Pledge
from jukwaa.records.actions import withdraw_record

pytestmark = pytest.mark.django_db


def test_in_what_was_taken_out_of_the_record_nobody_takes_part_and_nothing_is_changed(
    announce, call, delegate, organisation, rapporteur
):
    event = announce("Our day", by=delegate)
    called = call(event.occurrences.get())
    withdraw_record(actor=delegate, record=event, reason="By mistake.")
    called.event = Event.objects.select_related("coalition").get(pk=event.pk)

    sentence = "This event has been withdrawn"
    with pytest.raises(PermissionDenied, match=sentence):
        actions.pledge(actor=delegate, occurrence=called, organisation=organisation, promise=PledgeDetails("We sing."))
    with pytest.raises(PermissionDenied, match=sentence):
        actions.cancel_occurrence(actor=delegate, occurrence=called, reason="So.")
    assert not Pledge.objects.exists()


def test_what_came_of_a_pledge_that_was_taken_back_is_told_no_more(told, delegate):
    assert list(participation.find_feedback(told.pledge.occurrence)) == [told]
    actions.withdraw_pledge(actor=delegate, pledge=told.pledge)

    assert list(participation.find_feedback(told.pledge.occurrence)) == []


def test_purging_erases_what_people_wrote(called, pledge, told):
    given = pledge(called, "We sing.")
    Host.objects.create(occurrence=called, country="KE", name="Somebody of a committee")
    called.event.erase_texts()
    given.refresh_from_db()
    told.refresh_from_db()
    called.refresh_from_db()

    assert (given.activity, told.done, told.words, called.asks) == (
        "",
        "deleted permanently",
        "",
        "deleted permanently",
    )
    assert not Host.objects.exists()
