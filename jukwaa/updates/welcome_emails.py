"""Send the first email to people whom others have entered: by whom, what is stored, how to be removed or sign in."""

from datetime import timedelta

from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.display_names import get_public_name
from jukwaa.coalitions.models import Activity, Affiliation, Coalition, ImportChange, ListEntry, Membership, Role
from jukwaa.core.transactions import atomic_with_retry
from jukwaa.updates import email_links
from jukwaa.updates.models import FirstMail
from jukwaa.updates.notification_emails import (
    get_mail_address,
    get_mail_language,
    is_mail_held,
    queue_notification_letter,
)

PEOPLE_PER_BATCH = 200
WAIT_AFTER_IMPORT = timedelta(hours=24)  # so that an import can still be undone


def send_welcome_emails() -> int:
    """Write a first mail to everybody who was never told, and who never came here by themselves."""
    just_imported = ImportChange.objects.people_added_since(timezone.now() - WAIT_AFTER_IMPORT)
    reachable = Q(email__isnull=False) | Q(is_minor=True, adult_contact__email__isnull=False)
    untold = Person.objects.filter(
        reachable, told_at=None, last_login=None, is_active=True, erased_at=None, first_mail__isnull=True
    )
    untold = untold.exclude(pk__in=just_imported)
    return sum(
        _send_welcome_email(person)
        for person in untold.select_related("adult_contact").order_by("pk")[:PEOPLE_PER_BATCH]
    )


@atomic_with_retry
def _send_welcome_email(person: Person) -> int:
    coalition = _find_coalition_of_person(person)
    if coalition is None or not FirstMail.objects.get_or_create(person=person, defaults={"coalition": coalition})[1]:
        return 0
    with translation.override(get_mail_language(person)):
        left_at = queue_notification_letter(
            coalition=coalition,
            person=person,
            to=get_mail_address(person),
            key=f"first:{person.pk}",
            subject=_("%(name)s has added you to its directory") % {"name": coalition.name},
            body=render_to_string("updates/email/first.txt", _build_context(person, coalition)).strip() + "\n",
            held=is_mail_held(coalition),
            is_first=True,
        )
    if left_at is not None:
        Person.objects.filter(pk=person.pk, told_at=None).update(told_at=timezone.now())
    return 1


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


def _build_context(person: Person, coalition: Coalition) -> dict[str, object]:
    return {
        "person": person,
        "coalition": coalition,
        "who": _describe_welcome_author(person, coalition),
        "kept": list_kept_data(person, coalition),
        "front": email_links.build_absolute_url(coalition.get_absolute_url()),
        "sign_in": email_links.build_absolute_url(reverse("account_login")),
        "notice": email_links.build_absolute_url(reverse("notices:notice_detail", args=[coalition.slug, "privacy"])),
        "take_out": email_links.build_email_link(
            email_links.REMOVE_PERSON_PURPOSE, "updates:take_out", person=person.pk, coalition=coalition.pk
        ),
    }


def _describe_welcome_author(person: Person, coalition: Coalition) -> str:
    """By name where the public knows it; otherwise it was a coordinator."""
    entries = ListEntry.objects.filter(person=person).values("pk")
    entered = Q(kind="person", verb="added", object_id=person.pk) | Q(kind="listentry", object_id__in=entries)
    activities = Activity.objects.filter(entered, coalition=coalition).select_related("actor__merged_into")
    activity = activities.order_by("pk").first()
    name = get_public_name(activity.actor.current, None) if activity and activity.actor else ""
    return name or _("A coordinator")


def list_kept_data(person: Person, coalition: Coalition) -> list[str]:
    """What is kept, a sentence each."""
    affiliations = Affiliation.objects.in_force().filter(person=person, organisation__coalition=coalition)
    roles = Role.objects.in_force().filter(person=person, coalition=coalition)
    kept = [_("Your name: %(name)s.") % {"name": person.name}] if person.name else []
    kept += [_("Your email address: %(address)s.") % {"address": person.email}] if person.email else []
    for row in affiliations:
        kept.append(_("Your affiliation with %(organisation)s.") % {"organisation": row.organisation})
        kept += [_("Your position: %(position)s.") % {"position": row.position}] if row.position else []
        kept += [_("Your phone number: %(phone)s.") % {"phone": row.phone}] if row.phone else []
    kept += [_("Your role: %(role)s.") % {"role": role.get_kind_display()} for role in roles]
    if Membership.objects.active().filter(person=person, coalition=coalition).exists():
        kept.append(_("Your membership as an individual."))
    if ListEntry.objects.filter(person=person, coalition=coalition, ends_on=None).exists():
        kept.append(_("Your place on its mailing list."))
    return kept
