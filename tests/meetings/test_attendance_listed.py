"""Attendance from a file for a meeting that has attendees already, and who attends for the first time."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jukwaa.meetings.actions import record_attendance
from jukwaa.meetings.actions.attendance_import import AttendeeToRecord, record_attendees
from jukwaa.meetings.attendance_files import get_person_name
from jukwaa.meetings.models import Meeting
from tests.factories import AffiliationFactory, MeetingFactory, MembershipFactory, OrganisationFactory


@pytest.fixture
def meeting(coalition):
    return create_meeting(coalition, date(2026, 11, 19))


@pytest.fixture
def regulator(coalition):
    organisation = OrganisationFactory(coalition=coalition, name="Digital Services Regulator (DSR)")
    MembershipFactory(coalition=coalition, organisation=organisation)
    return organisation


@pytest.fixture
def institute(coalition):
    organisation = OrganisationFactory(coalition=coalition, name="Child Online Protection Institute (COPI)")
    MembershipFactory(coalition=coalition, organisation=organisation)
    AffiliationFactory(person__name="Jörg Saltmüller", organisation=organisation)
    return organisation


@pytest.fixture
def upload(client, coalition, meeting, rapporteur):
    client.force_login(rapporteur)
    url = reverse("meetings:attendance_import", args=[coalition.slug, meeting.pk])
    return lambda *names: client.post(
        url, {"file": SimpleUploadedFile("calls.csv", "".join(f"{name},1\n" for name in ("Name", *names)).encode())}
    )


@pytest.fixture
def check(client, coalition, meeting):
    """Submit the table as the page shows it, with these changes."""
    url = reverse("meetings:attendance_check", args=[coalition.slug, meeting.pk])

    def post_shown_table(page, **changes):
        form = page.context["form"]
        data = {"rows": form["rows"].value()}
        data |= {name: "on" for name in form.fields if name.startswith("include_") and form[name].value()}
        return client.post(url, data | changes, follow=True)

    return post_shown_table


def create_meeting(coalition, day):
    return MeetingFactory(
        coalition=coalition, published=True, starts_on=day, order_day=day, precision=Meeting.Precision.DAY
    )


def list_attendees(meeting):
    """Who they are, for which organisation and as what."""
    return sorted(
        (
            row.capacity.person.name if row.capacity.person else row.capacity.name,
            row.capacity.organisation.name if row.capacity.organisation else "",
            row.came_as,
        )
        for row in meeting.attendances.all()
    )


def test_attendees_of_the_list_are_not_selected_again(meeting, institute, regulator, rapporteur, upload, check):
    for name, organisation in (("Joerg", None), ("Declan", None), ("A regulator", regulator), ("Rhona Pell", None)):
        record_attendance(actor=rapporteur, meeting=meeting, name=name, organisation=organisation, came_as="observer")
    page = upload("Jörg Saltmüller (COPI)", "Declan Ross", "rhona  PELL", "Digital Services Regulator", "Joe Public")
    done = check(page)

    shown = {line["match"].name: line["include"].value() for line in page.context["form"].iter_match_rows()}
    assert shown == {
        "Jörg Saltmüller (COPI)": False,
        "Digital Services Regulator": True,
        "Declan Ross": False,
        "rhona PELL": False,
        "Joe Public": False,
    }
    assert "already on the attendance list as <bdi>Joerg</bdi>" in page.text
    assert "already on the attendance list</small>" in page.text
    assert "Names that are already on the attendance list are not selected" in page.text
    assert len(list_attendees(meeting)) == 5
    assert "1 attendee recorded." in done.text


def test_uploading_same_file_again_adds_no_attendees(meeting, institute, upload, check):
    check(upload("Jörg Saltmüller (COPI)"))
    again = check(upload("Jörg Saltmüller (COPI)"))

    assert list_attendees(meeting) == [("Jörg Saltmüller", institute.name, "member")]
    assert "Everyone you selected is already on the attendance list." in again.text


def test_listed_attendee_matches_at_most_one_person_of_file(meeting, rapporteur, upload):
    record_attendance(actor=rapporteur, meeting=meeting, name="Ann", came_as="observer")
    page = upload("Ann Ash", "Ann Birch")

    assert [line["match"].is_listed for line in page.context["form"].iter_match_rows()] == [True, False]


def test_row_of_another_organisation_is_another_person(meeting, institute, regulator, rapporteur, upload):
    record_attendance(actor=rapporteur, meeting=meeting, name="Joerg", organisation=regulator, came_as="member")
    page = upload("Jörg Saltmüller (COPI)")

    assert [line["match"].is_listed for line in page.context["form"].iter_match_rows()] == [False]


def test_attendee_name_is_recorded_with_entered_organisation(client, meeting, regulator, upload, check):
    AffiliationFactory(person__name="Niamh Torvin", organisation=regulator)
    page = upload("Niamh Torvin", "Declan", "iPhone (Selam)", "iPhone")
    names = [line["match"].name for line in page.context["form"].iter_match_rows()]
    entered = {f"organisation_{number}": "DSR" for number in range(1, 4)}
    done = check(page, **entered, **{f"include_{number}": "on" for number in range(1, 4)})

    assert names == ["Niamh Torvin", "Declan", "iPhone (Selam)", "iPhone"]
    assert list_attendees(meeting) == [
        ("Declan", regulator.name, "member"),
        (regulator.name, regulator.name, "member"),
        ("Niamh Torvin", regulator.name, "member"),
        ("Selam", regulator.name, "member"),
    ]
    assert "Declan</a>" in done.text


def test_first_name_is_matched_within_entered_organisation(meeting, institute, upload, check):
    page = upload("Joerg")
    check(page, include_0="on", organisation_0="child online protection institute")

    assert list_attendees(meeting) == [("Jörg Saltmüller", institute.name, "member")]


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Declan", "Declan"),
        ("iPhone (Selam)", "Selam"),
        ("Catalina Requemo, RIC", "Catalina Requemo"),
        ("RIC - Catalina", "Catalina"),
        ("Lovelace, Ada", "Lovelace, Ada"),
        ("iPhone", ""),
        ("RIC", ""),
    ],
)
def test_person_name_is_separated_from_organisation(name, person):
    assert get_person_name(name, lambda part: part == "RIC") == person


def test_people_of_same_name_are_distinguished_by_organisation(meeting, institute, regulator, upload):
    other = AffiliationFactory(person__name="Dr. Joerg Saltmueller", organisation=regulator).person
    page = upload("Jörg Saltmüller (DSR)")

    [line] = page.context["form"].iter_match_rows()
    assert (line["match"].person_id, line["organisation_name"]) == (other.pk, regulator.name)


def test_first_recorded_meeting_has_no_first_time_attendees(meeting, institute, regulator, rapporteur):
    record_attendees(
        actor=rapporteur,
        meeting=meeting,
        attendees=[AttendeeToRecord("", organisation=institute), AttendeeToRecord("Rhona Pell")],
    )

    assert [row[2] for row in list_attendees(meeting)] == ["member", "observer"]


def test_first_attendance_is_marked_only_if_absent_from_earlier_meetings(coalition, meeting, institute, rapporteur):
    founder = MembershipFactory(coalition=coalition, starts_on=date(2009, 3, 1)).organisation
    came = MembershipFactory(coalition=coalition, starts_on=date(2021, 3, 1)).organisation
    earlier = create_meeting(coalition, date(2025, 2, 12))
    for organisation in (came, None):
        name = organisation.name if organisation else "Rhona Pell"
        record_attendance(actor=rapporteur, meeting=earlier, name=name, organisation=organisation, came_as="observer")
    attendees = [AttendeeToRecord("", organisation=each) for each in (founder, came, institute)]
    record_attendees(
        actor=rapporteur,
        meeting=meeting,
        attendees=[*attendees, AttendeeToRecord("rhona pell"), AttendeeToRecord("Joe Public")],
    )

    assert {name: role for name, _organisation, role in list_attendees(meeting)} == {
        founder.name: "member",
        came.name: "member",
        institute.name: "new-attendee",
        "rhona pell": "observer",
        "Joe Public": "new-attendee",
    }


def test_recording_earlier_meeting_later_updates_first_attendances(coalition, meeting, institute, rapporteur):
    MembershipFactory(coalition=coalition, starts_on=date(2009, 3, 1))
    oldest, earlier = (create_meeting(coalition, day) for day in (date(2024, 1, 1), date(2025, 2, 12)))
    new = MembershipFactory(coalition=coalition, starts_on=date(2026, 3, 1)).organisation
    record_attendees(actor=rapporteur, meeting=oldest, attendees=[AttendeeToRecord("A guest")])
    record_attendees(
        actor=rapporteur,
        meeting=meeting,
        attendees=[AttendeeToRecord("", organisation=institute), AttendeeToRecord("", organisation=new)],
    )
    before = {name: role for name, _organisation, role in list_attendees(meeting)}
    record_attendees(actor=rapporteur, meeting=earlier, attendees=[AttendeeToRecord("", organisation=institute)])

    assert before == {institute.name: "new-attendee", new.name: "new-attendee"}
    assert {name: role for name, _organisation, role in list_attendees(meeting)} == {
        institute.name: "member",
        new.name: "new-attendee",
    }


@pytest.mark.parametrize(
    ("standing", "role"),
    [("applied", "guest"), (None, "guest"), ("observer", "new-attendee"), ("active", "new-attendee")],
)
def test_people_of_organisations_that_are_no_members_are_guests(coalition, meeting, rapporteur, standing, role):
    founder = MembershipFactory(coalition=coalition, starts_on=date(2009, 3, 1)).organisation
    record_attendees(
        actor=rapporteur,
        meeting=create_meeting(coalition, date(2024, 1, 1)),
        attendees=[AttendeeToRecord("", organisation=founder)],
    )
    organisation = OrganisationFactory(coalition=coalition, name="Quillwort")
    if standing:
        day = None if standing == "applied" else date(2024, 1, 1)
        MembershipFactory(coalition=coalition, organisation=organisation, standing=standing, starts_on=day)
    record_attendees(
        actor=rapporteur, meeting=meeting, attendees=[AttendeeToRecord("Ana Moss", organisation=organisation)]
    )

    assert [found for _name, _organisation, found in list_attendees(meeting)] == [role]
