"""Offers and requests made in a meeting stay open until a member takes them up, or they are closed."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from jukwaa.meetings import actions
from jukwaa.meetings.models import Entry
from tests.factories import MeetingFactory


@pytest.fixture
def offer_entry(meeting, rapporteur):
    return actions.record_entry(actor=rapporteur, meeting=meeting, kind="offer", text="A venue is offered.")


def build_offer_url(route_name, *args):
    return reverse(f"meetings:{route_name}", args=["ours", *args])


def test_member_takes_up_an_offer_for_their_organisation(client, offer_entry, organisation, delegate):
    client.force_login(delegate)
    form = client.get(build_offer_url("entry_respond", offer_entry.pk)).context["form"]
    assert [value for value, _label in form.fields["response"].choices] == ["taken-up"]
    client.post(build_offer_url("entry_respond", offer_entry.pk), {"response": "taken-up", "whose": organisation.pk})
    client.logout()
    taken_up = Entry.objects.get()

    assert (taken_up.response, taken_up.taken_up_by.organisation) == ("taken-up", organisation)
    assert f"by {organisation}" in client.get(offer_entry.get_absolute_url()).text


def test_note_takers_close_and_reopen_offer(offer_entry, rapporteur, member):
    with pytest.raises(PermissionDenied):
        actions.respond_to_entry(actor=member, entry=offer_entry, response="closed")
    states = [
        actions.respond_to_entry(actor=rapporteur, entry=offer_entry, response=response).response
        for response in ("closed", "closed", "open")
    ]

    assert states == ["closed", "closed", "open"]


@pytest.mark.parametrize("persona", [None, "outsider"])
def test_others_cannot_take_up_offer(client, request, offer_entry, persona):
    if persona:
        client.force_login(request.getfixturevalue(persona))

    assert "Update the status" not in client.get(offer_entry.get_absolute_url()).text
    assert client.post(build_offer_url("entry_respond", offer_entry.pk), {"response": "taken-up"}).status_code in {
        302,
        403,
    }
    assert Entry.objects.get().response == "open"


def test_only_offers_and_requests_can_be_taken_up(client, meeting, rapporteur):
    topic = actions.record_entry(actor=rapporteur, meeting=meeting, kind="topic", text="Schools.")
    client.force_login(rapporteur)

    assert client.get(build_offer_url("entry_respond", topic.pk)).status_code == 404


def test_chatham_house_offer_names_no_respondent(meeting, rapporteur, member):
    part = actions.add_meeting_agenda_item(
        actor=rapporteur, meeting=meeting, title="Among ourselves", is_under_chatham_house_rule=True
    )
    quiet = actions.record_entry(actor=rapporteur, meeting=meeting, kind="offer", text="Help is offered.", part=part)
    taken_up = actions.respond_to_entry(actor=member, entry=quiet, response="taken-up")

    assert (taken_up.response, taken_up.taken_up_by) == ("taken-up", None)


@pytest.mark.parametrize("count", [1, 3])
def test_offer_list_is_filtered_by_status(client, coalition, rapporteur, count, django_assert_num_queries):
    for number in range(count):
        meeting = MeetingFactory(coalition=coalition, published=True)
        for kind in ("offer", "request"):
            entry = actions.record_entry(actor=rapporteur, meeting=meeting, kind=kind, text=f"{kind} {number}")
        actions.respond_to_entry(actor=rapporteur, entry=entry, response="closed")
    with django_assert_num_queries(2):
        everything = client.get(build_offer_url("response_list"))

    assert len(everything.context["page"].rows) == 2 * count
    for status in ("open", "closed"):
        assert len(client.get(build_offer_url("response_list"), {"status": status}).context["page"].rows) == count
