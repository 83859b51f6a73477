"""The contact people of organisations, from a whole table: entered and confirmed in one step."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied

from jukwaa.accounts.models import Person
from jukwaa.coalitions import policies
from jukwaa.coalitions.actions.mailing_list import get_or_create_people
from jukwaa.coalitions.activities import action, record_activities
from jukwaa.coalitions.departures import sync_person_departures
from jukwaa.coalitions.imports.contact_parsing import ContactPerson
from jukwaa.coalitions.imports.name_writing import choose_person_name
from jukwaa.coalitions.models import Affiliation, Coalition, Organisation
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.dates import get_utc_date
from jukwaa.places.text_folding import fold_text

BATCH_SIZE = 500
FILLABLE_CONTACT_FIELDS = ("position", "phone")

type ContactEntry = tuple[Organisation, ContactPerson]


@action
def add_contact_people(
    *, actor: Person, coalition: Coalition, contact_entries: Sequence[ContactEntry], can_represent: bool
) -> list[Affiliation]:
    """Enter who belongs to which organisation, confirmed by the coordinator who imports them, and return these ties.

    A known person keeps their name and what the directory says of their position; what it lacks is added. A
    person who can sign in, and who is recognised by name alone, gets no confirmation and no right: everybody chooses
    their own name. The caller leaves out those who were removed from the coalition.
    """
    if not policies.can_add_person(ViewerContext(actor), coalition):
        raise PermissionDenied
    open_ties = _get_open_affiliations({organisation.pk for organisation, _contact in contact_entries})
    people = _get_or_create_contacts(contact_entries, open_ties)
    by_pair = {(tie.person_id, tie.organisation_id): tie for tie in open_ties}
    changed: dict[tuple[int, int], Affiliation] = {}
    for (organisation, contact), person in zip(contact_entries, people, strict=True):
        pair = (person.pk, organisation.pk)
        tie = by_pair.setdefault(pair, Affiliation(person=person, organisation=organisation))
        for name in FILLABLE_CONTACT_FIELDS:
            setattr(tie, name, getattr(tie, name) or getattr(contact, name))
        tie.no_invitations = Affiliation.choose_objection(tie.no_invitations, contact.no_invitations)
        if contact.email or person.email is None:
            tie.may_speak = tie.may_speak or (can_represent and not person.is_minor)
            tie.confirmed_on, tie.confirmed_by = get_utc_date(), actor
        changed[pair] = tie
    known_pairs = {(tie.person_id, tie.organisation_id) for tie in open_ties}
    new = [tie for pair, tie in changed.items() if pair not in known_pairs]
    known = [tie for pair, tie in changed.items() if pair in known_pairs]
    Affiliation.objects.bulk_create(new, batch_size=BATCH_SIZE)
    columns = [*FILLABLE_CONTACT_FIELDS, "no_invitations", "may_speak", "confirmed_on", "confirmed_by"]
    Affiliation.objects.bulk_update(known, columns, batch_size=BATCH_SIZE)
    sync_person_departures(coalition, {person.pk for person in people if person.former_in})
    record_activities(actor=actor, verb="enrolled", activity_subjects=new, coalition=coalition)
    return [
        changed[person.pk, organisation.pk]
        for (organisation, _contact), person in zip(contact_entries, people, strict=True)
    ]


def _get_open_affiliations(organisation_ids: set[int]) -> list[Affiliation]:
    rows = Affiliation.objects.filter(ends_on__isnull=True, organisation__in=organisation_ids)
    return list(rows.select_related("person", "organisation"))


def _get_or_create_contacts(
    contact_entries: Sequence[ContactEntry], open_affiliations: Sequence[Affiliation]
) -> list[Person]:
    """By their addresses. Of those without one, the person of this name in this organisation, or somebody new."""
    by_address = get_or_create_people(_choose_names_by_address(contact_entries))
    named = _find_people_by_organisation_and_name(open_affiliations)
    for organisation, contact in reversed(contact_entries):
        if contact.email:
            named[organisation.pk, fold_text(contact.name)] = by_address[contact.email]
    new: dict[tuple[int, str], Person] = {}
    for organisation, contact in contact_entries:
        key = (organisation.pk, fold_text(contact.name))
        if not contact.email and key not in named and key not in new:
            new[key] = Person(email=None, name=contact.name, language="")
            new[key].set_unusable_password()
    Person.objects.bulk_create(new.values(), batch_size=BATCH_SIZE)
    without_address = {**new, **named}
    return [
        by_address[contact.email] if contact.email else without_address[one.pk, fold_text(contact.name)]
        for one, contact in contact_entries
    ]


def _choose_names_by_address(contact_entries: Sequence[ContactEntry]) -> dict[str, str]:
    """The first name with each address, in its better writing."""
    names: dict[str, str] = {}
    for _organisation, contact in contact_entries:
        if contact.email:
            first_name = names.setdefault(contact.email, contact.name)
            names[contact.email] = choose_person_name(first_name, contact.name)
    return names


def _find_people_by_organisation_and_name(open_affiliations: Sequence[Affiliation]) -> dict[tuple[int, str], Person]:
    """Return who is known by a name in an organisation: one who can't sign in, or else the only one confirmed there.

    A claim that nobody confirmed says nothing: it may be made under anybody's name.
    """
    without_address: dict[tuple[int, str], Person] = {}
    confirmed: dict[tuple[int, str], list[Person]] = {}
    for tie in open_affiliations:
        key = (tie.organisation_id, fold_text(tie.person.name))
        if tie.person.name and tie.person.email is None:
            without_address.setdefault(key, tie.person)
        elif tie.person.name and tie.confirmed_on:
            confirmed.setdefault(key, []).append(tie.person)
    return {key: people[0] for key, people in confirmed.items() if len(people) == 1} | without_address
