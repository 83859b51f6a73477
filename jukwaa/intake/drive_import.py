"""Files of a shared drive into documents that members can search, with no decision asked.

Each file is read first and written afterwards, in a short transaction of its own. The same text again is the document
that is there. A file whose text can't be had is kept and says why; what is not taken at all is named with the reason.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.coalitions.activities import action
from jukwaa.core.documents.incoming import (
    ATTACHABLE_KINDS,
    ExtractedText,
    FileRefused,
    ZipEntry,
    detect_kind,
    extract_text,
)
from jukwaa.core.documents.text_cleaning import clean_text
from jukwaa.core.transactions import atomic_with_retry, lock_row
from jukwaa.core.uploads import clean_filename
from jukwaa.intake.models import Drive
from jukwaa.intake.reader.language import detect_language
from jukwaa.intake.reading_store import UNKNOWN_LANGUAGE, fingerprint
from jukwaa.records.actions import begin_record
from jukwaa.records.models import Document, Held, Label, State
from jukwaa.records.quarantine_store import quarantine_if_suspect

CODES_KEPT_WITHOUT_TEXT = frozenset({"no_text_kind", "scan", "no_text", "broken", "too_heavy", "too_slow"})
MAX_TITLE_LENGTH = 250
MAX_NOTES = 1000  # sentences; a drive of other things than documents need not fill the row


@dataclass(frozen=True, slots=True)
class DriveFile:
    """A file of the drive after it was read: `why_not` says what kept its text from being had."""

    path: str
    data: bytes
    media_type: str
    text: str = ""
    language: str = UNKNOWN_LANGUAGE
    why_not: str = ""

    @property
    def fingerprint(self) -> str:
        """Of the text, so that two formats of it are one; of the file where there is no text."""
        return fingerprint(self.text) if self.text else hashlib.sha256(self.data).hexdigest()


def read_zip_entry(entry: ZipEntry) -> DriveFile:
    """Raises FileRefused for what is not taken at all."""
    data = entry.read()
    kind = detect_kind(data, entry.name, allowed=ATTACHABLE_KINDS)
    try:
        extracted: ExtractedText = extract_text(data, entry.name, allowed=ATTACHABLE_KINDS)
    except FileRefused as refusal:
        if refusal.code not in CODES_KEPT_WITHOUT_TEXT:
            raise
        return DriveFile(entry.name, data, kind.media_type, why_not=refusal.message)
    language, _understood = detect_language(extracted.text, extracted.language)
    return DriveFile(entry.name, data, kind.media_type, extracted.text, language)


def import_zip_entry(drive: Drive, entry: ZipEntry) -> None:
    """One file, whatever becomes of it; afterwards the drive is one further."""
    try:
        read = read_zip_entry(entry)
    except FileRefused as refusal:
        _advance_drive(drive, note=(entry.name, refusal.message))
        return
    if _is_quarantined(drive, read):
        _advance_drive(drive, held=1)
    elif _document_exists(drive, read):
        _advance_drive(drive, found=1)
    else:
        _create_document(drive=drive, read=read)


def _is_quarantined(drive: Drive, read: DriveFile) -> bool:
    held = quarantine_if_suspect(
        coalition=drive.coalition,
        door=Held.Door.IMPORT,
        text=read.text,
        name=PurePosixPath(read.path).name,
        data=read.data,
        person=drive.by,
    )
    return held is not None


def _document_exists(drive: Drive, read: DriveFile) -> bool:
    """Whoever reads it or not: a document that was withdrawn doesn't come back by another door."""
    return Document.objects.of(drive.coalition).filter(fingerprint=read.fingerprint).exists()


@action
def _create_document(*, drive: Drive, read: DriveFile) -> None:
    path = PurePosixPath(clean_text(read.path)[0])
    name = clean_filename(path.name)
    document = Document(
        coalition=drive.coalition,
        kind="document",
        title=(path.stem or name)[:MAX_TITLE_LENGTH],
        summary=_build_summary(path, read),
        label=Label.GREEN,
        language=drive.coalition.language if read.language == UNKNOWN_LANGUAGE else read.language,
        state=State.PUBLISHED,
        published_at=timezone.now(),
        text=read.text,
        fingerprint=read.fingerprint,
        media_type=read.media_type,
        file_name=name,
    )
    document.file.save(name, ContentFile(read.data), save=False)
    begin_record(actor=drive.by, record=document, published=True)
    _advance_drive(drive, made=1, note=(read.path, read.why_not) if read.why_not else None, kept=True)


def _build_summary(path: PurePosixPath, read: DriveFile) -> str:
    """Where it lay, and why there is no text of it."""
    folder = (
        ""
        if path.parent == PurePosixPath()
        else _("From the shared drive, folder %(folder)s.") % {"folder": path.parent}
    )
    return " ".join(part for part in (folder, read.why_not) if part)


@atomic_with_retry
def _advance_drive(
    drive: Drive,
    *,
    made: int = 0,
    found: int = 0,
    held: int = 0,
    note: tuple[str, str] | None = None,
    kept: bool = False,
) -> None:
    """With the file's own transaction where it has one, so that a killed worker counts none twice."""
    row = lock_row(drive)
    if note and len(row.notes) < MAX_NOTES:
        row.notes = [*row.notes, [clean_text(note[0])[0][:400], note[1], kept]]
    Drive.objects.filter(pk=drive.pk).update(
        done=F("done") + 1, made=F("made") + made, found=F("found") + found, held=F("held") + held, notes=row.notes
    )


def get_zip_path(drive: Drive) -> Path:
    """Where the ZIP lies. Its list of entries is read from the file itself, never as a whole into memory."""
    return Path(drive.file.path)


@atomic_with_retry
def finish_drive(drive: Drive, *, problem: str = "") -> None:
    """The ZIP has done its work: what came of it are documents now."""
    state = Drive.State.FAILED if problem else Drive.State.DONE
    changed = Drive.objects.filter(pk=drive.pk, state=Drive.State.READING).update(state=state, problem=problem, file="")
    if changed and drive.file:
        name, storage = str(drive.file.name), drive.file.storage
        transaction.on_commit(lambda: storage.delete(name))  # a ZIP left behind does less harm than one that is missing
