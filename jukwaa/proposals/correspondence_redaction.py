"""What was erased from a proposal is erased from its correspondence too."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from jukwaa.mail import actions as mail
from jukwaa.mail.models import Message
from jukwaa.proposals.correspondence_models import CorrespondenceDeadline, CorrespondenceFile, CorrespondenceMessage
from jukwaa.records.models import Record
from jukwaa.records.redaction import NameRedactor, redact_table_row

MESSAGE_TEXT_FIELDS = ("subject", "text", "quoted", "sender_name", "original_sender")


def redact_correspondence(record: Record, redactor: NameRedactor, **_signal: Any) -> None:
    """A name was taken out of a proposal: out of the messages about it too, and out of what was sent of them."""
    for rows, names in _list_text_columns(record):
        columns = [rows.model._meta.get_field(name) for name in names]  # noqa: SLF001 - public by Django's word
        for row in rows.order_by("pk"):
            redact_table_row(row, redactor, columns)
    sent = Message.objects.filter(pk__in=CorrespondenceMessage.objects.filter(proposal=record.pk).values("outbox"))
    mail.erase_emails_by_id([each.pk for each in sent if redactor.matches(f"{each.subject}\n{each.body}\n{each.html}")])


def _list_text_columns(record: Record) -> Iterator[tuple[QuerySet[Any], Sequence[str]]]:
    messages = CorrespondenceMessage.objects.filter(proposal=record.pk)
    yield messages, MESSAGE_TEXT_FIELDS
    yield CorrespondenceDeadline.objects.filter(message__in=messages.values("pk")), ("words", "task")
    yield CorrespondenceFile.objects.filter(message__in=messages.values("pk")), ("name", "refusal")
