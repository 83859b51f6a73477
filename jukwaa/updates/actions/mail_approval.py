"""Approve or discard the emails that wait for a coordinator, and end the need for approval."""

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import ngettext

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Affiliation, Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.mail import actions as mail
from jukwaa.mail.delivery_checks import explain_outdated_emails, find_outdated_email_ids
from jukwaa.mail.headers import LABELS_READABLE_BY_EMAIL
from jukwaa.records import policies as records
from jukwaa.records.models import Record
from jukwaa.updates import policies
from jukwaa.updates.held_emails import filter_emails_about
from jukwaa.updates.letters import get_held_mail_scope, get_mail_address
from jukwaa.updates.models import Letter


@dataclass(frozen=True)
class ApprovalResult:
    """How many emails leave now, and for those that do not, how many and why: a sentence for each reason."""

    sent_count: int
    explanations: tuple[str, ...] = ()


@action
def release_all_mail(*, actor: Person, coalition: Coalition) -> int:
    """From now on mail leaves by itself, and what was held leaves now. Doing it again changes nothing.

    The number says how many mails left. Raises PermissionDenied.
    """
    if not policies.can_release_mail(ViewerContext(actor), coalition):
        raise PermissionDenied
    left, now = _release_held_letters(coalition, None).sent_count, timezone.now()
    if Coalition.objects.filter(pk=coalition.pk, mail_released_at=None).update(mail_released_at=now):
        coalition.mail_released_at = now
        record_activity(actor=actor, verb="released-mail", subject=coalition, coalition=coalition)
    return left


@action
def approve_held_letters(
    *, actor: Person, coalition: Coalition, message_ids: Collection[int] | None = None
) -> ApprovalResult:
    """Let some of the held mails go, or all of them; what comes later is held again. Raises PermissionDenied."""
    if not policies.can_release_mail(ViewerContext(actor), coalition):
        raise PermissionDenied
    result = _release_held_letters(coalition, message_ids)
    if result.sent_count:
        record_activity(actor=actor, verb="let-mail-go", subject=coalition, coalition=coalition)
    return result


@action
def approve_record_emails(*, actor: Person, record: Record) -> ApprovalResult:
    """Let the emails about a record go, and those that will be written about what was done to it by now.

    Raises PermissionDenied.
    """
    coalition = record.coalition
    if not policies.can_release_mail(ViewerContext(actor), coalition):
        raise PermissionDenied
    held = filter_emails_about(Letter.objects.held(coalition), record)
    result = _release_held_letters(coalition, list(held.values_list("pk", flat=True)))
    record_activity(actor=actor, verb="approved-emails", subject=record, coalition=coalition)
    return result


@action
def discard_held_letters(*, actor: Person, coalition: Coalition, message_ids: Collection[int]) -> int:
    """Held mails that shall never leave. They are not written again. Raises PermissionDenied."""
    if not policies.can_release_mail(ViewerContext(actor), coalition):
        raise PermissionDenied
    held = list(Letter.objects.held(coalition).filter(pk__in=message_ids).values_list("pk", flat=True))
    gone = len(held)
    if held:
        mail.discard_held_emails(sender_scope=get_held_mail_scope(coalition), message_ids=held)
        record_activity(actor=actor, verb="threw-mail-away", subject=coalition, coalition=coalition)
    return gone


def _release_held_letters(coalition: Coalition, message_ids: Collection[int] | None) -> ApprovalResult:
    held = Letter.objects.held(coalition).select_related("person__adult_contact", "record", "message")
    held = held.prefetch_related("names")
    letters = list(held if message_ids is None else held.filter(_include_first_emails(message_ids)))
    outdated = find_outdated_email_ids([letter.pk for letter in letters])
    refusing = Affiliation.objects.refusing_email().filter(organisation__coalition=coalition)
    refusing_people = set(refusing.values_list("person", flat=True)) if letters else set[int]()
    stale = [
        letter.pk
        for letter in letters
        if letter.pk in outdated or letter.person_id in refusing_people or not _is_still_readable(letter)
    ]
    explanations = explain_outdated_emails(outdated)
    if other_count := len(set(stale) - outdated):
        explanations.append(_explain_emails_without_reader(other_count))
    if stale:
        mail.discard_held_emails(sender_scope=get_held_mail_scope(coalition), message_ids=stale)
    leaving = [letter for letter in letters if letter.pk not in stale]
    first = [letter.person_id for letter in leaving if letter.is_first and letter.person_id]
    Person.objects.filter(pk__in=first, told_at=None).update(told_at=timezone.now())
    sent_count = mail.release_held_emails(
        sender_scope=get_held_mail_scope(coalition), message_ids=[letter.pk for letter in leaving]
    )
    return ApprovalResult(sent_count, tuple(explanations))


def _explain_emails_without_reader(number: int) -> str:
    return ngettext(
        "1 email is not sent, because its recipient gets no emails or can no longer read what it is about.",
        "%(n)d emails are not sent, because their recipients get no emails or can no longer read what they are about.",
        number,
    ) % {"n": number}


def _include_first_emails(message_ids: Collection[int]) -> Q:
    """Nobody gets another email before the one that tells them that they were added to the directory."""
    recipients = Letter.objects.filter(pk__in=message_ids, person__told_at=None, person__last_login=None)
    return Q(pk__in=message_ids) | Q(is_first=True, person__in=recipients.exclude(person=None).values("person"))


def _is_still_readable(sent_letter: Letter) -> bool:
    """Whether the person is still there and may still see what the mail is about: it may have waited for weeks.

    What it only names must not have been narrowed since: nothing above TLP:GREEN is in an email.
    """
    person, record = sent_letter.person, sent_letter.record
    if person is None:
        return record is None or Record.objects.visible_to(AnonymousUser()).filter(pk=record.pk).exists()
    if record is not None and not records.can_read(ViewerContext(person), record):
        return False
    return bool(get_mail_address(person)) and all(
        named.label in LABELS_READABLE_BY_EMAIL for named in sent_letter.names.all()
    )
