"""Observers are invited to those meetings of a series that invite them: by one email, with one reply."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from jukwaa.core.dates import format_long_date
from jukwaa.mail.models import Message
from jukwaa.meetings import actions
from jukwaa.meetings.models import Meeting, Rsvp
from tests.meetings.observers import OBSERVER_ADDRESS, change_series, create_observer, publish_observed_calls
from tests.meetings.scheduled_meetings import JOINING_LINK, list_meetings_by_day
from tests.updates.emails import find_link_path, send_notifications_after_delay


@pytest.fixture
def observer(mailing_coalition):
    return create_observer(mailing_coalition)


@pytest.fixture
def weekly_calls(mailing_coalition, observer, coordinator):
    """Three weekly calls; observers are invited to all but the second."""
    return publish_observed_calls(mailing_coalition, coordinator)


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


def test_observers_are_invited_to_existing_series_by_one_email(weekly_calls, coordinator, member):
    """And uninvited by one, and invited again. Members hear of none of it."""
    Message.objects.all().delete()
    Meeting.objects.update(invites_observers=False)
    Meeting.objects.filter(pk=weekly_calls[2].pk).update(label="TLP:GREEN")
    for invites_observers in (True, False, True):
        change_series(coordinator, weekly_calls[0], invites_observers=invites_observers)
    invitation, withdrawal, again = list_observer_emails()

    assert not Message.objects.filter(to=member.email).exists()
    assert [row.invites_observers for row in list_meetings_by_day()] == [True, True, False]
    assert "1 more meeting is planned:" in invitation.body
    first_day = format_long_date(weekly_calls[0].starts_on)
    assert f"no longer invited to the meetings of “Weekly call” from {first_day}." in withdrawal.body
    assert withdrawal.calendar.count("STATUS:CANCELLED") == 2
    assert JOINING_LINK not in withdrawal.body + withdrawal.calendar
    assert again.subject == invitation.subject


def test_withdrawn_invitation_to_later_meeting_is_emailed(weekly_calls, coordinator):
    last = weekly_calls[2]
    actions.change_meeting(
        actor=coordinator, meeting=last, changes={"invites_observers": False}, from_version=last.version
    )
    send_notifications_after_delay()

    assert "Invitation withdrawn: Weekly call" in list_observer_emails()[-1].subject


@pytest.mark.parametrize("label", ["TLP:CLEAR", "TLP:GREEN"])
def test_form_of_series_refuses_observers_who_cannot_read_the_meeting(client, weekly_calls, coordinator, label):
    meeting = weekly_calls[1]
    Meeting.objects.filter(pk=meeting.pk).update(label=label)
    client.force_login(coordinator)
    said = {"start_time": "15:00", "duration": 60, "time_zone": "Africa/Nairobi", "joining_link": JOINING_LINK}
    answer = client.post(
        reverse("meetings:series_edit", args=["ours", meeting.pk]),
        said | {"version": meeting.version, "invites_observers": "on"},
    )
    meeting.refresh_from_db()

    assert meeting.invites_observers == (label == "TLP:CLEAR")
    assert (answer.status_code, "Clear this box" in answer.text) == (
        (302, False) if label == "TLP:CLEAR" else (422, True)
    )


def test_changes_and_cancellation_of_series_are_emailed_to_observers(weekly_calls, coordinator):
    change_series(coordinator, weekly_calls[0], place="Room 9")
    first = Meeting.objects.get(pk=weekly_calls[0].pk)
    actions.cancel_meeting_series(actor=coordinator, meeting=first, reason="Closed.")
    send_notifications_after_delay()
    _invitation, change, cancellation = list_observer_emails()

    assert ("Room 9" in change.body, change.calendar.count("BEGIN:VEVENT")) == (True, 2)
    assert ("Closed." in cancellation.body, cancellation.calendar.count("STATUS:CANCELLED")) == (True, 2)
