"""A new time or place and a cancellation: who is told what, and what calendars are told."""

from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pytest
import time_machine
import vobject
from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from jukwaa.core.refusals import ActionRefused
from jukwaa.exchange.calendars import write_calendar_file
from jukwaa.mail.models import Message
from jukwaa.mail.tasks import build_outgoing_email
from jukwaa.meetings import actions
from jukwaa.meetings.actions.schedule import apply_time_zone_changes
from jukwaa.meetings.calendar_files import get_calendar_uid
from jukwaa.meetings.models import Meeting
from jukwaa.records.actions import hold_record_in_quarantine, purge_record, restore_record_version
from jukwaa.records.models import Version
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from tests.factories import MeetingFactory
from tests.meetings.scheduled_meetings import BEFORE_MEETING, JOINING_LINK, schedule_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def frozen_in_january():
    with time_machine.travel(BEFORE_MEETING, tick=False):
        yield


@pytest.fixture
def meeting(mailing_coalition, rapporteur, member, delegate, outsider) -> Meeting:
    member.time_zone = "America/New_York"
    member.save()
    meeting = schedule_meeting(mailing_coalition, rapporteur)
    send_pending_activity_notifications(timezone.now() + timedelta(hours=1))
    Message.objects.all().delete()  # the invitation
    return meeting


def change_meeting_fields(meeting, actor, **changes):
    meeting.refresh_from_db()
    return actions.change_meeting(actor=actor, meeting=meeting, changes=changes, from_version=meeting.version)


def get_email_by_recipient():
    return {mail.to: mail for mail in Message.objects.order_by("pk")}


def parse_email_event(email_message):
    [event] = icalendar.Calendar.from_ical(email_message.calendar).walk("VEVENT")
    return event


def test_new_time_is_emailed_to_members_with_old_time(meeting, rapporteur, member, delegate):
    change_meeting_fields(meeting, rapporteur, start_time=time(9), starts_on=date(2027, 1, 13))
    send_pending_activity_notifications()

    assert set(get_email_by_recipient()) == {member.email, delegate.email}
    mail = get_email_by_recipient()[member.email]
    assert mail.subject == "[Our Coalition] New time: Monthly call"
    assert (
        "New time\n"
        "Your time: Wednesday 13 January 2027, 01:00 to 02:30, New York (UTC\N{MINUS SIGN}5)\n"
        "Local time at the meeting: Wednesday 13 January 2027, 09:00 to 10:30, Nairobi (UTC+3)\n"
        "UTC: Wednesday 13 January 2027, 06:00 to 07:30\n"
        "\n"
        "Previous time\n"
        "Your time: Tuesday 12 January 2027, 07:00 to 08:30, New York (UTC\N{MINUS SIGN}5)\n"
    ) in mail.body
    assert "Your time" not in get_email_by_recipient()[delegate.email].body


def test_email_updates_calendar_entry(meeting, rapporteur, member):
    change_meeting_fields(meeting, rapporteur, start_time=time(9))
    send_pending_activity_notifications()
    mail = get_email_by_recipient()[member.email]
    event = parse_email_event(mail)

    assert (event["UID"], event["SEQUENCE"]) == (get_calendar_uid(meeting), 1)
    assert event["DTSTART"].dt == datetime(2027, 1, 12, 6, tzinfo=UTC)
    assert event["ATTENDEE"] == f"mailto:{member.email}"
    assert JOINING_LINK in event["DESCRIPTION"]
    parts = {part.get_content_type(): part for part in build_outgoing_email(mail).message().walk()}
    assert parts["text/calendar"].get_param("method") == "REQUEST"
    assert parts["application/ics"].get_filename() == "meeting.ics"


def test_new_place_and_link_are_emailed_with_old_place(meeting, rapporteur, member):
    change_meeting_fields(
        meeting, rapporteur, place="Room 4", country="KE", joining_link="https://meet.example.org/other"
    )
    send_pending_activity_notifications()
    mail = get_email_by_recipient()[member.email]

    assert mail.subject == "[Our Coalition] New place: Monthly call"
    assert "New place\nRoom 4, Kenya\n\nPrevious place\nOnline\n" in mail.body
    assert "New joining link\nhttps://meet.example.org/other\n" in mail.body


def test_two_changes_are_one_email_with_announced_time(meeting, rapporteur, member):
    change_meeting_fields(meeting, rapporteur, start_time=time(9))
    change_meeting_fields(meeting, rapporteur, start_time=time(10))
    send_pending_activity_notifications()

    assert [mail.to for mail in Message.objects.all()].count(member.email) == 1
    assert "10:00 to 11:30, Nairobi" in get_email_by_recipient()[member.email].body
    assert "15:00 to 16:30, Nairobi" in get_email_by_recipient()[member.email].body


@pytest.mark.parametrize(
    "changed_fields", [{"summary": "More words."}, {"languages": "English"}, {"title": "Another title"}]
)
def test_other_changes_send_no_email_and_do_not_raise_sequence(meeting, rapporteur, changed_fields):
    changed = change_meeting_fields(meeting, rapporteur, **changed_fields)
    send_pending_activity_notifications()

    assert (get_email_by_recipient(), changed.sequence) == ({}, 0)


def test_change_of_past_meeting_is_not_emailed(meeting, rapporteur):
    with time_machine.travel("2027-02-01", tick=False):
        change_meeting_fields(meeting, rapporteur, place="Room 4")
        send_pending_activity_notifications()

    assert get_email_by_recipient() == {}


def test_restored_time_is_emailed(meeting, rapporteur, member):
    change_meeting_fields(meeting, rapporteur, start_time=time(9))
    send_pending_activity_notifications()
    Message.objects.all().delete()
    meeting.refresh_from_db()
    restored = restore_record_version(actor=rapporteur, record=meeting, version_number=1, from_version=2)
    send_pending_activity_notifications()

    assert (restored.starts_at, restored.sequence) == (datetime(2027, 1, 12, 12, tzinfo=UTC), 2)
    assert get_email_by_recipient()[member.email].subject == "[Our Coalition] New time: Monthly call"


def test_time_zone_rule_update_preserves_local_time(meeting, member):
    """The tables had another offset for Nairobi when the meeting was scheduled."""
    an_hour_later = {
        "starts_at": meeting.starts_at + timedelta(hours=1),
        "ends_at": meeting.ends_at + timedelta(hours=1),
    }
    Meeting.objects.update(**an_hour_later)
    version = Version.objects.get(record=meeting.pk)
    version.content |= {name: at.isoformat() for name, at in an_hour_later.items()}
    version.save()
    moved = apply_time_zone_changes(timezone.now()), apply_time_zone_changes(timezone.now())
    send_pending_activity_notifications()
    now = Meeting.objects.get()

    assert moved == (1, 0)
    assert (now.start_time, now.starts_at, now.sequence, now.version) == (time(15), meeting.starts_at, 1, 2)
    assert "New time" in get_email_by_recipient()[member.email].subject


def test_times_of_past_or_cancelled_meetings_are_not_updated(meeting, coalition, rapporteur):
    cancelled = schedule_meeting(coalition, rapporteur, title="Cancelled")
    actions.cancel_meeting(actor=rapporteur, meeting=cancelled, reason="No quorum.")
    Meeting.objects.filter(pk=cancelled.pk).update(starts_at=cancelled.starts_at + timedelta(hours=1))
    with time_machine.travel("2027-02-01", tick=False):
        assert apply_time_zone_changes(timezone.now()) == 0
    assert apply_time_zone_changes(timezone.now()) == 0


def test_cancellation_reason_is_on_page_and_in_email(client, meeting, rapporteur, member, delegate):
    client.force_login(rapporteur)
    url = reverse("meetings:meeting_cancel", args=["ours", meeting.pk])
    refused = client.post(url, {"reason": ""})
    client.post(url, {"reason": "The rooms are closed."})
    send_pending_activity_notifications()
    page = client.get(meeting.get_absolute_url()).text

    assert (refused.status_code, "Enter a reason for the cancellation." in refused.text) == (422, True)
    assert ("This meeting has been cancelled." in page, "The rooms are closed." in page) == (True, True)
    assert ("Cancel meeting" in page, JOINING_LINK in page) == (False, False)
    assert set(get_email_by_recipient()) == {member.email, delegate.email}
    mail = get_email_by_recipient()[member.email]
    assert mail.subject == "[Our Coalition] Cancelled: Monthly call"
    assert ("The rooms are closed." in mail.body, "07:00 to 08:30, New York" in mail.body) == (True, True)


def test_cancellation_removes_calendar_entry(meeting, rapporteur, member):
    actions.cancel_meeting(actor=rapporteur, meeting=meeting, reason="The rooms are closed.")
    send_pending_activity_notifications()
    mail = get_email_by_recipient()[member.email]
    calendar = vobject.readOne(mail.calendar)

    assert (calendar.method.value, calendar.vevent.status.value, calendar.vevent.sequence.value) == (
        "CANCEL",
        "CANCELLED",
        "1",
    )
    assert calendar.vevent.organizer.value.startswith("mailto:")
    assert JOINING_LINK not in mail.calendar


def test_meeting_without_date_is_removed_from_calendars(meeting, rapporteur, member):
    change_meeting_fields(meeting, rapporteur, starts_on=None, start_time=None, precision="open")
    send_pending_activity_notifications()
    mail = get_email_by_recipient()[member.email]
    event = parse_email_event(mail)

    assert ("METHOD:CANCEL" in mail.calendar, event["STATUS"], event["UID"]) == (
        True,
        "CANCELLED",
        get_calendar_uid(meeting),
    )
    assert (event["SEQUENCE"], event["DTSTART"].dt) == (1, datetime(2027, 1, 12, 12, tzinfo=UTC))
    assert JOINING_LINK not in mail.calendar
    assert "removes the entry from your calendar" in mail.body


def test_feed_shows_cancellation_with_higher_sequence(meeting, coalition, rapporteur, member):
    actions.cancel_meeting(actor=rapporteur, meeting=meeting, reason="The rooms are closed.")
    with time_machine.travel("2027-01-05 13:00Z", tick=False):
        feed = icalendar.Calendar.from_ical(write_calendar_file(coalition, member, QueryDict("kind=meeting")))
    [event] = feed.walk("VEVENT")

    assert (event["STATUS"], event["SEQUENCE"], event["UID"]) == ("CANCELLED", 1, get_calendar_uid(meeting))


@pytest.mark.parametrize(
    ("current_time", "meeting_state", "expected_sentence"),
    [
        ("2027-01-12 14:00Z", "published", "This meeting has ended and can no longer be cancelled."),
        (BEFORE_MEETING, "draft", "Withdraw this meeting instead. Only a published meeting can be cancelled."),
    ],
)
def test_invalid_cancellation_shows_reason(meeting, rapporteur, current_time, meeting_state, expected_sentence):
    Meeting.objects.update(state=meeting_state)
    with time_machine.travel(current_time, tick=False), pytest.raises(ActionRefused, match=expected_sentence):
        actions.cancel_meeting(actor=rapporteur, meeting=meeting, reason="No.")


def test_members_cannot_cancel_and_repeat_is_ignored(meeting, rapporteur, member):
    with pytest.raises(PermissionDenied):
        actions.cancel_meeting(actor=member, meeting=meeting, reason="No.")
    for reason in ("First.", "Second."):
        actions.cancel_meeting(actor=rapporteur, meeting=meeting, reason=reason)
    meeting.refresh_from_db()

    assert (meeting.cancellation_reason, meeting.sequence) == ("First.", 1)


def test_invitation_of_published_meeting_has_time(mailing_coalition, rapporteur, member):
    schedule_meeting(mailing_coalition, rapporteur)
    send_pending_activity_notifications(timezone.now() + timedelta(hours=1))
    mail = get_email_by_recipient()[member.email]

    assert mail.subject == "[Our Coalition] Invitation: Monthly call"
    assert ("Nairobi (UTC+3)" in mail.body, JOINING_LINK in mail.body) == (True, True)


def test_calendar_file_is_valid_for_two_libraries(client, meeting):
    file = client.get(reverse("meetings:meeting_calendar", args=["ours", meeting.pk]))
    ours, theirs = icalendar.Calendar.from_ical(file.content), vobject.readOne(file.text)
    [event] = ours.walk("VEVENT")

    assert file.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert theirs.method.value == "PUBLISH"
    assert event["DTSTART"].dt == theirs.vevent.dtstart.value == meeting.starts_at
    assert event["DTEND"].dt == theirs.vevent.dtend.value == meeting.ends_at
    assert "Nairobi (UTC+3)" in event["DESCRIPTION"]
    assert "12:00 to 13:30" in event["DESCRIPTION"]


def test_calendar_file_without_time_is_all_day(client, coalition):
    meeting = MeetingFactory(coalition=coalition, starts_on=date(2027, 1, 12), published=True)
    file = client.get(reverse("meetings:meeting_calendar", args=["ours", meeting.pk]))
    [event] = icalendar.Calendar.from_ical(file.content).walk("VEVENT")

    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2027, 1, 12), date(2027, 1, 13))


@pytest.mark.parametrize("date", [{"precision": "open"}, {"starts_on": date(2027, 5, 1), "precision": "month"}])
def test_meeting_without_exact_day_has_no_calendar_file(client, coalition, date):
    meeting = MeetingFactory(coalition=coalition, published=True, **date)

    assert client.get(reverse("meetings:meeting_calendar", args=["ours", meeting.pk])).status_code == 404


def test_invitation_without_exact_day_has_no_calendar_file(mailing_coalition, rapporteur, member):
    undecided = {"starts_on": None, "start_time": None, "precision": "open"}
    schedule_meeting(mailing_coalition, rapporteur, **undecided)
    send_pending_activity_notifications(timezone.now() + timedelta(hours=1))

    assert (
        "Invitation" in get_email_by_recipient()[member.email].subject,
        get_email_by_recipient()[member.email].calendar,
    ) == (True, "")


def test_change_without_exact_day_is_emailed_without_file(meeting, rapporteur, member):
    change_meeting_fields(meeting, rapporteur, starts_on=None, start_time=None, precision="open")
    send_pending_activity_notifications()
    Message.objects.all().delete()
    change_meeting_fields(meeting, rapporteur, place="Room 4")
    send_pending_activity_notifications()
    mail = get_email_by_recipient()[member.email]

    assert "New place" in mail.body
    assert ("attached calendar file" in mail.body, mail.calendar) == (False, "")


def test_permanent_deletion_erases_emails_about_meeting(meeting, rapporteur, safeguarding_lead):
    actions.cancel_meeting(actor=rapporteur, meeting=meeting, reason="Somebody is ill.")
    held = hold_record_in_quarantine(actor=safeguarding_lead, record=meeting)
    purge_record(actor=safeguarding_lead, record=held.whole())
    now = Meeting.objects.get()

    assert (now.joining_link, now.place, now.start_time) == ("", "", None)
    assert "ill" not in now.cancellation_reason


@pytest.mark.parametrize(("zone", "is_asked"), [("UTC", True), ("Africa/Nairobi", False)])
def test_members_without_a_time_zone_are_asked_to_choose_one(
    client, mailing_coalition, member, meeting, zone, is_asked
):
    member.time_zone = zone
    member.save()
    client.force_login(member)
    for path in (meeting.get_absolute_url(), reverse("home:front", args=["ours"])):
        assert ("Choose your time zone in your settings" in client.get(path).text) is is_asked
