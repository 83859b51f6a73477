"""Whether people took part in the room or online: kept, corrected, imported, shown, counted and exported."""

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from jukwaa.core.attendance_modes import ONLINE_MODE, ROOM_MODE, find_mode_of_label, find_mode_of_remark
from jukwaa.core.personal_data import personal_data_registry
from jukwaa.meetings.actions import change_attendance_role, record_attendance
from jukwaa.meetings.attendance import describe_attendance_modes
from jukwaa.meetings.attendance_files import find_participants_in_rows
from jukwaa.meetings.models import Attendance
from jukwaa.meetings.report.report_sentences import describe_attendance_rows
from tests.factories import AttendanceFactory, MeetingFactory, PartFactory
from tests.meetings.test_attendance_import import (  # noqa: F401 - fixtures
    JITSI_CSV,
    MEET_CSV,
    TEAMS_CSV,
    ZOOM_CSV,
    confirm_attendance_table,
    meeting,
    upload_attendance,
)
from tests.meetings.test_check_in import (  # noqa: F401 - fixtures
    check_in_link,
    meeting_in_progress,
    send_check_in,
)
from tests.migrations import load_replaced_migrations


@pytest.fixture
def own_meeting(coalition, rapporteur):
    return MeetingFactory(
        coalition=coalition, author=rapporteur, label="TLP:CLEAR", published=True, starts_on=date(2020, 1, 1)
    )


@pytest.fixture
def record(own_meeting, rapporteur):
    def record_attendee(name, mode="", came_as="observer"):
        return record_attendance(actor=rapporteur, meeting=own_meeting, name=name, came_as=came_as, mode=mode)

    return record_attendee


def list_modes():
    rows = Attendance.with_apologies.select_related("capacity").order_by("pk")
    return {row.capacity.name: row.mode for row in rows}


@pytest.mark.parametrize(
    ("label", "mode"),
    [
        ("Participants online (3)", "online"),
        ("Online (via Zoom)", "online"),
        ("Teams", "online"),
        ("✓ (Zoom)", "online"),
        ("On the call", "online"),
        ("Présents en visio", "online"),
        ("Participants à distance", "online"),
        ("par téléphone", "online"),
        ("Asistentes en línea", "online"),
        ("الحاضرون عن بُعد", "online"),
        ("In the room", "room"),
        ("On site", "room"),
        ("Sur place", "room"),
        ("En présentiel", "room"),
        ("Presencial", "room"),
        ("Presentes na sala", "room"),
        ("الحضور في القاعة", "room"),
        ("Present", ""),
        ("Online Safety Alliance", ""),
        ("Head of Online", ""),
        ("Online meeting", ""),
        ("Room 5", ""),
        ("Réseau en ligne", ""),
        ("Red Virtual", ""),
        ("Hybrid", ""),
    ],
)
def test_label_says_how_people_took_part(label, mode):
    assert find_mode_of_label(label) == mode


@pytest.mark.parametrize(
    ("remark", "mode"),
    [
        ("joined by phone from item 3", "online"),
        ("online until 11", "online"),
        ("a participé à distance", "online"),
        ("in person", "room"),
        ("Online Safety Alliance", ""),
        ("Zoom", ""),
        ("by Ana", ""),
    ],
)
def test_remark_beside_name_says_how_a_person_took_part(remark, mode):
    assert find_mode_of_remark(remark) == mode


def test_words_mean_the_choices_of_attendance():
    assert {ROOM_MODE, ONLINE_MODE} == set(Attendance.Mode.values)


def test_mode_is_kept_and_only_filled_in_where_it_is_unknown(record):
    record("Elm Farm")
    record("Oak Farm", "room")
    record("Fig Farm", "online", came_as="apologies")
    assert list_modes() == {"Elm Farm": "", "Oak Farm": "room", "Fig Farm": ""}

    record("Elm Farm", "online")
    record("Oak Farm", "online")
    record("Fig Farm", "room")
    assert list_modes() == {"Elm Farm": "online", "Oak Farm": "room", "Fig Farm": "room"}


def test_mode_is_corrected_and_not_kept_of_those_who_sent_apologies(record, rapporteur):
    row = record("Elm Farm", "room")
    change_attendance_role(actor=rapporteur, attendance=row, attendance_role="observer", mode="online")
    assert list_modes() == {"Elm Farm": "online"}

    change_attendance_role(actor=rapporteur, attendance=row, attendance_role="apologies", mode="online")
    assert list_modes() == {"Elm Farm": ""}


def test_forms_offer_one_choice(client, record, rapporteur, own_meeting):
    row = record("Elm Farm", "room")
    client.force_login(rapporteur)
    new = reverse("meetings:attendance_new", args=["ours", own_meeting.pk])
    client.post(new, {"name": "Oak Farm", "came_as": "guest", "mode": "online"})
    client.post(new, {"name": "Fig Farm", "came_as": "guest"})
    change = reverse("meetings:attendance_change", args=["ours", own_meeting.pk, row.pk])
    assert '<option value="room" selected>in the room</option>' in client.get(change).text
    client.post(change, {"came_as": "observer", "mode": ""})

    assert list_modes() == {"Elm Farm": "", "Oak Farm": "online", "Fig Farm": ""}


def test_person_who_checks_in_may_say_how_they_attend(send_check_in, member):  # noqa: F811
    send_check_in(member, mode="room")

    assert [row.mode for row in Attendance.objects.filter(capacity__person=member)] == ["room"]


def test_person_who_is_listed_already_may_say_how_they_attend(
    send_check_in,  # noqa: F811
    member,
    rapporteur,
    meeting_in_progress,  # noqa: F811
):
    record_attendance(
        actor=rapporteur, meeting=meeting_in_progress, name=member.name, person=member, came_as="observer"
    )
    send_check_in(member, mode="online")
    send_check_in(member, mode="room")

    assert [row.mode for row in Attendance.objects.filter(capacity__person=member)] == ["online"]


def test_check_in_without_mode_leaves_it_unknown(send_check_in, member):  # noqa: F811
    send_check_in(member)

    assert [row.mode for row in Attendance.objects.filter(capacity__person=member)] == [""]


@pytest.mark.parametrize(
    ("table", "separator", "modes"),
    [
        (ZOOM_CSV, ",", {"online"}),
        (TEAMS_CSV, "\t", {"online"}),
        (MEET_CSV, ",", {"online"}),
        (JITSI_CSV, ";", {""}),
        ("Name,Organisation\nAna Lopes,Elm Farm\n", ",", {""}),
        ("Nombre,Modalidad\nAna Ruiz,presencial\n", ",", {"room"}),
        ("Nom,Mode de participation\nLéa Roy,Visio\n", ",", {"online"}),
        ("الاسم,طريقة الحضور\nسلمى حداد,عن بعد\n", ",", {"online"}),
        ("Name,Mode,Duration\nAna Lopes,In the room,60\n", ",", {"room"}),
        ("Name,Mode\nAna Lopes,committee\n", ",", {""}),
        ("Name,Mode,Duration\nAna Lopes,Hybrid,60\n", ",", {""}),
        ("Name,Email,Joined\nAna Lopes,ana@elm.example,2019-05-01\n", ",", {""}),
        ("Name,Email,Joined\nAna Lopes,ana@elm.example,2027-05-01 10:02\n", ",", {"online"}),
        ("Nom,Courriel,Minutes\nLéa Roy,lea@verger.example,oui\n", ",", {""}),
    ],
)
def test_table_says_how_people_took_part(table, separator, modes):
    rows = [line.split(separator) for line in table.splitlines()]

    assert {person.mode for person in find_participants_in_rows(rows)} == modes


def test_people_in_the_list_of_a_call_are_recorded_online(upload_attendance, confirm_attendance_table):  # noqa: F811
    page = upload_attendance(MEET_CSV)
    assert page.text.count("(online)") == 2
    confirm_attendance_table(page, include_0="on", include_1="on")

    assert set(list_modes().values()) == {"online"}


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ((17, 8, 9), "17 people attended: 8 in the room, 9 online."),
        ((17, 8, 5), "17 people attended: 8 in the room, 5 online, 4 not stated."),
        ((1, 0, 1), "1 person attended: 1 online."),
        ((17, 0, 0), ""),
    ],
)
def test_numbers_are_told_where_they_are_known(counts, sentence):
    number, room, online = counts

    assert describe_attendance_modes(number, room=room, online=online) == sentence


def test_page_and_report_show_modes(client, record, own_meeting):
    pages = [reverse("meetings:meeting_detail", args=["ours", own_meeting.pk])]
    pages.append(reverse("meetings:attendance_list", args=["ours", own_meeting.pk]))
    record("Elm Farm")
    record("Fig Farm", came_as="apologies")
    for page in pages:
        text = client.get(page).text
        assert (" attended: " in text, "in the room" in text) == (False, False)

    record("Oak Farm", "room")
    record("Ash Farm", "online")
    for page in pages:
        text = client.get(page).text
        assert "3 people attended: 1 in the room, 1 online, 1 not stated." in text
        assert ('<small class="soft">in the room</small>' in text, '<small class="soft">online</small>' in text) == (
            True,
            True,
        )
    rows = list(Attendance.objects.filter(meeting=own_meeting))
    assert describe_attendance_rows(rows, {})[-1] == "3 people attended: 1 in the room, 1 online, 1 not stated."
    assert describe_attendance_rows(rows[:1], {}) == ["Also present: a participant."]


@pytest.mark.django_db(transaction=True)
def test_migrations_add_a_column_copy_no_table_and_can_be_undone():
    AttendanceFactory(mode="online")
    for key in (("meetings", "0033_attendance_mode"), ("intake", "0014_attendance_mode")):
        [operation] = load_replaced_migrations(None).disk_migrations[key].operations
        [column] = operation.database_operations
        assert (column.sql[:12], " ADD COLUMN mode " in column.sql) == ("ALTER TABLE ", True)
        for statement in (column.reverse_sql, column.sql):
            with connection.cursor() as cursor:
                cursor.execute(statement)

    assert [row.mode for row in Attendance.objects.all()] == [""]


def test_own_data_say_how_a_person_took_part():
    assert "mode" in personal_data_registry[Attendance].download


def test_person_and_organisation_are_counted_once(client, own_meeting, rapporteur, organisation):
    def record_attendee(name, mode, **given):
        record_attendance(actor=rapporteur, meeting=own_meeting, name=name, came_as="observer", mode=mode, **given)

    for _number in range(2):
        record_attendee("Ana Lopes", "online", part=PartFactory(meeting=own_meeting))
    record_attendee(organisation.name, "online", organisation=organisation)
    record_attendee("Ben Okoro", "room", organisation=organisation)
    for other in ("Elm Farm", "Oak Farm"):
        record_attendee(other, "")

    sentence = "4 people attended: 1 in the room, 1 online, 2 not stated."
    page = client.get(reverse("meetings:attendance_list", args=["ours", own_meeting.pk]))
    assert sentence in page.text
    rows = list(Attendance.objects.filter(meeting=own_meeting).select_related("capacity__organisation"))
    assert describe_attendance_rows(rows, {})[-1] == sentence
