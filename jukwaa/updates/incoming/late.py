"""Replies that arrived after their question had closed: they are kept for those who look after the record."""

from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.records.models import Record
from jukwaa.updates.actions import create_document_from_email
from jukwaa.updates.incoming.attachments import split_inspected_files
from jukwaa.updates.incoming.automatic_replies import send_automatic_answer
from jukwaa.updates.incoming.inbound_email import InboundEmail


def store_late_reply(inbound_email: InboundEmail, *, person: Person, record: Record) -> None:
    """Keep it as a submitted document, which coordinators and editors can read, and notify its sender."""
    files, refused = split_inspected_files(inbound_email)
    text = inbound_email.text or inbound_email.subject
    create_document_from_email(
        actor=person,
        record=record,
        email_subject=inbound_email.subject,
        text=text,
        sent_at=inbound_email.sent_at,
        files=files,
    )
    subject = _("Your reply arrived after the deadline")
    send_automatic_answer(
        inbound_email,
        to_address=inbound_email.sender,
        subject=subject,
        template="updates/email/late_reply.txt",
        record=record,
        refused=refused,
    )
