"""Where something is seen, and who is from there: by what an organisation says of itself, else by its country."""

from collections.abc import Iterable
from dataclasses import dataclass

from jukwaa.coalitions.caching import kept
from jukwaa.coalitions.capacities import Choice, capacity_choices
from jukwaa.coalitions.models import Membership
from jukwaa.coalitions.standing import Standing
from jukwaa.places.countries import group_of
from jukwaa.places.regions import UN_GROUPS, RegionalGroup
from jukwaa.records.models import Record


@dataclass(frozen=True)
class Place:
    """Of an organisation, or of a person on their own."""

    country: str
    group: str

    @property
    def region(self) -> str:
        """The group that somebody says goes before that of their country, also where it is no region."""
        return group_of(self.country) if self.group == RegionalGroup.UNKNOWN else self.group

    def is_in(self, countries: Iterable[str]) -> bool:
        """One of these countries, or in the region of one of them."""
        return self.country in countries or self.region in regions_of(countries)


def regions_of(countries: Iterable[str]) -> list[RegionalGroup]:
    """In the order of the groups; none for what is no country today, or in no group."""
    groups = {group_of(code) for code in countries}
    return [group for group in UN_GROUPS if group in groups]


def choices_from_there(standing: Standing, observation: Record) -> list[Choice]:
    """In which capacities this viewer may speak to it: from there, and not for whoever wrote it."""
    offered = capacity_choices(standing)
    if not offered:
        return []
    wrote = observation.authorships.all()
    whose = {author.capacity.organisation_id for author in wrote if author.capacity}
    if any(author.person_id == standing.viewer.pk for author in wrote):
        return []
    belongs = any(one.pk in whose for one in standing.organisations)
    return [
        choice
        for choice in offered
        if (choice.organisation.pk not in whose if choice.organisation else not belongs)
        and _place_of(standing, choice).is_in(observation.countries)
    ]


def _place_of(standing: Standing, choice: Choice) -> Place:
    if choice.organisation:
        return Place(choice.organisation.country, choice.organisation.regional_group)
    return kept(standing.coalition, f"own-place-{standing.viewer.pk}", lambda: _own_place(standing))


def _own_place(standing: Standing) -> Place:
    own = Membership.objects.active().filter(coalition=standing.coalition, person=standing.viewer.pk).first()
    return Place(own.country, own.regional_group) if own else Place("", RegionalGroup.UNKNOWN)
