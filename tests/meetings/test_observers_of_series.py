"""Observers are invited to those meetings of a series that invite them: by one email, with one reply."""

from datetime import time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jukwaa.mail.models import Message
from jukwaa.meetings import actions
from jukwaa.meetings.models import Meeting, Rsvp
from tests.meetings.observers import OBSERVER_ADDRESS, create_observer
from tests.meetings.scheduled_meetings import JOINING_LINK, list_meetings_by_day
from tests.updates.emails import find_link_path, send_notifications_after_delay


@pytest.fixture
def observer(mailing_coalition):
    return create_observer(mailing_coalition)


@pytest.fixture
def weekly_calls(mailing_coalition, observer, coordinator):
    """Three weekly calls; observers are invited to all but the second."""
    first = actions.create_meeting_series(
        actor=coordinator,
        coalition=mailing_coalition,
        title="Weekly call",
        again="weekly",
        count=3,
        starts_on=timezone.localdate() + timedelta(days=10),
        start_time=time(15),
        time_zone="Africa/Nairobi",
        duration=60,
        joining_link=JOINING_LINK,
        invites_observers=True,
    )
    second = list_meetings_by_day()[1]
    Meeting.objects.filter(pk=second.pk).update(invites_observers=False)
    actions.publish_meeting_series(actor=coordinator, meeting=first)
    send_notifications_after_delay()
    return list_meetings_by_day()


def list_observer_emails():
    return list(Message.objects.filter(to=OBSERVER_ADDRESS).order_by("pk"))


def test_one_invitation_is_for_all_meetings_that_invite_observers(client, weekly_calls, observer, coordinator):
    [invitation] = list_observer_emails()
    path = find_link_path(invitation, "?answer=yes")
    client.post(path, {"answer": "yes", "whole_series": "on"})
    actions.send_meeting_invitations(actor=coordinator, meeting=weekly_calls[0])
    send_notifications_after_delay()

    assert "1 more meeting is planned:" in invitation.body
    assert [row.meeting for row in Rsvp.objects.order_by("meeting")] == [weekly_calls[0], weekly_calls[2]]
    assert len(list_observer_emails()) == 1
    with pytest.raises(PermissionDenied):
        actions.reply_to_invitation(actor=observer, meeting=weekly_calls[1], answer="yes")


def test_changes_and_cancellation_of_series_are_emailed_to_observers(weekly_calls, coordinator):
    actions.change_meeting_series(
        actor=coordinator,
        meeting=weekly_calls[0],
        changes={"place": "Room 9"},
        from_version=weekly_calls[0].version,
    )
    send_notifications_after_delay()
    first = Meeting.objects.get(pk=weekly_calls[0].pk)
    actions.cancel_meeting_series(actor=coordinator, meeting=first, reason="Closed.")
    send_notifications_after_delay()
    _invitation, change, cancellation = list_observer_emails()

    assert ("Room 9" in change.body, change.calendar.count("BEGIN:VEVENT")) == (True, 2)
    assert ("Closed." in cancellation.body, cancellation.calendar.count("STATUS:CANCELLED")) == (True, 2)
