"""How many documents are read at the same time: 2 in the whole installation, and 1 for each person.

A slot is a file in the data folder, locked with flock: web processes and worker of an installation share it without a
server, and the lock of a process that was killed is gone with it. A row in the database would outlive its process. Each
machine of an installation with several has slots of its own, since its processors are its own too.
"""

import fcntl
import math
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from jukwaa.core.documents.refusals import FileRefused

READING_SLOT_COUNT = 2
MAX_SLOT_WAIT_SECONDS = 1.0  # seconds that a request waits for a slot; the worker and commands wait until there is one
LARGE_REQUEST_BYTES = 64 * 1024  # bytes of a request
_MAX_CONCURRENT_LARGE_REQUESTS = (
    2  # of one process that read, wait or bring a large body: its other threads are for pages
)
_MAX_CONCURRENT_VISITOR_TYPESETTING = 2  # PDFs that one process makes for visitors at the same time
_SLOT_POLL_SECONDS = 0.1  # seconds between two looks
_MAX_NAME_BYTES = 100  # bytes


@dataclass(frozen=True)
class SlotRequester:
    """Who sent a request ("" for visitors); whether it brings a large body, and is one of those that may read it."""

    find_person: Callable[[], str]
    is_large: bool = False
    may_read: bool = True


current_requester: ContextVar[SlotRequester | None] = ContextVar("requester", default=None)
"""None outside of requests: there one waits until a slot is free."""

_holds_slot: ContextVar[bool] = ContextVar("reads", default=False)
_large_request_semaphore = threading.BoundedSemaphore(_MAX_CONCURRENT_LARGE_REQUESTS)
_visitor_typesetting_semaphore = threading.BoundedSemaphore(_MAX_CONCURRENT_VISITOR_TYPESETTING)


@contextmanager
def track_reading_request(find_person_key: Callable[[], str], byte_count: int) -> Iterator[None]:
    """Count a request with a large body from its beginning to its end: what it writes takes a thread as well."""
    is_large = byte_count > LARGE_REQUEST_BYTES
    may_read = not is_large or _large_request_semaphore.acquire(blocking=False)
    token = current_requester.set(SlotRequester(find_person_key, is_large, may_read))
    try:
        yield
    finally:
        current_requester.reset(token)
        if is_large and may_read:
            _large_request_semaphore.release()


@contextmanager
def acquire_reading_slot() -> Iterator[None]:
    """Hold one of the slots; the steps of reading one document share it. Raises FileRefused when none becomes free."""
    if _holds_slot.get():
        yield
        return
    with ExitStack() as stack:
        sender = current_requester.get()
        if sender is not None and not sender.is_large:
            may_read = _large_request_semaphore.acquire(blocking=False)
            if may_read:
                stack.callback(_large_request_semaphore.release)
        else:
            may_read = sender is None or sender.may_read
        if not may_read:
            raise FileRefused("busy")
        slot = _wait_for_slot(sender)
        stack.callback(os.close, slot)
        stack.callback(_holds_slot.reset, _holds_slot.set(True))
        yield


@contextmanager
def acquire_typesetting_slot() -> Iterator[None]:
    """Bound the PDFs that one process makes for visitors at the same time. Raises FileRefused when it makes enough.

    Members, the worker and commands don't wait for visitors.
    """
    sender = current_requester.get()
    if sender is None or sender.find_person():
        yield
        return
    if not _visitor_typesetting_semaphore.acquire(timeout=MAX_SLOT_WAIT_SECONDS):
        raise FileRefused("busy")
    try:
        yield
    finally:
        _visitor_typesetting_semaphore.release()


def _wait_for_slot(sender: SlotRequester | None) -> int:
    """The descriptor of a file that is locked until it is closed."""
    person = sender.find_person() if sender else ""
    until = time.monotonic() + (MAX_SLOT_WAIT_SECONDS if sender else math.inf)
    while True:
        slot, reason = _take_reading_slot(person)
        if slot is not None:
            return slot
        if time.monotonic() >= until:
            raise FileRefused(reason)
        time.sleep(_SLOT_POLL_SECONDS)


def _take_reading_slot(person: str) -> tuple[int | None, str]:
    """A free slot, or why there is none. The gate makes looking and taking one step."""
    folder = Path(settings.DATA_FOLDER, "slots")
    folder.mkdir(mode=0o700, exist_ok=True)
    gate = _open_lock_file(folder / "gate")
    free: list[int] = []
    try:
        fcntl.flock(gate, fcntl.LOCK_EX)
        for number in range(READING_SLOT_COUNT):
            slot = _open_lock_file(folder / f"slot-{number + 1}")
            if _try_file_lock(slot):
                free.append(slot)
                continue
            holder = os.pread(slot, _MAX_NAME_BYTES, 0).decode(errors="replace")
            os.close(slot)
            if person and holder == person:
                return None, "busy_person"
        if not free:
            return None, "busy"
        with suppress(OSError):  # a full disk
            os.ftruncate(free[0], 0)
            os.pwrite(free[0], person.encode()[:_MAX_NAME_BYTES], 0)
        return free.pop(0), ""
    finally:
        for slot in (*free, gate):
            os.close(slot)


def _open_lock_file(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _try_file_lock(file_descriptor: int) -> bool:
    try:
        fcntl.flock(file_descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
