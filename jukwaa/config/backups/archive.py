"""The archive: written in one go, opened only after every byte of it was compared with its list.

The database is copied before the files. A file that comes meanwhile is one too many, which does no harm; one that is
erased meanwhile is meant to be gone.
"""

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone

from jukwaa.config.backups import databases

MANIFEST = "manifest.json"
SHAPE = 1  # of the archive
PATTERN = "jukwaa-%Y%m%d-%H%M%S.tar.gz"
_CHUNK = 1024 * 1024


class Broken(Exception):  # noqa: N818 - it names what the archive is
    """The archive can't be relied on; the sentence says why."""


def make_backup(folder: Path) -> Path:
    """Write a new archive into the folder, and let those go whose days are over. Others can't read it."""
    now = timezone.now()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = folder / now.strftime(PATTERN)
    unfinished = target.with_suffix(".part")
    with tempfile.TemporaryDirectory(prefix="backup-", dir=folder) as workshop:
        database = databases.dump(Path(workshop))
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            with tarfile.open(fileobj=out, mode="w:gz", compresslevel=6) as archive:
                _fill(archive, database, now)
            out.flush()
            os.fsync(out.fileno())
    unfinished.rename(target)
    _forget_expired(folder, now)
    return target


def _fill(archive: tarfile.TarFile, database: Path, now: datetime) -> None:
    hashes = {}
    for path, name in [(database, database.name), *_kept_files()]:
        try:
            with path.open("rb") as file:
                info = archive.gettarinfo(arcname=name, fileobj=file)
                hashes[name] = hashlib.file_digest(file, "sha256").hexdigest()
                file.seek(0)
                archive.addfile(info, file)
        except FileNotFoundError:
            continue  # it was erased meanwhile
    manifest = json.dumps({"shape": SHAPE, "made": now.isoformat(), "sha256": hashes}, indent=1).encode()
    info = tarfile.TarInfo(MANIFEST)
    info.size = len(manifest)
    archive.addfile(info, io.BytesIO(manifest))


def _kept_files() -> Iterator[tuple[Path, str]]:
    if (key := settings.DATA_FOLDER / "secret-key").exists():
        yield key, "secret-key"
    files = Path(default_storage.path(""))
    yield from ((path, f"files/{path.relative_to(files)}") for path in sorted(files.rglob("*")) if path.is_file())


def _forget_expired(folder: Path, now: datetime) -> None:
    """Backups expire after the days that people were told: what was erased is then gone from them, too."""
    oldest = now - timedelta(days=settings.BACKUP_DAYS)
    for path in folder.glob("jukwaa-*.tar.gz"):
        try:
            made = datetime.strptime(path.name, PATTERN).replace(tzinfo=now.tzinfo)
        except ValueError:
            continue  # somebody else's file
        if made < oldest:
            path.unlink()


def verify_backup(archive: Path) -> dict[str, Any]:
    """The manifest, once all that it lists is there unaltered and the database opens. Raises Broken."""
    with tempfile.TemporaryDirectory(prefix="jukwaa-verify-") as folder:
        manifest = unpack(archive, Path(folder), wanted=databases.NAMES)
        if complaint := databases.complaint_about(Path(folder)):
            raise Broken(complaint)
    return manifest


def unpack(archive: Path, folder: Path, *, wanted: tuple[str, ...] = ()) -> dict[str, Any]:
    """Compare everything with the list, and lay what is wanted (or all) into the folder. Raises Broken."""
    try:
        with tarfile.open(archive, "r:gz") as tar:
            hashes = {member.name: _take(tar, member, folder, wanted) for member in tar}
            manifest = dict(json.loads((folder / MANIFEST).read_bytes()))
    except FileNotFoundError as error:
        raise Broken(f"There is no {error.filename}, or the archive has no list of what is in it.") from error
    except (tarfile.TarError, OSError, EOFError, ValueError) as error:
        raise Broken(f"The archive can't be opened to its end: {error}") from error
    hashes.pop(MANIFEST)
    if manifest.get("shape") != SHAPE:
        raise Broken("This archive was made by another version of Jukwaa. Use that version to restore it.")
    if hashes != manifest["sha256"]:
        differing = sorted(name for name, _hash in hashes.items() ^ manifest["sha256"].items())
        raise Broken(f"What lies in the archive is not what its list says: {', '.join(dict.fromkeys(differing))}")
    return manifest


def _take(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path, wanted: tuple[str, ...]) -> str:
    """The hash of a member; it is written on the way if it is wanted."""
    member = tarfile.data_filter(member, str(folder))  # refuses names that lead elsewhere
    source = tar.extractfile(member) if member.isreg() else None
    if source is None:
        raise Broken(f"{member.name} is no plain file.")
    digest = hashlib.sha256()
    path = folder / member.name if not wanted or member.name in (*wanted, MANIFEST) else Path(os.devnull)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            target.write(chunk)
    return digest.hexdigest()
