"""Files on disk that are whole or not there, that go with a failed transaction, and how a full disk shows itself."""

import errno
import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.db import OperationalError

DISK_FULL_MESSAGES = ("database or disk is full", "No space left on device", "Disk quota exceeded")
_DISK_FULL_ERRNOS = (errno.ENOSPC, errno.EDQUOT)

_files_stored_in_request: ContextVar[list[tuple[FileSystemStorage, str]] | None] = ContextVar(
    "stored_files", default=None
)


def is_disk_full(error: BaseException | None) -> bool:
    if isinstance(error, OSError):
        return error.errno in _DISK_FULL_ERRNOS
    return isinstance(error, OperationalError) and any(words in str(error) for words in DISK_FULL_MESSAGES)


@contextmanager
def remove_files_on_failure(*, cancel_event: threading.Event) -> Iterator[None]:
    """Remove the files that were stored inside, where what is inside raises, unless the event has been set."""
    outer = _files_stored_in_request.get()
    stored = outer if outer is not None else []
    token, mark = _files_stored_in_request.set(stored), len(stored)
    try:
        yield
    except BaseException:
        while len(stored) > mark and not cancel_event.is_set():
            storage, name = stored.pop()
            storage.delete(name)
        raise
    finally:
        _files_stored_in_request.reset(token)


class WholeFileStorage(FileSystemStorage):
    """Writes a file beside its place and then moves it there: a full disk or a killed process leaves no half of one."""

    def _save(self, name: str, content: File[Any]) -> str:
        full = Path(self.path(name))
        full.parent.mkdir(parents=True, exist_ok=True)
        descriptor, part = tempfile.mkstemp(prefix=".part-", dir=full.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk if isinstance(chunk, bytes) else chunk.encode())
            stored = str(super()._save(name, _WrittenFile(part, content.file)))  # type: ignore[misc]  # the stubs do not know it
        finally:
            with suppress(FileNotFoundError):
                Path(part).unlink()
        if (files := _files_stored_in_request.get()) is not None:
            files.append((self, stored))
        return stored


class _WrittenFile(File[Any]):
    """Content that lies on the disk already: Django moves it into its place."""

    def __init__(self, path: str, file: IO[Any] | None) -> None:
        super().__init__(file)
        self._path = path

    def temporary_file_path(self) -> str:
        return self._path
