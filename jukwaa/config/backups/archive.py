"""The archive: written in one go, opened only after every byte of it was compared with its list.

The database is copied before the files. A file that comes meanwhile is one too many, which does no harm; one that is
erased meanwhile is meant to be gone.
"""

import hashlib
import io
import json
import os
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone

from jukwaa import __version__
from jukwaa.config.backups import databases
from jukwaa.config.backups.errors import BackupError, BrokenArchiveError, RestoreError
from jukwaa.config.backups.migration_versions import list_applied_migrations
from jukwaa.config.backups.replaced_data import remove_expired_data

MANIFEST_MEMBER_NAME = "manifest.json"
ERASURES_KEY_MEMBER_NAME = "erasures.key"
ARCHIVE_FORMAT_VERSION = 1  # of the archive
ARCHIVE_NAME_FORMAT = "jukwaa-%Y%m%d-%H%M%S.tar.gz"
_CHUNK_BYTES = 1024 * 1024


@dataclass(frozen=True)
class ArchiveContents:
    """What an archive holds, and what its checks found. Nothing found means that it can be restored."""

    manifest: dict[str, Any]
    complaints: tuple[str, ...]


def make_backup(folder_path: Path) -> tuple[Path, tuple[str, ...]]:
    """Write a new archive into the folder, check it, and delete what has expired: archives, and replaced data.

    Returns the archive and why `restore` would refuse it (nothing, if all is well). Raises BackupError where no archive
    can be written, and BrokenArchiveError where the one that was written cannot be read back or brought up to date.
    """
    now = timezone.now()
    target = folder_path / now.strftime(ARCHIVE_NAME_FORMAT)
    unfinished = target.with_suffix(".part")
    try:
        folder_path.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(prefix="backup-", dir=folder_path) as workshop:
            _write_backup_archive(unfinished, databases.dump_database(Path(workshop)), now)
        complaints = check_backup_in_temporary_folder(unfinished, nearby_folder=folder_path).complaints
        unfinished.rename(target)
    except (OSError, sqlite3.Error, RestoreError) as error:
        advice = f"Check the free space and the permissions of {folder_path}."
        raise BackupError(f"No backup was made: {error}. {advice}") from error
    finally:
        unfinished.unlink(missing_ok=True)
    _delete_expired_backups(folder_path, now)
    remove_expired_data(now)
    return target, complaints


def _write_backup_archive(target_path: Path, database_path: Path, now: datetime) -> None:
    with open_private_file(target_path) as out:
        with tarfile.open(fileobj=out, mode="w:gz", compresslevel=6) as archive:
            _add_files_to_archive(archive, database_path, now)
        out.flush()
        os.fsync(out.fileno())


def open_private_file(path: Path) -> BinaryIO:
    """Open a new file for writing that only its owner can read."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def _add_files_to_archive(tar_archive: tarfile.TarFile, database_path: Path, now: datetime) -> None:
    hashes = {}
    for path, name in [(database_path, database_path.name), *_iterate_files_to_back_up()]:
        try:
            with path.open("rb") as file:
                info = tar_archive.gettarinfo(arcname=name, fileobj=file)
                hashes[name] = hashlib.file_digest(file, "sha256").hexdigest()
                file.seek(0)
                tar_archive.addfile(info, file)
        except FileNotFoundError:
            continue  # it was erased meanwhile
    about = {
        "shape": ARCHIVE_FORMAT_VERSION,
        "version": __version__,
        "made": now.isoformat(),
        "migrations": list_applied_migrations(),
    }
    manifest = json.dumps(about | {"sha256": hashes}, indent=1).encode()
    info = tarfile.TarInfo(MANIFEST_MEMBER_NAME)
    info.size = len(manifest)
    tar_archive.addfile(info, io.BytesIO(manifest))


def _iterate_files_to_back_up() -> Iterator[tuple[Path, str]]:
    if (key := settings.DATA_FOLDER / "secret-key").exists():
        yield key, "secret-key"
    yield (
        Path(settings.ERASURES_FOLDER) / ERASURES_KEY_MEMBER_NAME,
        ERASURES_KEY_MEMBER_NAME,
    )  # the ledger itself is in no backup
    files = Path(default_storage.path(""))
    yield from ((path, f"files/{path.relative_to(files)}") for path in sorted(files.rglob("*")) if path.is_file())


def _delete_expired_backups(folder_path: Path, now: datetime) -> None:
    """Backups expire after the days that people were told: what was erased is then gone from them, too."""
    oldest = now - timedelta(days=settings.BACKUP_DAYS)
    for made, path in find_backup_archives(folder_path).items():
        if made < oldest:
            path.unlink()


def find_backup_archives(folder_path: Path) -> dict[datetime, Path]:
    """The archives in a folder by the time when they were made, which their names say; other files are left out."""
    found = {}
    for path in folder_path.glob("jukwaa-*.tar.gz"):
        with suppress(ValueError):  # somebody else's file
            found[datetime.strptime(path.name, ARCHIVE_NAME_FORMAT).replace(tzinfo=UTC)] = path
    return found


def verify_backup(archive_path: Path) -> dict[str, Any]:
    """Return the manifest of an archive that passes every check. Raises BrokenArchiveError and RestoreError."""
    contents = check_backup_in_temporary_folder(archive_path)
    if contents.complaints:
        raise BrokenArchiveError(" ".join(contents.complaints))
    return contents.manifest


def check_backup_in_temporary_folder(archive_path: Path, *, nearby_folder: Path | None = None) -> ArchiveContents:
    """Check an archive with a copy of its database in a temporary folder (in `nearby_folder`, if given)."""
    with tempfile.TemporaryDirectory(prefix="jukwaa-verify-", dir=nearby_folder) as folder:
        return unpack_and_check_archive(archive_path, Path(folder), member_names=databases.DATABASE_DUMP_NAMES)


def unpack_and_check_archive(
    archive_path: Path, folder_path: Path, *, member_names: tuple[str, ...] = ()
) -> ArchiveContents:
    """Unpack what is wanted (or all) into the folder, bring the database there up to date, and check everything.

    Raises BrokenArchiveError where the archive cannot be used at all, and RestoreError where the folder cannot hold it.
    """
    hashes, manifest = _unpack_archive_members(archive_path, folder_path, member_names)
    if manifest.get("shape") != ARCHIVE_FORMAT_VERSION:
        raise BrokenArchiveError("This version of Jukwaa cannot read the format of this archive.")
    complaints = []
    if hashes != manifest["sha256"]:
        names = sorted({name for name, _hash in hashes.items() ^ manifest["sha256"].items()})
        complaints.append(f"The files in the archive do not match its list: {', '.join(names)}.")
    complaints += databases.check_database_copy(folder_path, manifest)
    return ArchiveContents(manifest, tuple(complaints))


def _unpack_archive_members(
    archive_path: Path, folder_path: Path, member_names: tuple[str, ...]
) -> tuple[dict[str, str], dict[str, Any]]:
    """Return the hash of each member, and the manifest."""
    try:
        with tarfile.open(archive_path, "r:gz") as tar:
            hashes = {member.name: _extract_archive_member(tar, member, folder_path, member_names) for member in tar}
            manifest = dict(json.loads((folder_path / MANIFEST_MEMBER_NAME).read_bytes()))
    except FileNotFoundError as error:
        name = error.filename
        raise BrokenArchiveError(f"{name} does not exist, or the archive does not list its files.") from error
    except (tarfile.TarError, OSError, EOFError, ValueError, zlib.error) as error:
        raise BrokenArchiveError(f"The archive cannot be read to its end: {error}.") from error
    hashes.pop(MANIFEST_MEMBER_NAME)
    return hashes, manifest


def _extract_archive_member(
    tar_archive: tarfile.TarFile, archive_member: tarfile.TarInfo, folder_path: Path, member_names: tuple[str, ...]
) -> str:
    """Return the hash of a member; write it on the way if it is wanted."""
    archive_member = tarfile.data_filter(archive_member, str(folder_path))  # refuses names that lead elsewhere
    source = tar_archive.extractfile(archive_member) if archive_member.isreg() else None
    if source is None:
        raise BrokenArchiveError(f"{archive_member.name} in the archive is not a regular file.")
    digest = hashlib.sha256()
    path = (
        folder_path / archive_member.name
        if not member_names or archive_member.name in (*member_names, MANIFEST_MEMBER_NAME)
        else Path(os.devnull)
    )
    with _open_for_writing(path) as target:
        while chunk := source.read(_CHUNK_BYTES):
            digest.update(chunk)
            _write_archive_chunk(target, chunk)
    return digest.hexdigest()


def _open_for_writing(path: Path) -> BinaryIO:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return open_private_file(path)
    except OSError as error:
        raise RestoreError(f"{path} could not be written ({error.strerror})") from error


def _write_archive_chunk(target_file: BinaryIO, data_chunk: bytes) -> None:
    """Not being able to write is no fault of the archive."""
    try:
        target_file.write(data_chunk)
        target_file.flush()
    except OSError as error:
        raise RestoreError(f"there was not enough space to unpack the archive ({error.strerror})") from error
