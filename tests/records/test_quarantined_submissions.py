"""A disclosure is quarantined wherever it stands in what is sent, and in whichever language the page is."""

import csv
import io

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jukwaa.coalitions.models import Import
from jukwaa.meetings.models import Meeting
from jukwaa.records.actions import release_held_submission
from jukwaa.records.models import Attachment, Held
from tests.factories import DocumentFactory

DISCLOSURE_TEXT = "My uncle touches me."
DISCLOSURE_BY_LANGUAGE = {"en": DISCLOSURE_TEXT, "fr": "Mon oncle me touche."}
MEETING_FORM_DATA = {
    "title": "Our yearly meeting",
    "summary": "We met.",
    "starts_on": "2009-11-01",
    "precision": "day",
    "label": "TLP:CLEAR",
    "version": 0,
}


@pytest.fixture
def new_meeting_url(coalition):
    return reverse("meetings:meeting_new", args=[coalition.slug])


@pytest.fixture
def record_keeper_client(client, rapporteur, safeguarding_lead):
    client.force_login(rapporteur)
    return client


def list_quarantined_submissions() -> list[tuple[str, bool]]:
    return [(held.door, DISCLOSURE_TEXT in held.text) for held in Held.objects.order_by("pk")]


def test_harmless_meeting_is_stored(record_keeper_client, new_meeting_url):
    record_keeper_client.post(new_meeting_url, MEETING_FORM_DATA)

    assert (Meeting.objects.count(), list_quarantined_submissions()) == (1, [])


def test_disclosure_in_later_field_is_quarantined_with_submission(record_keeper_client, new_meeting_url):
    response = record_keeper_client.post(new_meeting_url, {**MEETING_FORM_DATA, "summary": DISCLOSURE_TEXT})

    assert response.url == "/ours/records/not-accepted/"
    assert (Meeting.objects.count(), list_quarantined_submissions()) == (0, [("form", True)])
    assert "Our yearly meeting" in Held.objects.get().text


@pytest.mark.parametrize("shown_in", ["en", "fr", "ar"])
@pytest.mark.parametrize("disclosure_text", DISCLOSURE_BY_LANGUAGE)
@pytest.mark.parametrize("request_headers", [{}, {"HX-Request": "true"}])
def test_disclosure_is_quarantined_in_any_interface_language(
    record_keeper_client, new_meeting_url, shown_in, disclosure_text, request_headers
):
    record_keeper_client.cookies[settings.LANGUAGE_COOKIE_NAME] = shown_in
    response = record_keeper_client.post(
        new_meeting_url,
        {**MEETING_FORM_DATA, "summary": DISCLOSURE_BY_LANGUAGE[disclosure_text]},
        headers=request_headers,
    )

    assert response.headers["HX-Redirect" if request_headers else "Location"] == "/ours/records/not-accepted/"
    assert response.status_code == (200 if request_headers else 302)
    assert (Meeting.objects.count(), Held.objects.count()) == (0, 1)
    assert DISCLOSURE_BY_LANGUAGE[disclosure_text] in Held.objects.get().text


def test_disclosure_in_the_name_of_a_file_is_quarantined(record_keeper_client, coalition, rapporteur):
    record = DocumentFactory(coalition=coalition, author=rapporteur, published=True)
    url = reverse("records:attachment_add", args=[coalition.slug, record.pk])
    response = record_keeper_client.post(url, {"file": SimpleUploadedFile("my_uncle_touches_me.txt", b"An agenda.")})

    assert response.url == "/ours/records/not-accepted/"
    assert (Attachment.objects.count(), Held.objects.get().file_name) == (0, "my_uncle_touches_me.txt")


def test_disclosure_in_a_cell_of_a_table_is_quarantined(client, coordinator, coalition, safeguarding_lead):
    client.force_login(coordinator)
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(
        [["Organisation", "Country"], ["Helpline One", "Kenya"], ["Helpline Two", DISCLOSURE_TEXT]]
    )
    file = SimpleUploadedFile("members.csv", stream.getvalue().encode())
    response = client.post(reverse("coalitions:import_start", args=[coalition.slug]), {"kind": "members", "file": file})

    assert response.url == "/ours/records/not-accepted/"
    assert (Import.objects.count(), list_quarantined_submissions()) == (0, [("import", True)])


def test_released_text_can_be_resubmitted(record_keeper_client, new_meeting_url, safeguarding_lead):
    sent = {**MEETING_FORM_DATA, "summary": DISCLOSURE_TEXT}
    record_keeper_client.post(new_meeting_url, sent)
    record_keeper_client.post(new_meeting_url, sent)  # waits already
    assert (Meeting.objects.count(), list_quarantined_submissions()) == (0, [("form", True)])

    release_held_submission(actor=safeguarding_lead, held=Held.objects.get())
    record_keeper_client.post(new_meeting_url, sent)

    assert (Meeting.objects.get().summary, Held.objects.count()) == (DISCLOSURE_TEXT, 1)


def test_quotation_mark_in_one_field_does_not_hide_a_disclosure_in_the_next(record_keeper_client, new_meeting_url):
    record_keeper_client.post(
        new_meeting_url,
        {**MEETING_FORM_DATA, "title": 'The 15" screen', "summary": f'{DISCLOSURE_TEXT} He said "do not tell".'},
    )

    assert (Meeting.objects.count(), list_quarantined_submissions()) == (0, [("form", True)])


def test_short_offer_above_long_text_is_quarantined(record_keeper_client, new_meeting_url):
    summary = "selling cp links, write to me\r\n\r\n" + "We met and spoke of many things. " * 100
    record_keeper_client.post(new_meeting_url, {**MEETING_FORM_DATA, "summary": summary})

    assert (Meeting.objects.count(), Held.objects.get().why) == (0, Held.Why.MATERIAL)


def test_disclosure_in_two_fields_is_quarantined(record_keeper_client, new_meeting_url):
    record_keeper_client.post(new_meeting_url, {**MEETING_FORM_DATA, "title": "My uncle", "summary": "touches me."})

    assert (Meeting.objects.count(), Held.objects.get().text) == (0, "My uncle\n\ntouches me.")
