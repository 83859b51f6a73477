"""Two documents are read at the same time in the whole installation, and one for each person."""

import os
import signal
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jukwaa.core.documents import sandbox, slots
from jukwaa.core.documents.incoming import FileRefused, detect_kind, extract_text
from jukwaa.core.documents.limits import LIMITS
from jukwaa.core.documents.sandbox import run_child
from jukwaa.records.models import Attachment, Authorship
from tests.at_once import at_once
from tests.core import documents as make
from tests.factories import DocumentFactory

HOLD = """
import sys
from django.conf import settings
settings.configure(DATA_FOLDER=sys.argv[1], USE_I18N=False)
from jukwaa.core.documents.slots import reading_slot
with reading_slot():
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def installation(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "DATA_FOLDER", tmp_path)
    monkeypatch.setattr(slots, "MAX_WAIT_SECONDS", 0.0)
    return tmp_path


def request_of(person, size=0):
    return slots.track_request(lambda: person, size)


@pytest.fixture
def hold(installation):
    """Starts a process that reads a document, and returns it."""
    started = []

    def start():
        command = [sys.executable, "-c", HOLD, str(installation)]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        started.append(process)
        assert process.stdout.readline() == b"held\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            pipe.close()


def refusal_of(person):
    with request_of(person):
        return make.refusal(run_child, "docx", make.word())


def test_a_third_document_is_refused_while_other_processes_read_two(hold):
    hold()
    assert refusal_of("1") is None
    hold()
    assert refusal_of("1") == "busy"


def test_a_small_pdf_is_weighed_in_a_process_of_its_own(hold):
    hold()
    hold()

    with request_of("1"):
        assert make.refusal(detect_kind, make.pdf(b"BT ET"), "plan.pdf") == "busy"


def test_a_reader_stays_in_our_session_so_that_its_priority_counts(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(make.word())
    with sandbox._start_process("docx", path, tmp_path, LIMITS, {}) as process:
        assert (os.getsid(process.pid), os.getpgid(process.pid)) == (os.getsid(0), process.pid)


def test_a_killed_process_gives_its_slot_back(hold):
    hold()
    killed = hold()
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()

    assert refusal_of("1") is None


def test_a_second_document_of_the_same_person_is_refused():

    with request_of("1"), slots.reading_slot():
        (same,) = at_once(lambda: refusal_of("1"))
        (other,) = at_once(lambda: refusal_of("2"))

    assert (same, other) == ("busy_person", None)


def test_the_worker_waits_for_a_slot(hold):
    first, _second = hold(), hold()

    def free():
        first.stdin.close()
        first.wait()

    read, _freed = at_once(lambda: extract_text(make.word(), "minutes.docx").text, free)

    assert read == "Members agreed to meet again."


def test_the_steps_of_reading_one_document_share_a_slot(hold):
    hold()

    with request_of("1"), slots.reading_slot():
        assert make.refusal(run_child, "docx", make.word()) is None


def test_a_third_large_request_of_a_process_is_refused_at_once(monkeypatch):
    monkeypatch.setattr(slots, "MAX_WAIT_SECONDS", 3600.0)

    def read():
        with request_of("3", slots.LARGE_BODY_BYTES + 1):
            return make.refusal(run_child, "docx", make.word())

    with request_of("1", slots.LARGE_BODY_BYTES + 1), request_of("2", slots.LARGE_BODY_BYTES + 1):
        (third,) = at_once(read)
    (afterwards,) = at_once(read)

    assert (third, afterwards) == ("busy", None)


def test_a_refusal_says_what_to_do():
    assert str(FileRefused("busy")) == "Try again in a minute. We are processing other documents."


def test_a_busy_site_says_so_at_the_field_and_attaches_nothing(client, coalition, rapporteur, hold):
    record = DocumentFactory(coalition=coalition, published=True)
    Authorship.objects.create(record=record, person=rapporteur)
    client.force_login(rapporteur)
    url = reverse("records:attachment_add", args=[coalition.slug, record.pk])
    large = make.zipped({"word/document.xml": os.urandom(slots.LARGE_BODY_BYTES * 2)})

    hold()
    hold()

    response = client.post(url, {"file": SimpleUploadedFile("minutes.docx", large)})

    assert response.status_code == 422
    assert "Try again in a minute. We are processing other documents." in response.text
    assert not Attachment.objects.exists()


def test_a_second_upload_of_the_same_person_is_refused_by_its_form(client, coalition, rapporteur):
    record = DocumentFactory(coalition=coalition, published=True)
    Authorship.objects.create(record=record, person=rapporteur)
    client.force_login(rapporteur)
    url = reverse("records:attachment_add", args=[coalition.slug, record.pk])
    large = make.zipped({"word/document.xml": os.urandom(slots.LARGE_BODY_BYTES * 2)})

    with request_of(str(rapporteur.pk)):
        slot = slots._wait_for_slot(slots.requester.get())
    try:
        response = client.post(url, {"file": SimpleUploadedFile("minutes.docx", large)})
    finally:
        os.close(slot)

    assert "We are still reading your other document" in response.text
