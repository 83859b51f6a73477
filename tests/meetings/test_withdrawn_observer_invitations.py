"""Invitations of observers that are withdrawn, or that nobody may get any more, and invitations again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jukwaa.coalitions.models import Affiliation, Coalition, Membership
from jukwaa.coalitions.standing import Standing
from jukwaa.mail.actions import send_waiting_emails
from jukwaa.mail.models import Message
from jukwaa.meetings import actions
from jukwaa.meetings.invitation_responses import OtherReplies
from jukwaa.meetings.invitations import MeetingAttendees
from jukwaa.meetings.models import Meeting
from jukwaa.records.models import Label
from jukwaa.updates.actions import release_all_mail
from jukwaa.updates.digests import DIGEST_KEY_PREFIX
from jukwaa.updates.models import Letter
from tests.factories import MembershipFactory
from tests.meetings.observers import OBSERVER_ADDRESS, change_series, create_observer, publish_observed_calls
from tests.meetings.scheduled_meetings import JOINING_LINK, schedule_meeting
from tests.updates.emails import send_notifications_after_delay


@pytest.fixture
def observer(mailing_coalition):
    return create_observer(mailing_coalition)


@pytest.fixture
def meeting(mailing_coalition, coordinator, observer) -> Meeting:
    """A published meeting in two weeks, to which observers are invited."""
    day = timezone.localdate() + timedelta(days=14)
    return schedule_meeting(mailing_coalition, coordinator, label=Label.CLEAR, starts_on=day, invites_observers=True)


@pytest.fixture
def observed_calls(mailing_coalition, coordinator, observer):
    """Three weekly calls; observers are invited to all but the second."""
    return publish_observed_calls(mailing_coalition, coordinator)


def hold_mail(coalition):
    Coalition.objects.filter(pk=coalition.pk).update(mail_released_at=None)
    coalition.mail_released_at = None


def list_observer_emails():
    return list(Message.objects.filter(to=OBSERVER_ADDRESS).order_by("pk"))


def list_observer_subjects():
    return [email.subject.partition("] ")[2] for email in list_observer_emails()]


def change_fields(meeting, coordinator, **changes):
    meeting = Meeting.objects.get(pk=meeting.pk)
    actions.change_meeting(actor=coordinator, meeting=meeting, changes=changes, from_version=meeting.version)
    send_notifications_after_delay()


def end_invitation(case):
    yesterday = timezone.localdate() - timedelta(days=1)
    if case == "membership":
        Membership.objects.filter(standing="observer").update(ends_on=yesterday)
    if case == "affiliation":
        Affiliation.objects.filter(person__email=OBSERVER_ADDRESS).update(ends_on=yesterday)
    if case == "box":
        Meeting.objects.update(invites_observers=False)
    if case == "label":
        Meeting.objects.update(label=Label.GREEN)


@pytest.mark.parametrize("case", ["membership", "affiliation", "box", "label", "none"])
def test_held_invitation_is_released_to_guests_only(mailing_coalition, coordinator, meeting, case):
    hold_mail(mailing_coalition)
    send_notifications_after_delay()
    assert [JOINING_LINK in email.body for email in list_observer_emails()] == [True]
    end_invitation(case)
    release_all_mail(actor=coordinator, coalition=mailing_coalition)

    assert len(list_observer_emails()) == (case == "none")
    assert Message.objects.filter(to=coordinator.email, held=False).exists()


@pytest.mark.parametrize("case", ["membership", "affiliation", "box", "label", "none"])
def test_waiting_invitation_is_sent_to_guests_only(meeting, mailoutbox, case):
    send_notifications_after_delay()
    Message.objects.update(sent_at=None, claimed_at=None)  # the server did not take it
    mailoutbox.clear()
    end_invitation(case)
    send_waiting_emails()

    assert len([email for email in mailoutbox if email.to == [OBSERVER_ADDRESS]]) == (case == "none")
    assert len([email for email in mailoutbox if email.to != [OBSERVER_ADDRESS]]) > 0


def test_held_invitation_to_new_member_is_released(mailing_coalition, coordinator, meeting, observer):
    hold_mail(mailing_coalition)
    send_notifications_after_delay()
    Membership.objects.filter(organisation=observer.affiliations.get().organisation).update(standing="active")
    release_all_mail(actor=coordinator, coalition=mailing_coalition)

    assert list_observer_subjects() == ["Invitation: Monthly call"]


def test_digest_that_names_a_meeting_is_sent_to_those_who_are_not_invited(meeting, observer):
    send_notifications_after_delay()
    letter = Letter.objects.get(person=observer)
    Message.objects.filter(pk=letter.pk).update(key=f"{DIGEST_KEY_PREFIX}:1:today", sent_at=None, claimed_at=None)
    end_invitation("membership")
    send_waiting_emails()

    assert len(list_observer_emails()) == 1


def test_withdrawn_invitation_that_was_held_is_never_sent(mailing_coalition, coordinator, meeting):
    hold_mail(mailing_coalition)
    send_notifications_after_delay()
    change_fields(meeting, coordinator, invites_observers=False)
    assert list_observer_subjects() == []
    change_fields(meeting, coordinator, invites_observers=True)
    release_all_mail(actor=coordinator, coalition=mailing_coalition)

    assert list_observer_subjects() == ["Invitation: Monthly call"]


def test_meeting_that_observers_cannot_read_any_more_withdraws_invitations(meeting, coordinator):
    send_notifications_after_delay()
    change_fields(meeting, coordinator, label=Label.GREEN, title="For members")
    withdrawal = list_observer_emails()[-1]
    change_fields(meeting, coordinator, place="Room 9")
    assert list_observer_subjects() == ["Invitation: Monthly call", "Invitation withdrawn: Monthly call"]
    assert "For members" not in withdrawal.body + withdrawal.calendar
    change_fields(meeting, coordinator, label=Label.CLEAR)

    assert list_observer_subjects()[2:] == ["Invitation: For members"]


def test_series_that_observers_cannot_read_any_more_withdraws_invitations(observed_calls, coordinator):
    change_series(coordinator, observed_calls[0], label=Label.GREEN)

    assert list_observer_subjects() == ["Invitation: Weekly call", "Invitation withdrawn: Weekly call"]
    assert list_observer_emails()[-1].calendar.count("STATUS:CANCELLED") == 2


def test_meeting_of_series_invites_observers_again_by_one_email(observed_calls, coordinator):
    for invites_observers in (False, True):
        change_fields(observed_calls[0], coordinator, invites_observers=invites_observers)

    assert list_observer_subjects() == [
        "Invitation: Weekly call",
        "Invitation withdrawn: Weekly call",
        "Invitation: Weekly call",
    ]


@pytest.mark.parametrize("were_some_invited", [True, False])
def test_new_observers_get_the_invitation_to_a_changed_series_alone(observed_calls, coordinator, were_some_invited):
    change_fields(observed_calls[1], coordinator, invites_observers=True)
    for each in observed_calls[1:2] if were_some_invited else observed_calls:
        change_fields(each, coordinator, invites_observers=False)
    before = len(list_observer_emails())
    change_series(coordinator, observed_calls[0], invites_observers=True, place="Room 9")
    emails = list_observer_emails()[before:]
    changes = [("New times or places: Weekly call", 2)] if were_some_invited else []

    assert [(email.subject.partition("] ")[2], email.calendar.count("BEGIN:VEVENT")) for email in emails] == [
        *changes,
        ("Invitation: Weekly call", 1),
    ]
    assert "Room 9" in emails[-1].body


def test_withdrawal_of_series_removes_only_meetings_with_invitation(observed_calls, coordinator):
    change_series(coordinator, observed_calls[0], invites_observers=False)

    assert list_observer_subjects()[1:] == ["Invitation withdrawn: Weekly call"]
    assert list_observer_emails()[-1].calendar.count("STATUS:CANCELLED") == 2


@pytest.mark.parametrize("invites_observers", [True, False])
@pytest.mark.parametrize("answer", ["yes", "no"])
def test_replies_of_former_observers_are_not_listed(meeting, observer, coordinator, answer, invites_observers):
    organisation = observer.affiliations.get().organisation
    actions.reply_to_invitation(actor=observer, meeting=meeting, answer=answer, organisation=organisation)
    end_invitation("membership")
    Meeting.objects.update(invites_observers=invites_observers)
    changed = Meeting.objects.get()

    attendees = MeetingAttendees(changed, names_others=True)
    assert (attendees.counted_replies, attendees.shown_replies) == ([], [])
    assert OtherReplies(attendees, Standing(coordinator, changed.coalition)).declined == []


def test_replies_stay_when_an_observer_leaves_after_the_meeting(meeting, observer):
    organisation = observer.affiliations.get().organisation
    actions.reply_to_invitation(actor=observer, meeting=meeting, answer="yes", organisation=organisation)
    end_invitation("membership")
    day = timezone.localdate() - timedelta(days=3)
    Meeting.objects.update(starts_on=day, starts_at=timezone.now() - timedelta(days=3), ends_at=None)

    assert len(MeetingAttendees(Meeting.objects.get()).shown_replies) == 1


def test_reply_stays_when_an_observer_becomes_a_member(meeting, observer):
    organisation = observer.affiliations.get().organisation
    actions.reply_to_invitation(actor=observer, meeting=meeting, answer="yes", organisation=organisation)
    end_invitation("membership")
    MembershipFactory(coalition=meeting.coalition, organisation=organisation)

    assert len(MeetingAttendees(Meeting.objects.get()).shown_replies) == 1
