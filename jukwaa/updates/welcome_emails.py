"""Send the first email to people whom others have entered: by whom, what is stored, how to be removed or sign in."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation, Coalition, ImportChange, ListEntry, Membership, Role
from jukwaa.core.transactions import atomic_with_retry
from jukwaa.mail import actions as mail
from jukwaa.updates.first_contact import build_first_contact_context
from jukwaa.updates.letters import (
    get_held_mail_scope,
    get_mail_address,
    get_mail_language,
    is_mail_held,
    queue_letter,
)
from jukwaa.updates.models import FirstMail, Letter

PEOPLE_PER_BATCH = 200
WELCOME_WAIT_AFTER_IMPORT = timedelta(hours=24)  # so that an import can still be undone


def send_welcome_emails() -> int:
    """Write a first mail to everybody who was never told, and who never came here by themselves.

    Whoever gets no emails according to the list of one coalition gets none from others by this way either.
    """
    just_imported = ImportChange.objects.people_added_since(timezone.now() - WELCOME_WAIT_AFTER_IMPORT)
    reachable = Q(email__isnull=False) | Q(is_minor=True, adult_contact__email__isnull=False)
    untold = Person.objects.filter(
        reachable, told_at=None, last_login=None, is_active=True, erased_at=None, first_mail__isnull=True
    )
    untold = untold.exclude(pk__in=just_imported)
    untold = untold.exclude(Exists(_find_refusals().filter(person=OuterRef("pk"))))
    return sum(
        send_welcome_email(person)
        for person in untold.select_related("adult_contact").order_by("pk")[:PEOPLE_PER_BATCH]
    )


@atomic_with_retry
def send_welcome_email(person: Person) -> int:
    """Write the first email to this person, once. Return how many were written."""
    if not get_mail_address(person):
        return 0
    coalition = _find_coalition_of_person(person)
    if coalition is None or _find_refusals().filter(person=person, organisation__coalition=coalition).exists():
        return 0
    if not FirstMail.objects.get_or_create(person=person, defaults={"coalition": coalition})[1]:
        return 0
    with translation.override(get_mail_language(person, coalition)):
        context = build_first_contact_context(person, coalition)
        queue_letter(
            coalition=coalition,
            person=person,
            to=get_mail_address(person),
            key=f"first:{person.pk}",
            subject=_("%(name)s has added you to its directory") % {"name": coalition.name},
            body=render_to_string("updates/email/first.txt", context).strip() + "\n",
            held=is_mail_held(coalition),
            is_first=True,
        )
    return 1


@atomic_with_retry
def release_first_email(person: Person, coalition: Coalition) -> None:
    """Let the first email to this person go, because an approved email is about to follow it."""
    send_welcome_email(person)
    waiting = Letter.objects.held(coalition).filter(person=person, is_first=True)
    numbers = list(waiting.values_list("pk", flat=True))
    if numbers and mail.release_held_emails(sender_scope=get_held_mail_scope(coalition), message_ids=numbers):
        Person.objects.filter(pk=person.pk, told_at=None).update(told_at=timezone.now())


def _find_refusals() -> QuerySet[Affiliation]:
    return Affiliation.objects.refusing_email().order_by()


def _find_coalition_of_person(person: Person) -> Coalition | None:
    """The first coalition that keeps this person; nobody is told of a coalition that keeps them no more."""
    affiliation = Affiliation.objects.in_force().filter(person=person).select_related("organisation__coalition")
    if found := affiliation.first():
        return found.organisation.coalition
    rows = (
        Membership.objects.active().filter(person=person),
        Role.objects.in_force().filter(person=person),
        ListEntry.objects.filter(person=person, ends_on=None),
    )
    ties = (tie for each in rows if (tie := each.select_related("coalition").first()))
    return next((tie.coalition for tie in ties), None)
