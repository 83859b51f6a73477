"""Files of a mail: those that pass the checks of every upload are kept for the rapporteur; of others it is said why."""

from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.core.documents.incoming import Refused
from jukwaa.records.actions import InspectedFile, inspect_file
from jukwaa.records.models import Record
from jukwaa.updates.actions import keep_mail
from jukwaa.updates.incoming.answers import answer
from jukwaa.updates.incoming.came import Came

type Refusal = tuple[str, str]  # a file's name, and a sentence about it


def keep_files(came: Came, *, person: Person, record: Record) -> None:
    """Call it for a mail that is trusted, after the safeguards at the door: whoever sent it is answered."""
    kept, refused = inspected(came)
    if kept:
        keep_mail(actor=person, record=record, subject=came.subject, text=came.text, sent_at=came.sent_at, files=kept)
    if kept or refused:
        subject = _("Your comment is posted, without its files")
        if kept:
            subject = _("Your comment is posted, and its files are kept")
        names = [file.name for file in kept]
        answer(came, to=came.sender, subject=subject, template="files", record=record, kept=names, refused=refused)


def inspected(came: Came) -> tuple[list[InspectedFile], list[Refusal]]:
    """What was attached, without the pictures that belong to the text, such as a signature's."""
    kept: list[InspectedFile] = []
    refused: list[Refusal] = []
    for file in came.files:
        if not file.name or file.is_embedded:
            continue
        try:
            kept.append(inspect_file(file.data, file.name))
        except Refused as refusal:
            refused.append((file.name, refusal.message))
    return kept, refused
