"""Events and outreach plans that belong to a meeting are shown there, and the meeting with them."""

import pytest
from django.urls import reverse

from jukwaa.records.actions import withdraw_record
from jukwaa.records.models import Label, Link
from tests.factories import EventFactory, OutreachFactory
from tests.meetings.scheduled_meetings import schedule_meeting


@pytest.fixture
def meeting(coalition, rapporteur):
    return schedule_meeting(coalition, rapporteur)


@pytest.fixture
def event(coalition):
    return EventFactory(coalition=coalition, title="Safer Internet Day", published=True)


@pytest.fixture
def select_related_records(client, coalition, meeting, rapporteur):
    client.force_login(rapporteur)
    url = reverse("meetings:related_edit", args=[coalition.slug, meeting.pk])

    def post_selected_records(*records):
        return client.post(url, {"records": [record.pk for record in records]}, follow=True)

    return post_selected_records


def test_related_event_is_shown_on_both_pages(client, select_related_records, meeting, event):
    page = select_related_records(event)
    assert "Changes saved." in page.text
    assert event.get_absolute_url() in page.text
    assert meeting.get_absolute_url() in client.get(event.get_absolute_url()).text


def test_outreach_plan_names_related_meeting(client, select_related_records, coalition, meeting, rapporteur):
    plan = OutreachFactory(coalition=coalition, title="A plan", published=True, author=rapporteur)
    select_related_records(plan)

    assert meeting.get_absolute_url() in client.get(plan.get_absolute_url()).text


def test_link_can_be_removed(select_related_records, event):
    select_related_records(event)
    select_related_records()

    assert not Link.objects.exists()


def test_selection_preserves_related_records_hidden_from_editor(select_related_records, coalition, meeting, event):
    hidden = EventFactory(coalition=coalition, label=Label.RED, published=True)
    Link.objects.create(from_record=hidden, to_record=meeting, relation=Link.Relation.RELATES_TO)
    select_related_records(event)

    assert Link.objects.count() == 2


def test_withdrawn_event_is_hidden(client, select_related_records, meeting, event, coordinator):
    select_related_records(event)
    withdraw_record(actor=coordinator, record=event, reason="It is not held.")

    assert "Safer Internet Day" not in client.get(meeting.get_absolute_url()).text


def test_only_note_takers_select_related_records(client, coalition, meeting, member):
    client.force_login(member)

    assert client.get(reverse("meetings:related_edit", args=[coalition.slug, meeting.pk])).status_code == 403
