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

ARCHIVE_READ_ERRORS = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(EOFError, NotImplementedError, RuntimeError, ValueError, OSError),
)
"""All that `zipfile` raises over files that somebody broke."""

_ZIP_END_RECORD_SIGNATURE = b"PK\x05\x06"
_ZIP_END_RECORD_SIZE = 22
_ZIP64_LOCATOR_SIGNATURE = b"PK\x06\x07"
_ZIP64_LOCATOR_SIZE = 20
_ZIP64_END_SIGNATURE = b"PK\x06\x06"
_ZIP64_END_SIZE = 56
_MAX_ZIP_COMMENT_BYTES = 65_535
_CHUNK_BYTES = 256 * 1024
_ARCHIVE_SIGNATURES = (b"PK\x03\x04", b"\x1f\x8b\x08", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"BZh", b"\xfd7zXZ\x00")
_MAX_ZIP_DIRECTORY_BYTES = 4 * 1024 * 1024
_ZIP_ENCRYPTED_FLAG = 1
_UNSAFE_PATH_PATTERN = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|\x00")


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
def open_checked_archive(archive_source: Path | bytes, *, archive_limits: ArchiveLimits) -> Iterator[zipfile.ZipFile]:
    """A ZIP file whose list of entries was weighed before it was read, and whose claims are within the limits."""
    with io.BytesIO(archive_source) if isinstance(archive_source, bytes) else archive_source.open("rb") as stream:
        try:
            _check_directory_size(stream, archive_limits)
            archive = zipfile.ZipFile(stream)
        except ARCHIVE_READ_ERRORS as error:
            raise FileRefused("broken_zip") from error
        with archive:
            _check_declared_sizes(archive.infolist(), archive_limits)
            yield archive


def check_office_file(file_data: bytes, *, archive_limits: ArchiveLimits) -> frozenset[str]:
    """The names in an office file, after every part of it was unpacked to nowhere and counted."""
    with open_checked_archive(file_data, archive_limits=archive_limits) as archive:
        budget = archive_limits.unpacked
        for entry in archive.infolist():
            budget -= _measure_unpacked_size(archive, entry, budget)
        unpacked = archive_limits.unpacked - budget
        if unpacked > archive_limits.ratio_from and unpacked > archive_limits.ratio * len(file_data):
            raise FileRefused("bomb")
        return frozenset(archive.namelist())


def _check_directory_size(zip_stream: BinaryIO, archive_limits: ArchiveLimits) -> None:
    if _measure_zip_directory(zip_stream) > _MAX_ZIP_DIRECTORY_BYTES:
        raise FileRefused("many_entries", limit=archive_limits.entries)


def _check_declared_sizes(zip_entries: list[zipfile.ZipInfo], archive_limits: ArchiveLimits) -> None:
    if len(zip_entries) > archive_limits.entries:
        raise FileRefused("many_entries", limit=archive_limits.entries)
    if any(_UNSAFE_PATH_PATTERN.search(entry.orig_filename) for entry in zip_entries):
        raise FileRefused("unsafe_name")
    if any(entry.flag_bits & _ZIP_ENCRYPTED_FLAG for entry in zip_entries):
        raise FileRefused("locked_zip")
    unpacked = sum(entry.file_size for entry in zip_entries)
    packed = sum(entry.compress_size for entry in zip_entries)
    if unpacked > archive_limits.unpacked or (
        unpacked > archive_limits.ratio_from and unpacked > archive_limits.ratio * packed
    ):
        raise FileRefused("bomb")


def _measure_unpacked_size(zip_archive: zipfile.ZipFile, zip_entry: zipfile.ZipInfo, remaining_bytes: int) -> int:
    size = 0
    try:
        with zip_archive.open(zip_entry) as part:
            while chunk := part.read(_CHUNK_BYTES):
                _check_part_signature(zip_entry, chunk if size == 0 else b"")
                size += len(chunk)
                if size > remaining_bytes:
                    raise FileRefused("bomb")
    except ARCHIVE_READ_ERRORS as error:
        raise FileRefused("broken") from error
    return size


def _check_part_signature(zip_entry: zipfile.ZipInfo, first_bytes: bytes) -> None:
    """No archives within; but a sheet embedded in a text is packed too, and nobody opens it."""
    if first_bytes.startswith(_ARCHIVE_SIGNATURES) and "/embeddings/" not in zip_entry.filename:
        raise FileRefused("nested")


def _measure_zip_directory(zip_stream: BinaryIO) -> int:
    """How many bytes the list of entries takes: `zipfile` reads it whole, whatever it holds."""
    length = zip_stream.seek(0, io.SEEK_END)
    start = max(0, length - _MAX_ZIP_COMMENT_BYTES - _ZIP_END_RECORD_SIZE - _ZIP64_LOCATOR_SIZE - _ZIP64_END_SIZE)
    zip_stream.seek(start)
    tail = zip_stream.read()
    zip_stream.seek(0)
    at = tail.rfind(_ZIP_END_RECORD_SIGNATURE)
    if at < 0 or len(tail) - at < _ZIP_END_RECORD_SIZE:
        raise FileRefused("broken_zip")
    before = at - _ZIP64_LOCATOR_SIZE - _ZIP64_END_SIZE
    if (
        before >= 0
        and tail[at - _ZIP64_LOCATOR_SIZE :].startswith(_ZIP64_LOCATOR_SIGNATURE)
        and tail[before:].startswith(_ZIP64_END_SIGNATURE)
    ):
        return int(struct.unpack_from("<Q", tail, before + 40)[0])
    return int(struct.unpack_from("<L", tail, at + 12)[0])
