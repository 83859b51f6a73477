"""Deleting one's account: asked for, confirmed by email, done 14 days later unless it is stopped."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.accounts.erasure import erase_person
from jukwaa.accounts.models import AccountDeletion, Person
from jukwaa.accounts.sessions import end_sessions
from jukwaa.core.dates import format_long_date
from jukwaa.core.personal_data import ErasureObstacle, erasure_obstacle_registry
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import atomic_with_retry, lock_row
from jukwaa.mail import actions as mail
from jukwaa.mail import signed_links

logger = logging.getLogger("jukwaa.accounts")

DELETION_DELAY = timedelta(days=14)
DELETION_REMINDER_LEAD_TIME = timedelta(days=2)
DELETION_POSTPONEMENT = timedelta(days=7)
DELETION_LINK_VALIDITY = timedelta(days=1)
CONFIRM, STOP = "delete-account", "keep-account"


def find_erasure_obstacles(person: Person) -> list[ErasureObstacle]:
    """Return what the person has to settle before they can be erased."""
    return [obstacle for find in erasure_obstacle_registry.values() for obstacle in find(person)]


def find_guardianship_obstacles(person: Person) -> list[ErasureObstacle]:
    """Somebody under 18 keeps the adult contact who agreed. Being named by somebody holds nobody back."""
    count = person.looks_after.filter(erased_at__isnull=True, guardian_agreed_at__isnull=False).count()
    if not count:
        return []
    sentence = ngettext(
        "You are the adult contact for %(count)d person under 18. Before you can delete your account, a coordinator "
        "must name another adult contact.",
        "You are the adult contact for %(count)d people under 18. Before you can delete your account, a coordinator "
        "must name another adult contact.",
        count,
    )
    return [ErasureObstacle(sentence=sentence % {"count": count}, url="")]


@atomic_with_retry
def request_deletion(*, person: Person) -> None:
    """Send the link that confirms it. Raises ActionRefused while something stands in the way."""
    if not person.email:
        raise ActionRefused(
            _("You cannot confirm this, because your account has no email address. Ask a coordinator for help.")
        )
    _refuse_blocked_deletion(person)
    token = signed_links.make_signed_token(CONFIRM, {"person": person.pk, "email": person.email})
    context = {
        "link": _build_absolute_url("accounts:deletion_confirm", token),
        "hours": DELETION_LINK_VALIDITY // timedelta(hours=1),
    }
    _send_deletion_email(
        person, "confirm", email_key=f"deletion-confirm:{token[-40:]}", is_sent_immediately=True, **context
    )


def read_deletion_link(token: str) -> Person | None:
    """The person whose account the link would delete; None if the link is over."""
    payload = signed_links.read_signed_token(CONFIRM, token, DELETION_LINK_VALIDITY)
    if payload is None or signed_links.was_token_used(token):
        return None
    return Person.objects.filter(pk=payload["person"], email=payload["email"], erased_at=None).first()


@atomic_with_retry
def confirm_deletion(*, token: str, session_key: str = "") -> AccountDeletion:
    """Begin the 14 days, and end all sessions but this one. Raises ActionRefused."""
    asked = read_deletion_link(token)
    if asked is None or not signed_links.use_signed_token_once(token, max_age=DELETION_LINK_VALIDITY):
        raise ActionRefused(_("This link no longer works. Ask for a new one in your settings."))
    person = lock_row(asked)
    _refuse_blocked_deletion(person)
    known = AccountDeletion.objects.open().filter(person=person).first()
    if known is not None:
        return known
    deletion = AccountDeletion.objects.create(person=person, due_at=timezone.now() + DELETION_DELAY)
    _set_deletion_due_date(person, deletion.due_at)
    end_sessions(person, kept_session_key=session_key)
    _send_email_with_cancel_link(deletion, "begun", email_key=f"deletion-begun:{deletion.pk}")
    return deletion


@atomic_with_retry
def cancel_deletion(*, person: Person) -> bool:
    """Keep the account after all. Returns whether a deletion was under way."""
    lock_row(person)
    stopped = AccountDeletion.objects.open().filter(person=person).update(stopped_at=timezone.now())
    if stopped:
        _set_deletion_due_date(person, None)
        _send_deletion_email(person, "stopped", email_key=f"deletion-stopped:{person.pk}:{timezone.now():%Y%m%d%H%M%S}")
    return bool(stopped)


def read_cancellation_link(token: str) -> Person | None:
    """The person whose deletion the link in an email would stop; None if there is none any more."""
    payload = signed_links.read_signed_token(STOP, token, DELETION_DELAY * 10)
    deletion = AccountDeletion.objects.open().filter(pk=payload["deletion"]).first() if payload else None
    return deletion.person if deletion else None


def process_due_deletions(now: datetime) -> int:
    """For the clock: remind two days before, and erase whose day has come. Each stands or falls by itself."""
    for deletion in AccountDeletion.objects.open().filter(
        reminded_at=None, due_at__lte=now + DELETION_REMINDER_LEAD_TIME
    ):
        _send_deletion_reminder(deletion, now)
    due = AccountDeletion.objects.open().filter(due_at__lte=now).order_by("due_at", "pk")
    return sum(_finish_deletion_safely(deletion, now) for deletion in due)


def _finish_deletion_safely(deletion: AccountDeletion, now: datetime) -> bool:
    try:
        return _finish_deletion(deletion, now)
    except Exception:
        logger.exception("Account deletion %s failed; it is tried again at the next tick", deletion.pk)
        return False


@atomic_with_retry
def _finish_deletion(deletion: AccountDeletion, now: datetime) -> bool:
    """Erase the person, or postpone it if they have become the last to do something."""
    person = lock_row(deletion.person)
    current = AccountDeletion.objects.open().filter(pk=deletion.pk, due_at__lte=now).first()
    if current is None:
        return False
    if found := find_erasure_obstacles(person):
        _postpone_deletion(current, found, now)
        return False
    address, language = person.email, person.language
    erase_person(person)
    AccountDeletion.objects.filter(pk=current.pk).update(done_at=now)
    if address:
        _queue_deletion_email(address, language, "done", email_key=f"deletion-done:{current.pk}", empty_when_over=True)
    return True


def _postpone_deletion(deletion: AccountDeletion, obstacles: list[ErasureObstacle], now: datetime) -> None:
    """A week later it is tried again; until then the person and those who could take over know."""
    person = deletion.person
    deletion.due_at, deletion.postponed_at = now + DELETION_POSTPONEMENT, now
    deletion.save(update_fields=["due_at", "postponed_at"])
    _set_deletion_due_date(person, deletion.due_at)
    key = f"deletion-postponed:{deletion.pk}:{now:%Y%m%d}"
    with translation.override(person.language):
        again = find_erasure_obstacles(person)  # in the person's own language
    _send_email_with_cancel_link(
        deletion, "postponed", email_key=key, obstacles=[_format_erasure_obstacle(one) for one in again]
    )
    for other in {each.pk: each for one in obstacles for each in one.others}.values():
        if other.email and not other.erased_at:
            day = _format_day_in_person_zone(deletion.due_at, other.language)
            _queue_deletion_email(
                other.email, other.language, "waits", email_key=f"{key}:{other.pk}", who=person.name, day=day
            )


@atomic_with_retry
def _send_deletion_reminder(deletion: AccountDeletion, now: datetime) -> None:
    if AccountDeletion.objects.open().filter(pk=deletion.pk, reminded_at=None).update(reminded_at=now):
        _send_email_with_cancel_link(deletion, "reminder", email_key=f"deletion-reminder:{deletion.pk}")


def _refuse_blocked_deletion(person: Person) -> None:
    if found := find_erasure_obstacles(person):
        raise ActionRefused(" ".join(obstacle.sentence for obstacle in found))


def _set_deletion_due_date(person: Person, deletion_due_at: datetime | None) -> None:
    Person.objects.filter(pk=person.pk).update(deletion_due_at=deletion_due_at)


def _format_erasure_obstacle(obstacle: ErasureObstacle) -> str:
    return f"{obstacle.sentence}\n{settings.SITE_URL}{obstacle.url}" if obstacle.url else obstacle.sentence


def _send_email_with_cancel_link(deletion: AccountDeletion, event: str, *, email_key: str, **context: Any) -> None:
    person = deletion.person
    context["stop"] = _build_absolute_url(
        "accounts:deletion_keep", signed_links.make_signed_token(STOP, {"deletion": deletion.pk})
    )
    _send_deletion_email(
        person, event, email_key=email_key, day=_format_day_in_person_zone(deletion.due_at, person.language), **context
    )


def _send_deletion_email(
    person: Person, event: str, *, email_key: str, is_sent_immediately: bool = False, **context: Any
) -> None:
    if person.email:
        _queue_deletion_email(
            person.email,
            person.language,
            event,
            email_key=email_key,
            is_sent_immediately=is_sent_immediately,
            **context,
        )


def _queue_deletion_email(
    to_address: str,
    language: str,
    event: str,
    *,
    email_key: str,
    is_sent_immediately: bool = False,
    empty_when_over: bool = False,
    **context: Any,
) -> None:
    """An email from its template, whose first line is the subject."""
    with translation.override(language):
        text = render_to_string(f"accounts/email/deletion_{event}.txt", {**context, "site": settings.SITE_URL})
    subject, _blank, body = text.strip().partition("\n\n")
    mail.queue_email(
        to=to_address,
        subject=subject,
        body=f"{body.strip()}\n",
        key=email_key,
        is_sent_immediately=is_sent_immediately,
        empty_when_over=empty_when_over,
        is_requested=True,
    )


def _build_absolute_url(url_name: str, token: str) -> str:
    return f"{settings.SITE_URL}{reverse(url_name, args=[token])}"


def _format_day_in_person_zone(deletion_time: datetime, language: str) -> str:
    with translation.override(language):
        return format_long_date(timezone.localdate(deletion_time))
