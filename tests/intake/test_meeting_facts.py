"""What a report says of its meeting is suggested, and confirmed by a person."""

from datetime import date

import pytest
from django.urls import reverse

from jukwaa.intake.actions import accept_remaining_suggestions, enter_reading
from jukwaa.intake.meeting_dates import find_exact_meeting_day
from jukwaa.intake.meeting_facts import find_meeting_facts, find_minutes_titles
from jukwaa.intake.models import Reading
from jukwaa.meetings.models import Commitment, Meeting
from tests.factories import OrganisationFactory
from tests.intake.readings import create_reading

MINUTES_TEXT = """Minutes of the 14th meeting of the coalition
Nairobi, Kenya, 12 March 2024
Part of the Africa Internet Governance Forum 2024

Chair: Amina Otieno

Attendance

Name | Organisation
Amina Otieno | Helpline One
Ben Okoro | Lake Trust

Action | Owner | Due | Status
Send the guide | Lake Trust | 31 October 2024 | Open
Book the hall | Amina Otieno | 1 May | Done

The next meeting will be on 14 May 2099 in Geneva.
"""


@pytest.mark.parametrize(
    ("line", "chair"),
    [
        ("Preside: Ana Lopes. Toma de actas: Ben Okoro.", "Ana Lopes"),
        ("Chair: A. Lopes. Notes: Ben Okoro.", "A. Lopes"),
        ("Chair: Prof. Ana Lopes", "Prof. Ana Lopes"),
        ("Reuniu-se o conselho, presidido pela senhora Ana Lopes, com a presença de Ben", "Ana Lopes"),
        ("رئاسة الجلسة: السيدة أمينة العلوي", "السيدة أمينة العلوي"),
        ("Conduce: Ana Lopes Ruiz (Olmo) Elaborado por: Ben Okoro", "Ana Lopes Ruiz"),
        ("Pimpinan rapat   : Ana Lopes", "Ana Lopes"),
        ("Local | Recife | Coordenação | Ana Lopes", "Ana Lopes"),
        ("Sesión de la junta, presidida por la señora Ana Lopes, de la Fundación Olmo, en Lima", "Ana Lopes"),
        ("PRESENT Mrs. Ana Lopes – Ministry of Education and Youth – Chairperson; Mr. Ben Okoro", "Mrs. Ana Lopes"),
        ("Mr. Ben Okoro – Elm House – Secretary; Ms. Ana Lopes – Oak House – Chair", "Ms. Ana Lopes"),
        ("Présidente : Mme. Ana Lopes. Secrétaire : Ben Okoro.", "Mme. Ana Lopes"),
    ],
)
def test_chair_ends_with_the_sentence(line, chair):
    assert find_meeting_facts(f"Minutes of 3 May 2026\n\n{line}\n").chair == chair


def test_facts_are_read_from_the_first_lines():
    facts = find_meeting_facts(MINUTES_TEXT)

    assert (facts.day, facts.precision, facts.place, facts.country) == (
        date(2024, 3, 12),
        "day",
        "Nairobi, Kenya",
        "KE",
    )
    assert (facts.forum, facts.chair, facts.number) == ("Africa Internet Governance Forum 2024", "Amina Otieno", "14")


@pytest.mark.parametrize(
    ("text", "file_name", "expected_day"),
    [
        ("Minutes", "minutes_2023-05-04.docx", date(2023, 5, 4)),
        ("---\ntitle: Minutes\ndate: 2005-12-01\n---\n\nWednesday 9th November 2005\n", "", date(2005, 11, 9)),
        ("Minutes\n\nInputs are due by 15 March 2027. Approved on 3 May 2026.\n", "", None),
        ("Minutes\n\n- Meeting Date: May 29, 2024\n- Next meeting: 3 June 2024\n", "", date(2024, 5, 29)),
        ("Notes\n\nAction: Ana to write, due 12/01/2027\n", "", None),
        ("Wednesday, 12 February 2025, online (after the fair, before the summit)\n", "", date(2025, 2, 12)),
        ("Notes\n", "SG minutes 12feb25_clean.docx", date(2025, 2, 12)),
        ("Notes\n", "Acta 1dic2022.docx", date(2022, 12, 1)),
        ("Acta\n\nLima (Perú), 1.º de diciembre de 2022, 17:30\n", "", date(2022, 12, 1)),
        ("Plan for 4 May 2099\n\nMeeting of 3 May 2024\n", "", date(2024, 5, 3)),  # not one to come
        (
            (
                "From: Ana\nTo: all\nDate: Mon, 23 Nov 2026 09:41\nSubject: Fwd: notes call 19 Nov\n\nHi\n\n"
                "next call Thursday 14 January 2027\n"
            ),
            "",
            date(2026, 11, 19),
        ),
    ],
)
def test_meeting_day_is_not_taken_from_other_dates(text, file_name, expected_day):
    assert find_meeting_facts(text, file_name).day == expected_day


@pytest.mark.parametrize(
    ("report_line", "place", "country"),
    [
        ("Lima (Perú), 1.º de diciembre de 2022", "Lima (Perú)", "PE"),
        ("Nairobi, Kenya, 12 March 2024", "Nairobi, Kenya", "KE"),
        ("Wednesday, 12 February 2025", "", ""),
        ("Wed, 12 February 2025", "", ""),
    ],
)
def test_meeting_place_is_not_taken_from_day_of_the_week(report_line, place, country):
    facts = find_meeting_facts(f"Minutes\n\n{report_line}\n")

    assert (facts.place, facts.country) == (place, country)


@pytest.mark.parametrize("report_line", ["Place: Remotely (Zoom)", "Minutes of the online meeting"])
def test_meeting_without_a_place_was_online(report_line):
    assert find_meeting_facts(f"Minutes\n\n{report_line}\n").place == "Online"


@pytest.mark.parametrize(
    "report_line",
    ["Ben Okoro (chair)", "Chairperson: Ben Okoro", "The meeting was led by Ben Okoro.", "Ben Okoro - Chairman"],
)
def test_chair_is_found_in_every_notation(report_line):
    assert find_meeting_facts(f"Minutes\n\n{report_line}\n").chair == "Ben Okoro"


@pytest.mark.parametrize(
    ("deadline_text", "expected_day"),
    [
        ("by 31 October 2024", date(2024, 10, 31)),
        ("2024-10-31", date(2024, 10, 31)),
        ("31/10/2024", date(2024, 10, 31)),
        ("03/04/2024", None),
        ("1 May", None),
        ("October 2024", None),
    ],
)
def test_ambiguous_deadline_is_not_parsed_as_date(deadline_text, expected_day):
    assert find_exact_meeting_day(deadline_text) == expected_day


def test_import_fills_empty_fields_and_preserves_entered_ones(coalition, rapporteur):
    found = create_reading(coalition, rapporteur, MINUTES_TEXT)
    given = create_reading(coalition, rapporteur, MINUTES_TEXT + "!", meeting_on=date(2020, 1, 1), meeting_place="Lima")

    assert (found.meeting_on, found.meeting_place, found.meeting_country) == (date(2024, 3, 12), "Nairobi, Kenya", "KE")
    assert (found.meeting_forum, found.meeting_checked) == ("Africa Internet Governance Forum 2024", False)
    assert (given.meeting_on, given.meeting_place) == (date(2020, 1, 1), "Lima")


def test_confirmed_details_are_saved_as_the_meeting(client, coalition, rapporteur):
    reading = create_reading(coalition, rapporteur, MINUTES_TEXT)
    client.force_login(rapporteur)
    url = reverse("intake:reading_meeting", args=[coalition.slug, reading.pk])
    page = client.get(url).text
    assert "Chair in the report: <bdi>Amina Otieno</bdi>." in page
    assert "Number of the meeting in the report: <bdi>14</bdi>" in page
    assert f"{reverse('meetings:meeting_new', args=[coalition.slug])}?starts_on=2099-05-14" in page
    assert 'value="2024-03-12"' in page

    client.post(url, {"meeting_title": "14th meeting", "meeting_on": "March 2024", "meeting_place": "Nairobi"})
    accept_remaining_suggestions(actor=rapporteur, reading=reading, suggestion_kind="commitment")
    assert "Check meeting details" not in client.get(reading.get_absolute_url()).text
    enter_reading(actor=rapporteur, reading=reading)

    meeting = Meeting.objects.get()
    assert (meeting.title, meeting.starts_on, meeting.precision, meeting.place, meeting.forum) == (
        *("14th meeting", date(2024, 3, 1), "month", "Nairobi"),
        "",
    )


def test_new_meeting_form_is_prefilled_with_day_of_next_meeting(client, coalition, rapporteur):
    client.force_login(rapporteur)
    url = reverse("meetings:meeting_new", args=[coalition.slug])

    assert 'value="2099-05-14"' in client.get(f"{url}?starts_on=2099-05-14").text


def test_commitment_page_shows_stored_owner_deadline_and_status(client, coalition, rapporteur):
    lake = OrganisationFactory(coalition=coalition, name="Lake Trust")
    reading = create_reading(coalition, rapporteur, MINUTES_TEXT)
    accept_remaining_suggestions(actor=rapporteur, reading=reading, suggestion_kind="commitment")
    client.force_login(rapporteur)
    page = client.get(reverse("intake:reading_enter", args=[coalition.slug, reading.pk])).text
    assert "Responsible: <b><bdi>Lake Trust</bdi></b>. Deadline: <b>31 October 2024</b>. Status: <b>open</b>" in page
    assert "Responsible: <b><bdi>Amina Otieno</bdi></b>. Deadline: <b>1 May 2024</b>. Status: <b>done</b>" in page

    desk = client.get(reading.get_absolute_url()).text
    assert desk.count("<bdi>Lake Trust</bdi>") == 1  # as the owner, not once more as a speaker

    enter_reading(actor=rapporteur, reading=reading)

    send, book = Commitment.objects.order_by("pk")
    assert (send.entry.text, send.due_on, send.progress) == ("Send the guide", date(2024, 10, 31), "open")
    assert (send.owner.organisation, send.closed_on) == (lake, None)
    assert (book.entry.text, book.due_on, book.due_text) == ("Book the hall", date(2024, 5, 1), "1 May")
    assert (book.progress, book.closed_on) == ("kept", date(2024, 3, 12))


def test_organisation_beside_attendee_name_is_recorded(coalition, rapporteur):
    lake = OrganisationFactory(coalition=coalition, name="Lake Trust")
    reading = create_reading(coalition, rapporteur, MINUTES_TEXT)

    assert reading.actors.get(written="Ben Okoro").organisation == lake
    assert list(reading.suggestions.filter(is_chair=True).values_list("actors", flat=True)) == [["Amina Otieno"]]


def test_file_with_three_meetings_gets_notice_to_import_separately(coalition, rapporteur):
    text = "".join(f"Minutes of the meeting of {day} May 2024\n\nThe board agreed to meet.\n\n" for day in (3, 10, 17))
    reading = create_reading(coalition, rapporteur, text + "Minutes of the meeting of 1 April 2024 were approved.\n")

    assert reading.notes == [{"meetings": [[1, "2024-05-03"], [3, "2024-05-10"], [5, "2024-05-17"]]}]
    assert len(find_minutes_titles(text)) == 3
    assert Reading.objects.count() == 1


FORWARDED_EMAIL_LINES = """From: Ilse
Sent: 05 November 2026 09:12
To: secretariat@lcco.example
Subject: FW: notes

for the folder

-----Original Message-----
> From: Grace <accounts@savannakite.example>
> Sent: Wednesday, 04 November 2026 18:47
> To: Ilse; Tobias
> Subject: notes

quick notes from our call {day}
"""


@pytest.mark.parametrize(
    ("text", "expected_day"),
    [
        (FORWARDED_EMAIL_LINES.format(day="on Tuesday (3 Nov) while I remember"), date(2026, 11, 3)),
        (FORWARDED_EMAIL_LINES.format(day="on Monday (3 Nov), I think"), None),  # that day was a Tuesday
        (FORWARDED_EMAIL_LINES.format(day="on 2 November 2026"), date(2026, 11, 2)),
        (FORWARDED_EMAIL_LINES.format(day="last week"), None),  # not the day on which it was sent
        (FORWARDED_EMAIL_LINES.replace("notes\n", "notes of 30 October 2026\n").format(day=""), date(2026, 10, 30)),
        ("Date: 5 May 2026\nTo: all\nPlace: Online\n", date(2026, 5, 5)),  # no email
        ("WG2, call of Wed 11 March 26\n", date(2026, 3, 11)),
        ("WG2, call of Thu 11 March 26\n", None),
        ("Call of Tue 3 Nov 14:30\n", None),
        ("Réunion du mercredi 11 mars 26\n", date(2026, 3, 11)),
    ],
)
def test_meeting_day_ignores_email_date_and_may_have_short_year(text, expected_day):
    assert find_meeting_facts(text).day == expected_day


@pytest.mark.parametrize("text", ["", " \n\n", "Notes"])
def test_text_without_lines_has_no_facts(text):
    facts = find_meeting_facts(text)

    assert (facts.chair, facts.place) == ("", "")
