"""Approving emails where they are sent from, and all emails that tell the same."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from jukwaa.mail.models import Message
from jukwaa.meetings.actions import send_meeting_invitations
from jukwaa.meetings.actions.agenda import add_agenda_item
from jukwaa.meetings.actions.agenda_sending import send_meeting_agenda
from jukwaa.updates.actions import approve_record_emails
from jukwaa.updates.clock import tick
from jukwaa.updates.models import Letter
from tests.factories import MeetingFactory


@pytest.fixture
def meeting(coalition, rapporteur):
    return MeetingFactory(
        coalition=coalition, author=rapporteur, starts_on=date(2099, 1, 14), title="Board", published=True
    )


def list_message_states(key_prefix):
    return sorted(Message.objects.filter(key__startswith=key_prefix).values_list("to", "held"))


def approve_on_page(client, person, record):
    client.force_login(person)
    url = reverse("updates:record_emails_release", args=[record.coalition.slug, record.pk])
    return client.post(url, {"next": record.get_absolute_url()}, follow=True)


def test_invitation_approved_before_it_is_written_is_sent_once(
    client, coalition, coordinator, member, rapporteur, meeting
):
    send_meeting_invitations(actor=coordinator, meeting=meeting)
    client.force_login(coordinator)
    page = client.get(meeting.get_absolute_url()).text
    assert ("Emails about “<bdi>Board</bdi>” will be ready soon." in page, "Approve and send" in page) == (True, True)

    page = approve_on_page(client, coordinator, meeting).text
    assert ("Emails approved. We will send them soon." in page, "Approve and send" in page) == (True, False)
    tick()
    tick()

    invited = [(address, False) for address in sorted([coordinator.email, member.email, rapporteur.email])]
    assert [row for row in list_message_states("invited:") if row[0] in dict(invited)] == invited


def test_written_invitation_is_approved_with_one_press(client, coordinator, member, meeting):
    send_meeting_invitations(actor=coordinator, meeting=meeting)
    tick()
    before = list_message_states("invited:")
    client.force_login(coordinator)
    page = client.get(meeting.get_absolute_url()).text
    waiting = sum(held for _address, held in before)  # the coordinator's own email needs no approval
    assert f"{waiting} emails about “<bdi>Board</bdi>” are waiting for your approval." in page
    assert f"?record={meeting.pk}" in page

    approve_on_page(client, coordinator, meeting)
    tick()

    assert (member.email, True) in before
    assert list_message_states("invited:") == [(address, False) for address, _held in before]


def test_later_emails_about_same_record_wait_again(coordinator, member, meeting):
    send_meeting_invitations(actor=coordinator, meeting=meeting)
    approve_record_emails(actor=coordinator, record=meeting)
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        add_agenda_item(actor=coordinator, meeting=meeting, title="Budget")
        send_meeting_agenda(actor=coordinator, meeting=meeting)
        tick()

    assert {held for _to, held in list_message_states("invited:")} == {False}
    assert {held for to, held in list_message_states("agenda:") if to != coordinator.email} == {True}


def test_agenda_is_approved_before_it_is_written(client, coalition, coordinator, member, meeting):
    add_agenda_item(actor=coordinator, meeting=meeting, title="Budget")
    send_meeting_agenda(actor=coordinator, meeting=meeting)
    client.force_login(coordinator)
    path = reverse("meetings:agenda_detail", args=[coalition.slug, meeting.pk])
    assert "Approve and send" in client.get(path).text
    approve_on_page(client, coordinator, meeting)
    assert "Approve and send" not in client.get(path).text
    tick()

    assert (member.email, False) in list_message_states("agenda:")


def test_only_coordinators_approve_and_others_learn_who_does(client, member, rapporteur, coordinator, meeting):
    send_meeting_invitations(actor=coordinator, meeting=meeting)
    client.force_login(rapporteur)
    page = client.get(meeting.get_absolute_url()).text
    assert "Emails about “<bdi>Board</bdi>” are waiting for approval by a coordinator." in page
    assert "Approve and send" not in page
    client.force_login(member)
    assert "waiting for approval" not in client.get(meeting.get_absolute_url()).text
    for person in (member, rapporteur):
        assert approve_on_page(client, person, meeting).status_code == 403
        with pytest.raises(PermissionDenied):
            approve_record_emails(actor=person, record=meeting)


def test_waiting_emails_are_grouped_by_what_they_tell(client, coalition, coordinator, member, rapporteur, meeting):
    send_meeting_invitations(actor=coordinator, meeting=meeting)
    add_agenda_item(actor=coordinator, meeting=meeting, title="Budget")
    send_meeting_agenda(actor=coordinator, meeting=meeting)
    tick()
    client.force_login(coordinator)
    url = reverse("updates:held_mail", args=[coalition.slug])
    groups = {group.key: group for group in client.get(url).context["groups"]}
    invitation = groups[f"invited:{meeting.pk}"]
    waiting = sum(held for _address, held in list_message_states("invited:"))
    assert (invitation.number, "Board" in invitation.heading) == (waiting, True)
    assert not invitation.heading.startswith("[")
    assert {key.partition(":")[0] for key in groups} >= {"invited", "agenda"}

    listed = client.get(url, {"group": invitation.key}).context["letters"]
    assert {letter.message.key.partition(":")[0] for letter, _body in listed} == {"invited"}
    client.post(reverse("updates:held_release_group", args=[coalition.slug]), {"group": invitation.key})

    assert {held for _to, held in list_message_states("invited:")} == {False}
    assert {held for _to, held in list_message_states("agenda:")} == {True}


@pytest.mark.parametrize("key", ["", "\0", "invited:\0", "unknown:1"])
def test_unknown_group_sends_nothing(client, coalition, coordinator, member, meeting, key):
    """Emails without a group, such as first emails, are not sent by a form without one."""
    send_meeting_invitations(actor=coordinator, meeting=meeting)
    tick()
    Letter.objects.update(batch="")
    client.force_login(coordinator)
    before = list_message_states("")

    client.post(reverse("updates:held_release_group", args=[coalition.slug]), {"group": key})

    assert list_message_states("") == before
    assert client.get(reverse("updates:held_mail", args=[coalition.slug]), {"group": key}).status_code == 200
