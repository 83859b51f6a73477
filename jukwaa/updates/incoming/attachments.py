"""Files of a mail: those that pass the checks of every upload are kept for the rapporteur; of others it is said why."""

from dataclasses import replace

from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.core.documents.incoming import FileRefused
from jukwaa.mail.email_parsing import AttachedFile
from jukwaa.records.actions import InspectedFile, inspect_uploaded_file
from jukwaa.records.models import Record
from jukwaa.updates.actions import create_document_from_email
from jukwaa.updates.incoming.automatic_replies import send_automatic_answer
from jukwaa.updates.incoming.inbound_email import InboundEmail, RefusedFile

type Refusal = tuple[str, str]  # a file's name, and a sentence about it


def store_email_attachments(inbound_email: InboundEmail, *, person: Person, record: Record) -> None:
    """Call it for a mail that is trusted, after the safeguards at the door: whoever sent it is answered."""
    kept, refused = split_inspected_files(inbound_email)
    if kept:
        create_document_from_email(
            actor=person,
            record=record,
            email_subject=inbound_email.subject,
            text=inbound_email.text,
            sent_at=inbound_email.sent_at,
            files=kept,
        )
    if kept or refused:
        subject = _("Your comment has been posted, without its files")
        if kept:
            subject = _("Your comment has been posted, and its files have been saved")
        names = [file.name for file in kept]
        send_automatic_answer(
            inbound_email,
            to_address=inbound_email.sender,
            subject=subject,
            template="updates/email/files.txt",
            record=record,
            kept=names,
            refused=refused,
        )


def split_inspected_files(inbound_email: InboundEmail) -> tuple[list[InspectedFile], list[Refusal]]:
    """What was attached, and what is not taken, with the reason in the language that is active."""
    kept = [file for file in inbound_email.inspected if isinstance(file, InspectedFile)]
    refused = [file for file in inbound_email.inspected if isinstance(file, RefusedFile)]
    return kept, [(file.name, FileRefused(file.refusal.code, **file.refusal.facts).message) for file in refused]


def inspect_email_attachments(inbound_email: InboundEmail) -> InboundEmail:
    """Inspect what was attached. It takes time, so call it outside of a transaction."""
    return replace(
        inbound_email,
        inspected=tuple(
            _inspect_attached_file(file) for file in inbound_email.files if file.name and not file.is_embedded
        ),
    )


def _inspect_attached_file(file: AttachedFile) -> InspectedFile | RefusedFile:
    try:
        return inspect_uploaded_file(file.data, file.name)
    except FileRefused as refusal:
        return RefusedFile(file.name, refusal)
