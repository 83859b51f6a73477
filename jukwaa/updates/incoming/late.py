"""Replies that arrived after their question had closed: they are kept for those who look after the record."""

from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.records.models import Record
from jukwaa.updates.actions import keep_mail
from jukwaa.updates.incoming.answers import answer
from jukwaa.updates.incoming.attached import inspected
from jukwaa.updates.incoming.came import Came


def keep_late_reply(came: Came, *, person: Person, record: Record) -> None:
    """Keep it as a submitted document, which coordinators and editors can read, and notify its sender."""
    files, refused = inspected(came)
    text = came.text or came.subject
    keep_mail(actor=person, record=record, subject=came.subject, text=text, sent_at=came.sent_at, files=files)
    subject = _("Your reply arrived after the deadline")
    answer(
        came, to=came.sender, subject=subject, template="updates/email/late_reply.txt", record=record, refused=refused
    )
