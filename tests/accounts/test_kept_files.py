"""A file that was chosen stays chosen when its form comes back, for one hour and one person."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from jukwaa.accounts.erasure import erase_person
from jukwaa.accounts.kept_files import MAX_KEPT_FORM_BYTES, delete_expired_kept_files
from jukwaa.accounts.models import KeptFile
from jukwaa.records.models import Document, Held
from tests.factories import PersonFactory

FILE_BYTES = b"The members agreed to meet again in May.\n"


@pytest.fixture
def new_reading_url(client, coalition, rapporteur):
    client.force_login(rapporteur)
    return reverse("intake:reading_new", args=[coalition.slug])


def send_form_with_file(client, url, **more):
    return client.post(url, {"label": "TLP:GREEN", "meeting_on": ""} | more)


def send_form_with_mistake(client, url, form_data=FILE_BYTES):
    page = send_form_with_file(client, url, label="", file=SimpleUploadedFile("minutes.txt", form_data))
    assert page.status_code == 422
    found = re.search(r'name="file-kept" value="([^"]+)" checked', page.text)
    return page, found and found[1]


def test_chosen_file_is_used_when_form_is_corrected(client, new_reading_url, django_capture_on_commit_callbacks):
    page, key = send_form_with_mistake(client, new_reading_url)
    stored = KeptFile.objects.get().file.name
    with django_capture_on_commit_callbacks(execute=True):
        answer = send_form_with_file(client, new_reading_url, **{"file-kept": key})

    assert "Keep the file <bdi>minutes.txt</bdi>" in page.text
    assert answer.status_code == 302
    assert Document.objects.get().file_name == "minutes.txt"
    assert (KeptFile.objects.exists(), default_storage.exists(stored)) == (False, False)


def test_new_file_replaces_kept_file_and_unticked_file_is_not_sent(client, new_reading_url):
    _page, key = send_form_with_mistake(client, new_reading_url)

    assert "choose a file" in send_form_with_file(client, new_reading_url).text  # the box was cleared
    other = SimpleUploadedFile("other.txt", b"The coalition agreed to write a guide.\n")
    assert send_form_with_file(client, new_reading_url, file=other, **{"file-kept": key}).status_code == 302
    assert Document.objects.get().file_name == "other.txt"


@pytest.mark.parametrize("file_key", ["", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_unknown_key_brings_no_file(client, new_reading_url, file_key):
    assert send_form_with_file(client, new_reading_url, **{"file-kept": file_key}).status_code == 422


def test_kept_file_is_available_only_to_its_owner(client, new_reading_url, coalition, coordinator):
    _page, key = send_form_with_mistake(client, new_reading_url)
    client.force_login(coordinator)

    assert send_form_with_file(client, new_reading_url, **{"file-kept": key}).status_code == 422
    assert KeptFile.objects.count() == 1


def test_kept_file_is_deleted_after_an_hour(client, new_reading_url, django_capture_on_commit_callbacks):
    _page, key = send_form_with_mistake(client, new_reading_url)
    stored = KeptFile.objects.get().file.name
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert send_form_with_file(client, new_reading_url, **{"file-kept": key}).status_code == 422
        with django_capture_on_commit_callbacks(execute=True):
            assert delete_expired_kept_files() == 1

    assert (KeptFile.objects.exists(), default_storage.exists(stored)) == (False, False)


def test_kept_file_is_deleted_when_its_person_is_erased(db, django_capture_on_commit_callbacks):
    person = PersonFactory()
    row = KeptFile(person=person, name="a.txt", size=1, expires_at=timezone.now() + timedelta(hours=1))
    row.file.save("a.txt", SimpleUploadedFile("a.txt", b"a"))
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(person)

    assert (KeptFile.objects.exists(), default_storage.exists(row.file.name)) == (False, False)


def test_refused_file_and_too_large_one_are_not_kept(client, new_reading_url, monkeypatch):
    page = send_form_with_file(
        client, new_reading_url, file=SimpleUploadedFile("picture.png", b"\x89PNG\r\n\x1a\n" + b"0" * 99)
    )
    monkeypatch.setattr("jukwaa.accounts.kept_files.MAX_KEPT_FORM_BYTES", 10)
    _page, key = send_form_with_mistake(client, new_reading_url)

    assert (page.status_code, key, KeptFile.objects.count(), MAX_KEPT_FORM_BYTES > 10) == (422, None, 0, True)


@pytest.mark.parametrize(
    ("limit_name", "limit_value"), [("MAX_KEPT_PERSON_BYTES", 3 * len(FILE_BYTES)), ("MAX_KEPT_FILES", 3)]
)
def test_oldest_kept_files_are_deleted_over_limit(client, new_reading_url, monkeypatch, limit_name, limit_value):
    monkeypatch.setattr(f"jukwaa.accounts.kept_files.{limit_name}", limit_value)
    keys = [send_form_with_mistake(client, new_reading_url)[1] for _file in range(5)]

    assert [str(key) for key in KeptFile.objects.order_by("pk").values_list("key", flat=True)] == keys[2:]


def test_reoffered_kept_file_is_not_deleted(client, new_reading_url, monkeypatch):
    oldest, _middle, newest = (send_form_with_mistake(client, new_reading_url)[1] for _file in range(3))
    monkeypatch.setattr("jukwaa.accounts.kept_files.MAX_KEPT_FILES", 2)
    page = send_form_with_file(client, new_reading_url, label="", **{"file-kept": oldest})

    assert f'value="{oldest}" checked' in page.text
    assert {str(key) for key in KeptFile.objects.values_list("key", flat=True)} == {oldest, newest}


def test_quarantine_leaves_no_kept_file(client, new_reading_url, django_capture_on_commit_callbacks):
    _page, key = send_form_with_mistake(client, new_reading_url)
    stored = KeptFile.objects.get().file.name
    words = "Please help me. My uncle touches me at night and I am 12 years old."
    with django_capture_on_commit_callbacks(execute=True):
        send_form_with_file(client, new_reading_url, title=words, **{"file-kept": key})

    assert (Held.objects.count(), KeptFile.objects.exists(), default_storage.exists(stored)) == (1, False, False)
