"""Scheduling a meeting: the form asks for a local time, and the page says when it is for every reader."""

from datetime import UTC, date, datetime, time

import pytest
import time_machine
from django.urls import reverse

from jukwaa.meetings.forms_schedule import MeetingForm, NewMeetingForm
from jukwaa.meetings.models import Meeting, Series
from jukwaa.records.models import Version
from tests.factories import MeetingFactory
from tests.meetings.scheduled_meetings import BEFORE_MEETING, JOINING_LINK, MEETING_FORM_DATA, schedule_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def frozen_in_january():
    with time_machine.travel(BEFORE_MEETING, tick=False):
        yield


@pytest.fixture
def meeting(coalition, rapporteur) -> Meeting:
    return schedule_meeting(coalition, rapporteur)


def build_form_errors(**fields):
    form = MeetingForm(MEETING_FORM_DATA | fields)
    return {name: list(map(str, errors)) for name, errors in form.errors.items()}


def get_meeting_text(client, meeting):
    return client.get(meeting.get_absolute_url()).text


def test_scheduled_meeting_stores_local_time_and_utc(client, coalition, rapporteur):
    client.force_login(rapporteur)
    answer = client.post(reverse("meetings:meeting_new", args=["ours"]), MEETING_FORM_DATA)
    meeting = Meeting.objects.get()

    assert (answer.status_code, answer.url) == (302, meeting.get_absolute_url())
    assert (meeting.starts_on, meeting.start_time, meeting.time_zone) == (date(2027, 1, 12), time(15), "Africa/Nairobi")
    assert (meeting.starts_at, meeting.ends_at) == (
        datetime(2027, 1, 12, 12, tzinfo=UTC),
        datetime(2027, 1, 12, 13, 30, tzinfo=UTC),
    )
    assert Version.objects.get(record=meeting.pk).content["starts_at"] == "2027-01-12T12:00:00Z"


@pytest.mark.parametrize(
    ("form_data", "form_errors"),
    [
        ({"joining_link": "room 4"}, {"joining_link": "Enter a link that starts with https://, such as https://example.org/call."}),
        ({"joining_link": "javascript:alert(1)"}, {"joining_link": "Enter a link that starts with https://, such as https://example.org/call."}),
        (
            {"place": JOINING_LINK, "summary": f"Join: {JOINING_LINK}"},
            {
                "place": "Enter this link under “Joining link”, so that only members can see it.",
                "summary": "Remove the joining link from this field. Everyone can see this field, "
        "but only members should see the link.",
            },
        ),
        ({"start_time": "half nine"}, {"start_time": "Enter the time as hours and minutes, such as 14:30."}),
        ({"starts_on": ""}, {"starts_on": "Enter the date too, or leave the start time empty."}),
        ({"time_zone": ""}, {"time_zone": "Choose the time zone of the start time."}),
        ({"precision": "month"}, {"start_time": "Leave the start time empty, or choose “The date is already set”."}),
        ({"duration": "0"}, {"duration": "Enter a duration of at least 1 minute."}),
        ({"starts_on": "0202-01-12"}, {"starts_on": "Enter a year between 1900 and 2200."}),
        (
            {"time_zone": "Europe/Berlin", "starts_on": "2027-03-28", "start_time": "02:30"},
            {
                "start_time": "This time does not exist on that day, because the clocks go forward. Enter another time,"
                " such as 01:30 or 03:30."
            },
        ),
        (
            {"time_zone": "Europe/Berlin", "starts_on": "2027-10-31", "start_time": "02:30"},
            {"fold": "Choose which of the 2 times you mean. The clocks go back that night, so this time occurs twice."},
        ),
    ],
)  # fmt: skip
def test_invalid_input_shows_one_error(form_data, form_errors):
    assert build_form_errors(**form_data) == {name: [sentence] for name, sentence in form_errors.items()}


@pytest.mark.parametrize(("fold", "utc_hour"), [("0", 0), ("1", 1)])
def test_repeated_time_uses_chosen_occurrence(fold, utc_hour):
    form = MeetingForm(
        MEETING_FORM_DATA
        | {"time_zone": "Europe/Berlin", "starts_on": "2027-10-31", "start_time": "02:30", "fold": fold}
    )

    assert form.is_valid()
    assert form.get_moments()[0] == datetime(2027, 10, 31, utc_hour, 30, tzinfo=UTC)
    assert [str(label) for _value, label in form.fields["fold"].choices] == [
        "The earlier time (UTC+2)",
        "The later time (UTC+1)",
    ]  # fmt: skip


def test_form_is_prefilled_with_time_zone_of_person_or_coalition(client, coalition, rapporteur):
    client.force_login(rapporteur)
    new = reverse("meetings:meeting_new", args=["ours"])
    rapporteur.time_zone = "America/Bogota"
    rapporteur.save()
    own = client.get(new).context["form"]["time_zone"].value()
    coalition.time_zone = "Africa/Cairo"
    coalition.save()

    assert (own, client.get(new).context["form"]["time_zone"].value()) == ("America/Bogota", "Africa/Cairo")


def test_saving_unchanged_form_changes_nothing(client, coalition, rapporteur, meeting):
    client.force_login(rapporteur)
    url = reverse("meetings:meeting_edit", args=["ours", meeting.pk])
    form = client.get(url).context["form"]
    client.post(url, {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)})
    meeting.refresh_from_db()

    assert (meeting.version, meeting.sequence) == (1, 0)


def test_time_without_zone_uses_zone_of_coalition(coalition):
    coalition.time_zone = "Africa/Addis_Ababa"
    begins, ends = datetime(2022, 12, 1, 6, 30, tzinfo=UTC), datetime(2022, 12, 1, 8, tzinfo=UTC)
    meeting = MeetingFactory(coalition=coalition, starts_on=date(2022, 12, 1), starts_at=begins, ends_at=ends)
    initial = MeetingForm.get_initial(meeting)

    assert [initial[name] for name in ("starts_on", "start_time", "duration", "time_zone")] == [
        date(2022, 12, 1),
        time(9, 30),
        90,
        "Africa/Addis_Ababa",
    ]


def test_page_shows_three_time_zones(client, coalition, member, meeting):
    client.force_login(member)
    member.time_zone = "America/New_York"
    member.save()
    page = get_meeting_text(client, meeting)

    for shown in (
        "07:00 to 08:30</time>, <bdi>New York (UTC\N{MINUS SIGN}5)</bdi>",
        "15:00 to 16:30</time>, <bdi>Nairobi (UTC+3)</bdi>",
        "12:00 to 13:30</time></dd>",
    ):
        assert f"Tuesday 12 January 2027, {shown}" in page
    assert ("Your time" in page, "Local time where the meeting takes place" in page) == (True, True)


def test_zone_of_coalition_is_not_called_that_of_the_reader(client, coalition, meeting, member):
    type(coalition).objects.update(time_zone="Africa/Nairobi")
    client.force_login(member)
    assert "Your time" not in get_meeting_text(client, meeting)


def test_visitors_see_zone_of_meeting_and_utc(client, meeting):
    page = get_meeting_text(client, meeting)
    assert ("Nairobi (UTC+3)" in page, "12:00 to 13:30" in page, "Your time" in page) == (True, True, False)


def test_meeting_across_midnight_names_both_days(client, coalition, rapporteur):
    meeting = schedule_meeting(coalition, rapporteur, start_time=time(23, 30), time_zone="Pacific/Auckland")
    page = get_meeting_text(client, meeting)

    assert "Tuesday 12 January 2027, 23:30 to Wednesday 13 January 2027, 01:00" in page
    assert "Tuesday 12 January 2027, 10:30 to 12:00" in page


def test_planned_meeting_has_no_attendance_or_outcomes(client, coalition, rapporteur, meeting):
    client.force_login(rapporteur)
    page = get_meeting_text(client, meeting)

    assert ">Planned<" in page
    hidden = ["No attendance has been recorded yet.", "There are no minutes yet.", "Meeting held", "Record attendance"]
    assert [words for words in hidden if words in page] == []
    assert "Cancel meeting" in page


@pytest.mark.parametrize(
    ("current_time", "meeting_phase"),
    [("2027-01-12 11:59Z", "Planned"), ("2027-01-12 12:00Z", "In progress"), ("2027-01-12 13:30Z", "Meeting held")],
)
def test_page_changes_with_phase(client, meeting, current_time, meeting_phase):
    get_meeting_text(client, meeting)  # kept for visitors, until the next phase
    with time_machine.travel(current_time, tick=False):
        page = get_meeting_text(client, meeting)

    shown = {name: f">{name}<" in page for name in ("Planned", "In progress")} | {
        "Meeting held": "Meeting held" in page
    }
    assert [name for name, is_there in shown.items() if is_there] == [meeting_phase]
    assert ("No attendance has been recorded yet." in page) == (meeting_phase != "Planned")


@pytest.mark.parametrize(
    ("known_times", "meeting_phase"),
    [
        ({"starts_on": date(2027, 1, 6)}, "planned"),
        ({"starts_on": date(2027, 1, 5)}, "in_progress"),
        ({"starts_on": date(2027, 1, 4)}, "held"),
        ({"starts_on": date(2027, 1, 1), "precision": "month"}, "planned"),
        ({"starts_on": date(2026, 12, 1), "precision": "month"}, "held"),
        ({"starts_on": date(2027, 1, 1), "precision": "year"}, "planned"),
        ({"starts_on": date(2026, 1, 1), "precision": "year"}, "held"),
        ({}, "held"),
        ({"precision": "open"}, "planned"),
    ],
)
def test_phase_without_time_is_determined_by_day(known_times, meeting_phase):
    meeting = Meeting(**known_times)

    assert [name for name in ("planned", "in_progress", "held") if getattr(meeting, f"is_{name}")] == [meeting_phase]


def test_meeting_without_a_date_is_planned_until_it_has_one(client, coalition, rapporteur, member, meeting):
    client.force_login(rapporteur)
    undated = MEETING_FORM_DATA | {"title": "Autumn call", "starts_on": "", "start_time": "", "duration": ""}
    client.post(reverse("meetings:meeting_new", args=["ours"]), undated)
    autumn = Meeting.objects.get(title="Autumn call")
    client.post(reverse("meetings:meeting_publish", args=["ours", autumn.pk]), {"invites": "everyone"})
    client.force_login(member)
    upcoming = client.get(reverse("meetings:meeting_list", args=["ours"])).context["upcoming"]
    page = get_meeting_text(client, autumn)

    assert (autumn.precision, autumn.is_planned, autumn.is_held) == ("open", True, False)
    assert upcoming == [meeting, autumn]
    assert "The date has not been decided." in page
    assert "Meeting held" not in page

    client.force_login(rapporteur)
    url = reverse("meetings:meeting_edit", args=["ours", autumn.pk])
    client.post(url, undated | {"precision": "open", "starts_on": "2027-01-20", "version": autumn.version})
    autumn.refresh_from_db()
    assert (autumn.precision, autumn.starts_on, autumn.is_planned) == ("day", date(2027, 1, 20), True)


def test_undecided_precision_requires_empty_date(client, coalition, rapporteur, meeting):
    client.force_login(rapporteur)
    url = reverse("meetings:meeting_edit", args=["ours", meeting.pk])
    answer = client.post(url, MEETING_FORM_DATA | {"precision": "open", "version": meeting.version})

    assert "Clear the date, or choose how exact it is." in answer.text
    meeting.refresh_from_db()
    assert meeting.starts_on == date(2027, 1, 12)


def test_meeting_of_known_month_is_listed_after_meetings_of_known_day(client, coalition, meeting):
    known = {"starts_on": date(2027, 1, 1), "start_time": None, "time_zone": "", "precision": "month"}
    month = MeetingFactory(coalition=coalition, title="Some day in January", published=True, **known)
    past = known | {"starts_on": date(2026, 12, 1)}
    MeetingFactory(coalition=coalition, title="Some day in December", published=True, **past)

    assert client.get(reverse("meetings:meeting_list", args=["ours"])).context["upcoming"] == [meeting, month]


def test_time_preview_shows_local_times_around_the_world(client, coalition, rapporteur):
    client.force_login(rapporteur)
    url = reverse("meetings:time_preview", args=["ours"])
    asked = {name: MEETING_FORM_DATA[name] for name in ("starts_on", "start_time", "duration", "time_zone")}
    page = client.get(url, asked)
    fragment = client.get(url, asked, headers={"HX-Request": "true"})

    for words in ("Nairobi (UTC+3)", "New York (UTC\N{MINUS SIGN}5)", "Wednesday 13 January 2027, 01:00 to 02:30"):
        assert words in page.text
        assert words in fragment.text
    assert ("<html" in page.text, "<html" in fragment.text) == (True, False)
    assert "Enter a date and a start time" in client.get(url).text


def test_upcoming_meetings_are_sorted_by_time(client, coalition, rapporteur, meeting):
    west = schedule_meeting(coalition, rapporteur, title="In the west", start_time=time(20), time_zone="America/Bogota")
    there = {"starts_on": date(2027, 1, 13), "start_time": time(9), "time_zone": "Pacific/Auckland"}
    east = schedule_meeting(coalition, rapporteur, title="In the east", **there)
    MeetingFactory(coalition=coalition, title="Long ago", starts_on=date(2009, 11, 1), published=True)
    answer = client.get(reverse("meetings:meeting_list", args=["ours"]))

    assert answer.context["upcoming"] == [meeting, east, west]
    assert [row.title for row in answer.context["others"]] == ["Long ago"]


def test_home_page_begins_with_next_meeting(client, coalition, rapporteur, member, meeting):
    schedule_meeting(coalition, rapporteur, title="A later one", starts_on=date(2027, 2, 12))
    client.force_login(member)
    page = client.get(reverse("home:front", args=["ours"])).text

    assert (
        page.index("Next meeting") < page.index("Monthly call") < page.index(JOINING_LINK) < page.index("What is new")
    )
    assert "Add to calendar" in page


def test_home_page_shows_meeting_in_progress(client, coalition, rapporteur, member):
    schedule_meeting(coalition, rapporteur, starts_on=date(2027, 1, 5), start_time=time(14, 30))
    client.force_login(member)
    page = client.get(reverse("home:front", args=["ours"])).text

    assert "Meeting in progress" in page
    assert JOINING_LINK in page
    assert "Reply to the invitation" not in page
    assert "Add to calendar" not in page


def test_home_page_omits_next_meeting_if_none_is_planned(client, coalition):
    MeetingFactory(coalition=coalition, starts_on=date(2009, 11, 1), published=True)

    assert "Next meeting" not in client.get(reverse("home:front", args=["ours"])).text


def test_clash_is_found_across_date_line(client, coalition, rapporteur, meeting):
    client.force_login(rapporteur)
    elsewhere = {
        "title": "Another call",
        "time_zone": "Pacific/Auckland",
        "starts_on": "2027-01-13",
        "start_time": "01:00",
    }
    answer = client.post(reverse("meetings:meeting_new", args=["ours"]), MEETING_FORM_DATA | elsewhere)

    assert (answer.status_code, "Monthly call" in answer.text, Meeting.objects.count()) == (200, True, 1)


def test_series_has_same_local_time_across_daylight_saving_time(client, coalition, rapporteur):
    client.force_login(rapporteur)
    series = {"starts_on": "2027-03-09", "time_zone": "Europe/Berlin", "again": "monthly-weekday", "count": "3"}
    for _ in range(2):
        answer = client.post(reverse("meetings:meeting_new", args=["ours"]), MEETING_FORM_DATA | series)
    meetings = Meeting.objects.order_by("starts_on")

    assert answer.url == meetings[0].get_absolute_url()
    assert [(each.starts_on, each.start_time, each.starts_at.hour) for each in meetings] == [
        (date(2027, 3, 9), time(15), 14),
        (date(2027, 4, 13), time(15), 13),
        (date(2027, 5, 11), time(15), 13),
    ]
    assert Series.objects.get().rule == "FREQ=MONTHLY;BYDAY=2TU"
    client.post(reverse("meetings:series_publish", args=["ours", meetings[0].pk]), {"invites": "everyone"})
    assert {each.state for each in meetings.all()} == {"published"}


@pytest.mark.parametrize(
    ("form_data", "field_name"),
    [({"count": ""}, "count"), ({"count": "400"}, "count"), ({"starts_on": "", "start_time": ""}, "starts_on")],
)
def test_series_needs_a_date_and_a_number(form_data, field_name):
    form = NewMeetingForm(MEETING_FORM_DATA | {"again": "weekly", "count": "4"} | form_data)

    assert list(form.errors) == [field_name]


def test_home_page_and_list_hide_restricted_meetings(client, coalition, rapporteur, member):
    schedule_meeting(coalition, rapporteur, title="For one person", label="TLP:RED")
    client.force_login(member)

    for name in ("home:front", "meetings:meeting_list"):
        assert "For one person" not in client.get(reverse(name, args=["ours"])).text


def test_public_home_page_changes_when_meeting_starts(client, meeting):
    url = reverse("home:front", args=["ours"])
    before = client.get(url).text
    with time_machine.travel("2027-01-12 12:00Z", tick=False):
        after = client.get(url).text

    assert ("Next meeting" in before, "Meeting in progress" in after) == (True, True)


def test_home_page_changes_when_meeting_ends(client, meeting):
    url = reverse("home:front", args=["ours"])
    with time_machine.travel("2027-01-12 13:29Z") as clock:
        during = client.get(url).text
        clock.move_to("2027-01-12 13:30:01Z")
        after = client.get(url).text

    assert ("Meeting in progress" in during, "Monthly call" in after.partition("What is new")[0]) == (True, False)


def test_list_shows_upcoming_meetings_once(client, coalition, meeting):
    page = client.get(reverse("meetings:meeting_list", args=["ours"])).text
    assert page.count(f'href="{meeting.get_absolute_url()}"') == 1


@pytest.mark.parametrize(
    ("publishing_time", "shown_message"),
    [
        (BEFORE_MEETING, "Meeting published. In 30 minutes, we will email an invitation to 1 member."),
        ("2027-02-01 12:00Z", "Meeting published."),
    ],
)
def test_publishing_says_whether_members_are_invited(client, coalition, rapporteur, publishing_time, shown_message):
    draft = schedule_meeting(coalition, rapporteur, published=False)
    with time_machine.travel(publishing_time, tick=False):
        client.force_login(rapporteur)
        page = client.post(
            reverse("meetings:meeting_publish", args=["ours", draft.pk]), {"invites": "everyone"}, follow=True
        ).text
    assert f"{shown_message}</" in page
