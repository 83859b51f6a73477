"""Checking in to a meeting by its link."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from jukwaa.accounts import minors
from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Capacity
from jukwaa.meetings.actions import cancel_meeting, record_attendance, reply_to_invitation, start_live_minutes
from jukwaa.meetings.actions.attendance_import import AttendeeToRecord, record_attendees
from jukwaa.meetings.actions.check_in import check_in_to_meeting
from jukwaa.meetings.check_in import build_check_in_link
from jukwaa.meetings.models import Attendance
from jukwaa.updates.email_links import build_absolute_url
from tests.factories import AttendanceFactory, MembershipFactory, PersonFactory
from tests.meetings.scheduled_meetings import BEFORE_MEETING, schedule_meeting

MEETING_START = datetime(2027, 1, 12, 12, tzinfo=UTC)
DURING_MEETING = MEETING_START + timedelta(minutes=20)


@pytest.fixture
def meeting_in_progress(coalition, coordinator, rapporteur, member, delegate):
    """At a time at which everybody's membership and confirmation is in force."""
    with time_machine.travel(BEFORE_MEETING):
        return schedule_meeting(coalition, rapporteur)


@pytest.fixture
def earlier_attendance(coalition):
    """Of a founding member: only then can anybody else attend for the first time."""
    founder = MembershipFactory(coalition=coalition, starts_on=date(2009, 1, 1)).organisation
    return AttendanceFactory(meeting__coalition=coalition, capacity__organisation=founder)


@pytest.fixture
def check_in_link(meeting_in_progress):
    return build_check_in_link(meeting_in_progress).removeprefix(build_absolute_url(""))


@pytest.fixture
def send_check_in(client, check_in_link):
    def send_check_in_at(person, at=DURING_MEETING, **data):
        with time_machine.travel(at):
            client.force_login(person)
            return client.post(check_in_link, data, follow=True)

    return send_check_in_at


def list_person_attendances():
    return [
        (row.capacity.person, row.capacity.organisation, row.came_as)
        for row in Attendance.objects.filter(capacity__person__isnull=False)
    ]


@pytest.mark.usefixtures("earlier_attendance")
def test_member_checks_in_once_and_is_welcomed(member, send_check_in):
    first = send_check_in(member)
    second = send_check_in(member)

    assert list_person_attendances() == [(member, None, "new-attendee")]
    assert "Welcome to your first meeting." in first.text
    assert "The rapporteur takes minutes." in first.text
    assert second.status_code == 200


@pytest.mark.usefixtures("earlier_attendance")
def test_rapporteur_sees_first_time_attendees(client, meeting_in_progress, member, rapporteur, send_check_in):
    send_check_in(member)
    with time_machine.travel(DURING_MEETING):
        start_live_minutes(actor=rapporteur, meeting=meeting_in_progress)
        url = reverse("meetings:minutes_live", args=["ours", meeting_in_progress.pk])
        client.force_login(rapporteur)
        page = client.get(url).text
        assert "<b>Attending for the first time:</b> <bdi>A member</bdi>" in page
        assert "Please welcome the new attendees." in page
        client.force_login(member)
        assert "Attending for the first time:" not in client.get(url).text
        Person.objects.filter(pk=member.pk).update(is_minor=True, adult_contact=PersonFactory())
        client.force_login(rapporteur)
        assert "Attending for the first time:" not in client.get(url).text


def test_capacity_of_invitation_reply_is_preselected(
    client, meeting_in_progress, delegate, organisation, check_in_link, send_check_in
):
    AttendanceFactory(meeting__coalition=meeting_in_progress.coalition, capacity__organisation=organisation)
    with time_machine.travel(BEFORE_MEETING):
        reply_to_invitation(actor=delegate, meeting=meeting_in_progress, answer="yes", organisation=organisation)
    with time_machine.travel(DURING_MEETING):
        client.force_login(delegate)
        chosen = client.get(check_in_link).context["form"]["capacity"].value()
    send_check_in(delegate, capacity=chosen)

    assert list_person_attendances() == [(delegate, organisation, "member")]


@pytest.mark.usefixtures("earlier_attendance")
def test_import_skips_people_who_checked_in(meeting_in_progress, organisation, delegate, rapporteur, send_check_in):
    send_check_in(delegate, capacity="own")
    with time_machine.travel(DURING_MEETING):
        added = record_attendees(
            actor=rapporteur,
            meeting=meeting_in_progress,
            attendees=[AttendeeToRecord("A delegate", delegate, organisation)],
        )

    assert (added, list_person_attendances()) == (0, [(delegate, None, "new-attendee")])


@pytest.mark.parametrize(
    ("check_in_time", "expected_sentence"),
    [
        (MEETING_START - timedelta(minutes=16), "Check-in opens 15 minutes before the meeting starts."),
        (MEETING_START - timedelta(minutes=14), ""),
        (MEETING_START + timedelta(minutes=89), ""),
        (MEETING_START + timedelta(days=1), "This meeting has ended. Ask the rapporteur to record your attendance."),
    ],
)
def test_link_is_valid_from_15_minutes_before_until_end(
    client, member, check_in_link, send_check_in, check_in_time, expected_sentence
):
    answer = send_check_in(member, check_in_time)
    with time_machine.travel(check_in_time):
        page = client.get(check_in_link)

    assert (len(list_person_attendances()), answer.status_code, "Record my attendance" in page.text) == (
        (0, 422, False) if expected_sentence else (1, 200, False)
    )
    assert expected_sentence in page.text


def test_check_in_to_cancelled_meeting_is_refused(meeting_in_progress, coordinator, member, send_check_in):
    with time_machine.travel(BEFORE_MEETING):
        cancel_meeting(actor=coordinator, meeting=meeting_in_progress, reason="No quorum.")
    answer = send_check_in(member)

    assert (answer.status_code, list_person_attendances()) == (422, [])
    assert "This meeting has been cancelled." in answer.text


def test_check_in_requires_sign_in_and_membership(client, outsider, check_in_link, send_check_in):
    refused = send_check_in(outsider)
    client.logout()
    visitor = client.get(check_in_link)

    assert (refused.status_code, visitor.status_code, list_person_attendances()) == (403, 302, [])
    assert "Only members of the coalition can check in." in refused.text
    assert visitor["Location"].startswith(reverse("account_login"))


def test_minor_is_not_recorded(member, send_check_in):
    minors.mark_as_minor(actor=member, person=member, adult_contact=PersonFactory(), reason="Told us.")
    answer = send_check_in(member)

    assert (answer.status_code, list_person_attendances()) == (403, [])
    assert "Your adult contact must agree before you attend this meeting." in answer.text


def test_tampered_link_is_invalid(client, member, check_in_link):
    client.force_login(member)

    assert client.get(check_in_link[:-2] + "x/").status_code == 404


def test_screen_page_shows_link_and_qr_code(client, meeting_in_progress, rapporteur, member):
    url = reverse("meetings:check_in_link", args=[meeting_in_progress.coalition.slug, meeting_in_progress.pk])
    with time_machine.travel(DURING_MEETING):
        client.force_login(member)
        refused = client.get(url)
        client.force_login(rapporteur)
        shown = client.get(url).text
        meeting_page = client.get(meeting_in_progress.get_absolute_url()).text
    with time_machine.travel(MEETING_START + timedelta(days=1)):
        client.force_login(rapporteur)
        late = client.get(url).text

    assert (refused.status_code, url in meeting_page) == (403, True)
    assert (f'href="{build_check_in_link(meeting_in_progress)}"' in shown, "<svg" in shown) == (True, True)
    assert (build_check_in_link(meeting_in_progress) in late, "This meeting has ended." in late) == (False, True)


def test_check_in_after_apologies_leaves_no_second_capacity(coalition, meeting_in_progress, rapporteur, member):
    record_attendance(
        actor=rapporteur, meeting=meeting_in_progress, name=member.name, person=member, came_as=Attendance.As.APOLOGIES
    )

    with time_machine.travel(DURING_MEETING):
        check_in_to_meeting(actor=member, meeting=meeting_in_progress)

    assert Capacity.objects.get(person=member, coalition=coalition) == meeting_in_progress.attendances.get().capacity
