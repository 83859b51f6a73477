"""Files that hang on a record: brought in whole, read in the background, and gone when they are removed."""

import hashlib
import secrets
from contextlib import nullcontext
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.documents.incoming import detect_file_kind
from jukwaa.core.documents.incoming.file_kinds import ATTACHABLE_KIND_KEYS, FileKind
from jukwaa.core.documents.incoming.kind_detection import SMALL_FILE_BYTES, check_file_kind
from jukwaa.core.documents.incoming.pictures import redraw_picture
from jukwaa.core.documents.slots import acquire_reading_slot
from jukwaa.core.transactions import lock_row
from jukwaa.core.uploads import clean_filename
from jukwaa.records import index, policies
from jukwaa.records.models import Attachment, Record, State
from jukwaa.records.tasks import delete_files, read_attachment

STATES_REFUSING_ATTACHMENTS = (State.HELD, State.WITHDRAWN)


@dataclass(frozen=True)
class InspectedFile:
    """A file that may be kept; a picture is drawn anew. `fingerprint` is of what was brought."""

    name: str
    kind: FileKind
    data: bytes
    fingerprint: str


def inspect_uploaded_file(
    file_data: bytes, file_name: str, *, allowed_kinds: frozenset[str] = ATTACHABLE_KIND_KEYS
) -> InspectedFile:
    """Raise FileRefused if the file can not be taken. It takes time: call it outside of a transaction."""
    with acquire_reading_slot() if len(file_data) > SMALL_FILE_BYTES else nullcontext():
        kind = detect_file_kind(file_data, file_name, allowed_kinds=allowed_kinds)
        kept = file_data if kind.has_text else redraw_picture(file_data, kind)
    return InspectedFile(file_name, kind, kept, hashlib.sha256(file_data).hexdigest())


def attach_file_to_record(*, actor: Person, record: Record, file_name: str, data: bytes) -> Attachment:
    """Hang a file on a record; who may read the record may have it. The same file twice hangs there once.

    Raises PermissionDenied, and documents.ActionRefused with a sentence for whoever brought the file. It is looked at,
    and a picture drawn anew, before the transaction begins, which must not wait for that.
    """
    _check_can_attach(actor, record)
    return _save_record_attachment(
        actor=actor,
        record=record,
        file=inspect_uploaded_file(data, file_name, allowed_kinds=record.kind_info.takes_files),
    )


def attach_inspected_file(
    *, actor: Person, record: Record, file: InspectedFile, is_trusted: bool = False
) -> Attachment:
    """Hang a file that was inspected before. `is_trusted` is for callers whose own policy allows it.

    Raises PermissionDenied, and ActionRefused if the record takes no such kind.
    """
    check_file_kind(file.kind, record.kind_info.takes_files)
    return _save_record_attachment(actor=actor, record=record, file=file, is_trusted=is_trusted)


@action
def _save_record_attachment(
    *, actor: Person, record: Record, file: InspectedFile, is_trusted: bool = False
) -> Attachment:
    current = lock_row(record)  # of two who bring the same file at once, the second finds it there
    if not is_trusted:
        _check_can_attach(actor, current)
    if there := Attachment.objects.filter(record=current.pk, fingerprint=file.fingerprint).first():
        return there
    attachment = Attachment(
        record_id=current.pk,
        name=clean_filename(file.name),
        media_type=file.kind.media_type,
        size=len(file.data),
        fingerprint=file.fingerprint,
        state=Attachment.State.READING if file.kind.has_text else Attachment.State.PICTURE,
        added_by=actor,
    )
    attachment.file.save(secrets.token_hex(16), ContentFile(file.data), save=False)
    attachment.save()
    if file.kind.has_text:
        read_attachment.enqueue(attachment.pk)
    current.whole().handle_file_attached()
    record_activity(actor=actor, verb="attached", subject=attachment, coalition=record.coalition)
    return attachment


def _check_can_attach(actor: Person, record: Record) -> None:
    if record.state in STATES_REFUSING_ATTACHMENTS or not policies.can_change_record(ViewerContext(actor), record):
        raise PermissionDenied


@action
def remove_record_attachment(*, actor: Person, attachment: Attachment) -> None:
    """Take a file away for good: the row, what was read from it, and the file itself. Raises PermissionDenied."""
    record = attachment.record
    if record.state == State.HELD or not policies.can_change_record(ViewerContext(actor), record):
        raise PermissionDenied(_("Only the safeguarding lead can change the files of a record in quarantine."))
    record_activity(actor=actor, verb="removed", subject=attachment, coalition=record.coalition)
    delete_files.enqueue([str(attachment.file.name)])
    attachment.delete()
    index.reindex_record(record.whole())
