"""Whoever sent apologies did not chair, attend or speak, and is found where names have to be found."""

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.standing import Standing
from jukwaa.meetings.actions import change_attendance_role, record_attendance
from jukwaa.meetings.models import Attendance
from jukwaa.meetings.spoken_capacities import list_spoken_capacities
from jukwaa.records.actions import redact_names_in_record
from jukwaa.records.models import State
from tests.factories import MeetingFactory, OrganisationFactory

NAME = "Maria Testova"
APOLOGIES = Attendance.As.APOLOGIES


@pytest.fixture
def meeting(coalition):
    return MeetingFactory(coalition=coalition, state=State.PUBLISHED, published_at=timezone.now())


@pytest.fixture
def record(meeting, rapporteur):
    def record_row(name=NAME, came_as=APOLOGIES, **fields):
        return record_attendance(actor=rapporteur, meeting=meeting, name=name, came_as=came_as, **fields)

    return record_row


def test_name_is_redacted_in_apologies(meeting, record, coordinator):
    row = record()

    redact_names_in_record(actor=coordinator, record=meeting, names=[NAME])

    row.capacity.refresh_from_db()
    shown = Attendance.with_apologies.get(pk=row.pk).capacity
    assert NAME not in shown.name


def test_chair_who_sent_apologies_did_not_chair(meeting, record, rapporteur):
    row = record(came_as="observer", is_chair=True)
    meeting.refresh_from_db()
    assert meeting.chair == row.capacity

    change_attendance_role(actor=rapporteur, attendance=row, attendance_role=APOLOGIES)

    meeting.refresh_from_db()
    row = Attendance.with_apologies.get(pk=row.pk)
    assert (meeting.chair, row.is_chair) == (None, False)


def test_nobody_is_recorded_as_chair_with_apologies(client, coalition, meeting, rapporteur):
    client.force_login(rapporteur)

    url = reverse("meetings:attendance_new", args=[coalition.slug, meeting.pk])
    page = client.post(url, {"name": NAME, "came_as": "apologies", "is_chair": "on"})

    assert "is_chair" in page.context["form"].errors
    assert not Attendance.with_apologies.exists()


def test_whoever_sent_apologies_came_and_chaired_is_the_chair(meeting, record):
    record()

    row = record(came_as="observer", is_chair=True)

    meeting.refresh_from_db()
    assert row.is_chair
    assert meeting.chair == row.capacity


def test_organisation_that_sent_apologies_did_not_speak(meeting, record, coalition, rapporteur):
    organisation = OrganisationFactory(coalition=coalition, name="Elm Farm")
    record(name="Elm Farm", organisation=organisation)

    assert list_spoken_capacities(organisation, Standing(rapporteur, coalition)) == []
