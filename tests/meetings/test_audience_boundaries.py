"""Whoever is not invited to a meeting is not asked to reply and gets no email about it, whatever else is done."""

from datetime import time

import pytest
import time_machine
from django.urls import reverse

from jukwaa.mail.models import Message
from jukwaa.meetings import actions
from jukwaa.meetings.guests import find_guests
from jukwaa.meetings.invitation_audience import InvitationAudience
from jukwaa.meetings.models import Invitee, Meeting, Rsvp
from jukwaa.records.models import Label
from jukwaa.updates.clock import tick
from tests.meetings.observers import create_observer
from tests.meetings.planned_meetings import create_planned_meeting, get_datetime_before_start
from tests.meetings.scheduled_meetings import BEFORE_MEETING
from tests.meetings.test_series_changes import change_meeting_series
from tests.updates.emails import send_notifications_after_delay

Invites = Meeting.Invites


@pytest.fixture(autouse=True)
def frozen_before_series():
    with time_machine.travel(BEFORE_MEETING, tick=False):
        yield


def set_audience(meeting, *people, invites=Invites.CHOSEN):
    Meeting.objects.filter(pk=meeting.pk).update(invites=invites)
    Invitee.objects.bulk_create(Invitee(meeting=meeting, person=person) for person in people)


def list_emails_to(person, key_prefix=""):
    return list(Message.objects.filter(to=person.email, key__startswith=key_prefix).order_by("pk"))


@pytest.mark.parametrize(
    ("invites", "is_chosen", "is_asked"),
    [
        (Invites.EVERYONE, False, True),
        (Invites.NOBODY, False, False),
        (Invites.CHOSEN, False, False),
        (Invites.CHOSEN, True, True),
    ],
)
def test_only_invited_members_are_asked_to_reply(client, coalition, rapporteur, member, invites, is_chosen, is_asked):
    meeting = create_planned_meeting(coalition, author=rapporteur)
    set_audience(meeting, *([member] if is_chosen else []), invites=invites)
    client.force_login(member)

    addresses = [reverse(f"home:{name}", args=["ours"]) for name in ("desk", "front")] + [meeting.get_absolute_url()]
    pages = [client.get(address).text for address in addresses]

    assert ["Reply to the invitation" in page for page in pages] == [is_asked] * 3


def test_meeting_published_in_another_tab_keeps_its_invitees(client, coalition, rapporteur, member):
    meeting = create_planned_meeting(coalition, author=rapporteur, state="draft", published_at=None)
    url = reverse("meetings:meeting_publish", args=["ours", meeting.pk])
    client.force_login(rapporteur)
    client.post(url, {"invites": "everyone"})
    client.post(url, {"invites": "nobody"})

    assert Meeting.objects.get(pk=meeting.pk).invites == Invites.EVERYONE


def test_selection_in_another_tab_does_not_take_back_invitations(coalition, rapporteur, member):
    meeting = create_planned_meeting(coalition, author=rapporteur)

    actions.send_meeting_invitations(
        actor=rapporteur, meeting=meeting, audience=InvitationAudience(Invites.CHOSEN, (member,))
    )

    assert Meeting.objects.get(pk=meeting.pk).invites == Invites.EVERYONE


def test_observers_get_nothing_before_anybody_is_invited(mailing_coalition, rapporteur, member):
    observer = create_observer(mailing_coalition)
    meeting = create_planned_meeting(mailing_coalition, author=rapporteur, invites_observers=True)
    set_audience(meeting, invites=Invites.NOBODY)
    meeting.refresh_from_db()
    with time_machine.travel(get_datetime_before_start(meeting, hours=23)):
        tick()
    assert [find_guests(meeting), list_emails_to(observer)] == [[], []]

    audience = InvitationAudience(Invites.EVERYONE)
    actions.send_meeting_invitations(actor=rapporteur, meeting=meeting, audience=audience)
    tick()

    assert [email.key for email in list_emails_to(observer)] == [f"invited:{meeting.pk}:{observer.pk}"]


def test_change_of_series_names_only_meetings_of_each_reader(
    mailing_coalition, rapporteur, member, coordinator, weekly_calls
):
    send_notifications_after_delay()
    Message.objects.all().delete()
    set_audience(weekly_calls[2], coordinator)
    change_meeting_series(rapporteur, weekly_calls[1], start_time=time(16, 30))
    send_notifications_after_delay()

    (to_coordinator,), (to_member,) = (list_emails_to(person) for person in (coordinator, member))
    assert ("26 January" in to_coordinator.body, "26 January" in to_member.body) == (True, False)
    assert ("2 February" in to_coordinator.body, "2 February" in to_member.body) == (True, True)


@pytest.mark.parametrize("first", [Invites.NOBODY, Invites.CHOSEN])
def test_change_of_series_reaches_members_who_are_invited_to_later_meetings_alone(
    mailing_coalition, rapporteur, member, coordinator, weekly_calls, first
):
    send_notifications_after_delay()
    Message.objects.all().delete()
    set_audience(weekly_calls[1], *([coordinator] if first == Invites.CHOSEN else []), invites=first)
    change_meeting_series(rapporteur, weekly_calls[1], start_time=time(16, 30))
    send_notifications_after_delay()

    (email,) = list_emails_to(member)
    assert ("19 January" in email.body, "26 January" in email.body) == (False, True)


def test_invitation_to_series_names_only_meetings_to_which_everybody_is_invited(
    mailing_coalition, member, coordinator, weekly_calls
):
    set_audience(weekly_calls[2], coordinator)
    send_notifications_after_delay()

    invitation = list_emails_to(member)[0]
    assert ("19 January" in invitation.body, "26 January" in invitation.body) == (True, False)
    assert not any("26 January" in email.body for email in list_emails_to(member))
    assert any("26 January" in email.body for email in list_emails_to(coordinator, f"invited:{weekly_calls[2].pk}"))


def test_people_chosen_for_two_meetings_of_series_are_invited_to_both(
    mailing_coalition, member, rapporteur, weekly_calls
):
    for meeting in weekly_calls:
        set_audience(meeting, *([member] if meeting in weekly_calls[:2] else []))
    send_notifications_after_delay()

    keys = [email.key for email in list_emails_to(member)]
    assert keys == [f"invited:{meeting.pk}:{member.pk}" for meeting in weekly_calls[:2]]


def test_reply_to_series_is_for_meetings_to_which_the_member_is_invited(client, member, coordinator, weekly_calls):
    set_audience(weekly_calls[2], coordinator)
    client.force_login(member)
    url = reverse("meetings:meeting_reply", args=["ours", weekly_calls[0].pk])

    client.post(url, {"answer": "yes", "whole_series": "on"})

    replied = Rsvp.objects.filter(person=member).values_list("meeting", flat=True)
    assert {*replied} == {weekly_calls[0].pk, weekly_calls[1].pk, weekly_calls[3].pk}


def test_no_number_is_promised_for_meeting_that_chosen_members_cannot_read(
    client, mailing_coalition, rapporteur, member
):
    meeting = create_planned_meeting(
        mailing_coalition, author=rapporteur, state="draft", published_at=None, label=Label.AMBER
    )
    client.force_login(rapporteur)
    url = reverse("meetings:meeting_publish", args=["ours", meeting.pk])
    page = client.post(url, {"invites": "chosen", "people": member.pk, "seen": 1}, follow=True).text
    send_notifications_after_delay()

    assert ("to 1 member." in page, "to the members who can read the meeting page." in page) == (False, True)
    assert list_emails_to(member) == []
