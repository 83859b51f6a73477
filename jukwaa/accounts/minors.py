"""People under 18: the mark, the question that leads to it, and what their adult contact answers.

The callers check who may do it: `coalitions/actions/minors.py` for the people of a coalition, the signed link for the
adult contact, and each person for themselves. Apps above hide what they show when they hear `minor_status_changed`.
"""

from datetime import timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from jukwaa.accounts.consents import record_guardian_answer, record_public_name_choice
from jukwaa.accounts.earlier_addresses import find_person_by_address
from jukwaa.accounts.erased_identities import is_blocked_address
from jukwaa.accounts.identity import compute_account_digest
from jukwaa.accounts.models import MinorStatusChange, Person
from jukwaa.accounts.protections import ProtectionTopic, record_protection_step
from jukwaa.accounts.signals import minor_status_changed
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import atomic_with_retry, lock_row
from jukwaa.mail import actions as mail
from jukwaa.mail import signed_links

GUARDIAN_LINK_PURPOSE = "guardian"
GUARDIAN_LINK_VALIDITY = timedelta(
    days=3650
)  # an adult contact who finds the email years later can still withdraw consent

Step, Means = MinorStatusChange.Step, MinorStatusChange.Means


def needs_age_answer(person: Person) -> bool:
    """Return whether to ask this person if they are 18 or older: once, before anything of theirs becomes public."""
    return person.adult_confirmed_at is None and not person.is_minor


def has_public_consent(person: Person) -> bool:
    """Return whether everyone may read what this person writes. Nobody under 18 is named to the public either way."""
    return not person.is_minor or person.guardian_agreed_at is not None


@atomic_with_retry
def confirm_adult_age(*, person: Person) -> None:
    """Keep that the person answered that they are 18 or older. Raises ActionRefused for whoever is marked."""
    current = lock_row(person)
    if current.is_minor:
        raise ActionRefused(_("Ask the safeguarding lead of your coalition to change the “under 18” mark."))
    if current.adult_confirmed_at is None:
        Person.objects.filter(pk=person.pk).update(adult_confirmed_at=timezone.now())
    person.refresh_from_db(fields=["adult_confirmed_at"])


@atomic_with_retry
def answer_age_question(*, person: Person, is_adult: bool, guardian_name: str = "", guardian_email: str = "") -> None:
    """Take a person's own answer. Whoever is under 18 names an adult contact. Raises ActionRefused."""
    if is_adult:
        confirm_adult_age(person=person)
        return
    contact = get_or_create_adult_contact(name=guardian_name, email=guardian_email, language=person.language)
    mark_as_minor(
        actor=person, person=person, adult_contact=contact, reason=_("The person answered that they are under 18.")
    )


@atomic_with_retry
def get_or_create_adult_contact(*, name: str, email: str, language: str) -> Person:
    """Return the person with this address, or a new person with this name, who gets emails in this language.

    Raises ActionRefused for who was erased.
    """
    known = find_person_by_address(email)
    if known is None and is_blocked_address(email):
        raise _build_adult_contact_refusal()
    return known or Person.objects.create_user(email, name=name, language=language)


@atomic_with_retry
def mark_as_minor(*, actor: Person, person: Person, adult_contact: Person, reason: str, means: str = "") -> Person:
    """Mark somebody as under 18, hide what the public reads of them, and ask their adult contact by email.

    `means` says how the adult contact has agreed already, if they have. Marking who is marked changes nothing.
    Raises ActionRefused.
    """
    current = lock_row(person)
    if current.is_minor:
        return current
    _check_adult_contact(current, adult_contact)
    now, was_public = timezone.now(), current.name_is_public
    current.is_minor, current.name_is_public, current.adult_contact = True, False, adult_contact
    current.adult_confirmed_at, current.guardian_agreed_at = None, now if means else None
    _save_minor_status(current)
    if was_public:
        record_protection_step(ProtectionTopic.PUBLIC_NAME, compute_account_digest(current), is_protected=True)
        record_public_name_choice(current)
    _add_minor_status_change(current, Step.MARKED, actor, reason=reason)
    if means:
        _add_minor_status_change(current, Step.AGREED, actor, age_source=means)
    _record_minor_protection(current)
    minor_status_changed.send(sender=Person, person=current)
    _notify_minor_status_changed(current, actor)
    _send_guardian_email(current, "guardian_agreed" if means else "guardian_asked")
    return current


@atomic_with_retry
def unmark_as_minor(*, actor: Person, person: Person, reason: str) -> Person:
    """Remove the mark. The name stays hidden from the public until the person shows it themselves."""
    current = lock_row(person)
    if not current.is_minor:
        return current
    _add_minor_status_change(current, Step.REMOVED, actor, reason=reason)
    current.is_minor, current.guardian_agreed_at = False, None
    _save_minor_status(current)
    record_protection_step(ProtectionTopic.UNDER_18, compute_account_digest(current), is_protected=False)
    minor_status_changed.send(sender=Person, person=current)
    current.adult_contact = None
    current.save(update_fields=["adult_contact"])
    _notify_minor_status_changed(current, actor)
    return current


@atomic_with_retry
def restore_minor_mark(*, person: Person, adult_contact: Person | None) -> Person:
    """Mark somebody whom an older backup brought back without their mark, or with an earlier adult contact.

    Where the adult contact is not known any more, a nameless person without an address stands in for them: nobody gets
    email or can agree until the mark is set anew. Roles end although nobody else holds them.
    """
    current = lock_row(person)
    contact = adult_contact or Person.objects.create_user()
    current.is_minor, current.name_is_public, current.adult_contact = True, False, contact
    current.adult_confirmed_at, current.guardian_agreed_at = None, None
    _save_minor_status(current)
    _add_minor_status_change(
        current, Step.MARKED, current, reason=_("The “under 18” mark was added again after a backup was restored.")
    )
    minor_status_changed.send(sender=Person, person=current, is_replayed=True)
    return current


@atomic_with_retry
def answer_as_guardian(*, guardian: Person, person: Person, is_consent_given: bool, means: str = Means.LINK) -> Person:
    """Take the answer of the adult contact, who can change it at any time. The same answer twice changes nothing."""
    current = lock_row(person)
    if not current.is_minor or current.adult_contact_id != guardian.pk:
        raise ActionRefused(_("You are no longer the adult contact of this person."))
    agreed_before = current.guardian_agreed_at is not None
    last = MinorStatusChange.objects.filter(person=current).last()
    if is_consent_given == agreed_before and (is_consent_given or (last is not None and last.step != Step.MARKED)):
        return current
    current.guardian_agreed_at = timezone.now() if is_consent_given else None
    _save_minor_status(current)
    step = Step.AGREED if is_consent_given else Step.WITHDRAWN if agreed_before else Step.DECLINED
    _add_minor_status_change(current, step, guardian, age_source=means)
    record_protection_step(ProtectionTopic.GUARDIAN, compute_account_digest(current), is_protected=not is_consent_given)
    record_guardian_answer(current, is_consent_given=is_consent_given)
    minor_status_changed.send(sender=Person, person=current)
    _send_guardian_email(current, "guardian_agreed" if is_consent_given else "guardian_not_agreed")
    return current


def get_guardian_path(person: Person) -> str:
    """Return the address of the page where the adult contact of a person answers, or withdraws the answer."""
    payload = {"person": person.pk, "guardian": person.adult_contact_id}
    return reverse("accounts:guardian", args=[signed_links.make_signed_token(GUARDIAN_LINK_PURPOSE, payload)])


def read_guardian_token(token: str) -> tuple[Person, Person] | None:
    """Return the person and their adult contact, as the link says; None if it no longer holds."""
    meant = signed_links.read_signed_token(GUARDIAN_LINK_PURPOSE, token, GUARDIAN_LINK_VALIDITY)
    if meant is None:
        return None
    guardian = Person.objects.current(meant["guardian"]).values("pk")
    rows = Person.objects.current(meant["person"]).filter(is_minor=True, adult_contact__in=guardian, erased_at=None)
    person = rows.select_related("adult_contact").first()
    return (person, person.adult_contact) if person and person.adult_contact else None


def _build_adult_contact_refusal() -> ActionRefused:
    """The same words in each case: whoever enters an address does not learn who is under 18, or was erased."""
    return ActionRefused(_("Enter another person as the adult contact."), "guardian_email")


def _check_adult_contact(person: Person, contact_person: Person) -> None:
    if contact_person.pk == person.pk or contact_person.is_minor:
        raise _build_adult_contact_refusal()
    if not contact_person.email or contact_person.erased_at is not None:
        raise ActionRefused(_("Enter the email address of the adult contact."), "guardian_email")
    if person.looks_after.filter(is_minor=True, erased_at__isnull=True).exists():
        raise ActionRefused(
            _("Before you continue, name another adult contact for the people under 18 in this person's care.")
        )


def _save_minor_status(person: Person) -> None:
    person.save(
        update_fields=["is_minor", "name_is_public", "adult_contact", "adult_confirmed_at", "guardian_agreed_at"]
    )


def _add_minor_status_change(
    person: Person, status_step: str, actor: Person, *, age_source: str = "", reason: str = ""
) -> None:
    MinorStatusChange.objects.create(
        person=person,
        step=status_step,
        actor=actor,
        adult_contact=person.adult_contact,
        means=age_source,
        reason=reason,
    )


def _record_minor_protection(person: Person) -> None:
    contact = person.adult_contact
    record_protection_step(
        ProtectionTopic.UNDER_18,
        compute_account_digest(person),
        is_protected=True,
        protection_key=compute_account_digest(contact) if contact else "",
    )
    record_protection_step(
        ProtectionTopic.GUARDIAN, compute_account_digest(person), is_protected=person.guardian_agreed_at is None
    )


def _notify_minor_status_changed(person: Person, actor: Person) -> None:
    """Write to the person at their own address about what another did: other email goes to the adult contact now.

    Whom nobody has told yet that they are kept here is told by way of the adult contact.
    """
    if not person.email or not person.has_been_informed or actor.pk == person.pk:
        return
    with translation.override(person.language):
        context = {"person": person, "site": settings.SITE_URL}
        text = render_to_string("accounts/email/minor_status.txt", context)
    number = MinorStatusChange.objects.filter(person=person).count()
    subject, _blank, body = text.partition("\n\n")
    mail.queue_email(
        to=person.email, subject=subject, body=body, key=f"under-18:{person.pk}:{number}", is_sent_immediately=True
    )


def _send_guardian_email(person: Person, template: str) -> None:
    """Write to the adult contact at once, in their language. The first line of the template is the subject."""
    guardian = person.adult_contact
    if guardian is None or not guardian.email:
        return
    number = MinorStatusChange.objects.filter(person=person).count()
    with translation.override(guardian.language):
        context = {
            "person": person,
            "link": f"{settings.SITE_URL}{get_guardian_path(person)}",
            "site": settings.SITE_URL,
        }
        text = render_to_string(f"accounts/email/{template}.txt", context)
        subject, _blank, body = text.partition("\n\n")
        mail.queue_email(
            to=guardian.email,
            subject=subject,
            body=body,
            key=f"guardian:{person.pk}:{number}",
            is_sent_immediately=True,
        )
