"""Capacities, frozen when a person acts: later changes of the directory do not touch them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from jukwaa.accounts.erasure import lock_open_account
from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Capacity, Coalition, Membership, Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.places.regions import RegionalGroup, StakeholderGroup

INDIVIDUAL_CAPACITY_VALUE = "own"


def create_capacity(*, coalition: Coalition, person: Person | None, organisation: Organisation | None) -> Capacity:
    """The capacity of today: for the organisation where one is named, else the person's own.

    Raises ActionRefused for somebody who has been erased: their own name would stay.
    """
    if organisation is not None:
        known = {"name": organisation.name, **_get_directory_facts(organisation)}
        return Capacity.objects.create(coalition=coalition, person=person, organisation=organisation, **known)
    person = lock_open_account(person) if person else None
    own = Membership.objects.active().filter(coalition=coalition, person=person).first()
    return Capacity.objects.create(
        coalition=coalition,
        person=person,
        name=person.name if person and not person.is_minor else "",
        stakeholder_group=own.stakeholder_group if own else StakeholderGroup.UNKNOWN,
        country=own.country if own else "",
        regional_group=own.regional_group if own else RegionalGroup.UNKNOWN,
    )


def create_capacity_from_source(
    *, coalition: Coalition, person_name: str, organisation: Organisation | None = None
) -> Capacity:
    """Somebody whom a source names: with what the directory knows of the organisation, if it is matched to one."""
    known = _get_directory_facts(organisation) if organisation else {}
    return Capacity.objects.create(coalition=coalition, organisation=organisation, name=person_name, **known)


def create_invitee_capacity(organisation: Organisation) -> Capacity:
    """Create the capacity of an organisation on the day it is invited.

    It does not hold on to the organisation: whoever was only asked has not spoken, and the directory shows to the world
    whoever has.
    """
    return Capacity.objects.create(
        coalition=organisation.coalition, name=organisation.name, **_get_directory_facts(organisation)
    )


def _get_directory_facts(organisation: Organisation) -> dict[str, str]:
    return {name: getattr(organisation, name) for name in ("stakeholder_group", "country", "regional_group")}


@dataclass(frozen=True)
class CapacityChoice:
    """One way to speak: `value` goes into the form, `label` stands beside it."""

    value: str
    label: str
    organisation: Organisation | None


def build_capacity_choices(viewer_standing: Standing) -> list[CapacityChoice]:
    """For each organisation that this person was confirmed in, or on one's own. Empty for a visitor."""
    if not viewer_standing.viewer.is_authenticated:
        return []
    through = [
        CapacityChoice(str(one.pk), _("on behalf of %(name)s") % {"name": one.name}, one)
        for one in viewer_standing.organisations
    ]
    return [*through, CapacityChoice(INDIVIDUAL_CAPACITY_VALUE, _("as an individual"), None)]
