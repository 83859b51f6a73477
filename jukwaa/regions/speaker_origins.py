"""Where something is seen, and who is from there: by what an organisation says of itself, else by its country."""

from collections.abc import Iterable
from dataclasses import dataclass

from jukwaa.coalitions.caching import get_or_build_cached
from jukwaa.coalitions.capacities import CapacityChoice, build_capacity_choices
from jukwaa.coalitions.models import Membership
from jukwaa.coalitions.standing import Standing
from jukwaa.places.countries import get_regional_group
from jukwaa.places.regions import UN_REGIONAL_GROUPS, RegionalGroup
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
    return [group for group in UN_REGIONAL_GROUPS if group in groups]


def get_eligible_capacities(viewer_standing: Standing, observation: Record) -> list[CapacityChoice]:
    """In which capacities this viewer may speak to it: from there, and not for whoever wrote it."""
    offered = build_capacity_choices(viewer_standing)
    if not offered:
        return []
    wrote = observation.authorships.all()
    whose = {author.capacity.organisation_id for author in wrote if author.capacity}
    if any(author.person_id == viewer_standing.viewer.pk for author in wrote):
        return []
    belongs = any(one.pk in whose for one in viewer_standing.organisations)
    return [
        choice
        for choice in offered
        if (choice.organisation.pk not in whose if choice.organisation else not belongs)
        and _get_capacity_origin(viewer_standing, choice).is_in(observation.countries)
    ]


def _get_capacity_origin(viewer_standing: Standing, capacity_choice: CapacityChoice) -> SpeakerOrigin:
    if capacity_choice.organisation:
        return SpeakerOrigin(capacity_choice.organisation.country, capacity_choice.organisation.regional_group)
    return get_or_build_cached(
        viewer_standing.coalition, f"own-place-{viewer_standing.viewer.pk}", lambda: _get_own_origin(viewer_standing)
    )


def _get_own_origin(viewer_standing: Standing) -> SpeakerOrigin:
    own = (
        Membership.objects.active()
        .filter(coalition=viewer_standing.coalition, person=viewer_standing.viewer.pk)
        .first()
    )
    return SpeakerOrigin(own.country, own.regional_group) if own else SpeakerOrigin("", RegionalGroup.UNKNOWN)
