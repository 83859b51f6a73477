"""Mail about what was erased: what has not left never will, and no words stay of what has."""

import re
from typing import Any

from django.db.models import Q, QuerySet

from jukwaa.accounts.identity import REMOVED, identity_of
from jukwaa.accounts.models import Person
from jukwaa.coalitions.departures import coalitions_of_name
from jukwaa.mail import actions as mail
from jukwaa.mail.models import Message
from jukwaa.records.models import Record
from jukwaa.records.redacting import Redactor
from jukwaa.updates.models import Letter, ListPost, PendingMail

SIGNATURE = re.compile(r"^-- ?$.*", re.MULTILINE | re.DOTALL)  # RFC 3676, section 4.3; many programs drop the space


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


def move_pending(person: Person, old: str, **_signal: Any) -> None:
    """What somebody wrote by email and has not confirmed is theirs under the new address."""
    PendingMail.objects.filter(address__iexact=old).update(address=person.email)


def find_letters(person: Person) -> QuerySet[Message]:
    return Message.objects.filter(pk__in=Letter.objects.filter(person=person).values("message")).exclude(to="")


def forget_letters(person: Person) -> int:
    return mail.forget(list(find_letters(person).values_list("pk", flat=True)))


def find_posts(person: Person) -> QuerySet[ListPost]:
    """By an address of theirs, or their name where it means nobody else: a post says no more of its sender."""
    name = person.name.strip()
    condition = (Q(sender__iexact=name) | Q(sender=name)) & Q(coalition__in=coalitions_of_name(person))
    for address in identity_of(person).addresses:
        condition |= Q(sender__iexact=address)
    return ListPost.objects.filter(condition)


def redact_posts(person: Person) -> int:
    """What they wrote stays, without the name, the address and all that they signed with."""
    identity = identity_of(person)
    posts = list(find_posts(person))
    for post in posts:
        post.sender, post.subject = "", identity.remove_from(post.subject)
        post.body = identity.remove_from(SIGNATURE.sub(REMOVED, post.body))
    ListPost.objects.bulk_update(posts, ["sender", "subject", "body"], batch_size=100)
    return len(posts)


def forget_late_letters() -> int:
    """For the clock: emails that were written at the moment at which their reader was erased."""
    late = Letter.objects.filter(person__erased_at__isnull=False)
    pks = list(late.values_list("pk", flat=True))
    mail.forget(pks)
    late.filter(pk__in=pks).delete()
    return len(pks)
