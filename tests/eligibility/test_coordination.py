"""Coordination meetings: who sees them, who logs attendance, who is reminded, and what the self-check makes of them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Activity, Role
from jukwaa.coalitions.standing import Standing
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.eligibility import actions
from jukwaa.eligibility.coalition_year import MeetingsAttended
from jukwaa.eligibility.coordination.coordination_evidence import (
    count_meetings_attended,
    filter_past_meetings,
    find_last_contact,
)
from jukwaa.eligibility.demo_coordination import add_coordination_meetings
from jukwaa.eligibility.evidence import gather_year_evidence
from jukwaa.eligibility.models import CoordinationAttendance, CoordinationMeeting
from jukwaa.events.calendar_sources import CalendarWindow, list_calendar_items
from jukwaa.home.tasks_page import get_tasks
from jukwaa.mail.models import Message
from jukwaa.proposals.correspondence_models import CorrespondenceMessage
from jukwaa.records.demo_parts import Demo
from jukwaa.updates.reminders import send_due_reminders
from tests.conftest import create_seated_person

CURRENT_TIME = timezone.now()
ONE_HOUR = timedelta(hours=1)
EMPTY_LOG = {"attended": "", "report": "", "report_link": ""}
ATTENDED_LOG = EMPTY_LOG | {"attended": "yes"}
ICS_CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Test//EN
{events}
END:VCALENDAR
"""
ICS_EVENT = """BEGIN:VEVENT
UID:{number}@example.org
DTSTAMP:20260101T000000Z
DTSTART:20260{number}10T120000Z
DTEND:20260{number}10T130000Z
SUMMARY:Coordination meeting {number}
LOCATION:https://meet.example.org/{number}
END:VEVENT"""


@pytest.fixture
def representative(coalition):
    return create_seated_person(coalition, "The representative", "representative")


def build_coordination_url(route_name, *args):
    return reverse(f"eligibility:coordination_{route_name}", args=["ours", *args])


def plan_coordination_meeting(coalition, days=-3, **more):
    starts_at = CURRENT_TIME + timedelta(days=days)
    given = {"title": "Call 97", "starts_at": starts_at, "ends_at": starts_at + ONE_HOUR} | more
    return CoordinationMeeting.objects.create(coalition=coalition, **given)


def log_coordination_meeting(actor, meeting, people=(), version=1, **changes):
    return actions.log_coordination_attendance(
        actor=actor, meeting=meeting, changes=EMPTY_LOG | changes, people=people, version=version
    )


@pytest.mark.parametrize(
    ("reader", "status_code"),
    [("coordinator", 200), ("representative", 200), ("rapporteur", 403), ("member", 403), ("outsider", 403)],
)
def test_only_representatives_and_coordinators_see_meetings(client, coalition, request, reader, status_code):
    meeting = plan_coordination_meeting(coalition)
    client.force_login(request.getfixturevalue(reader))
    pages = [
        build_coordination_url("list"),
        build_coordination_url("new"),
        build_coordination_url("import"),
        build_coordination_url("log", meeting.pk),
        build_coordination_url("edit", meeting.pk),
    ]

    assert {client.get(page).status_code for page in pages} == {status_code}
    window = CalendarWindow(coalition, request.getfixturevalue(reader), date(2000, 1, 1), date(2100, 1, 1))
    assert [row.title for row in list_calendar_items(window)] == (["Call 97"] if status_code == 200 else [])


def test_visitors_and_other_coalitions_cannot_see_meetings(client, coalition, outsider):
    meeting = plan_coordination_meeting(coalition)
    client.force_login(outsider)

    for viewer in (AnonymousUser(), outsider):
        assert not list_calendar_items(CalendarWindow(coalition, viewer, date(2000, 1, 1), date(2100, 1, 1)))
    assert client.get(build_coordination_url("log", meeting.pk)).status_code == 403


def test_meeting_is_in_calendar_on_its_date(client, coalition, representative):
    plan_coordination_meeting(
        coalition, starts_at=datetime(2027, 3, 1, 23, 30, tzinfo=UTC), ends_at=None, time_zone="Asia/Tokyo"
    )
    client.force_login(representative)
    page = client.get(reverse("events:calendar_list", args=["ours"]) + "?from=2027-03-01")

    assert [(row.title, row.first) for row in page.context["rows"]] == [("Call 97", date(2027, 3, 2))]
    assert "Coordination meetings" in page.text
    area = client.get(reverse("events:calendar_list", args=["ours"]) + "?from=2027-03-01&region=africa")
    assert area.status_code == 200


def test_representative_adds_meeting_with_time_zone_once(client, coalition, representative):
    client.force_login(representative)
    token = client.get(build_coordination_url("new")).context["form"]["token"].value()
    sent = {"title": "Call 98", "starts_on": "2027-03-01", "start_time": "12:00", "duration": "60", "token": token}
    for _press in range(2):
        assert client.post(build_coordination_url("new"), sent | {"time_zone": "Africa/Nairobi"}).status_code == 302

    meeting = CoordinationMeeting.objects.get()
    assert meeting.starts_at == datetime(2027, 3, 1, 9, tzinfo=UTC)
    assert meeting.ends_at == meeting.starts_at + ONE_HOUR
    assert "12:00" in client.get(build_coordination_url("edit", meeting.pk)).text
    assert Activity.objects.filter(kind="coordinationmeeting", verb="added").count() == 1


@pytest.mark.parametrize(
    ("form_data", "expected_sentence"),
    [
        ({"title": ""}, "Enter a title."),
        ({"starts_on": ""}, "Enter the date."),
        ({"start_time": ""}, "Enter the start time."),
        ({"joining_link": "not a link"}, "Enter a link that starts with https://"),
    ],
)
def test_incomplete_meeting_form_shows_errors(client, representative, form_data, expected_sentence):
    client.force_login(representative)
    whole = {"title": "A", "starts_on": "2027-03-01", "start_time": "12:00", "time_zone": "UTC"}
    answer = client.post(build_coordination_url("new"), whole | form_data)

    assert (answer.status_code, expected_sentence in answer.text) == (422, True)
    assert not CoordinationMeeting.objects.exists()


def test_attendance_link_and_report_are_logged_together(client, coalition, coordinator, representative):
    meeting = plan_coordination_meeting(coalition)
    client.force_login(representative)
    page = client.get(build_coordination_url("log", meeting.pk))
    sent = {
        "attended": "yes",
        "people": [representative.pk, coordinator.pk],
        "version": 1,
        "report": "Next steps were agreed.",
        "report_link": "https://example.org/97",
    }

    assert "The representative" in page.text
    assert client.post(build_coordination_url("log", meeting.pk), sent).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.attended, meeting.report, meeting.version) == ("yes", "Next steps were agreed.", 2)
    shown = client.get(build_coordination_url("list")).text
    assert all(words in shown for words in ("Attended", "The coordinator", "Next steps were agreed.", "example.org/97"))
    log_coordination_meeting(representative, meeting, version=2, **EMPTY_LOG | {"attended": "no"})
    assert not CoordinationAttendance.objects.exists()


def test_log_edit_conflict_shows_both_versions(client, coalition, coordinator, representative):
    meeting = plan_coordination_meeting(coalition)
    log_coordination_meeting(coordinator, meeting, [coordinator], attended="yes", report="We spoke.")
    client.force_login(representative)
    conflict = client.post(
        build_coordination_url("log", meeting.pk), {"attended": "no", "report": "Nobody went.", "version": 1}
    )

    assert conflict.status_code == 409
    assert "We spoke." in conflict.text
    assert "Nobody went." in conflict.text
    with pytest.raises(EditConflict):
        log_coordination_meeting(representative, meeting, attended="no")
    with pytest.raises(EditConflict):
        actions.change_coordination_meeting(actor=coordinator, meeting=meeting, details={"title": "B"}, version=1)


def test_resubmitted_log_changes_nothing(coalition, representative):
    meeting = plan_coordination_meeting(coalition)
    log_coordination_meeting(representative, meeting, [representative], **ATTENDED_LOG)
    log_coordination_meeting(representative, meeting, [representative], version=2, **ATTENDED_LOG)

    assert Activity.objects.filter(verb="logged").count() == 1


def test_invalid_attendance_is_refused_with_message(coalition, representative, member):
    past, coming = plan_coordination_meeting(coalition), plan_coordination_meeting(coalition, days=3)
    cases = [
        (past, [], ATTENDED_LOG, "Choose who attended."),
        (past, [representative], EMPTY_LOG | {"attended": "no"}, "Clear the selected names"),
        (past, [member], ATTENDED_LOG, "Choose people who are"),
        (coming, [representative], ATTENDED_LOG, "has not started yet"),
    ]

    for meeting, people, changes, sentence in cases:
        with pytest.raises(ActionRefused, match=sentence):
            log_coordination_meeting(representative, meeting, people, **changes)
    with pytest.raises(PermissionDenied):
        log_coordination_meeting(member, past, [representative], **ATTENDED_LOG)
    assert not CoordinationAttendance.objects.exists()


def test_attended_meeting_cannot_be_postponed_or_removed(client, coalition, representative):
    meeting = log_coordination_meeting(
        representative, plan_coordination_meeting(coalition), [representative], **ATTENDED_LOG
    )
    client.force_login(representative)
    moved = {"title": "A", "starts_on": "2100-01-01", "start_time": "12:00", "time_zone": "UTC", "version": 2}

    assert "Enter a time in the past" in client.post(build_coordination_url("edit", meeting.pk), moved).text
    client.post(build_coordination_url("remove", meeting.pk))
    assert CoordinationMeeting.objects.filter(pk=meeting.pk).exists()
    other = plan_coordination_meeting(coalition)
    client.post(build_coordination_url("remove", other.pk))
    assert not CoordinationMeeting.objects.filter(pk=other.pk).exists()
    with pytest.raises(ActionRefused, match="has been removed"):
        log_coordination_meeting(representative, other, [representative], **ATTENDED_LOG)


def test_log_keeps_name_of_former_representative(client, coalition, coordinator, representative):
    meeting = log_coordination_meeting(
        representative, plan_coordination_meeting(coalition), [representative], **ATTENDED_LOG
    )
    Role.objects.filter(kind="representative").update(starts_on=None, ends_on=timezone.localdate() - timedelta(days=1))
    client.force_login(coordinator)
    page = client.get(build_coordination_url("log", meeting.pk))

    assert "The representative" in page.text
    sent = {"attended": "yes", "people": [representative.pk], "report": "Added later.", "version": 2}
    assert client.post(build_coordination_url("log", meeting.pk), sent).status_code == 302
    client.force_login(representative)
    assert client.get(build_coordination_url("log", meeting.pk)).status_code == 403


def test_calendar_file_is_imported_once(client, coalition, representative):
    client.force_login(representative)
    content = ICS_CALENDAR.format(events="\n".join(ICS_EVENT.format(number=number) for number in (1, 2))).encode()
    for _press in range(2):
        file = SimpleUploadedFile("calls.ics", content, "text/calendar")
        assert client.post(build_coordination_url("import"), {"file": file}).status_code == 302

    rows = CoordinationMeeting.objects.order_by("starts_at").values_list("title", "joining_link", "starts_at")
    assert list(rows) == [
        (
            f"Coordination meeting {number}",
            f"https://meet.example.org/{number}",
            datetime(2026, number, 10, 12, tzinfo=UTC),
        )
        for number in (1, 2)
    ]


@pytest.mark.parametrize(
    ("file_content", "expected_sentence"),
    [
        (b"", "empty"),
        (b"no calendar", "calendar"),
        (
            ICS_CALENDAR.format(
                events=ICS_EVENT.format(number=1).replace("T120000Z", "").replace("T130000Z", "")
            ).encode(),
            "no meetings",
        ),
    ],
)
def test_file_without_meetings_is_refused_with_message(client, representative, file_content, expected_sentence):
    client.force_login(representative)
    answer = client.post(
        build_coordination_url("import"), {"file": SimpleUploadedFile("calls.ics", file_content, "text/calendar")}
    )

    assert answer.status_code == 422
    assert expected_sentence in answer.text
    assert not CoordinationMeeting.objects.exists()


def test_unlogged_attendance_is_a_task(client, coalition, coordinator, rapporteur, representative):
    meeting = plan_coordination_meeting(coalition)
    plan_coordination_meeting(coalition, days=3, title="Later")

    def list_attendance_tasks(person):
        return [task.title for task in get_tasks(Standing(person, coalition)) if "attendance" in task.title]

    assert list_attendance_tasks(representative) == list_attendance_tasks(coordinator) == ["Record attendance: Call 97"]
    assert list_attendance_tasks(rapporteur) == []
    log_coordination_meeting(representative, meeting, attended="no")
    coalition.refresh_from_db()
    assert list_attendance_tasks(representative) == []


def test_representatives_are_reminded_once_after_meeting(mailing_coalition, coordinator, representative):
    meeting = plan_coordination_meeting(mailing_coalition, days=-1)
    plan_coordination_meeting(mailing_coalition, days=3)
    plan_coordination_meeting(mailing_coalition, days=-30)
    send_due_reminders(CURRENT_TIME)
    send_due_reminders(CURRENT_TIME + timedelta(days=1))

    assert [mail.to for mail in Message.objects.filter(subject__contains="Record attendance")] == [representative.email]
    assert meeting.get_absolute_url() in Message.objects.get(subject__contains="Record attendance").body


def test_coordinators_are_reminded_if_no_representative(mailing_coalition, coordinator):
    plan_coordination_meeting(mailing_coalition, days=-1)
    send_due_reminders(CURRENT_TIME)

    assert Message.objects.get(subject__contains="Record attendance").to == coordinator.email


def test_self_check_counts_past_meetings(coalition, representative):
    year = 2025
    for month, attended in ((1, "yes"), (2, "no"), (3, "")):
        plan_coordination_meeting(
            coalition, starts_at=datetime(year, month, 1, 12, tzinfo=UTC), ends_at=None, attended=attended
        )
    plan_coordination_meeting(coalition, starts_at=datetime(year - 1, 6, 1, tzinfo=UTC), ends_at=None, attended="yes")
    plan_coordination_meeting(coalition, days=3)

    meetings = list(coalition.coordination_meetings.all())
    assert count_meetings_attended(filter_past_meetings(meetings, year), year) == MeetingsAttended(1, 1, 1)
    assert find_last_contact(filter_past_meetings(meetings, year)) == date(year, 1, 1)
    assert find_last_contact(filter_past_meetings(meetings, year - 1)) == date(year - 1, 6, 1)
    assert find_last_contact([]) is None


@pytest.mark.parametrize("row_count", [1, 3])
def test_meeting_list_query_count_is_constant(
    client, coalition, coordinator, representative, row_count, django_assert_num_queries
):
    for _each in range(row_count):
        log_coordination_meeting(
            coordinator, plan_coordination_meeting(coalition), [coordinator, representative], **ATTENDED_LOG
        )
    client.force_login(representative)
    client.get(build_coordination_url("list"))
    with django_assert_num_queries(6):
        page = client.get(build_coordination_url("list"))

    assert len(page.context["rows"]) == row_count


def test_demo_meetings_are_marked_as_fictional(coalition, coordinator, rapporteur):
    add_coordination_meetings(Demo(coalition, {"coordinator": coordinator, "rapporteur": rapporteur}, {}, print))

    assert all("Made-up" in title for title in CoordinationMeeting.objects.values_list("title", flat=True))
    assert Role.objects.get(kind="representative").person == rapporteur
    assert CoordinationAttendance.objects.get().person == rapporteur


def test_secretariat_correspondence_counts_as_contact(coalition, coordinator):
    at = timezone.now() - timedelta(days=3)
    facts = {"coalition": coalition, "sender": "office@forum.example", "subject": "Speakers", "text": "Please confirm."}
    CorrespondenceMessage.objects.create(kind="received", digest="1", at=at, **facts)
    later = timezone.now() - timedelta(days=1)
    CorrespondenceMessage.objects.create(kind="received", digest="2", at=later, held_because="stranger", **facts)
    CorrespondenceMessage.objects.create(kind="note", digest="3", at=later, **facts)
    subject = gather_year_evidence(Standing(coordinator, coalition), at.year).subject

    assert subject.last_coordination == timezone.localtime(at).date()
