"""What the agenda page offers before an agenda is sent, and whether members are asked for updates."""

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.mail.models import Message
from jukwaa.meetings.actions.agenda import add_agenda_item, remove_agenda_item
from jukwaa.meetings.actions.agenda_sending import send_meeting_agenda
from jukwaa.meetings.actions.member_updates import send_member_update
from jukwaa.meetings.meeting_reminders import send_due_meeting_agendas
from tests.meetings.planned_meetings import create_planned_meeting


@pytest.fixture
def meeting(mailing_coalition, coordinator):
    meeting = create_planned_meeting(mailing_coalition)
    add_agenda_item(actor=coordinator, meeting=meeting, title="The work plan", minutes=20)
    return meeting


def get_agenda_text(client, meeting):
    return client.get(reverse("meetings:agenda_detail", args=["ours", meeting.pk])).text


def test_draft_meeting_must_be_published_before_sending_agenda(client, mailing_coalition, coordinator):
    meeting = create_planned_meeting(mailing_coalition, state="draft", author=coordinator)
    add_agenda_item(actor=coordinator, meeting=meeting, title="The work plan")
    client.force_login(coordinator)
    text = get_agenda_text(client, meeting)

    assert "Publish the meeting before you send its agenda." in text
    assert f'<a href="{meeting.get_absolute_url()}">Go to the meeting page to publish it</a>' in text
    assert ("Mark the agenda as ready" in text, "Send agenda" in text) == (False, False)


def test_agenda_of_meeting_in_few_days_is_sent_at_once(client, mailing_coalition, coordinator):
    meeting = create_planned_meeting(mailing_coalition, days=4)
    add_agenda_item(actor=coordinator, meeting=meeting, title="The work plan")
    client.force_login(coordinator)
    text = get_agenda_text(client, meeting)
    answer = client.post(reverse("meetings:agenda_ready", args=["ours", meeting.pk]), follow=True)

    assert ("Send agenda" in text, "Mark the agenda as ready" in text) == (True, False)
    assert answer.text.count("The agenda is ready. We will send it to the members soon.") == 2
    assert "7 days before" not in answer.text


@pytest.mark.parametrize("is_wanted", [True, False])
def test_member_updates_item_can_be_omitted_from_sent_agenda(client, meeting, coordinator, is_wanted):
    client.force_login(coordinator)
    client.post(reverse("meetings:agenda_send", args=["ours", meeting.pk]), {"adds_updates": "on"} if is_wanted else {})
    send_due_meeting_agendas(timezone.now())
    body = Message.objects.get(to=coordinator.email).body

    assert meeting.parts.filter(holds_updates=True).exists() == is_wanted
    assert ("Updates from members" in body, "with an update on your work" in body) == (is_wanted, is_wanted)


def test_sending_again_does_not_restore_removed_updates_item(client, meeting, coordinator):
    send_meeting_agenda(actor=coordinator, meeting=meeting)
    remove_agenda_item(actor=coordinator, agenda_item=meeting.parts.get(holds_updates=True), from_version=1)
    client.force_login(coordinator)
    url = reverse("meetings:agenda_send", args=["ours", meeting.pk])
    field = client.get(url).context["form"]["adds_updates"]

    assert field.value() is False


def test_updates_on_the_agenda_are_explained_before_sending(client, meeting, coordinator, member):
    send_member_update(actor=member, meeting=meeting, text="We trained 40 volunteers.")
    client.force_login(coordinator)
    page = client.get(reverse("meetings:agenda_send", args=["ours", meeting.pk]))

    assert "“Updates from members” is on the agenda, so members can reply" in page.text
    assert "adds_updates" not in page.context["form"].fields
