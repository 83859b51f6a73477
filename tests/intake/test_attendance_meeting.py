"""The first step of a review: what the report says of its meeting is confirmed or corrected with the attendance."""

from datetime import date
from typing import Any

import pytest

from jukwaa.intake import actions
from jukwaa.intake.models import Reading
from tests.factories import MeetingFactory
from tests.intake.readings import create_reading
from tests.intake.test_attendance_table import build_form_data, get_url

TEXT = """Present: Ana Lopes (Oak Trust), Ben Okoro (Elm Farm)

Dina Haddad will send the list within 10 days.

Next meeting: 12 March 2027
"""
DETAILS = {
    "meeting_title": "Session in Nairobi",
    "meeting_on": "2027-02-01",
    "meeting_place": "Nairobi",
}


@pytest.fixture
def report(coalition, rapporteur, client) -> Reading:
    client.force_login(rapporteur)
    return create_reading(coalition, rapporteur, TEXT, meeting_on=date(2027, 2, 1), meeting_place="Nairobi")


def build_data(client, reading: Reading, **changes: str) -> dict[str, Any]:
    """What a browser sends of the unchanged page, with the changes."""
    form = client.get(get_url(reading)).context["form"]
    return {**build_form_data(reading), **DETAILS, "shown_meeting": form["shown_meeting"].value(), **changes}


def list_details(reading: Reading) -> tuple[object, ...]:
    reading.refresh_from_db()
    return reading.meeting_title, reading.meeting_on, reading.meeting_ends_on, reading.meeting_place


def test_unchanged_details_are_confirmed(client, report):
    details = list_details(report)
    response = client.post(get_url(report), build_data(client, report))

    assert response.status_code == 302
    assert list_details(report) == details
    assert report.meeting_checked
    assert report.suggestions.kept().filter(kind="attendee").count() == 1


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"meeting_title": "Board"}, ("Board", date(2027, 2, 1), None, "Nairobi")),
        ({"meeting_on": "3 February 2027"}, ("Session in Nairobi", date(2027, 2, 3), None, "Nairobi")),
        ({"meeting_on": "1-2 February 2027"}, ("Session in Nairobi", date(2027, 2, 1), date(2027, 2, 2), "Nairobi")),
        ({"meeting_place": ""}, ("Session in Nairobi", date(2027, 2, 1), None, "")),
    ],
)
def test_changed_details_are_saved(client, report, changes, expected):
    client.post(get_url(report), build_data(client, report, **changes))

    assert list_details(report) == expected


def test_deadlines_follow_the_corrected_day(client, report):
    client.post(get_url(report), build_data(client, report, meeting_on="2027-02-11"))

    assert report.suggestions.get(kind="commitment").due_on == date(2027, 2, 21)


def test_details_that_another_person_changed_meanwhile_stay(client, report, coordinator):
    data = build_data(client, report)
    actions.choose_meeting_of_reading(actor=coordinator, reading=report, meeting=None, title="Board")
    client.post(get_url(report), data)

    assert list_details(report)[0] == "Board"


def change_meanwhile(coordinator, report, title="", **details):
    title = title or report.meeting_title
    actions.choose_meeting_of_reading(
        actor=coordinator, reading=report, meeting=None, title=title, meeting_details=details
    )


CHANGED_DAYS = {"meeting_on": date(2027, 2, 8), "meeting_ends_on": date(2027, 2, 9)}


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ({"meeting_title": "Board"}, {"meeting_place": "Suva"}, ("Board", date(2027, 2, 1), None, "Suva")),
        ({"meeting_title": "Board"}, CHANGED_DAYS, ("Board", date(2027, 2, 8), date(2027, 2, 9), "Nairobi")),
        ({"meeting_place": "Apia"}, {"title": "Board"}, ("Board", date(2027, 2, 1), None, "Apia")),
        (
            {"meeting_on": "1-2 February 2027"},
            {"title": "Board"},
            ("Board", date(2027, 2, 1), date(2027, 2, 2), "Nairobi"),
        ),
        ({"meeting_place": "Suva"}, {"meeting_place": "Suva"}, ("Session in Nairobi", date(2027, 2, 1), None, "Suva")),
    ],
)
def test_only_changed_details_are_saved(client, report, coordinator, mine, theirs, expected):
    data = build_data(client, report, **mine)
    change_meanwhile(coordinator, report, **theirs)
    response = client.post(get_url(report), data, follow=True)

    assert list_details(report) == expected
    assert "Check these details" not in response.text


@pytest.mark.parametrize(
    ("mine", "theirs", "label", "expected"),
    [
        (
            {"meeting_place": "Apia", "meeting_title": "Board"},
            {"meeting_place": "Suva"},
            "Place of the meeting",
            ("Board", date(2027, 2, 1), None, "Suva"),
        ),
        (
            {"meeting_on": "2027-02-03"},
            CHANGED_DAYS,
            "Date of the meeting",
            ("Session in Nairobi", date(2027, 2, 8), date(2027, 2, 9), "Nairobi"),
        ),
        (
            {"meeting_title": "Board"},
            {"title": "Council"},
            "Name of the new meeting",
            ("Council", date(2027, 2, 1), None, "Nairobi"),
        ),
    ],
)
def test_details_that_two_people_changed_stay_as_stored(client, report, coordinator, mine, theirs, label, expected):
    data = build_data(client, report, **mine)
    change_meanwhile(coordinator, report, **theirs)
    response = client.post(get_url(report), data, follow=True)

    assert list_details(report) == expected
    assert f"Another person has changed them, so yours were not saved: {label}." in response.text
    assert report.suggestions.kept().filter(kind="attendee").exists()


def test_report_of_a_meeting_in_the_record_has_no_fields_for_another(client, report, coalition, coordinator):
    data = build_data(client, report, meeting_title="Board")
    meeting = MeetingFactory(coalition=coalition, published=True, title="Autumn session")
    actions.choose_meeting_of_reading(actor=coordinator, reading=report, meeting=meeting)
    page = client.get(get_url(report)).text
    client.post(get_url(report), data)
    report.refresh_from_db()

    assert 'name="meeting_title"' not in page
    assert "Autumn session" in page
    assert report.meeting == meeting


def test_wrong_date_saves_nothing(client, report):
    response = client.post(get_url(report), build_data(client, report, meeting_title="Board", meeting_on="soon"))

    assert response.status_code == 422
    assert 'value="Board"' in response.text
    assert list_details(report)[0] == "Session in Nairobi"
    assert not report.suggestions.kept().exists()


def test_next_meeting_and_chair_are_shown(client, coalition, rapporteur, report):
    page = client.get(get_url(report)).text

    assert "Next meeting in the report: 12 March 2027." in page
    assert '<option value="" selected>Nobody is named as chair</option>' in page


@pytest.mark.parametrize(("step", "path"), [("attendance", "attendance/"), ("add", "add/"), ("other", "")])
def test_meeting_page_leads_back_to_the_step(client, report, step, path):
    url = f"{report.get_absolute_url()}meeting/?from={step}"

    assert f'class="button quiet" href="{report.get_absolute_url()}{path}"' in client.get(url).text
    assert client.post(url, DETAILS).url == f"{report.get_absolute_url()}{path}"
