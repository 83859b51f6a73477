"""Files of a mail: those that pass the checks of every upload are kept for the rapporteur; of others it is said why."""

from dataclasses import replace

from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.core.documents.incoming import FileRefused
from jukwaa.mail.incoming import File
from jukwaa.records.actions import InspectedFile, inspect_file
from jukwaa.records.models import Record
from jukwaa.updates.actions import keep_mail
from jukwaa.updates.incoming.answers import answer
from jukwaa.updates.incoming.came import Came, RefusedFile

type Refusal = tuple[str, str]  # a file's name, and a sentence about it


def keep_files(came: Came, *, person: Person, record: Record) -> None:
    """Call it for a mail that is trusted, after the safeguards at the door: whoever sent it is answered."""
    kept, refused = inspected(came)
    if kept:
        keep_mail(actor=person, record=record, subject=came.subject, text=came.text, sent_at=came.sent_at, files=kept)
    if kept or refused:
        subject = _("Your comment has been posted, without its files")
        if kept:
            subject = _("Your comment has been posted, and its files have been saved")
        names = [file.name for file in kept]
        answer(
            came,
            to=came.sender,
            subject=subject,
            template="updates/email/files.txt",
            record=record,
            kept=names,
            refused=refused,
        )


def inspected(came: Came) -> tuple[list[InspectedFile], list[Refusal]]:
    """What was attached, and what is not taken, with the reason in the language that is active."""
    kept = [file for file in came.inspected if isinstance(file, InspectedFile)]
    refused = [file for file in came.inspected if isinstance(file, RefusedFile)]
    return kept, [(file.name, FileRefused(file.refusal.code, **file.refusal.facts).message) for file in refused]


def inspect_files(came: Came) -> Came:
    """Inspect what was attached. It takes time, so call it outside of a transaction."""
    return replace(came, inspected=tuple(_inspect(file) for file in came.files if file.name and not file.is_embedded))


def _inspect(file: File) -> InspectedFile | RefusedFile:
    try:
        return inspect_file(file.data, file.name)
    except FileRefused as refusal:
        return RefusedFile(file.name, refusal)
