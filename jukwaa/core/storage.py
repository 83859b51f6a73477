"""Files that a failed transaction has stored are removed, as its rows are."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.core.files.move import file_move_safe
from django.core.files.storage import FileSystemStorage

# The storage, the name in it, and the path of the upload that was moved there, if it was not copied.
_stored_files: ContextVar[list[tuple[FileSystemStorage, str, str]] | None] = ContextVar("stored_files", default=None)


@contextmanager
def remove_files_on_failure() -> Iterator[None]:
    """Remove the files that were stored inside, where what is inside raises."""
    outer = _stored_files.get()
    stored = outer if outer is not None else []
    token, mark = _stored_files.set(stored), len(stored)
    try:
        yield
    except BaseException:
        while len(stored) > mark:
            _remove_file(*stored.pop())
        raise
    finally:
        _stored_files.reset(token)


def _remove_file(storage: FileSystemStorage, name: str, came_from: str) -> None:
    """A large upload was moved into its place, not copied: it is moved back, for the second run."""
    if came_from:
        file_move_safe(storage.path(name), came_from, allow_overwrite=True)
    else:
        storage.delete(name)


class TransactionalFileStorage(FileSystemStorage):
    """Files in a folder, of which those are removed again that a failed transaction has stored."""

    def _save(self, name: str, content: Any) -> str:
        stored: str = super()._save(name, content)  # type: ignore[misc]  # part of Django's documented storage API
        if (files := _stored_files.get()) is not None:
            came_from = content.temporary_file_path() if hasattr(content, "temporary_file_path") else ""
            files.append((self, stored, came_from))
        return stored
