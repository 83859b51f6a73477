"""Importing meetings from calendars: read, checked, recorded, and updated when the calendar changes."""

from datetime import date, datetime, time

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from jukwaa.core.documents.limits import MEGABYTE
from jukwaa.core.refusals import ActionRefused
from jukwaa.mail.models import Message
from jukwaa.meetings.actions.calendar_import import MAX_CALENDAR_FAILURES
from jukwaa.meetings.calendar_files import build_calendar_file
from jukwaa.meetings.calendar_reader import MAX_CALENDAR_EVENTS, read_calendar
from jukwaa.meetings.calendar_updates import update_imported_calendars
from jukwaa.meetings.models import ImportedCalendar, ImportedEvent, Meeting
from jukwaa.records.actions import change_record, withdraw_record
from jukwaa.records.models import Held
from jukwaa.updates.activity_notifications import notify_untold_activities
from jukwaa.updates.clock import jobs
from jukwaa.updates.models import MailChoice, Topic
from jukwaa.updates.publication_delay import WAIT
from tests.meetings.scheduled import NOW, schedule_meeting

pytestmark = pytest.mark.usefixtures("frozen")


@pytest.fixture
def frozen():
    with time_machine.travel(NOW, tick=False):
        yield


def build_event(uid="a", start="20261201T090000", title="Monthly call", more=""):
    zone = "" if start.endswith("Z") else ";TZID=Africa/Nairobi"
    return (
        f"BEGIN:VEVENT\nUID:{uid}@example.org\nDTSTART{zone}:{start}\nDURATION:PT1H30M\nSUMMARY:{title}\n"
        f"DESCRIPTION:Dial in: 12345\nATTENDEE:mailto:ada@example.org\n{more}END:VEVENT\n"
    )


def build_calendar(*events, head=""):
    begin = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Example//EN\nX-WR-CALNAME:Coalition calls\n{head}"
    text = begin + "".join(events) + "END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


PAST = build_event()
UPCOMING = build_event("b", "20270210T090000", "Planning call", "LOCATION:https://meet.example.org/secret\n")


@pytest.fixture
def upload(client, coalition, rapporteur):
    client.force_login(rapporteur)
    url = reverse("meetings:calendar_import", args=[coalition.slug])

    def send(content=b"", name="calls.ics", **more):
        data = {"label": "TLP:CLEAR", **more}
        return client.post(url, data | ({"file": SimpleUploadedFile(name, content)} if content else {}))

    return send


@pytest.fixture
def confirm(client, coalition):
    """Submit the table as the page shows it, except for what is not to be selected."""

    def send(page, leave_out=()):
        form = page.context["form"]
        data = {"calendar": form["calendar"].value()}
        rows = [(f"include_{number}", row) for number, row in enumerate(form.planned) if row.is_new]
        data |= {name: "on" for name, row in rows if row.details["title"] not in leave_out}
        return client.post(reverse("meetings:calendar_check", args=[coalition.slug]), data, follow=True)

    return send


@pytest.fixture
def subscribed(coalition, rapporteur, upload, confirm):
    """A calendar with an address. What it holds is what `read` returns."""
    confirm(upload(build_calendar(PAST, UPCOMING)))
    row = ImportedCalendar.objects.get()
    row.address = "https://calendar.example.org/secret.ics"
    row.save()
    return row


def update(*events):
    return update_imported_calendars(timezone.now(), lambda _address: read_calendar(build_calendar(*events)))


def test_meetings_are_previewed_before_import(upload, confirm, coalition):
    page = upload(build_calendar(PAST, UPCOMING))

    assert page.status_code == 200
    assert [(row.details["title"], str(row.outcome.label)) for row in page.context["form"].planned] == [
        ("Planning call", "New meeting"),
        ("Monthly call", "New meeting"),
    ]
    assert (Meeting.objects.count(), ImportedCalendar.objects.count()) == (0, 0)
    assert "2 meetings imported." in confirm(page).text


def test_import_omits_descriptions_and_attendees(upload, confirm):
    confirm(upload(build_calendar(PAST, UPCOMING)))
    past, coming = Meeting.objects.order_by("starts_on")

    assert (past.starts_on, past.start_time, past.time_zone, past.duration) == (
        date(2026, 12, 1),
        time(9),
        "Africa/Nairobi",
        90,
    )
    assert past.starts_at == datetime.fromisoformat("2026-12-01T06:00:00Z")
    assert (past.label, past.state, coming.state) == ("TLP:CLEAR", "published", "draft")
    assert (coming.joining_link, coming.joining_link_is_public, coming.place) == (
        "https://meet.example.org/secret",
        False,
        "",
    )
    assert not any("12345" in meeting.summary or "ada@" in meeting.summary for meeting in (past, coming))


def test_source_of_an_imported_meeting_is_shown(client, upload, confirm):
    confirm(upload(build_calendar(PAST)))
    page = client.get(Meeting.objects.get().get_absolute_url()).text

    assert "Imported from" in page
    assert "Coalition calls" in page


def test_past_meetings_are_not_emailed(upload, confirm, coalition, member):
    MailChoice.objects.create(coalition=coalition, person=member, topic=Topic.NEWS, wanted=True)
    confirm(upload(build_calendar(PAST, build_event("c", "20261103T090000"))))
    notify_untold_activities(timezone.now() + WAIT)

    assert not Message.objects.exists()


def test_repeated_import_changes_nothing(upload, confirm):
    confirm(upload(build_calendar(PAST, UPCOMING)))
    page = upload(build_calendar(PAST, UPCOMING))

    assert {str(row.outcome) for row in page.context["form"].planned} == {"unchanged"}
    assert "No meetings were imported." in confirm(page).text
    assert Meeting.objects.count() == 2


def test_changed_meeting_is_updated_unless_edited(upload, confirm, rapporteur):
    confirm(upload(build_calendar(PAST, build_event("c", "20261103T090000", "Another call"))))
    edited = Meeting.objects.get(title="Another call")
    change_record(actor=rapporteur, record=edited, changes={"title": "Edited call"}, from_version=edited.version)

    later = build_event("a", "20261201T110000"), build_event("c", "20261103T110000", "Another call")
    page = upload(build_calendar(*later))
    assert [str(row.outcome) for row in page.context["form"].planned] == ["changed", "edited"]
    assert "1 meeting updated." in confirm(page).text

    assert Meeting.objects.get(title="Monthly call").start_time == time(11)
    assert Meeting.objects.get(pk=edited.pk).start_time == time(9)


def test_edits_of_other_fields_keep_calendar_time(upload, confirm, rapporteur):
    confirm(upload(build_calendar(PAST)))
    meeting = Meeting.objects.get()
    change_record(actor=rapporteur, record=meeting, changes={"summary": "Short."}, from_version=meeting.version)
    confirm(upload(build_calendar(build_event("a", "20261201T110000"))))

    meeting.refresh_from_db()
    assert (meeting.start_time, meeting.summary) == (time(11), "Short.")


def test_cancelled_meeting_is_marked(upload, confirm):
    confirm(upload(build_calendar(PAST, UPCOMING)))
    confirm(upload(build_calendar(PAST, build_event("b", "20270210T090000", "Planning call", "STATUS:CANCELLED\n"))))

    assert [meeting.is_cancelled for meeting in Meeting.objects.order_by("starts_on")] == [False, True]


def test_withdrawn_meeting_is_not_imported_again(upload, confirm, rapporteur):
    confirm(upload(build_calendar(PAST)))
    withdraw_record(actor=rapporteur, record=Meeting.objects.get(), reason="It was never held.")
    page = upload(build_calendar(build_event("a", "20261201T110000")))

    assert [str(row.outcome) for row in page.context["form"].planned] == ["withdrawn"]
    confirm(page)
    assert Meeting.objects.get().start_time == time(9)


def test_existing_meeting_is_not_imported_twice(upload, confirm, coalition, rapporteur):
    schedule_meeting(coalition, rapporteur, starts_on=date(2026, 12, 1), title="Monthly Call")
    own = schedule_meeting(coalition, rapporteur, title="Our own")
    ours = build_calendar_file(own).encode()

    assert {str(row.outcome) for row in upload(build_calendar(PAST)).context["form"].planned} == {"found"}
    assert {str(row.outcome) for row in upload(ours).context["form"].planned} == {"found"}
    confirm(upload(build_calendar(PAST)))
    assert Meeting.objects.count() == 2


def test_existing_meeting_is_not_cancelled_by_calendar(upload, confirm, coalition, rapporteur):
    own = schedule_meeting(coalition, rapporteur, starts_on=date(2026, 12, 1), title="Monthly Call")
    confirm(upload(build_calendar(PAST)))
    page = upload(build_calendar(build_event(more="STATUS:CANCELLED\n")))

    assert [str(row.outcome) for row in page.context["form"].planned] == ["found"]
    confirm(page)
    own.refresh_from_db()
    assert not own.is_cancelled


@pytest.mark.parametrize("place", ["Zoom <{link}>", "Zoom:{link}", "({link})", "HTTPS://meet.example.org/secret"])
def test_joining_link_is_found_in_location(upload, confirm, place):
    link = "https://meet.example.org/secret"
    confirm(upload(build_calendar(build_event(more=f"LOCATION:{place.format(link=link)}\n", title=f"Call ({link})"))))
    meeting = Meeting.objects.get()

    assert (meeting.place, meeting.joining_link.lower()) == ("", link)
    assert "meet.example.org" not in meeting.title


def test_endless_series_ends_with_next_year(upload):
    page = upload(build_calendar(build_event(start="20260105T090000", more="RRULE:FREQ=MONTHLY\n")))
    planned = page.context["form"].planned

    assert (planned[-1].event.day, planned[0].event.day, len(planned)) == ("2026-01-05", "2028-12-05", 36)
    assert len({row.event.key for row in planned}) == 36
    assert "Meetings until 31 December 2028 are listed." in page.text


@pytest.mark.parametrize("title", ["Deadline inputs on draft guideline", "Date limite des contributions"])
def test_deadline_is_not_preselected(upload, title):
    deadline = f"BEGIN:VEVENT\nUID:d@example.org\nDTSTART;VALUE=DATE:20270212\nSUMMARY:{title}\nEND:VEVENT\n"
    page = upload(build_calendar(deadline, UPCOMING))
    form = page.context["form"]
    selected = {row.event.title: form[f"include_{number}"].value() for number, row in enumerate(form.planned)}

    assert selected == {title: False, "Planning call": True}
    assert "This may be a deadline, not a meeting." in page.text


def test_moved_occurrence_keeps_its_identity(upload, confirm):
    series = build_event(start="20261101T090000", more="RRULE:FREQ=MONTHLY;COUNT=2\n")
    confirm(upload(build_calendar(series)))
    moved = build_event(start="20261202T100000", more="RECURRENCE-ID;TZID=Africa/Nairobi:20261201T090000\n")
    confirm(upload(build_calendar(series, moved)))

    assert list(Meeting.objects.order_by("starts_on").values_list("starts_on", "start_time")) == [
        (date(2026, 11, 1), time(9)),
        (date(2026, 12, 2), time(10)),
    ]


@pytest.mark.parametrize("rule", ["SECONDLY", "MINUTELY", "HOURLY"])
def test_hourly_series_is_left_out(upload, rule):
    page = upload(build_calendar(PAST, build_event("b", more=f"RRULE:FREQ={rule}\n")))

    assert len(page.context["form"].planned) == 1
    assert "1 event was left out because it has no date or repeats more than once a day." in page.text


def test_utc_times_are_shown_in_calendar_zone(upload):
    page = upload(build_calendar(build_event(start="20261201T060000Z"), head="X-WR-TIMEZONE:Africa/Nairobi\n"))

    assert [(row.details["start_time"], row.details["time_zone"]) for row in page.context["form"].planned] == [
        (time(9), "Africa/Nairobi")
    ]


BROKEN = "Export the calendar as an iCalendar (.ics) file. This is not a calendar file."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"hello", BROKEN),
        (b"BEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\n", BROKEN),
        (b"\xff\xfe\x00\x01" * 9, BROKEN),
        (b" ", "This file is empty. Choose the file again, or paste its text."),
        (b"x" * (50 * MEGABYTE), "This calendar is larger than 5 MB. Export a shorter period."),
        (build_calendar(), "Choose another calendar. This one has no meetings."),
        (build_calendar(build_event(start="19700101T090000")), "Choose another calendar. This one has no meetings."),
        (
            build_calendar(build_event(more="RRULE:FREQ=DAILY\n")),
            f"Export a shorter period. This calendar has more than {MAX_CALENDAR_EVENTS} meetings.",
        ),
    ],
    ids=["text", "event-alone", "binary", "empty", "fifty-megabytes", "no-event", "long-ago", "daily-without-end"],
)
def test_invalid_file_shows_error(upload, content, sentence):
    page = upload(content)

    assert page.status_code == 422
    assert page.context["form"].errors == {"file": [sentence]}


@pytest.mark.parametrize("address", ["https://127.0.0.1/a.ics", "webcal://localhost/a.ics", "https://[::1]/a.ics"])
def test_address_in_a_private_network_is_refused(upload, address):
    page = upload(address=address)

    assert page.status_code == 422
    assert page.context["form"].errors["address"] == [
        "This address leads to a private network. Enter an address on the public internet."
    ]


def test_file_or_address_is_required(upload):
    assert upload().context["form"].non_field_errors() == ["Choose a file or enter an address, not both."]


def test_only_note_takers_import_calendars(client, coalition, member):
    client.force_login(member)

    assert client.get(reverse("meetings:calendar_import", args=[coalition.slug])).status_code == 403


def test_table_of_another_coalition_is_refused(upload, confirm, client, coalition):
    response = client.post(reverse("meetings:calendar_check", args=[coalition.slug]), {"calendar": "x"})
    upload()

    assert response.status_code == 422
    assert "Choose the calendar again. This table is no longer valid." in response.text


def test_disclosure_in_a_title_is_quarantined(upload):
    upload(build_calendar(build_event(title="My uncle touches me and I am 12, please help me")))

    assert Held.objects.count() == 1


def test_calendar_is_updated_every_hour(subscribed):
    assert update(PAST, UPCOMING) == 0
    assert update(build_event("a", "20261201T110000"), UPCOMING, build_event("c", "20261110T090000", "New call")) == 2

    assert set(Meeting.objects.values_list("title", "state")) == {
        ("Monthly call", "published"),
        ("Planning call", "draft"),
        ("New call", "draft"),
    }


def test_address_is_read_outside_a_transaction():
    """A job that is not done in parts holds a transaction for as long as the other servers take to answer."""
    assert jobs["update meetings from calendars"].in_parts


def test_unselected_meeting_is_not_imported_later(upload, confirm, subscribed):
    page = upload(build_calendar(PAST, UPCOMING, build_event("c", "20261110T090000", "Dentist")))
    form = page.context["form"]
    form.payload["address"] = subscribed.address
    ImportedEvent.objects.create(
        calendar=subscribed,
        coalition=subscribed.coalition,
        key=next(row.event.key for row in form.planned if row.details["title"] == "Dentist"),
    )

    assert update(PAST, UPCOMING, build_event("c", "20261110T090000", "Dentist")) == 0


def test_failing_calendar_shows_reason_and_stops_after_a_week(client, subscribed, coalition):
    def fail(_address):
        raise ActionRefused("The server answered with error 404. Check the address.")

    assert update_imported_calendars(timezone.now(), fail) == 0
    page = client.get(reverse("meetings:calendar_import", args=[coalition.slug])).text
    assert "The server answered with error 404. Check the address." in page
    assert subscribed.address not in page

    ImportedCalendar.objects.update(failures=MAX_CALENDAR_FAILURES - 1)
    update_imported_calendars(datetime.fromisoformat("2027-01-05T12:00Z"), fail)
    subscribed.refresh_from_db()
    assert (subscribed.is_updated, subscribed.address) == (False, "")


def test_calendar_stops_when_importer_loses_role(subscribed, rapporteur):
    rapporteur.roles.all().delete()

    assert update(build_event("a", "20261201T110000")) == 0
    subscribed.refresh_from_db()
    sentence = "The person who added this calendar can no longer edit meetings. Add the calendar again."
    assert subscribed.problem == sentence


def test_updating_can_be_stopped(client, subscribed, coalition):
    client.post(reverse("meetings:calendar_stop", args=[coalition.slug, subscribed.pk]))
    subscribed.refresh_from_db()

    assert (subscribed.is_updated, subscribed.address, Meeting.objects.count()) == (False, "", 2)
    assert update(build_event("a", "20261201T110000")) == 0


def test_disclosure_in_an_address_is_quarantined_and_not_imported(subscribed):
    assert update(PAST, UPCOMING, build_event("c", title="My uncle touches me and I am 12, please help me")) == 0

    subscribed.refresh_from_db()
    assert (Held.objects.count(), Meeting.objects.count()) == (1, 2)
    assert subscribed.problem == "The safeguarding lead will review this calendar before it can be updated."
