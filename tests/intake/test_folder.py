"""A folder of minutes: each file is a report to read, tied to the meeting that its date suggests."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jukwaa.intake.actions import choose_meeting_of_reading
from jukwaa.intake.meeting_dates import find_meeting_day
from jukwaa.intake.models import Reading
from jukwaa.intake.tasks import read_upload
from jukwaa.records.models import Held
from tests.core.documents import build_word_file, zip_named_parts
from tests.factories import MeetingFactory

MINUTES_TEXT = b"Minutes of the call.\n\nThe members agreed to share good practices, and to meet again in Nairobi."


@pytest.fixture
def nairobi_meeting(coalition):
    return MeetingFactory(coalition=coalition, title="Nairobi", starts_on=date(2011, 9, 27), published=True)


@pytest.fixture
def import_folder(client, coalition, rapporteur):
    """Bring these files (name to content), and let the worker read them."""
    client.force_login(rapporteur)

    def upload_files(files):
        uploads = [SimpleUploadedFile(name, content) for name, content in files.items()]
        url = reverse("intake:folder_new", args=[coalition.slug])
        page = client.post(url, {"reports": uploads, "label": "TLP:CLEAR"}, follow=True)
        for pk in Reading.objects.filter(state="reading").values_list("pk", flat=True):
            read_upload.func(pk)
        return page

    return upload_files


def list_report_meetings():
    return list(Reading.objects.order_by("title").values_list("title", "state", "meeting__title", "meeting_on"))


def test_each_folder_file_is_report_of_meeting_on_its_date(import_folder, nairobi_meeting):
    dated_by_text = MINUTES_TEXT.replace(b"the call", b"the session of 27 September 2011")
    page = import_folder(
        {"2011-09-27 minutes.txt": MINUTES_TEXT, "session.txt": dated_by_text, "undated.docx": build_word_file()}
    )

    assert "We are importing 3 reports." in page.text
    assert list_report_meetings() == [
        ("2011-09-27 minutes", "open", "Nairobi", date(2011, 9, 27)),
        ("session", "open", "Nairobi", date(2011, 9, 27)),
        ("undated", "open", None, None),
    ]


def test_day_of_title_beats_month_of_file_name(import_folder):
    text = b"Fourth plenary, Port Elm, 17 September 2025\n\nThe members agreed to share good practices."
    import_folder({"Minutes 4th plenary Sept 2025.txt": text, "Notes May 2025.txt": MINUTES_TEXT})

    days = Reading.objects.order_by("title").values_list("meeting_on", "meeting_precision")
    assert list(days) == [(date(2025, 9, 17), "day"), (date(2025, 5, 1), "month")]


def test_folder_zip_is_unpacked(import_folder, nairobi_meeting):
    import_folder(
        {
            "Minutes.zip": zip_named_parts(
                {"2011/27.09.2011.txt": MINUTES_TEXT, "2012/May 2012.docx": build_word_file(), "__MACOSX/._x": b"x"}
            )
        }
    )

    assert list_report_meetings() == [
        ("27.09.2011", "open", "Nairobi", date(2011, 9, 27)),
        ("May 2012", "open", None, date(2012, 5, 1)),
    ]


def test_no_meeting_is_suggested_if_several_are_on_report_date(import_folder, nairobi_meeting, coalition):
    MeetingFactory(coalition=coalition, starts_on=nairobi_meeting.starts_on, published=True)
    import_folder({"2011-09-27.txt": MINUTES_TEXT})

    assert list_report_meetings() == [("2011-09-27", "open", None, date(2011, 9, 27))]


def test_meeting_of_report_can_be_changed_until_report_is_entered(
    client, import_folder, nairobi_meeting, coalition, rapporteur
):
    import_folder({"minutes.txt": MINUTES_TEXT})
    reading = Reading.objects.get()
    url = reverse("intake:reading_meeting", args=[coalition.slug, reading.pk])
    assert "Choose the meeting" in client.get(url).text
    client.post(url, {"meeting": nairobi_meeting.pk, "meeting_title": ""})
    reading.refresh_from_db()
    assert (reading.meeting.title, reading.meeting_title) == ("Nairobi", "")

    choose_meeting_of_reading(actor=rapporteur, reading=reading, meeting=None)
    reading.refresh_from_db()
    assert (reading.meeting, reading.meeting_title) == (None, "minutes")


def test_report_for_named_organisations_is_not_linked_to_public_meeting(
    client, import_folder, nairobi_meeting, coalition
):
    import_folder({"minutes.txt": MINUTES_TEXT})
    Reading.objects.update(label="TLP:AMBER")
    url = reverse("intake:reading_meeting", args=[coalition.slug, Reading.objects.get().pk])
    page = client.post(url, {"meeting": nairobi_meeting.pk})

    assert page.status_code == 422
    assert "Choose another meeting. More people can see this meeting than the report." in page.text


def test_unreadable_folder_files_are_listed_and_others_imported(import_folder):
    page = import_folder({"minutes.txt": MINUTES_TEXT, "photo.png": b"\x89PNG\r\n\x1a\n", "old.doc": b"x"})

    assert "photo.png: " in page.text
    assert "old.doc: " in page.text
    assert [row[0] for row in list_report_meetings()] == ["minutes"]


@pytest.mark.parametrize(
    ("uploaded_files", "report_sentence"),
    [
        ({}, "Choose at least one file."),
        ({"a.zip": zip_named_parts({})}, "This ZIP file is empty. Choose another file."),
        ({"a.zip": b"PK nothing"}, "This archive is damaged or incomplete. Create it again and upload the new one."),
        ({"a.txt": b""}, "a.txt: This file is empty. Choose the file again, or paste its text."),
        (
            {f"{number}.txt": MINUTES_TEXT for number in range(51)},
            "There are more than 50 files. Import them in several steps.",
        ),
    ],
    ids=["none", "empty-zip", "broken-zip", "empty-file", "many"],
)
def test_invalid_folder_shows_one_field_error(import_folder, uploaded_files, report_sentence):
    page = import_folder(uploaded_files)

    assert page.status_code == 422
    assert page.context["form"].errors["reports"] == [report_sentence]
    assert not Reading.objects.exists()


def test_disclosure_in_folder_file_is_quarantined(import_folder):
    import_folder({"notes.txt": b"My uncle touches me and I am 12, please help me.", "minutes.txt": MINUTES_TEXT})

    assert Held.objects.count() == 1
    assert set(Reading.objects.values_list("title", "state")) == {("Untitled document", "failed"), ("minutes", "open")}


def test_member_cannot_import_folder(client, coalition, member):
    client.force_login(member)

    assert client.get(reverse("intake:folder_new", args=[coalition.slug])).status_code == 403


@pytest.mark.parametrize(
    ("text", "expected_day"),
    [
        ("2009-11-15 minutes", (date(2009, 11, 15), "day")),
        ("minutes_20091115_final", (date(2009, 11, 15), "day")),
        ("15.11.2009", (date(2009, 11, 15), "day")),
        ("held on 15th November 2009 in", (date(2009, 11, 15), "day")),
        ("November 15, 2009", (date(2009, 11, 15), "day")),
        ("le 15 février 2010", (date(2010, 2, 15), "day")),
        ("15 de noviembre de 2009", (date(2009, 11, 15), "day")),
        ("15 de março de 2010", (date(2010, 3, 15), "day")),
        ("15 نوفمبر 2009", (date(2009, 11, 15), "day")),
        ("November 2009. The next one is on 3 May 2010.", (date(2010, 5, 3), "day")),
        ("Call of November 2009", (date(2009, 11, 1), "month")),
        ("2009-11", (date(2009, 11, 1), "month")),
        ("31 February 2009", (date(2009, 2, 1), "month")),
        ("version 12 of 300", None),
        ("", None),
    ],
)
def test_day_is_found_in_words_of_five_languages(text, expected_day):
    assert find_meeting_day(text) == expected_day


def test_new_meeting_is_named_by_heading_of_report_rather_than_by_its_file(import_folder):
    minutes = b"Letterhead\n\n## **Plenary PL/17** ##\n\nThe members agreed to share good practices."
    import_folder({"PL17_DRAFT_iv.md": minutes, "notes_2.txt": MINUTES_TEXT})

    assert list(Reading.objects.order_by("title").values_list("title", "meeting_title")) == [
        ("PL17 DRAFT iv", "Plenary PL/17"),
        ("notes 2", "notes 2"),
    ]


def test_reading_list_page_refreshes_until_reports_have_been_read(client, coalition, rapporteur):
    client.force_login(rapporteur)
    upload = SimpleUploadedFile("minutes.txt", MINUTES_TEXT)
    url = reverse("intake:folder_new", args=[coalition.slug])
    waiting = client.post(url, {"reports": [upload], "label": "TLP:CLEAR"}, follow=True).text
    read_upload.func(Reading.objects.get().pk)

    done = client.get(reverse("intake:reading_list", args=[coalition.slug])).text

    assert [page.count('hx-trigger="every 3s"') for page in (waiting, done)] == [1, 0]
    assert ['<meta http-equiv="refresh"' in page for page in (waiting, done)] == [True, False]


def test_refused_file_is_not_reported_as_imported(import_folder):
    page = import_folder(
        {"minutes.txt": MINUTES_TEXT, "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)}
    ).text

    assert re.search(r'<p class="flash wrong[^>]*>old.doc: ', page)
    assert re.search(r'<p class="flash success[^>]*>We are importing 1 report', page)
