"""How long people were in a call, as the files of each program say, and who is not selected because of it."""

import pytest

from jukwaa.core.documents.incoming import read_table_file
from jukwaa.meetings.attendance_durations import count_attendance_seconds, parse_duration
from jukwaa.meetings.attendance_files import find_participants_in_rows
from jukwaa.meetings.models import Attendance
from tests.factories import AffiliationFactory, OrganisationFactory, PersonFactory
from tests.meetings.test_attendance_import import (  # noqa: F401 - fixtures
    confirm_attendance_table,
    list_table_lines,
    meeting,
    upload_attendance,
)

WEBEX = (
    "Display Name\tAttendee Email\tJoin Time\tLeave Time\tAttendance Duration\tConnection Type\tRemarks\n"
    'Ada Lovelace\tada@example.org\t="2026-11-06 07:59:03"\t="2026-11-06 09:10:18"\t71 mins\tDesktop app\t\n'
    'Ada Lovelace\tada@example.org\t="2026-11-06 08:40:00"\t="2026-11-06 09:10:00"\t30 mins\tMobile app\t\n'
    'Femke Dhaenens\tfemke@example.org\t="2026-11-06 08:00:00"\t="2026-11-06 08:00:48"\t1 mins\tWeb browser\t\n'
    'Wouter Callebert\twouter@example.org\t="2026-11-06 08:20:14"\t="2026-11-06 08:47:30"\t27 mins\tWeb'
    "\tplease, do not put me in the notes\n"
    'Lecto (Ada)\tbot@lecto.test\t="2026-11-06 07:59:40"\t="2026-11-06 09:10:19"\t71 mins\tDesktop app\t\n'
)
ZOOM = "Name,Total Duration (Minutes),Guest\nAda,85,Yes\nBen,3,Yes\n"
ZOOM_IN_ARABIC = "الاسم,المدة (دقائق)\nAda,85\nBen,3\n"
TEAMS = (
    "2. Participants\nName\tFirst Join\tLast Leave\tIn-Meeting Duration\n"
    "Ada\t1/12/27, 12:00:00 PM\t1/12/27, 1:40:00 PM\t1h 25m\nBen\t1/12/27, 1:30:00 PM\t1/12/27, 1:33:10 PM\t3m 10s\n\n"
    "3. In-Meeting Activities\nName\tJoin Time\tLeave Time\tDuration\n"
    "Ada\t1/12/27, 12:00:00 PM\t1/12/27, 1:00:00 PM\t1h\nAda\t1/12/27, 1:15:00 PM\t1/12/27, 1:40:00 PM\t25m\n"
    "Ben\t1/12/27, 1:30:00 PM\t1/12/27, 1:33:10 PM\t3m 10s\n"
)
MEET = "First name,Last name,Email,Duration\nAda,,,1 hr 25 min\nBen,,,3 min\n"
BIG_BLUE_BUTTON = (
    "Name,Moderator,Join,Left,Duration\nAda,TRUE,12:00:00,13:25:00,01:25:00\nBen,FALSE,12:00:00,12:03:00,00:03:00\n"
)
JOIN_AND_LEAVE = "Participant;Join time;Leave time\nAda;23:00;00:25\nBen;23:10;23:13\n"
JITSI = "Name;Speaker time\nAda;00:10\nBen;00:01\n"


def count_minutes(text):
    people = find_participants_in_rows(read_table_file(text.encode(), "attendance.csv").rows)
    seconds = {each.name: count_attendance_seconds(each.stays) for each in people}
    return {name: None if each is None else each // 60 for name, each in seconds.items()}


@pytest.mark.parametrize("text", [ZOOM, ZOOM_IN_ARABIC, TEAMS, MEET, BIG_BLUE_BUTTON, JOIN_AND_LEAVE])
def test_file_of_each_program_states_minutes(text):
    assert count_minutes(text) == {"Ada": 85, "Ben": 3}


def test_speaking_time_is_no_attendance():
    assert count_minutes(JITSI) == {"Ada": None, "Ben": None}


def test_two_devices_at_the_same_time_count_once():
    assert count_minutes(WEBEX)["Ada Lovelace"] == 71


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("75 mins", 4500),
        ("1 mins", 60),
        ("1h 2m 3s", 3723),
        ("1 h 5 min 3 s", 3903),
        ("48 seconds", 48),
        ("48 segundos", 48),
        ("1 heure 5 minutes", 3900),
        ("2 horas", 7200),
        ("5 دقائق", 300),
        ("01:02:03", 3723),
        ("12:30", 750),
        ("12.5", 750),
        ("host", None),
        ("", None),
    ],
)
def test_durations_are_parsed_as_programs_write_them(written, seconds):
    assert parse_duration(written) == seconds


def test_short_stays_bots_and_unnamed_people_are_not_selected(
    coalition,
    upload_attendance,  # noqa: F811
    confirm_attendance_table,  # noqa: F811
):
    organisation = OrganisationFactory(coalition=coalition, name="Child Aid")
    for name, address in [
        ("Ada Lovelace", "ada@example.org"),
        ("Femke Dhaenens", "femke@example.org"),
        ("Wouter Callebert", "wouter@example.org"),
    ]:
        AffiliationFactory(organisation=organisation, person=PersonFactory(name=name, email=address))
    page = upload_attendance(WEBEX)

    assert [(name, selected) for name, _rows, _organisation, selected in list_table_lines(page)] == [
        ("Ada Lovelace", True),
        ("Femke Dhaenens", False),
        ("Wouter Callebert", False),
        ("Lecto (Ada)", False),
    ]
    assert "71 minutes in the call" in page.text
    assert "less than 1 minute in the call" in page.text
    assert "asked not to be named" in page.text
    assert (
        "People who were in the call for less than 5 minutes, or asked not to be named, are not selected." in page.text
    )
    assert "not a person’s name (1 row in the file)" in page.text

    confirm_attendance_table(page)
    assert Attendance.objects.get().capacity.person.name == "Ada Lovelace"


def test_two_names_of_one_person_are_counted_together(coalition, upload_attendance):  # noqa: F811
    ada = PersonFactory(name="Ada Lovelace", email="ada@example.org")
    AffiliationFactory(organisation=OrganisationFactory(coalition=coalition), person=ada)
    page = upload_attendance("Name,Email,Duration\nA.,ada@example.org,3 min\nAda Lovelace,,4 min\n")

    assert [(line[0], line[3]) for line in list_table_lines(page)] == [("A.", True)]
    assert "7 minutes in the call" in page.text
