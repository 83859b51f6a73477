"""Who sent apologies: read from reports, kept with the attendance, and never counted as present."""

from time import process_time

import pytest
from django.urls import reverse

from jukwaa.intake.actions import accept_remaining_suggestions, enter_reading
from jukwaa.intake.reader import read_report
from jukwaa.intake.reader.apologies import APOLOGIES_STATUS, add_apologies
from jukwaa.meetings.actions import record_attendance
from jukwaa.meetings.attendance import count_meeting_attendance
from jukwaa.meetings.models import Attendance, Meeting
from tests.factories import MeetingFactory, OrganisationFactory
from tests.intake.readings import create_reading

PRESENT = "# Minutes\n\nPresent: Dina Haddad, Theo Lind\n\n"
AGREED = "\n\nThe members agreed to plant a tree.\n"


def find_apologies(text: str) -> list[str]:
    report = add_apologies(read_report(text, language="en"))
    return [name for made in report.suggestions if made.status == APOLOGIES_STATUS for name in made.actors]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Apologies: Ana Lopes, Ben Okoro", ["Ana Lopes", "Ben Okoro"]),
        ("**Regrets:** Ana Lopes (Elm Farm), Ben Okoro [Oak Farm]", ["Ana Lopes", "Ben Okoro"]),
        ("Apologies for absence (2): Ana Lopes; Ben Okoro.", ["Ana Lopes", "Ben Okoro"]),
        ("Absent with apologies: Ana Lopes.", ["Ana Lopes"]),
        ("Apologies were received from Ana Lopes and from Pak Budi.", ["Ana Lopes", "Pak Budi"]),
        ("Excusés : Mme Lopes (Verger), M. Okoro", ["Mme Lopes", "M. Okoro"]),
        ("Excusé·e·s : Ana Lopes", ["Ana Lopes"]),
        ("Apologies | Ana, Ben Okoro (sent Eva)", ["Ana", "Ben Okoro"]),
        ("Apologies  Ana, Karim, Ben Okoro (sent Eva)", ["Ana", "Karim", "Ben Okoro"]),
        ("Excusés Ana Lopes (Verger), Eva Ruiz et Ben Okoro", ["Ana Lopes", "Eva Ruiz", "Ben Okoro"]),
        ("Mmes Ana Lopes (Verger) et Eva Okoro s’étaient excusées.", ["Ana Lopes", "Eva Okoro"]),
        ("Justificaram a ausência | Ana Lopes (Pomar), Ben Okoro", ["Ana Lopes", "Ben Okoro"]),
        ("Justificaram a sua ausência o Pomar Azul, a Horta e a Rede Azul.", ["Pomar Azul", "Horta", "Rede Azul"]),
        ("Disculpas: Ana Lopes (Huerto); Ben Okoro", ["Ana Lopes", "Ben Okoro"]),
        ("Se excusó: Huerto Sur", ["Huerto Sur"]),
        ("UDHURU: Ana Lopes (Shamba) - yuko safarini; Ben Okoro", ["Ana Lopes", "Ben Okoro"]),
        ("Entschuldigt: Ana Lopes", ["Ana Lopes"]),
        ("## Apologies\n\n- Ana Lopes\n- Ben Okoro (Oak Farm)", ["Ana Lopes", "Ben Okoro"]),
        ("| Name | Status |\n| --- | --- |\n| Ana Lopes | apologies |\n| Eva Ruiz | present |", ["Ana Lopes"]),
        ("Excusa: Ana Lopes (Huerto).", ["Ana Lopes"]),
        ("No puede: Ana Lopes", ["Ana Lopes"]),
        ("No pueden: Ana Lopes y Ben Okoro", ["Ana Lopes", "Ben Okoro"]),
        ("Se excusa: Ana Lopes (Huerto)", ["Ana Lopes"]),
        ("Se excusa Ana Lopes (Huerto).", ["Ana Lopes"]),
        ("Se excusan Ana Lopes y Ben Okoro.", ["Ana Lopes", "Ben Okoro"]),
        ("Não pode: Ana Lopes", ["Ana Lopes"]),
        ("Cannot attend: Ana Lopes", ["Ana Lopes"]),
        ("Ana Lopes avisó que no llegaba.", ["Ana Lopes"]),
        ("Ana Lopes avisó que no hay sala.", []),
        ("Excusa: falta de tiempo", []),
        ("La secretaría no puede: Gastar, Contratar", []),
        ("Apologies: none", []),
        ("Apologies: -", []),
        ("Apologies Received, Quorum, Opening, Accounts", []),
        ("Apologies Ana heard, Ben sang, and Eva left early", []),
        ("Apologies for the late minutes, I was travelling.", []),
        ("Apologies from Ana received after the meeting, on 13 March.", []),
        ("Ana regrets that the tree fell.", []),
        ("Absent: Ana Lopes", []),
    ],
)
def test_names_are_read_where_the_report_says_that_they_sent_apologies(text, names):
    assert find_apologies(f"{PRESENT}{text}{AGREED}") == names


def test_whoever_is_listed_as_present_too_did_not_send_apologies():
    assert find_apologies(f"{PRESENT}Apologies: Dina Haddad, Ana Lopes{AGREED}") == ["Ana Lopes"]


@pytest.fixture
def meeting(coalition, rapporteur):
    reading = create_reading(coalition, rapporteur, f"{PRESENT}Apologies: Ana Lopes{AGREED}")
    accept_remaining_suggestions(actor=rapporteur, reading=reading, suggestion_kind="attendee")
    enter_reading(actor=rapporteur, reading=reading)
    return Meeting.objects.get()


def test_suggestion_says_that_they_did_not_attend(client, coalition, rapporteur):
    reading = create_reading(coalition, rapporteur, f"{PRESENT}Apologies: Ana Lopes{AGREED}")
    client.force_login(rapporteur)

    sentence = reading.suggestions.get(came_as="apologies").sentence

    page = client.get(f"{reading.get_absolute_url()}?at={sentence.number}").text

    assert page.count("Did not attend, sent apologies.") == 1
    assert "Attended as: did not" not in page


def list_names(rows):
    return [row.capacity.name for row in rows.select_related("capacity").order_by("pk")]


def test_apologies_are_kept_and_not_counted(meeting):
    assert list_names(Attendance.with_apologies.filter(came_as="apologies")) == ["Ana Lopes"]
    assert list_names(meeting.attendances) == list_names(Attendance.objects) == ["Dina Haddad", "Theo Lind"]
    assert count_meeting_attendance(meeting).number == 2


def test_apologies_are_shown_below_the_attendance_to_those_who_may_read_it(client, meeting, member, rapporteur):
    url = meeting.get_absolute_url()
    for reader, is_named in ((None, False), (member, True), (rapporteur, True)):
        client.logout()
        if reader is not None:
            client.force_login(reader)
        page = client.get(url).text
        assert ("Ana Lopes" in page, "Dina Haddad" in page) == (is_named, is_named)
        assert "did not attend, sent apologies" in page
        assert "Dina Haddad" not in page or page.index("Dina Haddad") < page.index("Ana Lopes")


def test_whoever_sent_apologies_and_came_is_present_once(meeting, rapporteur):
    record_attendance(actor=rapporteur, meeting=meeting, name="Ana Lopes", organisation=None, came_as="observer")

    assert (
        list_names(meeting.attendances)
        == list_names(Attendance.with_apologies)
        == [*("Dina Haddad", "Theo Lind", "Ana Lopes")]
    )


def test_apologies_do_not_replace_presence(meeting, rapporteur):
    record_attendance(actor=rapporteur, meeting=meeting, name="Theo Lind", organisation=None, came_as="apologies")

    assert list_names(meeting.attendances) == ["Dina Haddad", "Theo Lind"]


def test_apologies_can_be_corrected_and_removed_on_their_pages(client, meeting, rapporteur):
    client.force_login(rapporteur)
    row = Attendance.with_apologies.get(came_as="apologies")
    args = [meeting.coalition.slug, meeting.pk, row.pk]

    assert client.post(reverse("meetings:attendance_change", args=args), {"came_as": "observer"}).status_code == 302
    assert row.pk in meeting.attendances.values_list("pk", flat=True)
    client.post(reverse("meetings:attendance_change", args=args), {"came_as": "apologies"})
    assert client.post(reverse("meetings:attendance_remove", args=args)).status_code == 302
    assert not Attendance.with_apologies.filter(pk=row.pk).exists()


def test_apologies_of_an_organisation_do_not_make_its_first_attendance(coalition, rapporteur):
    organisation = OrganisationFactory(coalition=coalition)
    meeting = MeetingFactory(coalition=coalition)

    record_attendance(
        actor=rapporteur, meeting=meeting, name="", organisation=organisation, came_as=Attendance.As.APOLOGIES
    )

    assert not Attendance.objects.filter(capacity__organisation=organisation).exists()
    assert meeting.chair is None


@pytest.mark.parametrize("mark", [";", "; ", "|;", ". "])
def test_long_lines_of_marks_are_searched_quickly(mark):
    quote = f"Apologies{mark * (100_000 // len(mark))}"
    report = read_report(f"{PRESENT}## Apologies\n\n{quote}{AGREED}", language="en")

    started = process_time()
    add_apologies(report)

    assert process_time() - started < 1


def test_name_in_which_a_long_line_is_cut_is_not_read():
    names = [f"Ana Lopes-{'abcdefghij' * 2}{chr(97 + number // 8) * 8}{chr(97 + number % 8)}" for number in range(60)]

    found = find_apologies(f"{PRESENT}Apologies: {', '.join(names)}{AGREED}")

    assert len(found) > 30
    assert set(found) <= set(names)
