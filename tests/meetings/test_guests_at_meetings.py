"""Guests and people of the secretariat at meetings: neither members nor observers."""

from datetime import date

import pytest
from django.urls import reverse

from jukwaa.meetings.actions import record_attendance
from jukwaa.meetings.attendance import count_meeting_attendance
from jukwaa.meetings.attendance_files import find_participants_in_rows
from jukwaa.meetings.models import Attendance
from jukwaa.meetings.report.report_sentences import describe_attendance_rows
from tests.factories import MeetingFactory, OrganisationFactory
from tests.meetings.test_attendance_import import (  # noqa: F401 - fixtures
    confirm_attendance_table,
    list_recorded_attendance,
    meeting,
    upload_attendance,
)


@pytest.mark.parametrize(
    ("heading", "guest", "secretariat"),
    [
        ("Role", "Guest", "Secretariat"),
        ("Qualité", "invitée", "Secrétariat"),
        ("Calidad", "Invitado", "Secretaría"),
        ("Papel", "convidado", "Secretariado"),
    ],
)
def test_column_of_roles_is_read(heading, guest, secretariat):
    rows = [["Name", heading], ["Ana Lopes", guest], ["Ben Okoro", secretariat], ["Eva Ruiz", "Chair"]]

    assert [(each.name, each.role) for each in find_participants_in_rows(rows)] == [
        ("Ana Lopes", "guest"),
        ("Ben Okoro", "secretariat"),
        ("Eva Ruiz", ""),
    ]


def test_file_of_roles_is_recorded(upload_attendance, confirm_attendance_table, coalition, meeting):  # noqa: F811
    page = upload_attendance("Name,Organisation,Role\nAna Lopes,Elm Farm,guest\nBen Okoro,Secretariat,\n")
    assert ("(guest)" in page.text, "(secretariat)" in page.text) == (True, True)
    confirm_attendance_table(page, include_0="on", include_1="on")

    assert {came_as for _name, came_as in list_recorded_attendance()} == {"guest", "secretariat"}


def test_guest_is_counted_as_present_and_is_no_observer(client, coalition, rapporteur):
    own_meeting = MeetingFactory(coalition=coalition, author=rapporteur, label="TLP:CLEAR", published=True)
    organisation = OrganisationFactory(coalition=coalition, name="Elm Farm")
    for role, known in (("guest", organisation), ("secretariat", None)):
        record_attendance(
            actor=rapporteur,
            meeting=own_meeting,
            name=known.name if known else "The office",
            came_as=role,
            organisation=known,
        )
    rows = list(Attendance.objects.filter(meeting=own_meeting))

    assert count_meeting_attendance(own_meeting).number == 2
    assert describe_attendance_rows(rows, {}) == ["Guests: Elm Farm.", "Secretariat: The office."]
    text = client.get(organisation.get_absolute_url()).text
    assert "observer" not in text.partition("<main")[2].partition("</main>")[0]


def test_form_offers_guests_and_secretariat(client, coalition, rapporteur):
    own_meeting = MeetingFactory(coalition=coalition, author=rapporteur, published=True, starts_on=date(2020, 1, 1))
    client.force_login(rapporteur)
    page = client.get(reverse("meetings:attendance_new", args=["ours", own_meeting.pk])).text

    assert ('value="guest"' in page, 'value="secretariat"' in page) == (True, True)
