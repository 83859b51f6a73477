"""Files of a shared drive into documents that members can search, with no decision asked.

Each file is read first and written afterwards, in a short transaction of its own. The same text again is the document
that is there. A file whose text can't be had is kept and says why; what is not taken at all is named with the reason.
A spreadsheet with many personal email addresses, hidden cells, or columns of postal addresses or minors, or one that
can't be looked into, is for coordinators alone. So is a file whose path says that it is private, and a picture whose
camera data can't be removed. What a person must check first begins there: a file with personal details, speaker notes,
comments or deleted text, or without text.
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
    ATTACHABLE_KIND_KEYS,
    FILE_KINDS,
    ExtractedText,
    FileKind,
    FileRefused,
    ZipEntry,
    detect_file_kind,
    extract_text,
)
from jukwaa.core.documents.incoming.file_kinds import TABLE_KIND_KEYS
from jukwaa.core.documents.incoming.pictures import redraw_full_size_picture
from jukwaa.core.documents.slots import acquire_reading_slot
from jukwaa.core.documents.text_cleaning import clean_text
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.core.transactions import atomic_with_retry, lock_row
from jukwaa.core.uploads import clean_filename
from jukwaa.intake.models import Drive, DriveEntry
from jukwaa.intake.private_contents import describe_private_contents
from jukwaa.intake.private_files import describe_private_columns, find_private_path_part
from jukwaa.intake.reader.language import detect_language
from jukwaa.intake.report_overview import UNKNOWN_LANGUAGE
from jukwaa.intake.source_readers import (
    count_personal_addresses,
    describe_content_beside_text,
    describe_drive_file_details,
    set_coordinators_as_readers,
)
from jukwaa.intake.superseded_files import (
    FileVersions,
    find_newer_version,
    find_superseded_mark,
    split_drive_path,
)
from jukwaa.intake.text_hashes import compute_text_fingerprint
from jukwaa.records.actions import begin_record
from jukwaa.records.models import Document, Held, Label, State
from jukwaa.records.quarantine_store import get_quarantine_reason, quarantine_if_suspect

REFUSAL_CODES_KEPT_WITHOUT_TEXT = frozenset({"no_text_kind", "scan", "no_text", "broken", "too_heavy", "too_slow"})
MAX_DOCUMENT_TITLE_LENGTH = 250
MAX_DRIVE_PATH_LENGTH = 400
SPREADSHEET_MEDIA_TYPES = frozenset(kind.media_type for kind in FILE_KINDS if kind.key in TABLE_KIND_KEYS)
MAX_ADDRESSES_IN_OPEN_FILE = 9  # personal email addresses in a spreadsheet that all members may read
EMAIL_EXTENSION = ".eml"
MAX_MARK_LENGTH = 120


DriveOutcome = DriveEntry.Outcome


@dataclass(frozen=True, slots=True)
class DriveFile:
    """A file of the drive after it was read: `why_not` says what kept its text from being had."""

    path: str
    data: bytes
    media_type: str
    text: str = ""
    language: str = UNKNOWN_LANGUAGE
    why_not: str = ""
    is_scan: bool = False
    sheets_with_hidden_parts: tuple[str, ...] = ()
    redrawn_picture: bytes = b""  # without the position and other data of the camera
    hidden_text: str = ""  # speaker notes and hidden slides, which are no part of the text
    remark: str = ""  # about these, and comments, deleted text and pages without text

    @property
    def is_unredrawn_picture(self) -> bool:
        return self.media_type.startswith("image/") and not self.redrawn_picture

    @property
    def fingerprint(self) -> str:
        """Of the text, so that two formats of it are one; of the file where there is no text."""
        return compute_text_fingerprint(self.text) if self.text else hashlib.sha256(self.data).hexdigest()

    @property
    def checked_text(self) -> str:
        return "\n\n".join(filter(None, (self.text, self.hidden_text)))


def read_zip_entry(zip_entry: ZipEntry) -> DriveFile:
    """Raises FileRefused for what is not taken at all."""
    data = zip_entry.read()
    kind = detect_file_kind(data, zip_entry.name, allowed_kinds=ATTACHABLE_KIND_KEYS)
    try:
        extracted: ExtractedText = extract_text(data, zip_entry.name, allowed_kinds=ATTACHABLE_KIND_KEYS)
    except FileRefused as refusal:
        if refusal.code not in REFUSAL_CODES_KEPT_WITHOUT_TEXT:
            raise
        return DriveFile(
            zip_entry.name,
            data,
            kind.media_type,
            why_not=refusal.message,
            is_scan=refusal.code == "scan",
            redrawn_picture=_redraw_drive_picture(data, kind),
        )
    language, _understood = detect_language(extracted.text, extracted.language)
    return DriveFile(
        zip_entry.name,
        data,
        kind.media_type,
        extracted.text,
        language,
        why_not="" if extracted.text else FileRefused("no_text").message,
        sheets_with_hidden_parts=(*extracted.hidden_sheets, *extracted.sheets_with_hidden_cells),
        hidden_text=extracted.hidden_text,
        remark=_build_remark(data, extracted),
    )


def _build_remark(file_data: bytes, extracted: ExtractedText) -> str:
    pages = _("Some pages are images, so nobody could check what is on them.")
    sentences = [
        describe_content_beside_text(file_data, extracted),
        pages if "pictures" in extracted.note_codes else "",
    ]
    return " ".join(filter(None, sentences))


def _redraw_drive_picture(data: bytes, kind: FileKind) -> bytes:
    """Return a picture without its metadata; nothing for another file, and for a picture that can't be redrawn."""
    if not kind.media_type.startswith("image/"):
        return b""
    try:
        with acquire_reading_slot():
            return redraw_full_size_picture(data, kind)
    except FileRefused:
        return b""


def import_zip_entry(drive: Drive, zip_entry: ZipEntry, *, file_versions: FileVersions | None = None) -> None:
    """One file, whatever becomes of it; afterwards the drive is one further. `file_versions` are of the whole drive."""
    if _is_path_quarantined(drive, zip_entry):
        _increment_drive_counts(drive, held_count=1)
        return
    try:
        read = read_zip_entry(zip_entry)
    except FileRefused as refusal:
        reason = _explain_drive_refusal(zip_entry, refusal)
        _increment_drive_counts(drive, DriveEntry(path=zip_entry.name, outcome=DriveOutcome.REFUSED, reason=reason))
        return
    if _is_drive_file_quarantined(drive, read):
        _increment_drive_counts(drive, held_count=1)
    elif (there := _find_imported_document(drive, read)) is not None:
        _increment_drive_counts(
            drive, DriveEntry(path=zip_entry.name, outcome=DriveOutcome.DUPLICATE, document=there), found_count=1
        )
    else:
        _create_drive_document(drive=drive, drive_file=read, file_versions=file_versions or {})


def _explain_drive_refusal(zip_entry: ZipEntry, refusal: FileRefused) -> str:
    """An email can be imported, but not here: it names everyone who got it, and its file would be kept."""
    if PurePosixPath(zip_entry.name).suffix.lower() != EMAIL_EXTENSION:
        return refusal.message
    return _("Emails are not imported with a shared drive. Import this email on the page “Import a report”.")


def _is_path_quarantined(drive: Drive, zip_entry: ZipEntry) -> bool:
    """Screen each folder's name and the file's, since a path is stored even if its file is not imported."""
    parts = split_drive_path(zip_entry.name).parts
    reasons = (get_quarantine_reason(part.replace("_", " ").replace("-", " "), part) for part in parts)
    why = next(filter(None, reasons), None)
    if why is None:
        return False
    try:
        data = zip_entry.read()
    except FileRefused:  # the path alone goes to the safeguarding lead
        data = b""
    return _is_file_quarantined(drive, zip_entry.name, text=zip_entry.name, file_data=data, quarantine_reason=why)


def _is_drive_file_quarantined(drive: Drive, drive_file: DriveFile) -> bool:
    """Screen what is in the file. Its name has been screened with its path."""
    why = get_quarantine_reason(drive_file.checked_text, file_data=drive_file.data)
    return why is not None and _is_file_quarantined(
        drive, drive_file.path, text=drive_file.checked_text, file_data=drive_file.data, quarantine_reason=why
    )


def _is_file_quarantined(drive: Drive, path: str, *, text: str, file_data: bytes, quarantine_reason: Held.Why) -> bool:
    """Quarantine the file, unless the safeguarding lead released the same one before."""
    held = quarantine_if_suspect(
        coalition=drive.coalition,
        door=Held.Door.IMPORT,
        text=text,
        file_name=split_drive_path(path).name,
        data=file_data,
        person=drive.by,
        quarantine_reason=quarantine_reason,
    )
    return held is not None


def _find_imported_document(drive: Drive, drive_file: DriveFile) -> Document | None:
    """Whoever reads it or not: a document that was withdrawn doesn't come back by another door."""
    return Document.objects.of(drive.coalition).filter(fingerprint=drive_file.fingerprint).order_by("pk").first()


def _explain_file_restriction(drive_file: DriveFile, file_versions: FileVersions) -> str:
    """Return why a file is for coordinators alone; an empty string where it is not."""
    if drive_file.sheets_with_hidden_parts:
        sentence = _(
            "Only coordinators and the person who imported this spreadsheet can read it, because these sheets are"
            " hidden or have hidden rows or columns: %(names)s. The hidden text was not imported, but the file still"
            " contains it."
        )
        return sentence % {"names": join_with_separator(drive_file.sheets_with_hidden_parts)}
    if drive_file.is_unredrawn_picture:
        return _(
            "Only coordinators and the person who imported this picture can read it, because we could not remove the"
            " position and other camera data that it may contain."
        )
    if private_name := find_private_path_part(split_drive_path(drive_file.path)):
        sentence = _(
            "Only coordinators and the person who imported this file can read it, because the name “%(name)s” suggests"
            " that it is private."
        )
        return sentence % {"name": private_name}
    table_reason = (
        _explain_spreadsheet_restriction(drive_file) if drive_file.media_type in SPREADSHEET_MEDIA_TYPES else ""
    )
    return table_reason or _explain_text_restriction(drive_file, file_versions)


def _explain_text_restriction(drive_file: DriveFile, file_versions: FileVersions) -> str:
    path = split_drive_path(drive_file.path)
    if contents := describe_private_contents(drive_file.checked_text):
        sentence = _(
            "Only coordinators and the person who imported this file can read it, because it seems to contain"
            " %(contents)s."
        )
        return sentence % {"contents": contents}
    if mark := find_superseded_mark(path, drive_file.text):
        sentence = _(
            "Only coordinators and the person who imported this file can read it, because “%(mark)s” suggests that it"
            " is out of date or not meant for all members."
        )
        return sentence % {"mark": mark[:MAX_MARK_LENGTH]}
    if newer := find_newer_version(path, file_versions):
        sentence = _(
            "Only coordinators and the person who imported this file can read it, because “%(name)s” seems to be a"
            " later version."
        )
        return sentence % {"name": newer}
    return ""


def _explain_spreadsheet_restriction(drive_file: DriveFile) -> str:
    if drive_file.why_not:
        return _(
            "Only coordinators and the person who imported this spreadsheet can read it, because we could not check"
            " it for personal email addresses."
        )
    if contents := describe_private_columns(drive_file.text):
        sentence = _(
            "Only coordinators and the person who imported this spreadsheet can read it, because its columns suggest"
            " that it lists %(contents)s."
        )
        return sentence % {"contents": contents}
    addresses = count_personal_addresses(drive_file.text)
    if addresses <= MAX_ADDRESSES_IN_OPEN_FILE:
        return ""
    sentence = _(
        "Only coordinators and the person who imported this spreadsheet can read it, because it contains %(n)s"
        " personal email addresses."
    )
    return sentence % {"n": addresses}


@action
def _create_drive_document(*, drive: Drive, drive_file: DriveFile, file_versions: FileVersions) -> None:
    path = split_drive_path(clean_text(drive_file.path)[0])
    name = clean_filename(path.name)
    restriction = _explain_file_restriction(drive_file, file_versions)
    details = describe_drive_file_details(drive_file.checked_text)
    is_checked_first = bool(restriction or details or drive_file.remark or drive_file.why_not)
    label = Label.RED if is_checked_first else Label(drive.label)
    document = Document(
        coalition=drive.coalition,
        kind="document",
        title=(path.stem or name)[:MAX_DOCUMENT_TITLE_LENGTH],
        summary=_build_import_summary(path, drive_file, restriction),
        label=label,
        language=drive.coalition.language if drive_file.language == UNKNOWN_LANGUAGE else drive_file.language,
        state=State.PUBLISHED,
        published_at=timezone.now(),
        text=drive_file.text,
        fingerprint=drive_file.fingerprint,
        media_type=drive_file.media_type,
        file_name=name,
    )
    document.file.save(name, ContentFile(drive_file.redrawn_picture or drive_file.data), save=False)
    begin_record(actor=drive.by, record=document, is_published=True)
    if label == Label.RED:
        set_coordinators_as_readers(document)
    outcome = DriveOutcome.RESTRICTED if restriction else _get_drive_import_outcome(drive_file)
    reason = " ".join(part for part in (restriction, drive_file.why_not) if part)
    entry = DriveEntry(
        path=drive_file.path,
        outcome=outcome,
        reason=reason,
        document=document,
        personal_details=details,
        remark=drive_file.remark,
    )
    _increment_drive_counts(drive, entry, created_count=1)


def _get_drive_import_outcome(drive_file: DriveFile) -> DriveOutcome:
    if not drive_file.why_not:
        return DriveOutcome.READ
    return DriveOutcome.SCAN if drive_file.is_scan else DriveOutcome.WITHOUT_TEXT


def _build_import_summary(path: PurePosixPath, drive_file: DriveFile, restriction_note: str) -> str:
    """Where it lay, that there is no text of it, and why few may read it: for readers, who can change none of that."""
    folder = (
        ""
        if path.parent == PurePosixPath()
        else _("From the shared drive, folder %(folder)s.") % {"folder": path.parent}
    )
    without_text = _("This file has no text that we can read.") if drive_file.why_not else ""
    redrawn = (
        _("Any position and other camera data were removed from the picture.") if drive_file.redrawn_picture else ""
    )
    return " ".join(part for part in (folder, without_text, redrawn, restriction_note) if part)


@atomic_with_retry
def _increment_drive_counts(
    drive: Drive,
    drive_entry: DriveEntry | None = None,
    *,
    created_count: int = 0,
    found_count: int = 0,
    held_count: int = 0,
) -> None:
    """With the file's own transaction where it has one, so that a killed worker counts none twice."""
    lock_row(drive)
    if drive_entry is not None:
        drive_entry.drive, drive_entry.path = drive, clean_text(drive_entry.path)[0][:MAX_DRIVE_PATH_LENGTH]
        drive_entry.save()
    Drive.objects.filter(pk=drive.pk).update(
        done=F("done") + 1, made=F("made") + created_count, found=F("found") + found_count, held=F("held") + held_count
    )


def get_zip_path(drive: Drive) -> Path:
    """Where the ZIP lies. Its list of entries is read from the file itself, never as a whole into memory."""
    return Path(drive.file.path)


@atomic_with_retry
def finish_drive_import(drive: Drive, *, problem_text: str = "") -> None:
    """The ZIP has done its work: what came of it are documents now."""
    state = Drive.State.FAILED if problem_text else Drive.State.DONE
    changed = Drive.objects.filter(pk=drive.pk, state=Drive.State.READING).update(
        state=state, problem=problem_text, file=""
    )
    if changed and drive.file:
        name, storage = str(drive.file.name), drive.file.storage
        transaction.on_commit(lambda: storage.delete(name))  # a ZIP left behind does less harm than one that is missing
