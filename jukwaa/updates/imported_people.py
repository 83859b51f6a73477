"""First emails to people of an import that is undone: those that nobody has been sent go with the people."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from jukwaa.mail.models import Message
from jukwaa.updates.models import FirstMail, Letter


def build_unsent_first_email_querysets(people: Collection[int]) -> list[QuerySet[Any]]:
    """The letters, their messages and the marks that they were written, of people who were told nothing."""
    untold = {"person__in": people, "person__told_at": None}
    held = Letter.objects.filter(**untold, is_first=True, message__held=True)
    numbers = list(held.values_list("message_id", flat=True))
    return [
        Letter.objects.filter(pk__in=numbers),
        Message.objects.filter(pk__in=numbers),
        FirstMail.objects.filter(**untold),
    ]
