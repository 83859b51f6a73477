"""Attendance from the files that Zoom, Teams, Meet and Jitsi export: read, matched, checked, recorded."""

import io
import re
from datetime import date

import pytest
import time_machine
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jukwaa.accounts import minors
from jukwaa.accounts.erased_identities import block_identity_in_coalition
from jukwaa.meetings.attendance_files import (
    FileParticipant,
    find_participants_in_rows,
    is_generic_attendee_name,
    list_possible_attendee_names,
)
from jukwaa.meetings.models import Attendance
from tests.conftest import create_seated_person
from tests.factories import (
    AffiliationFactory,
    AttendanceFactory,
    MeetingFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
)
from tests.meetings.scheduled_meetings import BEFORE_MEETING, schedule_meeting

ZOOM_CSV = """Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants
123,Monthly call,01/12/2027 12:00,01/12/2027 13:30,host@example.org,90,4

Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest
Ada Lovelace (Guest),ada@example.org,01/12/2027 12:00,01/12/2027 12:20,20,Yes
Ada L.,ada@example.org,01/12/2027 12:25,01/12/2027 13:30,65,Yes
iPhone,,01/12/2027 12:00,01/12/2027 13:30,90,Yes
iPhone,,01/12/2027 12:00,01/12/2027 13:30,90,Yes
"""
TEAMS_CSV = (
    "1. Summary\nMeeting title\tMonthly call\nStart time\t1/12/27, 12:00:00 PM\n\n"
    "2. Participants\nName\tFirst Join\tEmail\tRole\n"
    "Ada Lovelace\t1/12/27, 12:00:00 PM\tada@example.org\tAttendee\n"
    "Ben Otieno (Unverified)\t1/12/27, 12:01:00 PM\t\tPresenter\n\n"
    "3. In-Meeting Activities\nName\tJoin Time\tEmail\tRole\n"
    "Ada Lovelace\t1/12/27, 12:00:00 PM\tada@example.org\tAttendee\n"
)
MEET_CSV = "First name,Last name,Email,Duration\nAda,Lovelace,ada@example.org,1 hr\nBen,Otieno,,5 min\n"
JITSI_CSV = "Name;Speaker time\nAda Lovelace;00:10\nBen Otieno;00:01\n"


def build_workbook(sheet_rows) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(sheet_rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()


@pytest.fixture
def meeting(coalition):
    return MeetingFactory(coalition=coalition, published=True)


@pytest.fixture
def upload_attendance(client, coalition, meeting, rapporteur):
    client.force_login(rapporteur)
    url = reverse("meetings:attendance_import", args=[coalition.slug, meeting.pk])

    def post_attendance_file(file_content, name="attendance.csv"):
        data = file_content if isinstance(file_content, bytes) else file_content.encode()
        return client.post(url, {"file": SimpleUploadedFile(name, data)})

    return post_attendance_file


@pytest.fixture
def confirm_attendance_table(client, coalition, meeting):
    """Submit the table as the page shows it, with these changes."""
    url = reverse("meetings:attendance_check", args=[coalition.slug, meeting.pk])

    def post_attendance_table(page, **changes):
        form = page.context["form"]
        data = {"rows": form["rows"].value()}
        data |= {name: "on" for name in form.fields if name.startswith("include_") and form[name].value()}
        return client.post(url, data | changes, follow=True)

    return post_attendance_table


def list_table_lines(page):
    return [
        (
            line["match"].name,
            line["match"].rows,
            line["organisation_name"],
            line["include"].value(),
        )
        for line in page.context["form"].iter_match_rows()
    ]


def list_recorded_attendance():
    return sorted((row.capacity.name, row.came_as) for row in Attendance.objects.all())


@pytest.mark.parametrize(
    ("file_name", "file_content"),
    [
        ("teams.csv", TEAMS_CSV.encode("utf-16")),
        ("teams.tsv", TEAMS_CSV.encode("utf-16")),
        ("meet.csv", MEET_CSV.encode()),
        ("jitsi.csv", JITSI_CSV.encode("utf-8-sig")),
        ("meet.xlsx", build_workbook([["Attendance"], *[row.split(",") for row in MEET_CSV.splitlines()]])),
    ],
)
def test_exports_of_each_program_name_people_once(upload_attendance, file_name, file_content):
    page = upload_attendance(file_content, file_name)

    assert [line[0] for line in list_table_lines(page)] == ["Ada Lovelace", "Ben Otieno"]


def test_rows_of_one_person_are_joined_and_devices_unselected(upload_attendance):
    assert list_table_lines(upload_attendance(ZOOM_CSV)) == [
        ("Ada Lovelace", 2, None, False),
        ("iPhone", 2, None, False),
    ]


def test_devices_with_numbers_become_one_line(upload_attendance):
    page = upload_attendance("Name,Duration\n" + "iPhone,5\n" * 800)

    assert list_table_lines(page) == [("iPhone", 800, None, False)]
    assert "not a person’s name (800 rows in the file)" in page.text


def test_device_and_guest_names_are_recognised():
    devices = ["iPhone", "Zoom user", "Galaxy S9", "Guest", "iPhone 12 Pro Max", "DESKTOP-A1B2", "+254 700 000000", "…"]

    assert [
        name for name in [*devices, "Max Guest-Smith", "Max", "Ann's iPhone"] if is_generic_attendee_name(name)
    ] == devices


def test_transitively_linked_rows_are_one_person():
    table = [
        ["Name", "Email"],
        ["Ada", "a@x.org"],
        ["Ada Lovelace", "b@x.org"],
        ["Ada", "b@x.org"],
        ["Guest", "c@x.org"],
    ]
    found = find_participants_in_rows(table)

    assert [(one.name, one.rows) for one in found] == [("Ada Lovelace", 3), ("Guest", 1)]


@pytest.mark.parametrize("attendee_name", ["Ada (Child Aid)", "Child Aid - Ada", "Ada | Child Aid", "Ada, Child Aid"])
def test_organisation_next_to_name_is_parsed(attendee_name):
    assert "Child Aid" in list_possible_attendee_names(FileParticipant(attendee_name))


def test_people_and_organisations_of_the_directory_are_matched(
    coalition, meeting, upload_attendance, confirm_attendance_table
):
    MembershipFactory(coalition=coalition, starts_on=date(2009, 1, 1))  # the founders
    aid, fund = (
        OrganisationFactory(coalition=coalition, name=name) for name in ("Child Aid Kenya", "Safety Fund Fiji")
    )
    for organisation in (aid, fund):
        MembershipFactory(coalition=coalition, organisation=organisation)
    AffiliationFactory(person=PersonFactory(name="Ada Lovelace", email="ada@example.org"), organisation=aid)
    AttendanceFactory(meeting__coalition=coalition, capacity__organisation=fund, meeting__published=True)
    page = upload_attendance("Name,Email\nA.,ADA@example.org\nSafety Fund Fiji - Ben Otieno,\nJoe Public,\n")
    before = Attendance.objects.filter(meeting=meeting).count()
    confirm_attendance_table(page)
    rows = meeting.attendances.order_by("capacity__name")

    assert before == 0
    assert list_table_lines(page) == [
        ("A.", 1, "Child Aid Kenya", True),
        ("Safety Fund Fiji - Ben Otieno", 1, "Safety Fund Fiji", True),
        ("Joe Public", 1, None, False),
    ]
    assert [(row.capacity.name, row.came_as) for row in rows] == [
        ("Child Aid Kenya", "new-attendee"),
        ("Safety Fund Fiji", "member"),
    ]
    assert "ada@example.org" not in page.text.lower()


def test_unmatched_name_asks_for_organisation(coalition, meeting, upload_attendance, confirm_attendance_table):
    OrganisationFactory(coalition=coalition, name="Child Aid Kenya")
    earlier = AttendanceFactory(meeting__coalition=coalition, meeting__published=True)
    page = upload_attendance("Name,x\nJoe Public,1\nAnn Other,1\n")
    wrong = confirm_attendance_table(page, include_0="on", organisation_0="Nowhere Ltd")
    unselected = confirm_attendance_table(page, organisation_1="Child Aid Kenya")
    nobody = confirm_attendance_table(page)

    assert [answer.status_code for answer in (wrong, unselected, nobody)] == [422, 422, 422]
    assert "Choose an organisation from the directory, or clear this field." in wrong.text
    assert 'value="Nowhere Ltd"' in wrong.text
    assert "Select this person, or leave the organisation empty." in unselected.text
    assert "Select at least one person." in nobody.text
    assert list(Attendance.objects.all()) == [earlier]

    done = confirm_attendance_table(page, include_0="on", organisation_0="Child Aid Kenya", include_1="on")

    assert "2 attendees recorded." in done.text
    assert sorted(
        (row.capacity.name, row.capacity.organisation and row.capacity.organisation.name, row.came_as)
        for row in meeting.attendances.all()
    ) == [("Ann Other", None, "new-attendee"), ("Joe Public", "Child Aid Kenya", "new-attendee")]
    assert (
        "Everyone you selected is already on the attendance list."
        in confirm_attendance_table(page, include_1="on").text
    )


def test_minors_and_removed_people_are_left_out(coalition, meeting, upload_attendance):
    child = create_seated_person(coalition, "Zuri Canary")
    minors.mark_as_minor(actor=child, person=child, adult_contact=PersonFactory(), reason="Told us.")
    block_identity_in_coalition(PersonFactory(name="Left Person"), coalition.pk)
    page = upload_attendance("Name,x\nZuri Canary (student),1\nLeft Person,1\nJoe Public,1\n")

    assert [line[0] for line in list_table_lines(page)] == ["Joe Public"]
    assert "2 people were left out because their names cannot be recorded." in page.text
    assert not re.search("Zuri|Left Person|under 18", page.text.partition("<main")[2])


@pytest.mark.parametrize(
    ("file_content", "expected_sentence"),
    [
        (b"", "This file is empty. Choose another file."),
        (b"Topic,ID\nMonthly call,1\n", "Check that a column of names has the heading “Name”."),
        (b"Name,x\n" + b"".join(b"Person %d,1\n" % n for n in range(501)), "This file has more than 500 names."),
        (b"\x89PNG\r\n\x1a\n", "Type of the content"),
    ],
)
def test_invalid_file_shows_error(upload_attendance, file_content, expected_sentence):
    page = upload_attendance(file_content)

    assert (page.status_code, page.text.count(expected_sentence)) == (422, 2)  # in the list of errors, and at the field


def test_table_is_signed_for_its_meeting(client, coalition, meeting, upload_attendance):
    rows = upload_attendance(MEET_CSV).context["form"]["rows"].value()
    other = MeetingFactory(coalition=coalition, published=True)
    url = reverse("meetings:attendance_check", args=[coalition.slug, other.pk])
    page = client.post(url, {"rows": rows, "include_0": "on"})

    assert (page.status_code, list_recorded_attendance()) == (422, [])
    assert "Choose the file again. This table is no longer valid." in page.text


@time_machine.travel(BEFORE_MEETING)
def test_import_needs_started_meeting(client, coalition, rapporteur):
    planned = schedule_meeting(coalition, rapporteur)
    client.force_login(rapporteur)
    url = reverse("meetings:attendance_import", args=[coalition.slug, planned.pk])
    page = client.post(url, {"file": SimpleUploadedFile("meet.csv", MEET_CSV.encode())})

    assert (page.status_code, url in client.get(planned.get_absolute_url()).text) == (422, False)
    assert "You can record attendance once the meeting has started." in page.text


def test_only_note_takers_import_attendance(client, coalition, meeting, member):
    client.force_login(member)
    routes = [reverse(f"meetings:attendance_{name}", args=[coalition.slug, meeting.pk]) for name in ("import", "check")]

    assert [client.post(url).status_code for url in routes] == [403, 403]


@pytest.mark.parametrize("attendee_count", [1, 3])
def test_attendance_import_query_count_is_constant(upload_attendance, django_assert_num_queries, attendee_count):
    content = "Name,x\n" + "".join(f"Person {number},1\n" for number in "ABC"[:attendee_count])
    upload_attendance(content)
    with django_assert_num_queries(10):
        upload_attendance(content)


ATTENDANCE_TABLES = [
    "Name,Organisation,Country\nGrace Hopper,Helpline One,Kenya\nAlan Turing,Unknown Institute,Brazil\n",
    "Nom;Organisation;Pays\nGrace Hopper;Helpline One;Kenya\nAlan Turing;Unknown Institute;Brésil\n",
    "Nombre;Organización;País\nGrace Hopper;Helpline One;Kenia\nAlan Turing;Unknown Institute;Brasil\n",
    "Nome;Organização;País\nGrace Hopper;Helpline One;Quênia\nAlan Turing;Unknown Institute;Brasil\n",
    "الاسم,المنظمة,البلد\nGrace Hopper,Helpline One,كينيا\nAlan Turing,Unknown Institute,البرازيل\n",
]


@pytest.mark.parametrize("table_text", ATTENDANCE_TABLES, ids=["en", "fr", "es", "pt", "ar"])
def test_plain_table_is_parsed_in_five_languages(
    table_text, upload_attendance, confirm_attendance_table, coalition, meeting
):
    OrganisationFactory(coalition=coalition, name="Helpline One", country="KE")
    confirm_attendance_table(upload_attendance(table_text), include_0="on", include_1="on")

    rows = Attendance.objects.filter(meeting=meeting).order_by("capacity__name")
    assert list(rows.values_list("capacity__name", "capacity__country", "capacity__regional_group")) == [
        ("Helpline One", "KE", "unknown"),
        ("Unknown Institute", "BR", "grulac"),
    ]


def test_excel_table_can_list_organisations_only(upload_attendance, confirm_attendance_table, coalition, meeting):
    OrganisationFactory(coalition=coalition, name="Helpline One", country="KE")
    table = build_workbook(
        [["Session of 2011"], ["Organisation", "Country"], ["Helpline One", "KE"], ["A ministry", "Chile"]]
    )
    page = upload_attendance(table, "attendance.xlsx")
    confirm_attendance_table(page)

    assert set(Attendance.objects.values_list("capacity__name", "capacity__country")) == {
        ("Helpline One", "KE"),
        ("A ministry", "CL"),
    }
    assert "not in the directory" in page.text
