"""Mail about what was erased: what has not left never will, and no words stay of what has."""

from typing import Any

from django.db.models import Q

from jukwaa.mail import actions as mail
from jukwaa.records.models import Record
from jukwaa.records.redacting import Redactor
from jukwaa.updates.models import Letter, PendingMail


def erase_mail(record: Record, **_signal: Any) -> None:
    """Of a record that was purged; also what somebody wrote about it and has not confirmed."""
    about = Letter.objects.filter(Q(record=record.pk) | Q(names=record.pk))
    mail.erase(about.values_list("pk", flat=True))
    PendingMail.objects.filter(record=record.pk).delete()


def erase_mail_with_names(record: Record, redactor: Redactor, **_signal: Any) -> None:
    """Of a record from which a name was taken: only the emails in which it stands."""
    about = Letter.objects.filter(Q(record=record.pk) | Q(names=record.pk)).select_related("message").distinct()
    messages = (letter.message for letter in about.iterator(200))
    mail.erase([each.pk for each in messages if redactor.finds(f"{each.subject}\n{each.body}\n{each.html}")])
