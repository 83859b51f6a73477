"""Whether the owner of a commitment is still here to answer for it."""

from django.db.models import Exists, OuterRef, Q

from jukwaa.accounts.models import Person
from jukwaa.coalitions.known_people import KnownPeople
from jukwaa.coalitions.models import Affiliation, Coalition, Membership, Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.core.refusals import ActionRefused
from jukwaa.meetings.models import Commitment


def is_organisation_represented(organisation: Organisation | None) -> bool:
    """Whether somebody may answer for the organisation today."""
    if organisation is None:
        return False
    return Affiliation.objects.confirmed().filter(organisation=organisation, may_speak=True).exists()


def find_owner_by_name(owner_name: str, coalition: Coalition) -> Person | None:
    """Return the one adult of exactly this name who has a seat or a role, and so can own a commitment on their own."""
    person = KnownPeople(coalition).find(owner_name)
    return person if person is not None and Standing(person, coalition).is_inside else None


def is_known_person(owner_name: str, coalition: Coalition) -> bool:
    """Whether it is the name of a person whom the coalition knows: nobody else may answer in their name."""
    try:
        return KnownPeople(coalition).find(owner_name) is not None
    except ActionRefused:
        return True


def has_active_owner(commitment: Commitment) -> bool:
    """Whether somebody owns it who has neither declined it nor left."""
    if commitment.owner_id is None or commitment.needs_owner:
        return False
    return not Commitment.objects.filter(build_ownerless_condition(), pk=commitment.pk).exists()


def build_ownerless_condition() -> Q:
    """Return the condition for commitments whose owner has declined or left, or whose responsible person has left."""
    return Q(needs_owner=True) | build_owner_has_left_condition() | build_responsible_has_left_condition()


def build_owner_has_left_condition() -> Q:
    """Whether the organisation, or the person on their own, had a seat and has it no longer, or was erased."""
    seats = Membership.objects.filter(coalition=OuterRef("entry__coalition"))
    of_organisation = seats.filter(organisation=OuterRef("owner__organisation"))
    of_person = seats.filter(person=OuterRef("owner__person"))
    organisation = Exists(of_organisation.ever_belonged()) & ~Exists(of_organisation.active())
    person = Exists(of_person.ever_belonged()) & ~Exists(of_person.active())
    alone = Q(owner__organisation=None)
    return Q(organisation) | Q(alone & person) | Q(alone, owner__person__erased_at__isnull=False)


def build_responsible_has_left_condition() -> Q:
    """Whether the person responsible no longer belongs to the organisation that owns it."""
    ties = Affiliation.objects.in_force().filter(
        person=OuterRef("responsible"), organisation=OuterRef("owner__organisation")
    )
    return Q(~Exists(ties), responsible__isnull=False, owner__organisation__isnull=False)
