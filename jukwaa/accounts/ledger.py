"""The ledger of erasures: a file of its own, outside of the database and of every backup.

A backup that is restored brings erased people back; the ledger says whom to erase again. It holds no name and no
address: a line has keyed digests only. Lines are added and never changed.
"""

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings

FILE: Final = "erasures.jsonl"
RETURNED: Final = "returned"  # why: they came back by themselves
WHY: Final = frozenset({"asked", "erased", RETURNED})
DIGITS: Final = 64

type Place = tuple[str, str, int | None]


@dataclass(frozen=True)
class Line:
    """What was done to whom: `coalition` is the number of the one they were taken out of; None means everywhere."""

    at: datetime
    address: str  # digest; empty for somebody without an address
    account: str  # digest of the number of the account and of the time when it was added
    coalition: int | None
    why: str

    @property
    def place(self) -> Place:
        """What a later line replaces."""
        return self.account, self.address, self.coalition

    def dump(self) -> str:
        return json.dumps(
            {
                "at": self.at.isoformat(),
                "address": self.address,
                "account": self.account,
                "coalition": self.coalition,
                "why": self.why,
            }
        )


@dataclass(frozen=True)
class Ledger:
    """All lines, oldest first, and the numbers of those that can't be read."""

    lines: tuple[Line, ...]
    damaged: tuple[int, ...]

    def latest(self) -> dict[Place, Line]:
        """The last line about each account, address and coalition."""
        return {line.place: line for line in sorted(self.lines, key=lambda line: line.at)}


def path() -> Path:
    return Path(settings.ERASURES_FOLDER) / FILE


def append(lines: Iterable[Line]) -> None:
    """Add lines and wait until the disk has them. A line that was cut short is ended first. Raises OSError."""
    text = "".join(f"{line.dump()}\n" for line in lines)
    if not text:
        return
    is_new = not path().exists()
    with os.fdopen(os.open(path(), os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "r+b", buffering=0) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        end = file.seek(0, os.SEEK_END)
        if end and os.pread(file.fileno(), 1, end - 1) != b"\n":
            text = f"\n{text}"
        file.write(text.encode())
        os.fsync(file.fileno())
    if is_new:
        _sync_folder(path().parent)


def _sync_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def read() -> Ledger:
    """Read the whole ledger; one that is not there yet is empty. Raises OSError."""
    try:
        rows = path().read_bytes().splitlines()
    except FileNotFoundError:
        return Ledger((), ())
    parsed = [(number, _parse(row)) for number, row in enumerate(rows, start=1) if row.strip()]
    damaged = tuple(number for number, line in parsed if line is None)
    return Ledger(tuple(_present(line for _number, line in parsed)), damaged)


def _present(lines: Iterable[Line | None]) -> Iterator[Line]:
    yield from (line for line in lines if line is not None)


def _parse(row: bytes) -> Line | None:
    """None for a line that isn't whole."""
    try:
        given = json.loads(row)
        at = datetime.fromisoformat(given["at"])
        line = Line(at, given["address"], given["account"], given["coalition"], given["why"])
    except (ValueError, KeyError, TypeError):
        return None
    return line if _is_sound(line) else None


def _is_sound(line: Line) -> bool:
    return (
        line.at.tzinfo is not None
        and _is_digest(line.account)
        and (line.address == "" or _is_digest(line.address))
        and (line.coalition is None or type(line.coalition) is int)
        and line.why in WHY
    )


def _is_digest(value: object) -> bool:
    return isinstance(value, str) and len(value) == DIGITS and set(value) <= set("0123456789abcdef")
