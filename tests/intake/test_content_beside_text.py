"""Reports whose files contain more than their text, such as comments, begin with coordinators."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx.oxml import OxmlElement

from jukwaa.intake import actions
from jukwaa.intake.models import Reading
from jukwaa.intake.tasks import read_upload
from jukwaa.records.models import Document
from tests.core.documents import build_word_file, replace_zip_parts, zip_named_parts
from tests.core.test_documents_extract import OFFICE_FILES, PLAIN_TEXT, add_tracked_changes
from tests.intake.test_reading_entries import accept_all_suggestions

COMMENT_SENTENCE = "The file also contains comments. They cannot be found by searching"
MINUTES = "It was agreed that the members would continue to share good practices."


def add_minutes(document):
    document.add_paragraph(MINUTES)


def add_hidden_words(document):
    add_minutes(document)
    run = document.add_paragraph().add_run("N. was on leave.")
    run._r.get_or_add_rPr().append(OxmlElement("w:vanish"))


def build_annotated_text():
    annotation = "<office:annotation><text:p>I am on leave.</text:p></office:annotation>"
    body = f"<office:body><office:text><text:p>{MINUTES}{annotation}</text:p></office:text></office:body>"
    content = f"<office:document-content {OFFICE_FILES} {PLAIN_TEXT}>{body}</office:document-content>"
    return zip_named_parts({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


FILES = {
    "comments.docx": replace_zip_parts(build_word_file(add_minutes), word__comments_xml="<a/>"),
    "annotations.odt": build_annotated_text(),
    "deleted.docx": build_word_file(add_tracked_changes),
    "hidden.docx": build_word_file(add_hidden_words),
}
SENTENCES = {
    "comments.docx": COMMENT_SENTENCE,
    "annotations.odt": COMMENT_SENTENCE,
    "deleted.docx": "The file also contains deleted text (tracked changes).",
    "hidden.docx": "Some text is hidden in the file, but everyone who can read the document can read it.",
}


@pytest.fixture
def import_report(client, coalition, coordinator):
    """Import one file for members, by itself or with several reports."""

    def post_report(name, data, route="reading_new"):
        client.force_login(coordinator)
        field = "file" if route == "reading_new" else "reports"
        file = SimpleUploadedFile(name, data)
        client.post(reverse(f"intake:{route}", args=[coalition.slug]), {field: file, "label": "TLP:GREEN"})
        reading = Reading.objects.latest("pk")
        if reading.state == Reading.State.READING:
            read_upload.func(reading.pk)
            reading.refresh_from_db()
        return reading

    return post_report


@pytest.mark.parametrize("route", ["reading_new", "folder_new"])
@pytest.mark.parametrize("name", FILES)
def test_report_with_content_beside_text_begins_with_coordinators(client, import_report, name, route):
    reading = import_report(name, FILES[name], route)
    readers_url = reverse("intake:document_readers", args=["ours", reading.document_id])
    enter_url = reverse("intake:reading_enter", args=["ours", reading.pk])

    assert (reading.label, reading.document.label) == ("TLP:RED", "TLP:RED")
    for url in (reading.get_absolute_url(), enter_url, readers_url):
        assert SENTENCES[name] in client.get(url).text


@pytest.mark.parametrize("route", ["reading_new", "folder_new"])
def test_report_with_nothing_beside_text_is_for_members(client, import_report, route):
    reading = import_report("plain.docx", build_word_file(add_minutes), route)

    assert reading.document.label == "TLP:GREEN"
    assert "The file also contains" not in client.get(reading.get_absolute_url()).text


def test_members_get_file_with_comments_only_after_coordinator_opened_it(
    client, coalition, coordinator, member, import_report
):
    reading = import_report("comments.docx", FILES["comments.docx"])
    accept_all_suggestions(reading, coordinator)
    actions.enter_reading(actor=coordinator, reading=reading)
    document = Document.objects.get()
    assert COMMENT_SENTENCE in client.get(document.get_absolute_url()).text  # for coordinators alone
    url = reverse("records:document_file", args=[coalition.slug, document.pk])
    statuses = []
    for label in ("TLP:RED", "TLP:GREEN"):
        document.refresh_from_db()
        if document.label != label:
            actions.change_document_readers(
                actor=coordinator, document=document, tlp_label=label, from_version=document.version
            )
        client.force_login(member)
        response = client.get(url)
        statuses.append(response.status_code)
        assert list(response)  # read to its end, which closes the file

    assert statuses == [404, 200]
    assert COMMENT_SENTENCE not in client.get(document.get_absolute_url()).text
