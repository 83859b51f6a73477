"""Restore a backup. The data that it replaces is moved aside, and deleted once the days of backups are over."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from django.utils import timezone

from jukwaa.accounts import ledger
from jukwaa.config.backups import databases
from jukwaa.config.backups.archive import (
    ERASURES_KEY_MEMBER_NAME,
    ArchiveContents,
    open_private_file,
    unpack_and_check_archive,
)
from jukwaa.config.backups.errors import BrokenArchiveError, RestoreError
from jukwaa.config.backups.replaced_data import REPLACED_FOLDER_NAME_FORMAT, RESTORE_FOLDER_PREFIX
from jukwaa.mail.models import Message
from jukwaa.updates.leases import LEASE_DURATION
from jukwaa.updates.models import Lease

type Pair = tuple[Path, Path]


def restore_backup(
    archive_path: Path,
    *,
    replaces_data: bool,
    is_forced: bool = False,
    print_warning: Callable[[str], None] = lambda _sentence: None,
) -> Path | None:
    """Put a backup in the place of the data that is here; return the folder that this data was moved to, if any.

    `is_forced` replaces, and restores an archive that did not pass its checks if it can be used at all. `print_warning`
    is told what will be lost. Raises BrokenArchiveError and RestoreError; nothing has been changed then.
    """
    there = _has_existing_data()
    if there and not (replaces_data or is_forced):
        raise RestoreError("there is already data here. Add --replace to replace it with the backup.")
    if there and _is_server_running():
        raise RestoreError("Jukwaa is running. Stop it, wait a minute, then restore.")
    with _create_restore_folder() as folder:
        contents = unpack_and_check_archive(archive_path, Path(folder))
        if contents.complaints and not is_forced:
            said = " ".join(contents.complaints)
            raise BrokenArchiveError(f"{said}\nNothing was changed. To restore this archive anyway, add --force.")
        if is_forced:
            _warn_about_lost_data(contents, print_warning)
        aside = _install_unpacked_files(Path(folder))
        _restore_erasures_key(Path(folder) / ERASURES_KEY_MEMBER_NAME, print_warning)
    if not there:
        shutil.rmtree(aside)  # the key that this very command made, at most
    call_command("prepare", verbosity=0)
    mark_waiting_email_as_possibly_sent()
    return aside if there else None


def _create_restore_folder() -> "tempfile.TemporaryDirectory[str]":
    """In the data folder, so that what was unpacked there is moved and not copied."""
    try:
        return tempfile.TemporaryDirectory(prefix=RESTORE_FOLDER_PREFIX, dir=settings.DATA_FOLDER)
    except OSError as error:
        raise RestoreError(f"{settings.DATA_FOLDER} cannot be written to ({error.strerror})") from error


def _warn_about_lost_data(archive_contents: ArchiveContents, print_warning: Callable[[str], None]) -> None:
    if archive_contents.complaints:
        print_warning(
            "This archive did not pass its checks and will be restored as it is: "
            + " ".join(archive_contents.complaints)
        )
    print_warning(
        f"Everything that was added or changed after {archive_contents.manifest['made']} will no longer be on the site."
    )
    if connection.vendor == "postgresql":
        print_warning("The current database will be overwritten, and no copy of it will be kept.")


def mark_waiting_email_as_possibly_sent() -> int:
    """Mail that waited when the backup was made may have left since. It is not sent by itself: an operator decides."""
    return Message.objects.filter(sent_at=None, given_up_at=None, claimed_at=None, held=False).update(
        claimed_at=timezone.now(), error="It was waiting in a backup that was restored, and may have been sent since."
    )


def _has_existing_data() -> bool:
    if any(path.is_file() for path in Path(default_storage.path("")).rglob("*")):
        return True
    try:
        return bool(connection.introspection.table_names())
    except DatabaseError:
        return True  # something is there, even if it can't be read


def _is_server_running() -> bool:
    try:
        return Lease.objects.filter(renewed_at__gt=timezone.now() - LEASE_DURATION).exists()
    except DatabaseError:
        return False  # a database that can't be read is why people restore a backup


def _install_unpacked_files(unpacked_paths: Path) -> Path:
    """Return the folder that what was there has been moved to."""
    files, key = Path(default_storage.path("")), Path(settings.DATA_FOLDER) / "secret-key"
    pairs = [(unpacked_paths / "files", files), (unpacked_paths / "secret-key", key)]
    if (dumped := unpacked_paths / databases.POSTGRESQL).exists():
        if connection.vendor != "postgresql":
            raise RestoreError("this backup is from PostgreSQL. Set DATABASE_URL to the database to restore into.")
        databases.load_postgresql(dumped)
    else:
        if connection.vendor != "sqlite":
            raise RestoreError("this backup is from SQLite, and DATABASE_URL is set. Remove it, then restore.")
        pairs += _list_sqlite_paths(unpacked_paths)
    connections.close_all()
    aside = Path(settings.DATA_FOLDER) / timezone.now().strftime(REPLACED_FOLDER_NAME_FORMAT)
    _swap_restored_paths(pairs, aside)
    return aside


def _restore_erasures_key(kept_key_path: Path, print_warning: Callable[[str], None]) -> None:
    """The key of the digests: the one beside the ledger counts; where no ledger is yet, that of the backup."""
    if not kept_key_path.exists() or (key := kept_key_path.read_text()) == settings.ERASURES_KEY:
        return
    if ledger.get_ledger_path().exists():
        print_warning(
            "The ledger of erasures has a different key from this backup. People who were erased before the backup was"
            " made will not be recognised if someone adds them again."
        )
        return
    target = Path(settings.ERASURES_FOLDER) / ERASURES_KEY_MEMBER_NAME
    with open_private_file(target) as file:
        file.write(key.encode())
    settings.ERASURES_KEY = key  # for what this very command does next


def _swap_restored_paths(path_pairs: list[Pair], backup_folder: Path) -> None:
    """Move each old path aside and the new one to its place. If one can't be moved, everything is moved back."""
    moved: list[Pair] = []
    backup_folder.mkdir(mode=0o700)
    try:
        for new, old in path_pairs:
            if old.exists():
                old.rename(backup_folder / old.name)
                moved.append((backup_folder / old.name, old))
            if new.exists():
                shutil.move(new, old)
    except OSError as error:
        for kept, old in reversed(moved):
            if old.exists():
                shutil.rmtree(old) if old.is_dir() else old.unlink()
            kept.rename(old)
        backup_folder.rmdir()
        raise RestoreError(f"{error.filename} could not be moved ({error.strerror})") from error


def _list_sqlite_paths(unpacked_paths: Path) -> list[Pair]:
    """The database with its journals, which belong to the old one."""
    path = Path(str(connection.settings_dict["NAME"]))
    return [(unpacked_paths / f"{databases.SQLITE}{end}", Path(f"{path}{end}")) for end in ("-wal", "-shm", "")]
