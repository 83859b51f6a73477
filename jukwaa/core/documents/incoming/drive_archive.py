"""The ZIP of a shared drive: its files, one by one, without the junk that systems leave in it."""

import stat
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from jukwaa.core.documents.incoming.archives import ARCHIVE_READ_ERRORS, open_checked_archive
from jukwaa.core.documents.incoming.file_kinds import IMPORTABLE_KIND_KEYS, TABLE_KIND_KEYS, get_file_kind
from jukwaa.core.documents.incoming.office_kinds import find_packed_office_kind
from jukwaa.core.documents.limits import BYTES_PER_MEGABYTE, DEFAULT_DRIVE_LIMITS, DriveLimits
from jukwaa.core.documents.refusals import FileRefused

_JUNK_FILE_NAMES = frozenset({".ds_store", "thumbs.db", "desktop.ini", ".gitignore"})
_JUNK_FILE_PREFIXES = ("~$", "._", ".~lock.")
_ZIP_UTF8_NAME_FLAG = 0x800


@dataclass(frozen=True, slots=True)
class ZipEntry:
    """A file of the archive. `read` unpacks it, and raises FileRefused if it is more than it claims, or too big."""

    name: str
    size: int
    read: Callable[[], bytes]


def iterate_safe_entries(path: Path, *, drive_limits: DriveLimits = DEFAULT_DRIVE_LIMITS) -> Iterator[ZipEntry]:
    """The files of an archive, each to be read before the next is asked for.

    Raises FileRefused before the first one if the archive as a whole is unsafe. An archive inside the archive is
    an entry like others: `inspect` refuses it by itself, and the rest still comes in.
    """
    with open_checked_archive(path, archive_limits=drive_limits) as archive:
        _refuse_office_file(archive)
        for entry in archive.infolist():
            name = _decode_entry_name(entry)
            if not entry.is_dir() and not _is_junk_entry(name) and not _is_symbolic_link(entry):
                yield ZipEntry(name, entry.file_size, _build_entry_reader(archive, entry, drive_limits))


def _refuse_office_file(zip_archive: zipfile.ZipFile) -> None:
    """A Word file is a ZIP inside, whatever its name says: its parts are no files of a drive."""
    try:
        key = find_packed_office_kind(zip_archive)
    except ARCHIVE_READ_ERRORS as error:
        raise FileRefused("broken_zip") from error
    if key is not None:
        code = "report_not_archive" if key in IMPORTABLE_KIND_KEYS else "file_not_archive"
        raise FileRefused("table_not_archive" if key in TABLE_KIND_KEYS else code, kind=get_file_kind(key).label)


def _build_entry_reader(
    zip_archive: zipfile.ZipFile, zip_entry: zipfile.ZipInfo, drive_limits: DriveLimits
) -> Callable[[], bytes]:
    def read_zip_entry() -> bytes:
        if zip_entry.file_size > drive_limits.one_file:
            raise FileRefused(
                "too_big",
                size=-(-zip_entry.file_size // BYTES_PER_MEGABYTE),
                limit=drive_limits.one_file // BYTES_PER_MEGABYTE,
            )
        try:
            with zip_archive.open(zip_entry) as part:
                data = part.read(drive_limits.one_file + 1)
        except ARCHIVE_READ_ERRORS as error:
            raise FileRefused("broken") from error
        if len(data) > zip_entry.file_size:
            raise FileRefused("bomb")
        return data

    return read_zip_entry


def _decode_entry_name(zip_entry: zipfile.ZipInfo) -> str:
    """Its name; some systems write UTF-8 without saying so, and `zipfile` then reads it as cp437."""
    if zip_entry.flag_bits & _ZIP_UTF8_NAME_FLAG:
        return zip_entry.filename
    try:
        return zip_entry.filename.encode("cp437").decode()
    except UnicodeError:
        return zip_entry.filename


def _is_junk_entry(file_name: str) -> bool:
    parts = PurePosixPath(file_name).parts
    last = parts[-1].lower() if parts else ""
    return "__MACOSX" in parts or last in _JUNK_FILE_NAMES or last.startswith(_JUNK_FILE_PREFIXES)


def _is_symbolic_link(zip_entry: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(zip_entry.external_attr >> 16)
