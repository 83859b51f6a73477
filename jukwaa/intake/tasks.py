"""Reading what is too large to wait for. A task that died half-way is simply run again."""

import time
from itertools import islice

from django.tasks import TaskResultStatus, task
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from jukwaa.core.documents.incoming import (
    IMPORTABLE_KIND_KEYS,
    ExtractedText,
    FileRefused,
    extract_text,
    iterate_safe_entries,
)
from jukwaa.core.refusals import ActionRefused
from jukwaa.intake.archive.storage import fail_list_import, store_list_import
from jukwaa.intake.drive_import import finish_drive_import, get_zip_path, import_zip_entry
from jukwaa.intake.meeting_dates import link_reading_to_suggested_meeting
from jukwaa.intake.meeting_facts import find_meeting_facts
from jukwaa.intake.meeting_parts import select_meeting_part
from jukwaa.intake.models import Drive, Reading
from jukwaa.intake.reading_store import (
    ReadingUpload,
    mark_reading_failed,
    restrict_reading_label,
    save_reading_progress,
    store_reading_in_batches,
)
from jukwaa.intake.report_parsing import parse_report_in_parts
from jukwaa.intake.superseded_files import group_file_versions
from jukwaa.intake.text_hashes import compute_normalised_text_hash
from jukwaa.records.models import Held
from jukwaa.records.quarantine_store import quarantine_if_suspect
from jukwaa.updates.models import ListImport

PROGRESS_SAVE_INTERVAL = 1.0  # seconds between two notes of how far it is
DRIVE_TIME_LIMIT = 20.0  # seconds that the files of a drive take at a stretch


@task()
def read_upload(pk: int) -> None:
    """Text, sentences and suggestions of a reading whose file waits. Harmless to repeat."""
    reading = (
        Reading.objects.filter(pk=pk, state=Reading.State.READING).select_related("coalition", "started_by").first()
    )
    if reading is None:
        return
    with translation.override(reading.started_by.language):
        _read_and_store_upload(reading)


def _read_and_store_upload(reading: Reading) -> None:
    with reading.upload.open("rb") as file:
        upload = ReadingUpload(reading.upload_name, file.read())
    try:
        extracted = extract_text(
            upload.data, upload.name, allowed_kinds=IMPORTABLE_KIND_KEYS, on_progress=_ReadingProgress(reading)
        )
    except FileRefused as refusal:
        mark_reading_failed(reading, refusal.message)
        return
    extracted = select_meeting_part(extracted, reading.meeting.starts_on if reading.meeting else reading.meeting_on)
    if _is_upload_quarantined(reading, extracted, upload) or _is_duplicate_reading(reading, extracted):
        return
    if not extracted.text.strip():  # all of it is struck through
        mark_reading_failed(reading, FileRefused("no_text").message)
        return
    restrict_reading_label(reading, extracted, upload)
    reading.save(update_fields=["label", "notes"])
    facts = find_meeting_facts(extracted.text, upload.name)
    link_reading_to_suggested_meeting(reading, (facts.day, facts.precision) if facts.day else None)
    store_reading_in_batches(reading=reading, extracted_text=extracted, report_parts=parse_report_in_parts(extracted))


def _is_upload_quarantined(reading: Reading, extracted_text: ExtractedText, reading_upload: ReadingUpload) -> bool:
    """What may be a disclosure goes to the safeguarding lead alone; nothing of it stays here, and no mail is sent."""
    held = quarantine_if_suspect(
        coalition=reading.coalition,
        door=Held.Door.READING,
        text=extracted_text.checked_text,
        file_name=reading_upload.name,
        data=reading_upload.data,
        person=reading.started_by,
    )
    if held is None:
        return False
    reading.upload.delete(save=False)
    Reading.objects.filter(pk=reading.pk).update(
        upload="",
        upload_name="",
        title=_("Untitled document"),
        state=Reading.State.FAILED,
        problem=_("This document was not imported. The safeguarding lead will review it first."),
    )
    return True


def fail_interrupted_readings() -> int:
    """For the clock: readings whose task is over without an end, since it broke or its worker died time and again."""
    unread = list(Reading.objects.filter(state=Reading.State.READING).select_related("coalition", "started_by"))
    under_way = _load_running_reading_ids(read_upload.module_path) if unread else set()
    broken_off = [reading for reading in unread if reading.pk not in under_way]
    for reading in broken_off:
        with translation.override(reading.started_by.language):
            mark_reading_failed(
                reading,
                _("The import stopped because of a technical problem. Import the document again, or paste its text."),
            )
    return len(broken_off)


def _load_running_reading_ids(path: str) -> set[int]:
    """The rows that a task of this kind waits for or works on."""
    tasks = DBTaskResult.objects.filter(task_path=path, status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING])
    return {task.args_kwargs["args"][0] for task in tasks}


def _is_duplicate_reading(reading: Reading, extracted_text: ExtractedText) -> bool:
    """The same text was brought before: this reading leads to that one, and changes nothing of it."""
    same = (
        Reading.objects.visible_to(reading.started_by)
        .of(reading.coalition)
        .filter(likeness=compute_normalised_text_hash(extracted_text.text))
        .exclude(pk=reading.pk)
        .first()
    )
    if same is None:
        return False
    Reading.objects.filter(pk=reading.pk).update(state=Reading.State.GIVEN_UP, same_as=same)
    reading.upload.delete(save=False)
    return True


@task()
def read_drive(pk: int) -> None:
    """The next files of a shared drive, then the task again: no worker is held for an hour by one ZIP.

    Harmless to repeat: it goes on after the last file that was counted, and finds what is there.
    """
    drive = Drive.objects.filter(pk=pk, state=Drive.State.READING).select_related("coalition", "by").first()
    if drive is None:
        return
    with translation.override(drive.by.language):
        _import_zip_entries(drive)


def _import_zip_entries(drive: Drive) -> None:
    until = time.monotonic() + DRIVE_TIME_LIMIT
    try:
        file_versions = group_file_versions(entry.name for entry in iterate_safe_entries(get_zip_path(drive)))
        for entry in islice(iterate_safe_entries(get_zip_path(drive)), drive.done, None):
            import_zip_entry(drive, entry, file_versions=file_versions)
            if time.monotonic() > until:
                read_drive.enqueue(drive.pk)
                return
    except FileRefused as refusal:
        finish_drive_import(drive, problem_text=refusal.message)
        return
    finish_drive_import(drive)


@task()
def read_list_import(pk: int) -> None:
    """The posts of an mbox file, for coordinators to check. Harmless to repeat."""
    imports = ListImport.objects.select_related("coalition", "by")
    brought = imports.filter(pk=pk, state=ListImport.State.READING).first()
    if brought is None:
        return
    with translation.override(brought.by.language):
        try:
            store_list_import(brought)
        except ActionRefused as refusal:
            fail_list_import(list_import=brought, problem_text=str(refusal))


def fail_interrupted_list_imports() -> int:
    """For the clock: imports whose task is over without an end."""
    unread = list(ListImport.objects.filter(state=ListImport.State.READING).select_related("coalition", "by"))
    under_way = _load_running_reading_ids(read_list_import.module_path) if unread else set()
    broken_off = [brought for brought in unread if brought.pk not in under_way]
    for brought in broken_off:
        with translation.override(brought.by.language):
            fail_list_import(
                list_import=brought,
                problem_text=_("The import stopped because of a technical problem. Nothing was imported. Try again."),
            )
    return len(broken_off)


class _ReadingProgress:
    """Notes how many pages are done, once a second at most."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._noted = 0.0

    def __call__(self, page: int, pages: int) -> None:
        now = time.monotonic()
        if page == pages or now - self._noted >= PROGRESS_SAVE_INTERVAL:
            self._noted = now
            save_reading_progress(self._reading, page, pages)
