"""Emailing the invitation to a meeting: by itself half an hour after publication, or at once."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from jukwaa.core.refusals import ActionRefused
from jukwaa.mail.models import Message
from jukwaa.meetings.actions import cancel_meeting, publish_meeting, send_meeting_invitations
from jukwaa.meetings.models import Meeting, Series
from jukwaa.updates.actions import set_wanted_topics
from jukwaa.updates.clock import tick
from jukwaa.updates.letters import queue_letter
from tests.factories import MeetingFactory


@pytest.fixture
def draft_meeting(coalition, rapporteur):
    return MeetingFactory(coalition=coalition, author=rapporteur, starts_on=date(2099, 1, 14), state="draft")


def list_invited_addresses() -> list[str]:
    return sorted(Message.objects.filter(key__startswith="invited:").values_list("to", flat=True))


def publish_meeting_on_page(client, person, meeting) -> str:
    client.force_login(person)
    path = reverse("meetings:meeting_publish", args=[meeting.coalition.slug, meeting.pk])
    return client.post(path, {"invites": "everyone"}, follow=True).text


def test_publishing_reports_number_of_members_who_get_invitation(client, coalition, member, rapporteur, draft_meeting):
    set_wanted_topics(person=member, coalition=coalition, wanted_topics=["news"])

    page = publish_meeting_on_page(client, rapporteur, draft_meeting)
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        tick()

    assert list_invited_addresses() == [rapporteur.email]
    assert "we will email an invitation to 1 member.</" in page


def test_invitation_sent_before_publication_is_not_sent_again(client, coalition, member, rapporteur, draft_meeting):
    publish_meeting_on_page(client, rapporteur, draft_meeting)
    tick()
    assert list_invited_addresses() == []

    client.post(reverse("meetings:meeting_invite", args=[coalition.slug, draft_meeting.pk]))
    tick()
    invited = list_invited_addresses()
    client.post(reverse("meetings:meeting_invite", args=[coalition.slug, draft_meeting.pk]))
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        tick()

    assert (invited, list_invited_addresses()) == (sorted([member.email, rapporteur.email]),) * 2


def test_only_note_takers_invite_and_only_to_planned_meetings(coalition, member, rapporteur, draft_meeting):
    with pytest.raises(ActionRefused):
        send_meeting_invitations(actor=rapporteur, meeting=draft_meeting)
    meeting = publish_meeting(actor=rapporteur, meeting=draft_meeting)
    with pytest.raises(PermissionDenied):
        send_meeting_invitations(actor=member, meeting=meeting)
    cancelled = cancel_meeting(actor=rapporteur, meeting=meeting, reason="Storm.")
    with pytest.raises(ActionRefused):
        send_meeting_invitations(actor=rapporteur, meeting=cancelled)


def test_invitation_to_a_series_is_not_sent_again_for_its_first_meeting(coalition, member, rapporteur, draft_meeting):
    series = Series.objects.create(coalition=coalition, title="Calls")
    Meeting.objects.filter(pk=draft_meeting.pk).update(series=series)
    draft_meeting.refresh_from_db()
    publish_meeting(actor=rapporteur, meeting=draft_meeting)
    about = {"coalition": coalition, "person": member, "record": draft_meeting, "to": member.email}
    queue_letter(**about, key=f"series:{series.pk}:{member.pk}", subject="Calls", body="All calls", held=False)
    send_meeting_invitations(actor=rapporteur, meeting=draft_meeting)
    tick()

    assert member.email not in list_invited_addresses()


def test_meeting_page_says_that_invitation_was_sent(client, coalition, rapporteur, draft_meeting):
    page = publish_meeting_on_page(client, rapporteur, draft_meeting)
    assert ("Email the invitation now" in page, "Last emailed on" in page) == (True, False)
    assert "the button “Take minutes” will appear here" in page
    client.post(reverse("meetings:meeting_invite", args=[coalition.slug, draft_meeting.pk]))
    page = client.get(draft_meeting.get_absolute_url()).text
    assert "Email the invitation now" not in page
    assert "Email the invitation to new members" in page
    assert "Last emailed on" in page
