"""Where something is seen, and who is from there: by what an organisation says of itself, else by its country."""

from collections.abc import Iterable
from dataclasses import dataclass

from jukwaa.coalitions.caching import get_or_build_cached
from jukwaa.coalitions.capacities import CapacityChoice, capacity_choices
from jukwaa.coalitions.models import Membership
from jukwaa.coalitions.standing import Standing
from jukwaa.places.countries import get_regional_group
from jukwaa.places.regions import UN_GROUPS, RegionalGroup
from jukwaa.records.models import Record


@dataclass(frozen=True)
class SpeakerOrigin:
    """Of an organisation, or of a person on their own."""

    country: str
    group: str

    @property
    def region(self) -> str:
        """The group that somebody says goes before that of their country, also where it is no region."""
        return get_regional_group(self.country) if self.group == RegionalGroup.UNKNOWN else self.group

    def is_in(self, country_codes: Iterable[str]) -> bool:
        """One of these countries, or in the region of one of them."""
        return self.country in country_codes or self.region in get_regional_groups(country_codes)


def get_regional_groups(country_codes: Iterable[str]) -> list[RegionalGroup]:
    """In the order of the groups; none for what is no country today, or in no group."""
    groups = {get_regional_group(code) for code in country_codes}
    return [group for group in UN_GROUPS if group in groups]


def get_eligible_capacities(standing: Standing, observation: Record) -> list[CapacityChoice]:
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
        and _get_capacity_origin(standing, choice).is_in(observation.countries)
    ]


def _get_capacity_origin(standing: Standing, capacity_choice: CapacityChoice) -> SpeakerOrigin:
    if capacity_choice.organisation:
        return SpeakerOrigin(capacity_choice.organisation.country, capacity_choice.organisation.regional_group)
    return get_or_build_cached(standing.coalition, f"own-place-{standing.viewer.pk}", lambda: _get_own_origin(standing))


def _get_own_origin(standing: Standing) -> SpeakerOrigin:
    own = Membership.objects.active().filter(coalition=standing.coalition, person=standing.viewer.pk).first()
    return SpeakerOrigin(own.country, own.regional_group) if own else SpeakerOrigin("", RegionalGroup.UNKNOWN)
