"""Merge two accounts of one person: asked for with one, confirmed by a link in the mailbox of the other.

Whoever presses the button is signed in with the account that asked and reads the mailbox of the other, so that nobody
merges somebody else's account. Asking tells nothing about an address: the answer is always the same.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from jukwaa.accounts.account_merge import merge_accounts
from jukwaa.accounts.erasure import lock_open_account
from jukwaa.accounts.models import Person
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import atomic_with_retry
from jukwaa.mail import actions as mail
from jukwaa.mail import signed_links

MERGE_LINK_PURPOSE = "merge-accounts"
MERGE_LINK_VALIDITY = timedelta(days=1)


@dataclass(frozen=True)
class MergeRequest:
    """What a link would do, read without doing it."""

    kept: Person
    other: Person


@atomic_with_retry
def request_account_merge(*, person: Person, address: str) -> None:
    """Send a link to the other address; to one without an account an email that says so. Raises ActionRefused."""
    person, address = lock_open_account(person), address.strip().lower()
    if address == person.email:
        raise ActionRefused(
            _("You are signed in with this address. Enter the email address of your other account."), "email"
        )
    other = Person.objects.with_address(address).filter(is_active=True, erased_at=None).first()
    token = signed_links.make_signed_token(
        MERGE_LINK_PURPOSE, {"kept": person.pk, "other": other.pk if other else 0, "email": address}
    )
    context = {
        "asked_by": person.email or person.name,
        "link": _build_merge_link_url(token),
        "hours": MERGE_LINK_VALIDITY // timedelta(hours=1),
    }
    template = "merge_link" if other else "merge_unknown"
    _send_merge_email(
        template, to_address=address, language=(other or person).language, email_key=f"merge:{token[-40:]}", **context
    )


def read_merge_link(token: str) -> MergeRequest | None:
    """Return what the link would do; None if it is over, or if one of the accounts is not there any more."""
    payload = signed_links.read_signed_token(MERGE_LINK_PURPOSE, token, MERGE_LINK_VALIDITY)
    if payload is None or signed_links.was_token_used(token):
        return None
    kept = Person.objects.filter(pk=payload["kept"], erased_at=None).first()
    other = Person.objects.filter(pk=payload["other"], email=payload["email"], erased_at=None).first()
    return MergeRequest(kept, other) if kept and other else None


@atomic_with_retry
def confirm_account_merge(*, actor: Person, token: str) -> Person:
    """Merge the accounts and tell both addresses. Raises ActionRefused."""
    found = read_merge_link(token)
    if (
        found is None
        or found.kept.pk != actor.pk
        or not signed_links.use_signed_token_once(token, max_age=MERGE_LINK_VALIDITY)
    ):
        raise ActionRefused(_("This link has been used or has expired. Ask for a new one in your settings."))
    return merge_and_notify(surviving_person=found.kept, merged_person=found.other)


@atomic_with_retry
def merge_and_notify(*, surviving_person: Person, merged_person: Person) -> Person:
    """Merge two accounts, whose owner is known to be one person, and tell both addresses. Raises ActionRefused."""
    address, language = merged_person.email, merged_person.language
    merged = merge_accounts(surviving_person=surviving_person, merged_person=merged_person)
    key = f"merged:{merged_person.pk}"
    notify_merge(merged, other=address or merged_person.name, email_key=f"{key}:kept")
    if address:
        _send_merge_email("merge_done_other", to_address=address, language=language, email_key=f"{key}:other")
    return merged


def notify_merge(person: Person, *, other: str, email_key: str) -> None:
    """Tell the owner of an account that another one, with this address or name, has been merged into it."""
    if person.email:
        _send_merge_email(
            "merge_done", to_address=person.email, language=person.language, email_key=email_key, other=other
        )


def _send_merge_email(template: str, *, to_address: str, language: str, email_key: str, **context: object) -> None:
    """The first line of the template is the subject."""
    with translation.override(language):
        text = render_to_string(f"accounts/email/{template}.txt", {**context, "site": settings.SITE_URL})
    subject, _blank, body = text.strip().partition("\n\n")
    mail.queue_email(to=to_address, subject=subject, body=f"{body.strip()}\n", key=email_key, is_sent_immediately=True)


def _build_merge_link_url(token: str) -> str:
    return f"{settings.SITE_URL}{reverse('accounts:merge_link', args=[token])}"
