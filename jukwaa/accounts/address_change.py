"""Change the email address with which a person signs in.

Both mailboxes confirm it: whoever holds a session alone, or one mailbox alone, can take no account over. An address
that somebody else has is answered with the same page, and its owner is told. For a person whose old mailbox is lost
there is no way through the site, and no time after which the change is made without it: an operator who knows who
they are changes the address (`jukwaa change-email`), and both mailboxes are told.
"""

from dataclasses import dataclass
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from jukwaa.accounts.actions import sign_out_everywhere
from jukwaa.accounts.earlier_addresses import store_earlier_address
from jukwaa.accounts.erased_identities import block_new_address
from jukwaa.accounts.identity import build_person_identity
from jukwaa.accounts.models import AddressChange, Person
from jukwaa.accounts.signals import address_changed
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import atomic_with_retry, lock_row, lock_rows
from jukwaa.mail import actions as mail
from jukwaa.mail import signed_links

ADDRESS_LINK_VALIDITY = timedelta(days=2)
OLD, NEW = "address-old", "address-new"  # the purposes of the two links, by the mailbox that they go to


@dataclass(frozen=True)
class AddressConfirmation:
    """What a link would confirm, read without doing it."""

    change: AddressChange
    side: str
    was_used: bool

    @property
    def is_old(self) -> bool:
        return self.side == OLD


def find_open_address_change(person: Person) -> AddressChange | None:
    """Return the change that waits to be confirmed."""
    return AddressChange.objects.filter(person=person, expires_at__gt=timezone.now()).first()


@atomic_with_retry
def request_address_change(*, person: Person, address: str) -> AddressChange:
    """Send a link to both mailboxes. A change that was asked for before is replaced. Raises ActionRefused."""
    person, address = lock_row(person), address.strip().lower()
    if address == person.email:
        raise ActionRefused(_("Enter a new email address. This is already your address."), "email")
    AddressChange.objects.filter(person=person).delete()
    change = AddressChange.objects.create(
        person=person, address=address, expires_at=timezone.now() + ADDRESS_LINK_VALIDITY
    )
    if person.email:
        _send_confirmation_email(
            change,
            "address_old",
            to_address=person.email,
            language=person.language,
            confirmation_url=_build_address_change_link_url(change, OLD),
        )
    else:
        change.old_confirmed_at = change.asked_at
        change.save(update_fields=["old_confirmed_at"])
    if owner := Person.objects.with_address(address).first():
        _send_confirmation_email(change, "address_taken", to_address=address, language=owner.language)
    else:
        _send_confirmation_email(
            change,
            "address_new",
            to_address=address,
            language=person.language,
            confirmation_url=_build_address_change_link_url(change, NEW),
        )
    return change


def read_address_link(token: str) -> AddressConfirmation | None:
    """Return what a link would confirm; None if it is not ours, has expired, or its change was made or stopped."""
    for side in (OLD, NEW):
        if payload := signed_links.read_signed_token(side, token, ADDRESS_LINK_VALIDITY):
            change = _filter_open_address_changes(payload["change"]).select_related("person").first()
            return AddressConfirmation(change, side, signed_links.was_token_used(token)) if change else None
    return None


@atomic_with_retry
def confirm_address_change(token: str) -> AddressChange:
    """Confirm the change for one mailbox, and make it if the other one has confirmed before. Raises ActionRefused."""
    confirmation = read_address_link(token)
    change = lock_rows(_filter_open_address_changes(str(confirmation.change.key))).first() if confirmation else None
    if (
        confirmation is None
        or change is None
        or not signed_links.use_signed_token_once(token, max_age=ADDRESS_LINK_VALIDITY)
    ):
        raise ActionRefused(_("This link has been used or has expired. Ask for the change again in your settings."))
    column = "old_confirmed_at" if confirmation.is_old else "new_confirmed_at"
    setattr(change, column, timezone.now())
    change.save(update_fields=[column])
    if change.is_confirmed:
        _apply_address_change(lock_row(change.person), change.address)
        AddressChange.objects.filter(pk=change.pk).delete()
    return change


@atomic_with_retry
def cancel_address_change(*, person: Person) -> bool:
    """Return whether there was a change to stop."""
    return bool(AddressChange.objects.filter(person=person).delete()[0])


@atomic_with_retry
def change_address_as_operator(*, person: Person, address: str) -> None:
    """Change the address at once, as an operator who has checked who they are. Raises ActionRefused."""
    person, address = lock_row(person), address.strip().lower()
    AddressChange.objects.filter(person=person).delete()
    _apply_address_change(person, address)
    _send_address_change_notice(person, to_address=address, address=address)


def _apply_address_change(person: Person, address: str) -> None:
    """The change itself: every session ends, the old mailbox is told, and the old address is kept as a digest."""
    if Person.objects.with_address(address).exclude(pk=person.pk).exists():
        raise ActionRefused(_("Use another email address, and ask for the change again. This address can't be used."))
    known = build_person_identity(person).addresses
    old, person.email = person.email, address
    person.save(update_fields=["email"])
    if EmailAddress.objects.filter(user=person).delete()[0]:
        EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)
    sign_out_everywhere(person=person)
    for earlier in known:
        store_earlier_address(person, earlier)
    block_new_address(person)
    if old:
        mail.move_emails_to_new_address(old_email=old, new_email=address)
        address_changed.send(sender=Person, person=person, old=old)
        _send_address_change_notice(person, to_address=old, address=address)


def _send_address_change_notice(person: Person, *, to_address: str, address: str) -> None:
    with translation.override(person.language):
        body = render_to_string("accounts/email/address_changed.txt", {"address": address, "site": settings.SITE_URL})
        side = NEW if to_address == address else OLD  # no address: keys are kept for good
        key = f"{side}-changed:{person.pk}:{timezone.now().timestamp()}"
        mail.queue_email(
            to=to_address,
            subject=_("Your email address has been changed"),
            body=body,
            key=key,
            is_sent_immediately=True,
        )


def _send_confirmation_email(
    address_change: AddressChange, template: str, *, to_address: str, language: str, confirmation_url: str = ""
) -> None:
    context = {
        "old": address_change.person.email,
        "new": address_change.address,
        "link": confirmation_url,
        "site": settings.SITE_URL,
    }
    with translation.override(language):
        is_to_confirm = template != "address_taken"
        mail.queue_email(
            to=to_address,
            subject=_("Confirm the change of your email address within 2 days")
            if is_to_confirm
            else _("Your email address was entered for another account"),
            body=render_to_string(f"accounts/email/{template}.txt", context),
            key=f"{template}:{address_change.key}",
            is_sent_immediately=True,
        )


def _build_address_change_link_url(address_change: AddressChange, address_side: str) -> str:
    token = signed_links.make_signed_token(address_side, {"change": str(address_change.key)})
    return f"{settings.SITE_URL}{reverse('accounts:address_link', args=[token])}"


def _filter_open_address_changes(link_key: str) -> QuerySet[AddressChange]:
    return AddressChange.objects.filter(key=link_key, expires_at__gt=timezone.now())
