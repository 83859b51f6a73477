"""Letters: emails of a coalition to one person, with what they are about. They wait while its email is held."""

from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import Final

from django.utils import timezone
from django.utils.translation import get_language

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity, Coalition
from jukwaa.core.transactions import atomic_with_retry
from jukwaa.mail import actions as mail
from jukwaa.records.models import Record
from jukwaa.updates.models import Letter

SUPPRESSION_SCOPE_PREFIX = "coalition:"
APPROVAL_VERB: Final = "approved-emails"


def get_held_mail_scope(coalition: Coalition) -> str:
    """The name under which this coalition's mail waits to be seen."""
    return f"{SUPPRESSION_SCOPE_PREFIX}{coalition.pk}"


def is_mail_held(coalition: Coalition) -> bool:
    return coalition.mail_released_at is None


def must_wait_for_approval(coalition: Coalition, record: Record | None, caused_at: datetime | None) -> bool:
    """Whether an email is held, which tells of something that was done at this time.

    A coordinator may have approved the emails about the record since then, before they were written.
    """
    if not is_mail_held(coalition):
        return False
    if record is None or caused_at is None:
        return True
    approvals = Activity.objects.filter(kind=record.kind, object_id=record.pk, verb=APPROVAL_VERB, at__gte=caused_at)
    return not approvals.exists()


def get_mail_address(person: Person) -> str:
    """Where mail for a person goes: for somebody under 18, to the adult whom they named."""
    if not person.is_active or person.erased_at:
        return ""
    return get_mail_reader(person).email or ""


def get_mail_language(person: Person, coalition: Coalition) -> str:
    """The language of an email: that of its reader, or of the coalition until they have chosen one."""
    return get_mail_reader(person).language or coalition.language


def get_mail_zone(person: Person, coalition: Coalition) -> tzinfo:
    """The zone of the times in an email: that of its reader, or of the coalition if they have chosen none."""
    reader = get_mail_reader(person)
    return reader.zone if reader.has_chosen_time_zone else coalition.zone


def get_mail_reader(person: Person) -> Person:
    return person.adult_contact if person.is_minor and person.adult_contact else person


@atomic_with_retry
def queue_letter(
    *,
    coalition: Coalition,
    person: Person | None,
    to: str,
    key: str,
    subject: str,
    body: str,
    held: bool,
    record: Record | None = None,
    names: Iterable[Record] = (),
    reply: mail.ReplyThread | None = None,
    reply_to: str = "",
    headers: dict[str, str] | None = None,
    calendar: str = "",
    attachment: mail.FileToAttach | None = None,
    is_first: bool = False,
    activity: Activity | None = None,
    batch: str = "",
) -> datetime | None:
    """Queues a mail with its letter; says when it left our hands, or nothing while it is held.

    `record` is what it is about, and `names` those that a digest lists. Emails of one `batch` tell several people the
    same.
    """
    message = mail.queue_email(
        to=to,
        subject=subject,
        body=body,
        key=key,
        reply_thread=reply,
        reply_to=reply_to,
        sender_name=coalition.name,
        headers=headers,
        calendar_text=calendar,
        attachment=attachment,
        held=held,
        sender_scope=get_held_mail_scope(coalition),
    )
    about = {"coalition": coalition, "person": person, "record": record, "activity": activity}
    facts = {**about, "is_first": is_first, "language": get_language() or "", "batch": batch}
    letter, _is_new = Letter.objects.get_or_create(message=message, defaults=facts)
    letter.names.add(*names)
    if message.held:
        return None
    if is_first and person is not None:
        Person.objects.filter(pk=person.pk, told_at=None).update(told_at=timezone.now())
    return timezone.now()
