"""Files that came with a mail: they hang on a document that is the mail itself, for the rapporteur to look at."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action
from jukwaa.core.dates import format_long_date
from jukwaa.core.documents.text_cleaning import clean_text
from jukwaa.records.actions import InspectedFile, attach_inspected_file, begin_record, link_records
from jukwaa.records.models import Document, Link, Record, State

MAX_TITLE_LENGTH = 250


@action
def create_document_from_email(
    *, actor: Person, record: Record, email_subject: str, text: str, sent_at: datetime, files: Iterable[InspectedFile]
) -> Document:
    """A mail that answers a record, with its files. It is submitted: nobody but those who keep the record sees it."""
    coalition = record.coalition
    with translation.override(coalition.language):
        day = format_long_date(timezone.localdate(sent_at))
        said = _("Received by email on %(day)s, in reply to “%(title)s”.") % {"day": day, "title": record.title}
    document = begin_record(
        actor=actor,
        record=Document(
            coalition=coalition,
            kind="document",
            title=clean_text(email_subject)[0][:MAX_TITLE_LENGTH] or record.title,
            summary=said,
            label=record.label,
            language=record.language,
            state=State.SUBMITTED,
            text=text,
            fingerprint=hashlib.sha256(text.encode()).hexdigest(),
            media_type="text/plain",
        ),
    )
    link_records(actor=actor, source_record=document, to_record=record, relation=Link.Relation.ANSWERS)
    for file in files:
        attach_inspected_file(actor=actor, record=document, file=file)
    return document
