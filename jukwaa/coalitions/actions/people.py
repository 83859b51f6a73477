"""People whom others enter, and how one is taken out again."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from jukwaa.accounts.earlier_addresses import find_person_by_address
from jukwaa.accounts.erased_identities import block_identity_in_coalition
from jukwaa.accounts.erasure import erase_person
from jukwaa.accounts.models import Person
from jukwaa.coalitions import policies
from jukwaa.coalitions.actions.minors import mark_under_18
from jukwaa.coalitions.actions.roles import require_other_coordinator
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.departures import (
    Participation,
    get_open_participations,
    hide_person_name,
    set_name_shown_after_leaving,
    sync_person_departures,
)
from jukwaa.coalitions.models import Affiliation, Coalition, ListEntry, Membership, Organisation, Role
from jukwaa.coalitions.other_coalitions import belongs_to_other_coalition
from jukwaa.coalitions.refusals import refuse_future_start, refuse_removed_person
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.dates import get_utc_date
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row, lock_rows
from jukwaa.mail import actions as mail


@dataclass(frozen=True, kw_only=True)
class PersonFacts:
    """Somebody whom a coordinator enters: a name, and a mail address only where there is one."""

    name: str
    email: str = ""
    is_minor: bool = False
    adult_contact: Person | None = None


@action
def add_person(
    *,
    actor: Person,
    coalition: Coalition,
    facts: PersonFacts,
    organisation: Organisation | None = None,
    position: str = "",
    role: str = "",
    can_represent: bool = False,
    starts_on: date | None = None,
) -> Person:
    """Enter a person through an organisation, in a role, or both; the first mail will tell them (`told_at`).

    A mail address that is known is that person's, who keeps the name they gave themselves.
    """
    if not policies.can_add_person(ViewerContext(actor), coalition):
        raise PermissionDenied
    if organisation is None and not role:
        raise ActionRefused(_("Choose an organisation, a role, or both for this person."), "organisation")
    if organisation is not None and organisation.coalition_id != coalition.pk:
        raise PermissionDenied
    if organisation is not None:
        refuse_future_start(starts_on)
    person = get_or_create_person(facts, coalition)
    if role and (facts.is_minor or person.is_minor):
        raise ActionRefused(
            _(
                "Choose a person who is 18 or older for this role. Roles are public, and people under 18 are"
                " never shown."
            ),
            "role",
        )
    person = _mark_if_minor(actor, coalition, facts, person)
    if organisation is not None:
        affiliation, _new = Affiliation.objects.get_or_create(
            person=person,
            organisation=organisation,
            ends_on=None,
            defaults={"position": position, "starts_on": starts_on},
        )
        affiliation.may_speak = can_represent
        affiliation.confirmed_on, affiliation.confirmed_by = get_utc_date(), actor
        affiliation.save()
    if role:
        Role.objects.get_or_create(
            coalition=coalition, person=person, kind=role, ends_on=None, defaults={"starts_on": starts_on}
        )
    sync_person_departures(coalition, [person.pk])
    record_activity(actor=actor, verb="added", subject=person, coalition=coalition)
    return person


@action
def change_person(
    *, actor: Person, coalition: Coalition, person: Person, name: str, email: str = "", language: str = ""
) -> Person:
    """Correct name, address and language of a person whom others entered. Pages and minutes hold the person, not these.

    Without an address or a language, the one they have stays. Links in emails to the earlier address no longer sign in.
    Raises PermissionDenied, and ActionRefused for whoever has signed in or belongs to another coalition as well.
    """
    if not policies.can_change_person(ViewerContext(actor), Membership(coalition=coalition, person=person)):
        raise PermissionDenied
    current = lock_row(person)
    if current.last_login or current.erased_at or belongs_to_other_coalition(coalition, current):
        raise ActionRefused(_("Only the person can change their name and address, in their own settings."), "name")
    old, address = current.email, email.strip().lower() or current.email
    if (current.name, old, current.language) == (name, address, language or current.language):
        return current
    if address != old:
        _refuse_taken_address(current, address or "", coalition)
    current.name, current.email, current.language = name, address, language or current.language
    current.save(update_fields=["name", "email", "language"])
    if old and address and address != old:
        mail.move_emails_to_new_address(old_email=old, new_email=address)
        bounced = Affiliation.InvitationObjection.BOUNCED  # the new address may work
        current.affiliations.filter(no_invitations=bounced).update(no_invitations="")
    record_activity(actor=actor, verb="changed", subject=current, coalition=coalition)
    return current


@action
def remove_person(*, actor: Person, coalition: Coalition, person: Person, keeps_name: bool | None = None) -> Person:
    """Take somebody out of this coalition at once: what they were here ends, and the list forgets them.

    What they said stays in the record. Only the person can say whether it keeps their name (`keeps_name`); otherwise
    the record calls them a former representative. If nothing else holds them (another coalition, an account that they
    use), name and address are erased. Repeating changes nothing but this choice.
    """
    if not policies.can_remove_person(ViewerContext(actor), Membership(coalition=coalition, person=person)):
        raise PermissionDenied
    yesterday = get_utc_date() - timedelta(days=1)
    for role in Role.objects.in_force().filter(coalition=coalition, person=person):
        require_other_coordinator(role, get_utc_date())
    ended = sum(_end_participation_row(row, yesterday) for row in get_open_participations(coalition, person))
    entries = ListEntry.objects.filter(coalition=coalition, person=person)
    ended += entries.update(starts_on=yesterday, ends_on=yesterday)  # they go once the name is hidden
    if person.erased_at is None:
        block_identity_in_coalition(person, coalition.pk)
    was_named = coalition.pk not in person.former_in
    if keeps_name is not None and actor == person:
        set_name_shown_after_leaving(coalition, person, keeps_name_shown=keeps_name)
    hide_person_name(coalition, person)
    erased = (
        not _belongs_elsewhere_or_is_guardian(coalition, person)
        and person.erased_at is None
        and person.last_login is None
    )
    if erased:
        erase_person(person)
    entries.delete()
    if ended or erased or was_named != (coalition.pk not in person.former_in):
        record_activity(actor=actor, verb="took-out", subject=person, coalition=coalition)
    return person


@action
def remove_person_again(*, coalition: Coalition, person: Person) -> bool:
    """Take somebody out whom an older backup brought back. Return whether anything of this coalition held them.

    Whoever is the last in a role is taken out as well: `jukwaa doctor` says which roles nobody holds.
    """
    yesterday = get_utc_date() - timedelta(days=1)
    ended = sum(_end_participation_row(row, yesterday) for row in get_open_participations(coalition, person))
    entries = ListEntry.objects.filter(coalition=coalition, person=person)
    ended += entries.update(starts_on=yesterday, ends_on=yesterday)  # they go once the name is hidden
    hide_person_name(coalition, person)
    entries.delete()
    block_identity_in_coalition(person, coalition.pk)
    if ended:
        record_activity(actor=None, verb="took-out", subject=person, coalition=coalition)
    return bool(ended)


def _refuse_taken_address(person: Person, address: str, coalition: Coalition) -> None:
    refuse_removed_person(address, coalition)
    if Person.objects.with_address(address).exclude(pk=person.pk).exists():
        raise ActionRefused(_("Enter another email address. This one belongs to another person."), "email")


def get_or_create_person(person_facts: PersonFacts, coalition: Coalition) -> Person:
    """Whoever has this address or had it last, else somebody new whom nobody has told yet.

    Raises ActionRefused for an address whose owner was taken out of the coalition, or erased.
    """
    known = _lock_person_by_email(person_facts.email) or _lock_person_by_email(
        person_facts.email
    )  # again: two accounts may just have been merged
    refuse_removed_person(
        person_facts.email, coalition
    )  # after the lock: who was being erased meanwhile is known to be by now
    if person_facts.is_minor and person_facts.adult_contact is None and not (known and known.is_minor):
        raise ActionRefused(_("Enter an adult contact. We email them instead of the person under 18."), "adult_contact")
    # They have chosen no language yet: emails are written in that of the coalition.
    person: Person = known or Person.objects.create_user(
        email=person_facts.email or None, name=person_facts.name, language=""
    )
    return person


def _lock_person_by_email(address: str) -> Person | None:
    found = find_person_by_address(address)
    known: Person | None = lock_rows(Person.objects.filter(pk=found.pk, erased_at=None)).first() if found else None
    return known


def _mark_if_minor(actor: Person, coalition: Coalition, person_facts: PersonFacts, person: Person) -> Person:
    """Somebody entered as under 18 is marked, whether they were known before or not."""
    if not person_facts.is_minor or person_facts.adult_contact is None:
        return person
    return mark_under_18(
        actor=actor,
        coalition=coalition,
        person=person,
        adult_contact=person_facts.adult_contact,
        reason=_("The person was added as under 18."),
    )


def _end_participation_row(participation: Participation, last_day: date) -> int:
    """The last day is yesterday, so that it opens nothing today; what began today then lasted no day at all."""
    participation.ends_on = last_day
    if participation.starts_on and participation.starts_on > last_day:
        participation.starts_on = last_day
    if isinstance(participation, Membership):
        participation.standing = Membership.Standing.LEFT
    if isinstance(participation, Affiliation):
        participation.phone = ""
    participation.save()
    return 1


def _belongs_elsewhere_or_is_guardian(coalition: Coalition, person: Person) -> bool:
    return belongs_to_other_coalition(coalition, person) or person.looks_after.filter(erased_at__isnull=True).exists()
