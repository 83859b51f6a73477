"""A post of the mailing list becomes a record, and lies on the reading desk, in one step."""

import hashlib

from django.core.exceptions import PermissionDenied

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.documents.incoming import ExtractedText
from jukwaa.core.transactions import lock_row
from jukwaa.intake import policies
from jukwaa.intake.actions.reading_start import ReadingDetails, start_reading
from jukwaa.intake.archive.display import remove_contact_details
from jukwaa.intake.models import Reading
from jukwaa.records.actions import begin_record
from jukwaa.records.models import Document, Label
from jukwaa.updates.models import ListPost


def import_list_post(*, actor: Person, list_post: ListPost) -> Reading:
    """The document is there for members at once; what it says enters the record when its reading is entered.

    Pressing twice leads to the same reading. The reading is made outside of the transaction: it takes time.
    Raises PermissionDenied, and ActionRefused where the document was withdrawn.
    """
    if not policies.can_record_post(ViewerContext(actor), list_post.coalition):
        raise PermissionDenied
    document = _get_or_create_document(actor=actor, list_post=list_post)
    about = ReadingDetails(title=document.title, label=document.label, meeting_on=list_post.posted_at.date())
    extracted = ExtractedText(text=document.text, media_type="text/plain", language=None)
    return start_reading(
        actor=actor, coalition=list_post.coalition, reading_details=about, extracted_text=extracted
    ).reading


@action
def _get_or_create_document(*, actor: Person, list_post: ListPost) -> Document:
    current = lock_row(list_post)
    if current.document is not None:
        return current.document
    text = remove_contact_details(current.body)
    fingerprint = hashlib.sha256(text.encode()).hexdigest()
    there = Document.objects.visible_to(actor).filter(coalition=current.coalition, fingerprint=fingerprint).first()
    current.document = there or begin_record(
        actor=actor,
        record=Document(
            coalition=current.coalition,
            kind="document",
            title=remove_contact_details(current.subject or current.sender)[:250] or "-",
            label=Label.GREEN,
            language=current.coalition.language,
            text=text,
            fingerprint=fingerprint,
            media_type="text/plain",
        ),
        is_published=True,
    )
    current.save(update_fields=["document"])
    return current.document
