"""Meetings of several days: their form, their dates on pages, when they are in progress, what keeps their length."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from jukwaa.coalitions.standing import Standing
from jukwaa.home.tasks_page import get_tasks
from jukwaa.meetings import actions
from jukwaa.meetings.actions.meeting_copies import copy_meeting
from jukwaa.meetings.meeting_lists import find_past_meetings, list_upcoming_meetings
from jukwaa.meetings.models import Meeting, MemberUpdate
from jukwaa.meetings.planned_meetings import find_planned_meetings
from jukwaa.meetings.report.deadline import REPORT_DEADLINE_PERIOD, get_report_deadline
from jukwaa.records.actions import restore_record_version
from jukwaa.records.models import Record, Version
from jukwaa.records.organisation_history import HistoryQuery, load_organisation_history
from tests.factories import CapacityFactory, EntryFactory, MeetingFactory
from tests.meetings.scheduled_meetings import BEFORE_MEETING, MEETING_FORM_DATA, schedule_meeting

FIRST_DAY, LAST_DAY = date(2027, 1, 12), date(2027, 1, 14)
DATES = "12–14 January 2027"


@pytest.fixture(autouse=True)
def frozen_in_january():
    with time_machine.travel(BEFORE_MEETING, tick=False):
        yield


@pytest.fixture
def assembly(coalition, rapporteur) -> Meeting:
    """Three whole days."""
    return schedule_meeting(
        coalition, rapporteur, title="Assembly", ends_on=LAST_DAY, start_time=None, time_zone="", duration=None
    )


@pytest.fixture
def save_meeting(client, coalition, rapporteur):
    client.force_login(rapporteur)

    def post_form(**values):
        return client.post(reverse("meetings:meeting_new", args=[coalition.slug]), MEETING_FORM_DATA | values)

    return post_form


def test_form_saves_last_day_and_shows_range(client, save_meeting):
    save_meeting(ends_on="2027-01-14")
    meeting = Meeting.objects.get()

    assert (meeting.starts_on, meeting.ends_on, meeting.duration) == (FIRST_DAY, LAST_DAY, 90)
    assert meeting.ends_at == datetime(2027, 1, 14, 13, 30, tzinfo=UTC)  # of 90 minutes each day
    assert (
        "Tuesday 12 January 2027, 15:00 to Thursday 14 January 2027, 16:30"
        in client.get(meeting.get_absolute_url()).text
    )


@pytest.mark.parametrize(
    ("values", "field", "error"),
    [
        ({"ends_on": "2027-01-11"}, "ends_on", "Enter a last day after the first day, or clear it."),
        ({"ends_on": "2027-02-12"}, "ends_on", "Enter a last day no later than 11 February 2027."),
        ({"ends_on": "2027-01-14", "starts_on": "", "start_time": ""}, "starts_on", "Enter the first day too"),
        ({"ends_on": "2027-01-14", "precision": "month", "start_time": ""}, "ends_on", "Clear the last day"),
        ({"ends_on": "2027-01-14", "duration": "1500"}, "duration", "Enter the duration of one day."),
        ({"ends_on": "02/01/2027"}, "ends_on", "“02/01/2027” could mean 2027-01-02 or 2027-02-01."),
        ({"ends_on": "soon"}, "ends_on", "Enter a date such as 31 March 2026 or 2026-03-31."),
    ],
)
def test_impossible_last_day_is_refused(save_meeting, values, field, error):
    page = save_meeting(**values)

    assert page.status_code == 422
    assert [field] == list(page.context["form"].errors)
    assert error in page.context["form"].errors[field][0]
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("ends_on", ["2027-01-12", ""])
def test_meeting_of_one_day_has_no_last_day(save_meeting, ends_on):
    save_meeting(ends_on=ends_on)

    assert Meeting.objects.get().ends_on is None


def test_last_day_can_be_31_days_after_and_whole_duration_is_kept(save_meeting):
    save_meeting(ends_on="2027-02-11", duration="")
    save_meeting(ends_on="2027-01-13", duration="1530", title="Workshop")
    long, workshop = Meeting.objects.order_by("pk")

    assert (long.ends_on, long.ends_at) == (date(2027, 2, 11), None)
    assert workshop.ends_at == datetime(2027, 1, 13, 13, 30, tzinfo=UTC)


@pytest.mark.parametrize("name", ["starts_on", "precision", "ends_on"])
def test_database_refuses_last_day_that_is_not_after_first(assembly, name):
    wrong = {"starts_on": None, "precision": "month", "ends_on": FIRST_DAY}

    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=assembly.pk).update(**{name: wrong[name]})


@pytest.mark.parametrize(
    ("now", "is_planned", "is_in_progress", "is_held"),
    [
        ("2027-01-11 23:59Z", True, False, False),
        ("2027-01-12 00:00Z", False, True, False),
        ("2027-01-13 12:00Z", False, True, False),
        ("2027-01-14 23:59Z", False, True, False),
        ("2027-01-15 00:00Z", False, False, True),
    ],
)
def test_meeting_is_in_progress_until_its_last_day_has_passed(
    coalition, rapporteur, assembly, now, is_planned, is_in_progress, is_held
):
    with time_machine.travel(now, tick=False):
        assert (assembly.is_planned, assembly.is_in_progress, assembly.is_held) == (is_planned, is_in_progress, is_held)
        assert (assembly in list_upcoming_meetings(rapporteur, coalition)) is not is_held
        assert (assembly in find_planned_meetings(rapporteur, coalition)) is not is_held
        assert (assembly in find_past_meetings(coalition, 5)) is is_held


def test_meeting_with_hour_and_no_duration_ends_with_its_last_day(coalition, rapporteur):
    meeting = schedule_meeting(coalition, rapporteur, ends_on=LAST_DAY, duration=None)

    assert meeting.get_phase_changes() == (
        datetime(2027, 1, 12, 12, tzinfo=UTC),
        datetime(2027, 1, 14, 21, tzinfo=UTC),  # midnight in Nairobi
    )
    with time_machine.travel("2027-01-14 20:59Z", tick=False):
        assert meeting.is_in_progress
        assert meeting in list_upcoming_meetings(rapporteur, coalition)
        assert meeting in find_planned_meetings(rapporteur, coalition)


@pytest.mark.parametrize("now", ["2027-01-13 12:00Z", "2027-01-20 12:00Z"])
def test_attendance_is_recorded_from_the_first_day_on(client, rapporteur, assembly, now):
    client.force_login(rapporteur)
    link = reverse("meetings:attendance_new", args=["ours", assembly.pk])

    assert link not in client.get(assembly.get_absolute_url()).text
    with time_machine.travel(now, tick=False):
        client.force_login(rapporteur)
        assert link in client.get(assembly.get_absolute_url()).text


@pytest.mark.parametrize(
    ("language", "dates"),
    [
        ("en", DATES),
        ("fr", "12–14 janvier 2027"),
        ("es", "12–14 de enero de 2027"),
        ("ar", "12–14 يناير 2027"),
    ],
)
def test_pages_show_all_days_in_their_language(client, coalition, assembly, language, dates):
    EntryFactory(coalition=coalition, meeting=assembly, kind="decision", title="Plan", text="Plan.", published=True)
    pages = ["home:front", "meetings:meeting_list", "meetings:decision_list", "events:calendar_list"]
    paths = [reverse(name, args=[coalition.slug]) for name in pages] + [assembly.get_absolute_url()]

    headers = {"Accept-Language": language}
    assert [path for path in paths if dates not in client.get(path, headers=headers).text] == []


def test_search_and_entries_are_dated_by_all_days(coalition, assembly):
    entry = EntryFactory(coalition=coalition, meeting=assembly, published=True)

    assert {record.event_date for record in Record.objects.filter(pk__in=[assembly.pk, entry.pk])} == {DATES}
    assembly.ends_on = None
    assembly.save(update_fields=["ends_on"])
    assert {record.event_date for record in Record.objects.all()} == {"12 January 2027"}


def test_another_first_day_moves_the_last_one(rapporteur, assembly):
    changed = actions.change_meeting(
        actor=rapporteur, meeting=assembly, changes={"starts_on": date(2027, 2, 27)}, from_version=assembly.version
    )
    assert (changed.starts_on, changed.ends_on) == (date(2027, 2, 27), date(2027, 3, 1))

    restored = restore_record_version(actor=rapporteur, record=changed, version_number=1, from_version=changed.version)
    assert (restored.starts_on, restored.ends_on) == (FIRST_DAY, LAST_DAY)
    undecided = {"starts_on": None, "precision": "open"}
    cleared = actions.change_meeting(actor=rapporteur, meeting=restored, changes=undecided, from_version=3)
    assert cleared.ends_on is None


def test_version_from_before_last_days_is_restored_as_one_day(coalition, rapporteur):
    meeting = schedule_meeting(coalition, rapporteur)
    first = Version.objects.get(record=meeting.pk)
    content = {name: value for name, value in first.content.items() if name != "ends_on"}
    Version.objects.filter(pk=first.pk).update(content=content)
    longer = actions.change_meeting(actor=rapporteur, meeting=meeting, changes={"ends_on": LAST_DAY}, from_version=1)

    restored = restore_record_version(actor=rapporteur, record=longer, version_number=1, from_version=2)
    assert (restored.ends_on, restored.ends_at) == (None, datetime(2027, 1, 12, 13, 30, tzinfo=UTC))


def test_copies_and_series_keep_the_length(coalition, rapporteur, assembly):
    copy = copy_meeting(actor=rapporteur, meeting=assembly, title="Next", starts_on=date(2028, 2, 28))
    undated = copy_meeting(actor=rapporteur, meeting=assembly, title="Later", starts_on=None)
    actions.create_meeting_series(
        actor=rapporteur,
        coalition=coalition,
        title="Retreat",
        again="monthly-weekday",
        count=3,
        starts_on=FIRST_DAY,
        ends_on=LAST_DAY,
    )

    assert (copy.ends_on, undated.ends_on) == (date(2028, 3, 1), None)
    assert list(Meeting.objects.filter(title="Retreat").order_by("starts_on").values_list("starts_on", "ends_on")) == [
        (date(2027, 1, 12), date(2027, 1, 14)),
        (date(2027, 2, 9), date(2027, 2, 11)),
        (date(2027, 3, 9), date(2027, 3, 11)),
    ]


def test_report_is_due_after_the_last_day(coalition):
    meeting = MeetingFactory(coalition=coalition, starts_on=FIRST_DAY, ends_on=LAST_DAY, forum="IGF 2027")

    assert get_report_deadline(meeting) == LAST_DAY + REPORT_DEADLINE_PERIOD


def test_time_preview_shows_last_day_and_no_night_between(client, coalition, rapporteur):
    client.force_login(rapporteur)
    values = {"starts_on": "2027-01-12", "ends_on": "2027-01-14", "start_time": "09:00", "time_zone": "Africa/Nairobi"}
    page = client.get(reverse("meetings:time_preview", args=[coalition.slug]), values)
    lines = {line.local.zone: line for line in page.context["lines"]}

    assert lines["Africa/Nairobi"].time == "Tuesday 12 January 2027, 09:00 to Thursday 14 January 2027"
    assert lines["America/Los_Angeles"].time == "Monday 11 January 2027, 22:00 to Wednesday 13 January 2027"
    assert [lines[zone].local.is_at_night for zone in ("Africa/Nairobi", "America/Bogota")] == [False, True]


def test_agenda_of_several_days_has_no_hours_that_run_on(client, coalition, rapporteur):
    meeting = schedule_meeting(coalition, rapporteur, ends_on=LAST_DAY, duration=420)
    for title in ("Opening", "Elections"):
        part = actions.add_meeting_agenda_item(actor=rapporteur, meeting=meeting, title=title)
        type(part).objects.filter(pk=part.pk).update(minutes=300)
    client.force_login(rapporteur)
    page = client.get(reverse("meetings:agenda_detail", args=["ours", meeting.pk]))
    items = page.context["shown"].items

    assert [item.start for item in items] == ["", ""]
    assert page.context["shown"].minutes_over_time == 0


@pytest.mark.parametrize(
    ("now", "has_summary_task"),
    [
        ("2027-01-13 12:00Z", False),
        ("2027-01-14 12:00Z", False),
        ("2027-01-15 12:00Z", True),
        ("2027-01-21 12:00Z", True),
    ],
)
def test_summary_is_a_task_for_a_week_after_the_last_day(coalition, coordinator, assembly, now, has_summary_task):
    EntryFactory(coalition=coalition, meeting=assembly, kind="decision", published=True)
    with time_machine.travel(now, tick=False):
        titles = [task.title for task in get_tasks(Standing(coordinator, coalition))]

    assert ("Send the summary of Assembly" in titles) is has_summary_task


def test_report_task_counts_from_the_last_day(coalition, rapporteur):
    meeting = schedule_meeting(coalition, rapporteur, ends_on=LAST_DAY, forum="IGF 2027")
    EntryFactory(coalition=coalition, meeting=meeting, published=True)
    [task] = [task for task in get_tasks(Standing(rapporteur, coalition)) if "report" in task.title]

    assert task.due == get_report_deadline(meeting) == LAST_DAY + REPORT_DEADLINE_PERIOD


@pytest.mark.parametrize(("now", "is_public"), [("2027-01-14 12:00Z", False), ("2027-01-15 12:00Z", True)])
def test_updates_become_public_only_after_the_last_day(coalition, organisation, delegate, assembly, now, is_public):
    EntryFactory(coalition=coalition, meeting=assembly, published=True)
    capacity = CapacityFactory(coalition=coalition, organisation=organisation)
    text = "We opened a helpline."
    MemberUpdate.objects.create(meeting=assembly, author=delegate, capacity=capacity, text=text)
    with time_machine.travel(now, tick=False):
        lines = load_organisation_history(HistoryQuery.for_public(organisation)).lines

    assert any(text in (line.title, line.words) for line in lines) is is_public
