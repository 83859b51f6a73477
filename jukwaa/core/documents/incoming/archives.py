"""What is in a ZIP file, found out without trusting what it says about itself."""

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from jukwaa.core.documents.refusals import FileRefused

DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(EOFError, NotImplementedError, RuntimeError, ValueError, OSError),
)
"""All that `zipfile` raises over files that somebody broke."""

_END = b"PK\x05\x06"
_END_SIZE = 22
_LOCATOR = b"PK\x06\x07"
_LOCATOR_SIZE = 20
_END64 = b"PK\x06\x06"
_END64_SIZE = 56
_LONGEST_COMMENT = 65_535
_CHUNK = 256 * 1024
_ARCHIVE_HEADS = (b"PK\x03\x04", b"\x1f\x8b\x08", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"BZh", b"\xfd7zXZ\x00")
_DIRECTORY = 4 * 1024 * 1024
_LOCKED = 1
_ESCAPES = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|\x00")


class ArchiveLimits(Protocol):
    """What `Limits` and `DriveLimits` have in common."""

    @property
    def unpacked(self) -> int: ...
    @property
    def entries(self) -> int: ...
    @property
    def ratio(self) -> int: ...
    @property
    def ratio_from(self) -> int: ...


@contextmanager
def open_archive(source: Path | bytes, *, limits: ArchiveLimits) -> Iterator[zipfile.ZipFile]:
    """A ZIP file whose list of entries was weighed before it was read, and whose claims are within the limits."""
    with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as stream:
        try:
            _check_directory(stream, limits)
            archive = zipfile.ZipFile(stream)
        except DAMAGED as error:
            raise FileRefused("broken_zip") from error
        with archive:
            _check_claims(archive.infolist(), limits)
            yield archive


def check_document(data: bytes, *, limits: ArchiveLimits) -> frozenset[str]:
    """The names in an office file, after every part of it was unpacked to nowhere and counted."""
    with open_archive(data, limits=limits) as archive:
        budget = limits.unpacked
        for entry in archive.infolist():
            budget -= _weigh(archive, entry, budget)
        unpacked = limits.unpacked - budget
        if unpacked > limits.ratio_from and unpacked > limits.ratio * len(data):
            raise FileRefused("bomb")
        return frozenset(archive.namelist())


def _check_directory(stream: BinaryIO, limits: ArchiveLimits) -> None:
    if _directory_size(stream) > _DIRECTORY:
        raise FileRefused("many_entries", limit=limits.entries)


def _check_claims(entries: list[zipfile.ZipInfo], limits: ArchiveLimits) -> None:
    if len(entries) > limits.entries:
        raise FileRefused("many_entries", limit=limits.entries)
    if any(_ESCAPES.search(entry.orig_filename) for entry in entries):
        raise FileRefused("unsafe_name")
    if any(entry.flag_bits & _LOCKED for entry in entries):
        raise FileRefused("locked_zip")
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > limits.unpacked or (unpacked > limits.ratio_from and unpacked > limits.ratio * packed):
        raise FileRefused("bomb")


def _weigh(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: int) -> int:
    size = 0
    try:
        with archive.open(entry) as part:
            while chunk := part.read(_CHUNK):
                _check_part(entry, chunk if size == 0 else b"")
                size += len(chunk)
                if size > budget:
                    raise FileRefused("bomb")
    except DAMAGED as error:
        raise FileRefused("broken") from error
    return size


def _check_part(entry: zipfile.ZipInfo, head: bytes) -> None:
    """No archives within; but a sheet embedded in a text is packed too, and nobody opens it."""
    if head.startswith(_ARCHIVE_HEADS) and "/embeddings/" not in entry.filename:
        raise FileRefused("nested")


def _directory_size(stream: BinaryIO) -> int:
    """How many bytes the list of entries takes: `zipfile` reads it whole, whatever it holds."""
    length = stream.seek(0, io.SEEK_END)
    start = max(0, length - _LONGEST_COMMENT - _END_SIZE - _LOCATOR_SIZE - _END64_SIZE)
    stream.seek(start)
    tail = stream.read()
    stream.seek(0)
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        raise FileRefused("broken_zip")
    before = at - _LOCATOR_SIZE - _END64_SIZE
    if before >= 0 and tail[at - _LOCATOR_SIZE :].startswith(_LOCATOR) and tail[before:].startswith(_END64):
        return int(struct.unpack_from("<Q", tail, before + 40)[0])
    return int(struct.unpack_from("<L", tail, at + 12)[0])
