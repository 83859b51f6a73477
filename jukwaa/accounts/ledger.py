"""The ledger of erasures: a file of its own, outside of the database and of every backup.

A backup that is restored brings erased people back, and undoes what protects others since; the ledger says whom to
erase and what to do again. It holds no name and no address: a line has keyed digests only. Lines are added and never
changed.
"""

import fcntl
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings

LEDGER_FILE_NAME: Final = "erasures.jsonl"
RETURNED_LINE_REASON: Final = "returned"  # why: they came back by themselves
LEDGER_LINE_REASONS: Final = frozenset({"asked", "erased", RETURNED_LINE_REASON})
PROTECTION_STEP_TOPICS: Final = frozenset({"under-18", "guardian", "public-name", "kept-name", "redaction"})
KEYED_DIGEST_LENGTH: Final = 64

type Place = tuple[str, str, int | None]


@dataclass(frozen=True)
class LedgerLine:
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


@dataclass(frozen=True, kw_only=True)
class ProtectionStep:
    """A step of what protects somebody, as in `models.Protection`, which has the meaning of each field."""

    at: datetime
    topic: str
    subject: str
    key: str = ""
    number: int = 0
    with_files: bool = False
    in_force: bool = True

    @property
    def place(self) -> tuple[str, str, str, int]:
        """What a later step replaces: of a redaction, that of the same name."""
        return self.topic, self.subject, self.key if self.topic == "redaction" else "", self.number

    def dump(self) -> str:
        return json.dumps({**asdict(self), "at": self.at.isoformat()})


@dataclass(frozen=True)
class ErasureLedger:
    """All lines, oldest first, and the numbers of those that can't be read."""

    lines: tuple[LedgerLine, ...]
    damaged: tuple[int, ...]
    steps: tuple[ProtectionStep, ...] = ()

    def latest(self) -> dict[Place, LedgerLine]:
        """The last line about each account, address and coalition."""
        return {line.place: line for line in sorted(self.lines, key=lambda line: line.at)}


def get_ledger_path() -> Path:
    return Path(settings.ERASURES_FOLDER) / LEDGER_FILE_NAME


def append_ledger_lines(ledger_lines: Iterable[LedgerLine | ProtectionStep]) -> None:
    """Add lines and wait until the disk has them. A line that was cut short is ended first. Raises OSError."""
    text = "".join(f"{line.dump()}\n" for line in ledger_lines)
    if not text:
        return
    is_new = not get_ledger_path().exists()
    with os.fdopen(os.open(get_ledger_path(), os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "r+b", buffering=0) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        end = file.seek(0, os.SEEK_END)
        if end and os.pread(file.fileno(), 1, end - 1) != b"\n":
            text = f"\n{text}"
        file.write(text.encode())
        os.fsync(file.fileno())
    if is_new:
        _sync_folder_to_disk(get_ledger_path().parent)


def _sync_folder_to_disk(ledger_folder: Path) -> None:
    number = os.open(ledger_folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def read_erasure_ledger() -> ErasureLedger:
    """Read the whole ledger; one that is not there yet is empty. Raises OSError."""
    try:
        rows = get_ledger_path().read_bytes().splitlines()
    except FileNotFoundError:
        return ErasureLedger((), ())
    parsed = [(number, _parse_ledger_row(row)) for number, row in enumerate(rows, start=1) if row.strip()]
    return ErasureLedger(
        lines=tuple(line for _number, line in parsed if isinstance(line, LedgerLine)),
        damaged=tuple(number for number, line in parsed if line is None),
        steps=tuple(line for _number, line in parsed if isinstance(line, ProtectionStep)),
    )


def _parse_ledger_row(ledger_row: bytes) -> LedgerLine | ProtectionStep | None:
    """None for a line that isn't whole."""
    try:
        given = json.loads(ledger_row)
        at = datetime.fromisoformat(given["at"])
        line = ProtectionStep(**{**given, "at": at}) if "topic" in given else _build_ledger_line(given, at)
    except (ValueError, KeyError, TypeError):
        return None
    is_sound = _is_valid_step(line) if isinstance(line, ProtectionStep) else _is_valid_line(line)
    return line if is_sound and at.tzinfo is not None else None


def _build_ledger_line(token_data: dict[str, Any], recorded_at: datetime) -> LedgerLine:
    return LedgerLine(
        recorded_at, token_data["address"], token_data["account"], token_data["coalition"], token_data["why"]
    )


def _is_valid_line(ledger_line: LedgerLine) -> bool:
    return (
        _is_keyed_digest(ledger_line.account)
        and (ledger_line.address == "" or _is_keyed_digest(ledger_line.address))
        and (ledger_line.coalition is None or type(ledger_line.coalition) is int)
        and ledger_line.why in LEDGER_LINE_REASONS
    )


def _is_valid_step(protection_step: ProtectionStep) -> bool:
    return (
        protection_step.topic in PROTECTION_STEP_TOPICS
        and _is_keyed_digest(protection_step.subject)
        and (protection_step.key == "" or _is_keyed_digest(protection_step.key))
        and type(protection_step.number) is int
        and {type(protection_step.with_files), type(protection_step.in_force)} == {bool}
    )


def _is_keyed_digest(digest_value: object) -> bool:
    return (
        isinstance(digest_value, str)
        and len(digest_value) == KEYED_DIGEST_LENGTH
        and set(digest_value) <= set("0123456789abcdef")
    )
