"""Changing and cancelling a meeting of a series together with the later ones."""

from datetime import date, time

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from icalendar import Calendar

from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.mail.models import Message
from jukwaa.meetings import actions
from jukwaa.meetings.models import Meeting
from jukwaa.records.models import Version
from tests.meetings.scheduled_meetings import BEFORE_MEETING, JOINING_LINK, list_meetings_by_day
from tests.updates.emails import send_notifications_after_delay


@pytest.fixture(autouse=True)
def frozen_before_series():
    with time_machine.travel(BEFORE_MEETING, tick=False):
        yield


def change_meeting_series(actor, meeting, **changes):
    meeting = Meeting.objects.get(pk=meeting.pk)
    return actions.change_meeting_series(actor=actor, meeting=meeting, changes=changes, from_version=meeting.version)


def build_series_form(meeting, **fields):
    given = {"start_time": "15:00", "duration": "60", "time_zone": "Africa/Nairobi", "place": "Online"}
    return given | {"joining_link": JOINING_LINK, "version": meeting.version} | fields


def build_series_url(meeting, series_action="edit"):
    return reverse(f"meetings:series_{series_action}", args=[meeting.coalition.slug, meeting.pk])


def test_change_applies_to_this_and_later_meetings(client, weekly_calls, rapporteur):
    client.force_login(rapporteur)
    page = client.get(build_series_url(weekly_calls[1])).text
    assert page.count("Weekly call</bdi>, ") == 3
    answer = client.post(
        build_series_url(weekly_calls[1]),
        build_series_form(weekly_calls[1], start_time="16:30", place="Room 4"),
        follow=True,
    )
    assert "3 meetings have been changed." in answer.text
    assert [(each.start_time, each.place, each.sequence) for each in list_meetings_by_day()] == [
        (time(15), "Online", 0),
        *[(time(16, 30), "Room 4", 1)] * 3,
    ]
    assert [f"{each.starts_at:%d %H:%M}" for each in list_meetings_by_day()] == [
        "12 12:00",
        "19 13:30",
        "26 13:30",
        "02 13:30",
    ]


def test_unchanged_fields_of_later_meetings_are_not_overwritten(client, weekly_calls, rapporteur):
    actions.change_meeting(actor=rapporteur, meeting=weekly_calls[2], changes={"place": "Room 9"}, from_version=1)
    client.force_login(rapporteur)
    client.post(build_series_url(weekly_calls[0]), build_series_form(weekly_calls[0], duration="90"))
    assert [(each.place, each.duration) for each in list_meetings_by_day()] == [
        ("Online", 90),
        ("Online", 90),
        ("Room 9", 90),
        ("Online", 90),
    ]


def test_unchanged_form_shows_message(client, weekly_calls, rapporteur):
    client.force_login(rapporteur)
    answer = client.post(build_series_url(weekly_calls[1]), build_series_form(weekly_calls[1]), follow=True)
    assert "You made no changes, so nothing has been saved." in answer.text


def test_series_change_has_same_local_time_across_clock_change(weekly_calls, rapporteur):
    Meeting.objects.filter(pk=weekly_calls[3].pk).update(starts_on=date(2027, 4, 1))
    change_meeting_series(rapporteur, weekly_calls[0], start_time=time(9), time_zone="Europe/Berlin")
    assert [f"{each.starts_at:%H:%M}" for each in list_meetings_by_day()] == ["08:00", "08:00", "08:00", "07:00"]


def test_skipped_time_on_one_day_changes_nothing(client, weekly_calls, rapporteur):
    Meeting.objects.filter(pk=weekly_calls[2].pk).update(starts_on=date(2027, 3, 28))
    client.force_login(rapporteur)
    answer = client.post(
        build_series_url(weekly_calls[0]),
        build_series_form(weekly_calls[0], start_time="02:30", time_zone="Europe/Berlin"),
    )
    assert answer.status_code == 422
    assert "This time does not exist on 2027-03-28" in answer.text
    assert {each.sequence for each in list_meetings_by_day()} == {0}


def test_started_or_cancelled_meetings_are_unchanged(weekly_calls, rapporteur):
    actions.cancel_meeting(actor=rapporteur, meeting=weekly_calls[2], reason="A holiday.")
    with time_machine.travel("2027-01-12 12:30Z", tick=False):
        assert change_meeting_series(rapporteur, weekly_calls[0], place="Room 4") == 2
    assert [each.place for each in list_meetings_by_day()] == ["Online", "Room 4", "Online", "Room 4"]


def test_meetings_outside_the_series_are_unchanged(coalition, weekly_calls, rapporteur):
    single = actions.create_meeting_record(
        actor=rapporteur, coalition=coalition, title="Single", published=True, starts_on=date(2027, 1, 20)
    )
    assert change_meeting_series(rapporteur, weekly_calls[0], place="Room 4") == 4
    single.refresh_from_db()
    assert single.place == ""
    assert change_meeting_series(rapporteur, single, place="Room 4") == 0


def test_only_note_takers_change_or_cancel_series(client, weekly_calls, member):
    with pytest.raises(PermissionDenied):
        change_meeting_series(member, weekly_calls[0], place="Room 4")
    with pytest.raises(PermissionDenied):
        actions.cancel_meeting_series(actor=member, meeting=weekly_calls[0], reason="No.")
    client.force_login(member)
    assert client.get(build_series_url(weekly_calls[0])).status_code == 403


def test_concurrent_change_shows_conflict(client, weekly_calls, rapporteur, coordinator):
    actions.change_meeting(actor=coordinator, meeting=weekly_calls[0], changes={"place": "Room 9"}, from_version=1)
    with pytest.raises(EditConflict):
        actions.change_meeting_series(
            actor=rapporteur, meeting=weekly_calls[0], changes={"place": "Room 4"}, from_version=1
        )
    client.force_login(rapporteur)
    answer = client.post(build_series_url(weekly_calls[0]), build_series_form(weekly_calls[0], place="Room 4"))
    assert (answer.status_code, "Room 9" in answer.text) == (409, True)
    assert [each.place for each in list_meetings_by_day()] == ["Room 9", "Online", "Online", "Online"]


def test_series_change_adds_version_to_each_meeting(weekly_calls, rapporteur):
    change_meeting_series(rapporteur, weekly_calls[0], place="Room 4")
    assert Version.objects.filter(record__in=weekly_calls, number=2).count() == 4


def list_emails_to(person):
    return Message.objects.filter(to=person.email, subject__contains="Weekly call").exclude(subject__contains="Invit")


def test_members_get_one_email_about_all_changes(mailing_coalition, weekly_calls, rapporteur, member):
    send_notifications_after_delay()
    change_meeting_series(rapporteur, weekly_calls[1], start_time=time(16, 30), time_zone="Africa/Nairobi")
    send_notifications_after_delay()
    send_notifications_after_delay()
    (message,) = list_emails_to(member)
    assert "New times or places: Weekly call" in message.subject
    assert message.body.count("16:30 to 17:30, Nairobi (UTC+3)") == 3
    assert "Tuesday 19 January 2027" in message.body
    assert "Tuesday 12 January 2027" not in message.body
    calendar = Calendar.from_ical(message.calendar)
    assert calendar["METHOD"] == "PUBLISH"
    assert [int(event["SEQUENCE"]) for event in calendar.walk("VEVENT")] == [1, 1, 1]
    assert not list_emails_to(rapporteur).exists()


def test_unannounced_change_sends_no_email(mailing_coalition, weekly_calls, rapporteur, member):
    send_notifications_after_delay()
    change_meeting_series(rapporteur, weekly_calls[0], joining_link_is_public=True)
    send_notifications_after_delay()
    assert not list_emails_to(member).exists()


def test_series_is_cancelled_from_meeting_on_with_one_email(
    client, mailing_coalition, weekly_calls, rapporteur, member
):
    send_notifications_after_delay()
    client.force_login(rapporteur)
    answer = client.post(build_series_url(weekly_calls[2], "cancel"), {"reason": "We meet in person."}, follow=True)
    assert "2 meetings have been cancelled." in answer.text
    assert [(each.is_cancelled, each.sequence) for each in list_meetings_by_day()] == [
        (False, 0),
        (False, 0),
        (True, 1),
        (True, 1),
    ]
    send_notifications_after_delay()
    (message,) = list_emails_to(member)
    assert "Meetings cancelled: Weekly call" in message.subject
    assert "We meet in person." in message.body
    assert message.body.count("15:00 to 16:00, Nairobi") == 2
    events = Calendar.from_ical(message.calendar).walk("VEVENT")
    assert [str(event["STATUS"]) for event in events] == ["CANCELLED", "CANCELLED"]


def test_finished_series_cannot_be_cancelled(weekly_calls, rapporteur):
    actions.cancel_meeting_series(actor=rapporteur, meeting=weekly_calls[0], reason="Over.")
    with pytest.raises(ActionRefused, match="no published meetings"):
        actions.cancel_meeting_series(actor=rapporteur, meeting=weekly_calls[0], reason="Over.")


def test_meeting_forms_link_to_series(client, weekly_calls, rapporteur):
    client.force_login(rapporteur)
    args = [weekly_calls[0].coalition.slug, weekly_calls[0].pk]
    assert build_series_url(weekly_calls[0]) in client.get(reverse("meetings:meeting_edit", args=args)).text
    assert build_series_url(weekly_calls[0], "cancel") in client.get(reverse("meetings:meeting_cancel", args=args)).text


def test_series_calendar_file_omits_unknown_days(mailing_coalition, weekly_calls, rapporteur, member):
    send_notifications_after_delay()
    undecided = {"starts_on": None, "start_time": None, "starts_at": None, "ends_at": None, "precision": "open"}
    Meeting.objects.filter(pk=weekly_calls[3].pk).update(**undecided)
    actions.cancel_meeting_series(actor=rapporteur, meeting=weekly_calls[0], reason="The work is done.")
    send_notifications_after_delay()
    (message,) = list_emails_to(member)

    events = Calendar.from_ical(message.calendar).walk("VEVENT")
    assert [f"{event['DTSTART'].dt:%d}" for event in events] == ["12", "19", "26"]
    assert "contains all of these meetings" not in message.body
