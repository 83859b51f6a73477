"""Importing meetings from calendars: read, checked, recorded, and updated when the calendar changes."""

from datetime import date, datetime, time

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from jukwaa.core.documents.limits import BYTES_PER_MEGABYTE
from jukwaa.core.refusals import ActionRefused
from jukwaa.mail.models import Message
from jukwaa.meetings.actions.calendar_import import MAX_CALENDAR_FAILURES
from jukwaa.meetings.calendar_files import build_meeting_calendar_file
from jukwaa.meetings.calendar_reader import MAX_CALENDAR_EVENTS, read_calendar
from jukwaa.meetings.calendar_updates import update_imported_calendars
from jukwaa.meetings.models import ImportedCalendar, ImportedEvent, Meeting
from jukwaa.records.actions import change_record, withdraw_record
from jukwaa.records.models import Held
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from jukwaa.updates.clock import jobs
from jukwaa.updates.models import EmailTopic, MailChoice
from jukwaa.updates.publication_delay import WAITING_PERIOD
from tests.meetings.scheduled_meetings import BEFORE_MEETING, schedule_meeting

pytestmark = pytest.mark.usefixtures("frozen_before_calls")


@pytest.fixture
def frozen_before_calls():
    with time_machine.travel(BEFORE_MEETING, tick=False):
        yield


def build_event(event_uid="a", start="20261201T090000", title="Monthly call", lines=""):
    zone = "" if start.endswith("Z") else ";TZID=Africa/Nairobi"
    return (
        f"BEGIN:VEVENT\nUID:{event_uid}@example.org\nDTSTART{zone}:{start}\nDURATION:PT1H30M\nSUMMARY:{title}\n"
        f"DESCRIPTION:Dial in: 12345\nATTENDEE:mailto:ada@example.org\n{lines}END:VEVENT\n"
    )


def build_calendar(*events, head=""):
    begin = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Example//EN\nX-WR-CALNAME:Coalition calls\n{head}"
    text = begin + "".join(events) + "END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


PAST = build_event()
NEXT_EVENT = build_event("b", "20270210T090000", "Planning call", "LOCATION:https://meet.example.org/secret\n")


@pytest.fixture
def upload_ics(client, coalition, rapporteur):
    client.force_login(rapporteur)
    url = reverse("meetings:calendar_import", args=[coalition.slug])

    def post_calendar_file(file_content=b"", name="calls.ics", **more):
        data = {"label": "TLP:CLEAR", **more}
        return client.post(url, data | ({"file": SimpleUploadedFile(name, file_content)} if file_content else {}))

    return post_calendar_file


@pytest.fixture
def confirm_import(client, coalition):
    """Submit the table as the page shows it, except for what is not to be selected."""

    def post_selected_events(page, leave_out=()):
        form = page.context["form"]
        data = {"calendar": form["calendar"].value()} | {name: "on" for name in form.fields if "series_" in name}
        rows = [(f"include_{number}", row) for number, row in enumerate(form.planned) if row.is_new]
        data |= {name: "on" for name, row in rows if row.details["title"] not in leave_out}
        return client.post(reverse("meetings:calendar_check", args=[coalition.slug]), data, follow=True)

    return post_selected_events


@pytest.fixture
def subscription(coalition, rapporteur, upload_ics, confirm_import):
    """A calendar with an address. What it holds is what `read` returns."""
    confirm_import(upload_ics(build_calendar(PAST, NEXT_EVENT)))
    row = ImportedCalendar.objects.get()
    row.address = "https://calendar.example.org/secret.ics"
    row.save()
    return row


def update_calendars_from(*events):
    return update_imported_calendars(timezone.now(), lambda _address: read_calendar(build_calendar(*events)))


def test_meetings_are_previewed_before_import(upload_ics, confirm_import, coalition):
    page = upload_ics(build_calendar(PAST, NEXT_EVENT))

    assert page.status_code == 200
    assert [(row.details["title"], str(row.outcome.label)) for row in page.context["form"].planned] == [
        ("Planning call", "New meeting"),
        ("Monthly call", "New meeting"),
    ]
    assert (Meeting.objects.count(), ImportedCalendar.objects.count()) == (0, 0)
    assert "2 meetings imported." in confirm_import(page).text


def test_import_omits_descriptions_and_attendees(upload_ics, confirm_import):
    confirm_import(upload_ics(build_calendar(PAST, NEXT_EVENT)))
    past, coming = Meeting.objects.order_by("starts_on")

    assert (past.starts_on, past.start_time) == (date(2026, 12, 1), time(9))
    assert (past.time_zone, past.duration) == ("Africa/Nairobi", 90)
    assert past.starts_at == datetime.fromisoformat("2026-12-01T06:00:00Z")
    assert (past.label, past.state, coming.state) == ("TLP:CLEAR", "published", "draft")
    assert (coming.joining_link, coming.joining_link_is_public, coming.place) == (
        "https://meet.example.org/secret",
        False,
        "",
    )
    assert not any("12345" in meeting.summary or "ada@" in meeting.summary for meeting in (past, coming))


def test_imported_meeting_names_its_calendar(client, upload_ics, confirm_import):
    confirm_import(upload_ics(build_calendar(PAST)))
    url = Meeting.objects.get().get_absolute_url()

    assert "Coalition calls" in client.get(url).text
    client.logout()
    assert "Imported from" not in client.get(url).text


def test_past_meetings_are_not_emailed(upload_ics, confirm_import, coalition, member):
    MailChoice.objects.create(coalition=coalition, person=member, topic=EmailTopic.NEWS, wanted=True)
    confirm_import(upload_ics(build_calendar(PAST, build_event("c", "20261103T090000"))))
    send_pending_activity_notifications(timezone.now() + WAITING_PERIOD)

    assert not Message.objects.exists()


def test_repeated_import_changes_nothing(upload_ics, confirm_import):
    confirm_import(upload_ics(build_calendar(PAST, NEXT_EVENT)))
    page = upload_ics(build_calendar(PAST, NEXT_EVENT))

    assert {str(row.outcome) for row in page.context["form"].planned} == {"unchanged"}
    assert "No meetings were imported." in confirm_import(page).text
    assert Meeting.objects.count() == 2


def test_changed_meeting_is_updated_unless_edited(upload_ics, confirm_import, rapporteur):
    confirm_import(upload_ics(build_calendar(PAST, build_event("c", "20261103T090000", "Another call"))))
    edited = Meeting.objects.get(title="Another call")
    change_record(actor=rapporteur, record=edited, changes={"title": "Edited call"}, from_version=edited.version)

    later = build_event("a", "20261201T110000"), build_event("c", "20261103T110000", "Another call")
    page = upload_ics(build_calendar(*later))
    assert [str(row.outcome) for row in page.context["form"].planned] == ["changed", "edited"]
    assert "1 meeting updated." in confirm_import(page).text

    assert Meeting.objects.get(title="Monthly call").start_time == time(11)
    assert Meeting.objects.get(pk=edited.pk).start_time == time(9)


def test_edits_of_other_fields_do_not_stop_time_updates(upload_ics, confirm_import, rapporteur):
    confirm_import(upload_ics(build_calendar(PAST)))
    meeting = Meeting.objects.get()
    change_record(actor=rapporteur, record=meeting, changes={"summary": "Short."}, from_version=meeting.version)
    confirm_import(upload_ics(build_calendar(build_event("a", "20261201T110000"))))

    meeting.refresh_from_db()
    assert (meeting.start_time, meeting.summary) == (time(11), "Short.")


def test_cancelled_meeting_is_marked(upload_ics, confirm_import):
    confirm_import(upload_ics(build_calendar(PAST, NEXT_EVENT)))
    cancelled = build_event("b", "20270210T090000", "Planning call", "STATUS:CANCELLED\n")
    confirm_import(upload_ics(build_calendar(PAST, cancelled)))

    assert [meeting.is_cancelled for meeting in Meeting.objects.order_by("starts_on")] == [False, True]


@pytest.mark.parametrize("lines", ["CLASS:PRIVATE\n", "CLASS:confidential\n", "STATUS:CANCELLED\n"])
def test_private_or_cancelled_event_is_not_imported(upload_ics, confirm_import, lines):
    confirm_import(upload_ics(build_calendar(build_event(lines=lines))))
    assert not Meeting.objects.exists()


def test_withdrawn_meeting_is_not_imported_again(upload_ics, confirm_import, rapporteur):
    confirm_import(upload_ics(build_calendar(PAST)))
    withdraw_record(actor=rapporteur, record=Meeting.objects.get(), reason="It was never held.")
    page = upload_ics(build_calendar(build_event("a", "20261201T110000")))

    assert [str(row.outcome) for row in page.context["form"].planned] == ["withdrawn"]
    confirm_import(page)
    assert Meeting.objects.get().start_time == time(9)


def test_existing_meeting_is_not_imported_twice(upload_ics, confirm_import, coalition, rapporteur):
    schedule_meeting(coalition, rapporteur, starts_on=date(2026, 12, 1), title="Monthly Call")
    own = schedule_meeting(coalition, rapporteur, title="Our own")
    ours = build_meeting_calendar_file(own).encode()

    assert {str(row.outcome) for row in upload_ics(build_calendar(PAST)).context["form"].planned} == {"found"}
    assert {str(row.outcome) for row in upload_ics(ours).context["form"].planned} == {"found"}
    confirm_import(upload_ics(build_calendar(PAST)))
    assert Meeting.objects.count() == 2


def test_existing_meeting_is_not_cancelled_by_calendar(upload_ics, confirm_import, coalition, rapporteur):
    own = schedule_meeting(coalition, rapporteur, starts_on=date(2026, 12, 1), title="Monthly Call")
    confirm_import(upload_ics(build_calendar(PAST)))
    page = upload_ics(build_calendar(build_event(lines="STATUS:CANCELLED\n")))

    assert [str(row.outcome) for row in page.context["form"].planned] == ["found"]
    confirm_import(page)
    own.refresh_from_db()
    assert not own.is_cancelled


@pytest.mark.parametrize("location", ["Zoom <{link}>", "Zoom:{link}", "({link})", "HTTPS://meet.example.org/secret"])
def test_joining_link_is_found_in_location(upload_ics, confirm_import, location):
    link = "https://meet.example.org/secret"
    event = build_event(lines=f"LOCATION:{location.format(link=link)}\n", title=f"Call ({link})")
    confirm_import(upload_ics(build_calendar(event)))
    meeting = Meeting.objects.get()

    assert (meeting.place, meeting.joining_link.lower()) == ("", link)
    assert "meet.example.org" not in meeting.title


def test_endless_series_ends_with_next_year(upload_ics):
    page = upload_ics(build_calendar(build_event(start="20260105T090000", lines="RRULE:FREQ=MONTHLY\n")))
    planned = page.context["form"].planned
    days = [row.event.day for row in planned]
    assert (days[0], days[23:25], days[-1]) == ("2027-01-05", ["2028-12-05", "2026-12-05"], "2026-01-05")
    assert len({row.event.event_key for row in planned}) == 36
    assert "Meetings until 31 December 2028 are listed." in page.text


@pytest.mark.parametrize("title", ["Deadline inputs on draft guideline", "Date limite des contributions"])
def test_event_titled_as_deadline_is_not_preselected(upload_ics, title):
    deadline = f"BEGIN:VEVENT\nUID:d@example.org\nDTSTART;VALUE=DATE:20270212\nSUMMARY:{title}\nEND:VEVENT\n"
    page = upload_ics(build_calendar(deadline, NEXT_EVENT))
    form = page.context["form"]
    selected = {row.event.title: form[f"include_{number}"].value() for number, row in enumerate(form.planned)}

    assert selected == {title: False, "Planning call": True}
    assert "This may be a deadline, not a meeting." in page.text


def test_moved_occurrence_is_updated_rather_than_added(upload_ics, confirm_import):
    series = build_event(start="20261101T090000", lines="RRULE:FREQ=MONTHLY;COUNT=2\n")
    confirm_import(upload_ics(build_calendar(series)))
    moved = build_event(start="20261202T100000", lines="RECURRENCE-ID;TZID=Africa/Nairobi:20261201T090000\n")
    confirm_import(upload_ics(build_calendar(series, moved)))

    assert list(Meeting.objects.order_by("starts_on").values_list("starts_on", "start_time")) == [
        (date(2026, 11, 1), time(9)),
        (date(2026, 12, 2), time(10)),
    ]


@pytest.mark.parametrize("rule", ["SECONDLY", "MINUTELY", "HOURLY"])
def test_hourly_series_is_left_out(upload_ics, rule):
    page = upload_ics(build_calendar(PAST, build_event("b", lines=f"RRULE:FREQ={rule}\n")))

    assert len(page.context["form"].planned) == 1
    assert "1 event was left out because it has no date or repeats more than once a day." in page.text


def test_utc_times_are_shown_in_calendar_zone(upload_ics):
    page = upload_ics(build_calendar(build_event(start="20261201T060000Z"), head="X-WR-TIMEZONE:Africa/Nairobi\n"))

    [row] = page.context["form"].planned
    assert (row.details["start_time"], row.details["time_zone"]) == (time(9), "Africa/Nairobi")


BROKEN_CALENDAR_ERROR = "Export the calendar as an iCalendar (.ics) file. This is not a calendar file."


@pytest.mark.parametrize(
    ("file_content", "expected_sentence"),
    [
        (b"hello", BROKEN_CALENDAR_ERROR),
        (b"BEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\n", BROKEN_CALENDAR_ERROR),
        (b"\xff\xfe\x00\x01" * 9, BROKEN_CALENDAR_ERROR),
        (b" ", "This file is empty. Choose the file again, or paste its text."),
        (b"x" * (50 * BYTES_PER_MEGABYTE), "This calendar is larger than 5 MB. Export a shorter period."),
        (build_calendar(), "Choose another calendar. This one has no meetings."),
        (build_calendar(build_event(start="19700101T090000")), "Choose another calendar. This one has no meetings."),
        (
            build_calendar(build_event(lines="RRULE:FREQ=DAILY\n")),
            f"Export a shorter period. This calendar has more than {MAX_CALENDAR_EVENTS} meetings.",
        ),
    ],
    ids=["text", "event-alone", "binary", "empty", "fifty-megabytes", "no-event", "long-ago", "daily-without-end"],
)
def test_invalid_file_shows_error(upload_ics, file_content, expected_sentence):
    page = upload_ics(file_content)

    assert page.status_code == 422
    assert page.context["form"].errors == {"file": [expected_sentence]}


@pytest.mark.parametrize("calendar_url", ["https://127.0.0.1/a.ics", "webcal://localhost/a.ics", "https://[::1]/a.ics"])
def test_address_in_a_private_network_is_refused(upload_ics, calendar_url):
    sentence = "This address leads to a private network. Enter an address on the public internet."
    assert upload_ics(address=calendar_url).context["form"].errors == {"address": [sentence]}


def test_file_or_address_is_required(upload_ics):
    assert upload_ics().context["form"].non_field_errors() == ["Choose a file or enter an address, not both."]


def test_only_note_takers_import_calendars(client, coalition, member):
    client.force_login(member)
    assert client.get(reverse("meetings:calendar_import", args=[coalition.slug])).status_code == 403


def test_unsigned_calendar_table_is_refused(upload_ics, confirm_import, client, coalition):
    response = client.post(reverse("meetings:calendar_check", args=[coalition.slug]), {"calendar": "x"})
    upload_ics()
    assert (response.status_code, "Choose the calendar again. This table is no longer valid." in response.text) == (
        422,
        True,
    )


def test_disclosure_in_a_title_is_quarantined(upload_ics):
    upload_ics(build_calendar(build_event(title="My uncle touches me and I am 12, please help me")))
    assert Held.objects.count() == 1


def test_calendar_is_updated_every_hour(subscription):
    assert update_calendars_from(PAST, NEXT_EVENT) == 0
    added = build_event("c", "20261110T090000", "New call")
    assert update_calendars_from(build_event("a", "20261201T110000"), NEXT_EVENT, added) == 2

    assert set(Meeting.objects.values_list("title", "state")) == {
        ("Monthly call", "published"),
        ("Planning call", "draft"),
        ("New call", "draft"),
    }


def test_address_is_read_outside_a_transaction():
    """A job that is not done in parts holds a transaction for as long as the other servers take to answer."""
    assert jobs["update meetings from calendars"].in_parts


def test_deselected_meeting_is_not_imported_by_later_update(upload_ics, confirm_import, subscription):
    page = upload_ics(build_calendar(PAST, NEXT_EVENT, build_event("c", "20261110T090000", "Dentist")))
    form = page.context["form"]
    form.payload["address"] = subscription.address
    ImportedEvent.objects.create(
        calendar=subscription,
        coalition=subscription.coalition,
        key=next(row.event.event_key for row in form.planned if row.details["title"] == "Dentist"),
    )

    assert update_calendars_from(PAST, NEXT_EVENT, build_event("c", "20261110T090000", "Dentist")) == 0


def test_failing_calendar_shows_reason_and_stops_after_a_week(client, subscription, coalition):
    def fail_to_fetch(_calendar_url):
        raise ActionRefused("The server answered with error 404. Check the address.")

    assert update_imported_calendars(timezone.now(), fail_to_fetch) == 0
    page = client.get(reverse("meetings:calendar_import", args=[coalition.slug])).text
    assert "The server answered with error 404. Check the address." in page
    assert subscription.address not in page

    ImportedCalendar.objects.update(failures=MAX_CALENDAR_FAILURES - 1)
    update_imported_calendars(datetime.fromisoformat("2027-01-05T12:00Z"), fail_to_fetch)
    subscription.refresh_from_db()
    assert (subscription.is_updated, subscription.address) == (False, "")


def test_calendar_update_stops_when_importer_has_no_role(subscription, rapporteur):
    rapporteur.roles.all().delete()

    assert update_calendars_from(build_event("a", "20261201T110000")) == 0
    subscription.refresh_from_db()
    sentence = "The person who added this calendar can no longer edit meetings. Add the calendar again."
    assert subscription.problem == sentence


def test_updating_can_be_stopped(client, subscription, coalition):
    client.post(reverse("meetings:calendar_stop", args=[coalition.slug, subscription.pk]))
    subscription.refresh_from_db()

    assert (subscription.is_updated, subscription.address, Meeting.objects.count()) == (False, "", 2)
    assert update_calendars_from(build_event("a", "20261201T110000")) == 0


def test_disclosure_in_an_address_is_quarantined_and_not_imported(subscription):
    disclosure = build_event("c", title="My uncle touches me and I am 12, please help me")
    assert update_calendars_from(PAST, NEXT_EVENT, disclosure) == 0

    subscription.refresh_from_db()
    assert (Held.objects.count(), Meeting.objects.count()) == (1, 2)
    assert subscription.problem == "The safeguarding lead will review this calendar before it can be updated."
