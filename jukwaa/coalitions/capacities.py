"""Taking down in which capacity somebody speaks: a row that later changes of the directory don't touch."""

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Capacity, Coalition, Membership, Organisation
from jukwaa.places.regions import RegionalGroup, StakeholderGroup


def capacity_of(*, coalition: Coalition, person: Person | None, organisation: Organisation | None) -> Capacity:
    """The capacity of today: for the organisation where one is named, else the person's own."""
    if organisation is not None:
        return Capacity.objects.create(
            coalition=coalition,
            person=person,
            organisation=organisation,
            name=organisation.name,
            stakeholder_group=organisation.stakeholder_group,
            country=organisation.country,
            regional_group=organisation.regional_group,
        )
    own = Membership.objects.active().filter(coalition=coalition, person=person).first()
    return Capacity.objects.create(
        coalition=coalition,
        person=person,
        name=person.name if person else "",
        stakeholder_group=own.stakeholder_group if own else StakeholderGroup.UNKNOWN,
        country=own.country if own else "",
        regional_group=own.regional_group if own else RegionalGroup.UNKNOWN,
    )


def capacity_as_written(*, coalition: Coalition, name: str, organisation: Organisation | None = None) -> Capacity:
    """Somebody whom a source names: with what the directory knows of the organisation, if it is matched to one."""
    return Capacity.objects.create(
        coalition=coalition,
        organisation=organisation,
        name=name,
        stakeholder_group=organisation.stakeholder_group if organisation else StakeholderGroup.UNKNOWN,
        country=organisation.country if organisation else "",
        regional_group=organisation.regional_group if organisation else RegionalGroup.UNKNOWN,
    )
