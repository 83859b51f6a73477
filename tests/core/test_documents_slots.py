"""Two documents are read at the same time in the whole installation, and one for each person."""

import os
import signal
import subprocess
import sys
from contextlib import ExitStack

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jukwaa.core.documents import sandbox, slots
from jukwaa.core.documents.incoming import FileRefused, detect_file_kind, extract_text
from jukwaa.core.documents.limits import DEFAULT_FILE_LIMITS
from jukwaa.core.documents.outgoing import Document, Paragraph, TypesettingError, to_pdf
from jukwaa.core.documents.sandbox import run_document_child
from jukwaa.records.models import Attachment, Authorship
from tests.concurrency import run_concurrently
from tests.core import documents as make
from tests.factories import DocumentFactory

HOLDER_SCRIPT = """
import sys
from django.conf import settings
settings.configure(DATA_FOLDER=sys.argv[1], USE_I18N=False)
from jukwaa.core.documents.slots import acquire_reading_slot
with acquire_reading_slot():
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def slot_installation(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "DATA_FOLDER", tmp_path)
    monkeypatch.setattr(slots, "MAX_SLOT_WAIT_SECONDS", 0.0)
    return tmp_path


def request_extraction(person, file_size=0):
    return slots.track_reading_request(lambda: person, file_size)


@pytest.fixture
def hold_reading_slot(slot_installation):
    """Starts a process that reads a document, and returns it."""
    started = []

    def start_slot_holder():
        command = [sys.executable, "-c", HOLDER_SCRIPT, str(slot_installation)]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        started.append(process)
        assert process.stdout.readline() == b"held\n"
        return process

    yield start_slot_holder
    for process in started:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            pipe.close()


def get_extraction_refusal(person):
    with request_extraction(person):
        return make.get_extraction_refusal(run_document_child, "docx", make.build_word_file())


def test_third_document_is_refused_while_two_are_read(hold_reading_slot):
    hold_reading_slot()
    assert get_extraction_refusal("1") is None
    hold_reading_slot()
    assert get_extraction_refusal("1") == "busy"


def test_small_pdf_is_inspected_in_child_process(hold_reading_slot):
    hold_reading_slot()
    hold_reading_slot()

    with request_extraction("1"):
        assert make.get_extraction_refusal(detect_file_kind, make.build_minimal_pdf(b"BT ET"), "plan.pdf") == "busy"


def test_child_process_stays_in_session_for_priority(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(make.build_word_file())
    with sandbox._start_child_process("docx", path, tmp_path, DEFAULT_FILE_LIMITS, {}) as process:
        assert (os.getsid(process.pid), os.getpgid(process.pid)) == (os.getsid(0), process.pid)


def test_killed_process_releases_slot(hold_reading_slot):
    hold_reading_slot()
    killed = hold_reading_slot()
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()

    assert get_extraction_refusal("1") is None


def test_second_document_of_same_person_is_refused():

    with request_extraction("1"), slots.acquire_reading_slot():
        (same,) = run_concurrently(lambda: get_extraction_refusal("1"))
        (other,) = run_concurrently(lambda: get_extraction_refusal("2"))

    assert (same, other) == ("busy_person", None)


def test_worker_waits_for_slot(hold_reading_slot):
    first, _second = hold_reading_slot(), hold_reading_slot()

    def release_slot_later():
        first.stdin.close()
        first.wait()

    read, _freed = run_concurrently(
        lambda: extract_text(make.build_word_file(), "minutes.docx").text, release_slot_later
    )

    assert read == "Members agreed to meet again."


def test_nested_steps_share_one_slot(hold_reading_slot):
    hold_reading_slot()

    with request_extraction("1"), slots.acquire_reading_slot():
        assert make.get_extraction_refusal(run_document_child, "docx", make.build_word_file()) is None


def test_third_large_request_of_process_is_refused(monkeypatch):
    monkeypatch.setattr(slots, "MAX_SLOT_WAIT_SECONDS", 3600.0)

    def read_document_text():
        with request_extraction("3", slots.LARGE_REQUEST_BYTES + 1):
            return make.get_extraction_refusal(run_document_child, "docx", make.build_word_file())

    with request_extraction("1", slots.LARGE_REQUEST_BYTES + 1), request_extraction("2", slots.LARGE_REQUEST_BYTES + 1):
        (third,) = run_concurrently(read_document_text)
    (afterwards,) = run_concurrently(read_document_text)

    assert (third, afterwards) == ("busy", None)


def test_third_pdf_for_visitors_is_refused_but_not_one_for_members():
    document = Document(title="Record", blocks=[Paragraph("One page.")])
    with request_extraction(""), ExitStack() as others:
        for _number in range(2):
            others.enter_context(slots.acquire_typesetting_slot())
        with pytest.raises(TypesettingError, match="busy"):
            to_pdf(document)
        with request_extraction("1"):
            assert to_pdf(document).pages == 1
        others.close()
        assert to_pdf(document).pages == 1


def test_slot_refusal_says_what_to_do():
    assert str(FileRefused("busy")) == "Try again in a minute. We are processing other documents."


def test_busy_site_shows_field_error_and_attaches_nothing(client, coalition, rapporteur, hold_reading_slot):
    record = DocumentFactory(coalition=coalition, published=True)
    Authorship.objects.create(record=record, person=rapporteur)
    client.force_login(rapporteur)
    url = reverse("records:attachment_add", args=[coalition.slug, record.pk])
    large = make.zip_named_parts({"word/document.xml": os.urandom(slots.LARGE_REQUEST_BYTES * 2)})

    hold_reading_slot()
    hold_reading_slot()

    response = client.post(url, {"file": SimpleUploadedFile("minutes.docx", large)})

    assert response.status_code == 422
    assert "Try again in a minute. We are processing other documents." in response.text
    assert not Attachment.objects.exists()


def test_second_upload_of_same_person_is_refused_by_form(client, coalition, rapporteur):
    record = DocumentFactory(coalition=coalition, published=True)
    Authorship.objects.create(record=record, person=rapporteur)
    client.force_login(rapporteur)
    url = reverse("records:attachment_add", args=[coalition.slug, record.pk])
    large = make.zip_named_parts({"word/document.xml": os.urandom(slots.LARGE_REQUEST_BYTES * 2)})

    with request_extraction(str(rapporteur.pk)):
        slot = slots._wait_for_slot(slots.current_requester.get())
    try:
        response = client.post(url, {"file": SimpleUploadedFile("minutes.docx", large)})
    finally:
        os.close(slot)

    assert "We are still reading your other document" in response.text
