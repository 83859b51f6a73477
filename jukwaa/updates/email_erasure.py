"""Mail about what was erased: what has not left never will, and no words stay of what has."""

import re
from typing import Any

from django.db.models import Q, QuerySet

from jukwaa.accounts.identity import REMOVED_NAME_TEXT, build_person_identity
from jukwaa.accounts.models import Person
from jukwaa.coalitions.departures import find_coalitions_with_unique_name
from jukwaa.mail import actions as mail
from jukwaa.mail.models import Message
from jukwaa.records.models import Record
from jukwaa.records.redaction import NameRedactor
from jukwaa.updates.models import Letter, ListPost, PendingMail

SIGNATURE_BLOCK_PATTERN = re.compile(
    r"^-- ?$.*", re.MULTILINE | re.DOTALL
)  # RFC 3676, section 4.3; many programs drop the space


def erase_emails_about_record(record: Record, **_signal: Any) -> None:
    """Of a record that was purged; also what somebody wrote about it and has not confirmed."""
    about = Letter.objects.filter(Q(record=record.pk) | Q(names=record.pk))
    mail.erase_emails_by_id(about.values_list("pk", flat=True))
    PendingMail.objects.filter(record=record.pk).delete()


def erase_emails_containing_name(record: Record, redactor: NameRedactor, **_signal: Any) -> None:
    """Of a record from which a name was taken: only the emails in which it stands.

    A file with a draft of the record may hold the name as well: it is deleted, and emails that wait go without it.
    """
    about = Letter.objects.filter(Q(record=record.pk) | Q(names=record.pk)).select_related("message").distinct()
    named, with_file = list[int](), list[int]()
    for message in (letter.message for letter in about.iterator(200)):
        if redactor.matches(f"{message.subject}\n{message.body}\n{message.html}"):
            named.append(message.pk)
        if message.attachment_id is not None:
            with_file.append(message.pk)
    mail.delete_attached_files(with_file)
    mail.erase_emails_by_id(named)


def move_pending_mail_to_new_address(person: Person, old: str, **_signal: Any) -> None:
    """What somebody wrote by email and has not confirmed is theirs under the new address."""
    PendingMail.objects.filter(address__iexact=old).update(address=person.email)


def find_emails_to_person(person: Person) -> QuerySet[Message]:
    return Message.objects.filter(pk__in=Letter.objects.filter(person=person).values("message")).exclude(to="")


def erase_emails_to_person(person: Person) -> int:
    return mail.empty_emails_to_erased_person(list(find_emails_to_person(person).values_list("pk", flat=True)))


def find_list_posts(person: Person) -> QuerySet[ListPost]:
    """By the person or an address of theirs, or by their name where it means nobody else."""
    name = person.name.strip()
    condition = (Q(sender__iexact=name) | Q(sender=name)) & Q(coalition__in=find_coalitions_with_unique_name(person))
    for address in build_person_identity(person).addresses:
        condition |= Q(sender__iexact=address)
    return ListPost.objects.filter(condition | Q(person=person))


def redact_list_posts(person: Person) -> int:
    """What they wrote stays, without the name, the address and all that they signed with."""
    identity = build_person_identity(person)
    posts = list(find_list_posts(person))
    for post in posts:
        post.sender, post.person, post.subject = "", None, identity.remove_name_from(post.subject)
        post.body = identity.remove_name_from(SIGNATURE_BLOCK_PATTERN.sub(REMOVED_NAME_TEXT, post.body))
    ListPost.objects.bulk_update(posts, ["sender", "person", "subject", "body"], batch_size=100)
    return len(posts)


def erase_emails_queued_during_erasure() -> int:
    """For the clock: emails that were written at the moment at which their reader was erased."""
    late = Letter.objects.filter(person__erased_at__isnull=False)
    pks = list(late.values_list("pk", flat=True))
    mail.empty_emails_to_erased_person(pks)
    late.filter(pk__in=pks).delete()
    return len(pks)
