"""Taking down in which capacity somebody speaks: a row that later changes of the directory don't touch."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from jukwaa.accounts.erasing import lock_account
from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Capacity, Coalition, Membership, Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.places.regions import RegionalGroup, StakeholderGroup

OWN = "own"


def capacity_of(*, coalition: Coalition, person: Person | None, organisation: Organisation | None) -> Capacity:
    """The capacity of today: for the organisation where one is named, else the person's own.

    Raises ActionRefused for somebody who has been erased: their own name would stay.
    """
    if organisation is not None:
        known = {"name": organisation.name, **_known_of(organisation)}
        return Capacity.objects.create(coalition=coalition, person=person, organisation=organisation, **known)
    person = lock_account(person) if person else None
    own = Membership.objects.active().filter(coalition=coalition, person=person).first()
    return Capacity.objects.create(
        coalition=coalition,
        person=person,
        name=person.name if person and not person.is_minor else "",
        stakeholder_group=own.stakeholder_group if own else StakeholderGroup.UNKNOWN,
        country=own.country if own else "",
        regional_group=own.regional_group if own else RegionalGroup.UNKNOWN,
    )


def capacity_as_written(*, coalition: Coalition, name: str, organisation: Organisation | None = None) -> Capacity:
    """Somebody whom a source names: with what the directory knows of the organisation, if it is matched to one."""
    known = _known_of(organisation) if organisation else {}
    return Capacity.objects.create(coalition=coalition, organisation=organisation, name=name, **known)


def capacity_of_whom_is_asked(organisation: Organisation) -> Capacity:
    """What an organisation is on the day on which it is asked for something.

    It does not hold on to the organisation: whoever was only asked has not spoken, and the directory shows to the world
    whoever has.
    """
    return Capacity.objects.create(coalition=organisation.coalition, name=organisation.name, **_known_of(organisation))


def _known_of(organisation: Organisation) -> dict[str, str]:
    return {name: getattr(organisation, name) for name in ("stakeholder_group", "country", "regional_group")}


@dataclass(frozen=True)
class Choice:
    """One way to speak: `value` goes into the form, `label` stands beside it."""

    value: str
    label: str
    organisation: Organisation | None


def capacity_choices(standing: Standing) -> list[Choice]:
    """For each organisation that this person was confirmed in, or on one's own. Empty for a visitor."""
    if not standing.viewer.is_authenticated:
        return []
    through = [
        Choice(str(one.pk), _("on behalf of %(name)s") % {"name": one.name}, one) for one in standing.organisations
    ]
    return [*through, Choice(OWN, _("as an individual"), None)]
