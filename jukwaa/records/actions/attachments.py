"""Files that hang on a record: brought in whole, read in the background, and gone when they are removed."""

import hashlib
import secrets

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, note
from jukwaa.core.documents.incoming import ATTACHABLE, inspect
from jukwaa.core.uploads import clean_filename
from jukwaa.records import index, policies
from jukwaa.records.models import Attachment, Record, State
from jukwaa.records.tasks import delete_files, read_attachment

CLOSED = (State.HELD, State.WITHDRAWN)


@action
def attach_file(*, actor: Person, record: Record, name: str, data: bytes) -> Attachment:
    """Hang a file on a record; who may read the record may have it. The same file twice hangs there once.

    Raises PermissionDenied, and documents.Refused with a sentence for whoever brought the file.
    """
    if record.state in CLOSED or not policies.can_change(actor, record):
        raise PermissionDenied
    kind = inspect(data, name, allowed=ATTACHABLE)
    fingerprint = hashlib.sha256(data).hexdigest()
    if there := Attachment.objects.filter(record=record.pk, fingerprint=fingerprint).first():
        return there
    attachment = Attachment(
        record_id=record.pk,
        name=clean_filename(name),
        media_type=kind.media_type,
        size=len(data),
        fingerprint=fingerprint,
        added_by=actor,
    )
    attachment.file.save(secrets.token_hex(16), ContentFile(data), save=False)
    attachment.save()
    if kind.has_text:
        read_attachment.enqueue(attachment.pk)
    note(actor=actor, verb="attached", subject=attachment, coalition=record.coalition)
    return attachment


@action
def remove_attachment(*, actor: Person, attachment: Attachment) -> None:
    """Take a file away for good: the row, what was read from it, and the file itself. Raises PermissionDenied."""
    record = attachment.record
    if record.state == State.HELD or not policies.can_change(actor, record):
        raise PermissionDenied(_("Files of a held record are for the safeguarding lead to decide on."))
    note(actor=actor, verb="removed", subject=attachment, coalition=record.coalition)
    delete_files.enqueue([str(attachment.file.name)])
    attachment.delete()
    index.refresh(record.whole())
