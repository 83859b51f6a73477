"""A reading in the background that failed says why on its page, on the desk and by mail to whoever started it."""

import io
import logging

import pytest
from django.conf import settings
from django.core.management import call_command
from django.tasks import TaskResultStatus
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from jukwaa.coalitions.models import Activity
from jukwaa.coalitions.standing import Standing
from jukwaa.coalitions.task_queries import find_tasks
from jukwaa.core.documents import limits
from jukwaa.core.documents.incoming import extract
from jukwaa.core.error_logging import TracebackFormatter
from jukwaa.intake import reader, tasks
from jukwaa.intake.actions import ReadingDetails, ReadingUpload, start_background_reading, stop_reading
from jukwaa.intake.models import Reading
from jukwaa.intake.tasks_page import find_reading_tasks
from jukwaa.mail.models import Message
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from tests.core import documents as make

SCANNED_PDF = make.build_minimal_pdf(make.zlib.compress(b"q Q"))
LOCKED_PDF = make.build_word_file().replace(b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 1) + "EncryptedPackage".encode(
    "utf-16-le"
)


def import_report(coalition, actor, file_content=b"We agreed.", file_name="long.txt", **about):
    upload = ReadingUpload(file_name, file_content)
    return start_background_reading(
        actor=actor,
        coalition=coalition,
        reading_details=ReadingDetails(title="The report", **about),
        reading_upload=upload,
    )


def list_sent_subjects():
    send_pending_activity_notifications()
    return list(Message.objects.values_list("to", "subject"))


@pytest.mark.parametrize(
    ("file_name", "file_content", "reason"),
    [
        ("long.pdf", SCANNED_PDF, "Run text recognition on this scan"),
        ("long.docx", LOCKED_PDF, "This document has a password. Remove the password"),
        ("long.docx", make.replace_zip_parts(make.build_word_file(), word__document_xml=b"<w"), "It may be damaged."),
    ],
    ids=["scan", "locked", "broken"],
)
def test_failure_reason_is_on_page_in_tasks_and_in_email(
    client, mailing_coalition, rapporteur, file_name, file_content, reason
):
    reading = import_report(mailing_coalition, rapporteur, file_content, file_name)
    tasks.read_upload.func(reading.pk)
    tasks.read_upload.func(reading.pk)

    assert list_sent_subjects() == [(rapporteur.email, "[Our Coalition] “The report” could not be imported")]
    assert reason in Message.objects.get().body
    client.force_login(rapporteur)
    assert reason in client.get(reverse("intake:reading_detail", args=[mailing_coalition.slug, reading.pk])).text
    [item] = find_tasks(Standing(rapporteur, mailing_coalition), (find_reading_tasks,))
    assert (item.title, reason in item.explanation) == ("Find out why “The report” could not be imported", True)
    stop_reading(actor=rapporteur, reading=Reading.objects.get())
    assert list(find_tasks(Standing(rapporteur, mailing_coalition), (find_reading_tasks,))) == []


def test_timeout_of_child_process_is_explained(mailing_coalition, rapporteur, monkeypatch):
    monkeypatch.setattr(
        tasks.extract_text,
        "__kwdefaults__",
        {**extract.extract_text.__kwdefaults__, "file_limits": limits.FileLimits(wall_seconds=0.01)},
    )
    tasks.read_upload.func(import_report(mailing_coalition, rapporteur, make.build_word_file(), "long.docx").pk)

    list_sent_subjects()
    assert (
        "Save this file as plain text, or split it. Reading it took longer than we allow." in Message.objects.get().body
    )


def test_email_above_green_omits_title(mailing_coalition, rapporteur):
    tasks.read_upload.func(import_report(mailing_coalition, rapporteur, SCANNED_PDF, "long.pdf", label="TLP:AMBER").pk)

    assert list_sent_subjects() == [(rapporteur.email, "[Our Coalition] Your document could not be imported")]
    assert "The report" not in Message.objects.get().body


def test_clock_recovers_broken_task_and_skips_running_one(mailing_coalition, rapporteur):
    broken, waiting = (
        import_report(mailing_coalition, rapporteur),
        import_report(mailing_coalition, rapporteur, b"Another one."),
    )
    task = DBTaskResult.objects.get(args_kwargs={"args": [broken.pk], "kwargs": {}})
    DBTaskResult.objects.filter(pk=task.pk).update(status=TaskResultStatus.FAILED)
    call_command("tick")
    call_command("tick")

    states = dict(Reading.objects.values_list("pk", "state"))
    assert states == {broken.pk: "failed", waiting.pk: "reading"}
    assert Activity.objects.filter(kind="reading", verb="failed").count() == 1
    assert [subject for _to, subject in list_sent_subjects()] == ["[Our Coalition] “The report” could not be imported"]
    assert "because of a technical problem" in Message.objects.get().body


def test_possible_disclosure_is_explained_on_page_only(mailing_coalition, rapporteur):
    text = b"I am 13 and my uncle touches me at night. Please help me."
    reading = import_report(mailing_coalition, rapporteur, text)
    tasks.read_upload.func(reading.pk)
    call_command("tick")

    reading.refresh_from_db()
    assert (reading.state, reading.title) == ("failed", "Untitled document")
    assert [to for to, _subject in list_sent_subjects() if to == rapporteur.email] == []


@pytest.fixture
def broken_reader(monkeypatch):
    """A reader that fails at every text. What the console handler of the settings then writes."""

    def raise_index_error(text, **_options):
        raise IndexError(text)

    monkeypatch.setattr(reader, "read_report", raise_index_error)
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(TracebackFormatter(settings.LOGGING["formatters"]["wordless"]["format"]))
    logger = logging.getLogger("jukwaa.intake.report_parsing")
    logger.addHandler(handler)
    yield stream
    logger.removeHandler(handler)


@pytest.mark.parametrize("is_large", [False, True])
def test_unreadable_report_is_saved_and_failure_explained(
    client, mailing_coalition, rapporteur, broken_reader, is_large
):
    text = "> Minutes\r\n\r\n  Ana to paint the fence. \nWe agreed."
    client.force_login(rapporteur)
    if is_large:
        tasks.read_upload.func(import_report(mailing_coalition, rapporteur, text.encode()).pk)
    else:
        address = reverse("intake:reading_new", args=[mailing_coalition.slug])
        client.post(address, {"text": text, "label": "TLP:CLEAR"})

    reading = Reading.objects.get()
    assert (reading.state, "paint the fence" in reading.document.text) == ("open", True)
    lines = [reading.document.text[start:end] for start, end in reading.sentences.values_list("start", "end")]
    assert lines == ["> Minutes", "Ana to paint the fence.", "We agreed."]
    page = client.get(reading.get_absolute_url()).text
    assert "We could not make suggestions for this document because of a technical problem." in page
    assert "in raise_index_error\nIndexError\n" in broken_reader.getvalue()
    assert "fence" not in broken_reader.getvalue()
