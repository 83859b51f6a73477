"""A full disk: one sentence for who uploads, no half of a file, and an import that goes on once there is room."""

import errno
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.urls import reverse

from jukwaa.core.storage import is_disk_full
from jukwaa.intake import tasks
from jukwaa.intake.actions import ReadingDetails, ReadingUpload, start_background_reading
from jukwaa.intake.models import Reading
from jukwaa.records.models import Attachment, Authorship, Document
from tests.factories import DocumentFactory

DISK_FULL_ERROR = OSError(errno.ENOSPC, "No space left on device")


class TruncatedUpload(ContentFile):
    """Its first part is written, and then the disk is full."""

    def chunks(self, chunk_size=None):
        yield b"first part"
        raise DISK_FULL_ERROR


def list_stored_files():
    return sorted(str(path) for path in Path(default_storage.location).rglob("*"))


def test_tests_write_to_temporary_folder():
    assert Path(default_storage.location).parent == settings.DATA_FOLDER
    assert Attachment._meta.get_field("file").storage.location == default_storage.location
    assert not settings.DATA_FOLDER.is_relative_to(settings.PACKAGE.parent)


def test_file_that_does_not_fit_leaves_nothing(db):
    before = list_stored_files()

    with pytest.raises(OSError, match="No space left"):
        default_storage.save("attachments/one", TruncatedUpload(b""))

    assert [name for name in list_stored_files() if name not in before and Path(name).is_file()] == []


def test_file_is_stored_unchanged_under_unique_name():
    names = [default_storage.save("attachments/two", ContentFile(data)) for data in (b"first", b"second")]
    kept = []
    for name in names:
        with default_storage.open(name) as file:
            kept.append(file.read())
        default_storage.delete(name)

    assert (len(set(names)), kept) == (2, [b"first", b"second"])


def test_upload_on_full_disk_shows_error_and_attaches_nothing(client, coalition, rapporteur, monkeypatch):
    record = DocumentFactory(coalition=coalition, published=True)
    Authorship.objects.create(record=record, person=rapporteur)
    client.force_login(rapporteur)
    client.raise_request_exception = False
    url = reverse("records:attachment_add", args=[coalition.slug, record.pk])

    def raise_disk_full(*_args):
        raise DISK_FULL_ERROR

    monkeypatch.setattr("jukwaa.core.storage.WholeFileStorage._save", raise_disk_full)
    response = client.post(url, {"file": SimpleUploadedFile("notes.txt", b"Members agreed.")})

    assert response.status_code == 507
    assert "The disk of this site is full, so nothing was saved." in response.text
    assert not Attachment.objects.exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite lets a test fill its disk")
def test_report_import_succeeds_once_disk_has_space(transactional_db, coalition, rapporteur):
    text = "".join(f"It was agreed that member {number} would share the report.\n\n" for number in range(3_000))
    upload = ReadingUpload("minutes.txt", text.encode())
    reading = start_background_reading(
        actor=rapporteur, coalition=coalition, reading_details=ReadingDetails(title="Minutes"), reading_upload=upload
    )
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages + 20}")
    try:
        with pytest.raises(OperationalError) as met:
            tasks.read_upload.func(reading.pk)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 4294967294")
    assert is_disk_full(met.value)
    assert (Reading.objects.get().state, Document.objects.count()) == (Reading.State.READING, 0)

    tasks.read_upload.func(reading.pk)

    reading = Reading.objects.get()
    assert (reading.state, reading.sentences.count()) == (Reading.State.OPEN, 3_000)
    assert reading.document.text == text
