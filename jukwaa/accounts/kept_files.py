"""Keep the files that a person chose in a form for an hour, for that person only: see `core/kept_files.py`."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from jukwaa.accounts.models import KeptFile, Person
from jukwaa.core.kept_files import KEPT_FILE_SUFFIX, get_file_fields
from jukwaa.core.transactions import atomic_with_retry
from jukwaa.core.uploads import clean_filename

KEPT_FILE_LIFETIME = timedelta(hours=1)
MAX_KEPT_FORM_BYTES = 30 * 1024 * 1024  # of one field: a larger file has to be chosen again
MAX_KEPT_FILES = 50  # of one person
MAX_KEPT_PERSON_BYTES = 2 * MAX_KEPT_FORM_BYTES


class AccountFileKeeper:
    """Keep files for the signed-in person. A file that was itself refused is not kept."""

    def restore_files(self, request: HttpRequest, form: forms.BaseForm) -> None:
        for _name, key, _field in get_file_fields(form):
            rows = [] if request.FILES.getlist(key) else list(_find_kept_files(request, key))
            files: list[UploadedFile[Any]] = [_open_kept_file(row) for row in rows]
            if files:
                request.FILES.setlist(key, files)
                form.files = request.FILES

    def keep_files(self, request: HttpRequest, form: forms.BaseForm) -> None:
        person = _get_current_person(request)
        if person is None:
            return
        kept: list[KeptFile] = []
        for name, key, field in get_file_fields(form):
            files = request.FILES.getlist(key)
            is_kept = files and name not in form.errors and _has_room_for_files(files, kept)
            rows = _store_kept_files(person, files) if is_kept else []
            field.kept_files = rows  # type: ignore[attr-defined]  # the field is a copy that belongs to this form
            kept += rows
        _delete_excess_files(person, kept)

    def forget_files(self, request: HttpRequest, form: forms.BaseForm) -> None:
        for _name, key, _field in get_file_fields(form):
            for row in _find_kept_files(request, key):
                row.delete()


def _get_current_person(request: HttpRequest) -> Person | None:
    person = getattr(request, "user", None)
    return person if isinstance(person, Person) else None


def _find_kept_files(request: HttpRequest, form_key: str) -> Iterator[KeptFile]:
    """Return this person's files that the form names, in the order of the form."""
    person = _get_current_person(request)
    keys = [
        found
        for text in request.POST.getlist(f"{form_key}-{KEPT_FILE_SUFFIX}")[:MAX_KEPT_FILES]
        if (found := _parse_file_key(text))
    ]
    if person is None or not keys:
        return
    rows = KeptFile.objects.filter(person=person, key__in=keys, expires_at__gt=timezone.now())
    by_key = {row.key: row for row in rows}
    yield from (by_key[each] for each in keys if each in by_key)


def _parse_file_key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


class RestoredFile(SimpleUploadedFile):
    """A file that was kept: the form got it back, and nobody sent it again."""

    def __init__(self, kept_file: KeptFile, uploaded_bytes: bytes) -> None:
        super().__init__(kept_file.name, uploaded_bytes, kept_file.media_type)
        self.row = kept_file


def _open_kept_file(kept_file: KeptFile) -> RestoredFile:
    with kept_file.file.open("rb") as stored:
        return RestoredFile(kept_file, stored.read())


def _has_room_for_files(files: list[UploadedFile[Any]], kept_files: list[KeptFile]) -> bool:
    """Return whether the files of one more field fit beside those that were kept of the same form."""
    size = sum(file.size or 0 for file in files)
    total = size + sum(row.size for row in kept_files)
    return (
        size <= MAX_KEPT_FORM_BYTES
        and total <= MAX_KEPT_PERSON_BYTES
        and len(files) + len(kept_files) <= MAX_KEPT_FILES
    )


@atomic_with_retry
def _store_kept_files(person: Person, files: list[UploadedFile[Any]]) -> list[KeptFile]:
    return [file.row if isinstance(file, RestoredFile) else _store_kept_file(person, file) for file in files]


@atomic_with_retry
def _delete_excess_files(person: Person, kept_files: list[KeptFile]) -> None:
    """Delete the person's oldest files beyond the limits, and none of those that the form offers (`kept_files`)."""
    count, size = len(kept_files), sum(row.size for row in kept_files)
    for row in KeptFile.objects.filter(person=person).exclude(pk__in=[row.pk for row in kept_files]).order_by("-pk"):
        count, size = count + 1, size + row.size
        if count > MAX_KEPT_FILES or size > MAX_KEPT_PERSON_BYTES:
            row.delete()


def _store_kept_file(person: Person, file: UploadedFile[Any]) -> KeptFile:
    file.seek(0)  # the form has read it
    row = KeptFile(
        person=person,
        name=clean_filename(file.name or ""),
        media_type=(file.content_type or "")[:120],
        size=file.size or 0,
        expires_at=timezone.now() + KEPT_FILE_LIFETIME,
    )
    row.file.save(row.name, file, save=False)
    row.save()
    return row


def delete_stored_file(instance: KeptFile, **_signal: Any) -> None:
    """The file goes with its row, once that is certain."""
    name, storage = instance.file.name, instance.file.storage
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def delete_expired_kept_files() -> int:
    """For the clock: files whose hour is over."""
    rows = list(KeptFile.objects.filter(expires_at__lte=timezone.now())[:500])
    for row in rows:
        row.delete()
    return len(rows)
