"""Whose voice is missing: for each area of work, the regional groups from which no member works on it.

Where somebody of a group does, the subregions of it from which nobody does.

A gap is an invitation. Nothing here says that one region does better than another.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language

from jukwaa.coalitions.caching import get_or_build_cached
from jukwaa.coalitions.models import AreaOfWork, Coalition, Membership
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.places.countries import COUNTRIES_BY_CODE, get_subregion_name, get_subregions_of_group
from jukwaa.places.regions import UN_REGIONAL_GROUPS, RegionalGroup

type CountriesByGroup = dict[str, set[str]]  # countries by regional group, "" where an organisation names none


@dataclass(frozen=True)
class MissingSubregions:
    """A regional group that is there, and the subregions of it (UN M49) that are not."""

    group: RegionalGroup
    missing: list[str]

    @property
    def names(self) -> str:
        language = get_language() or "en"
        return join_with_separator(get_subregion_name(code, language) for code in self.missing)


@dataclass(frozen=True)
class CoverageGap:
    area: AreaOfWork
    missing: list[RegionalGroup]
    within: list[MissingSubregions]

    @property
    def regions(self) -> str:
        return join_with_separator(group.label for group in self.missing)


def find_coverage_gaps(coalition: Coalition, areas_of_work: Iterable[AreaOfWork]) -> list[CoverageGap]:
    """Of areas in which somebody works: where nobody does, all are missing, and no region is pointed at."""
    there = _load_countries_by_area(coalition)
    found = [_build_coverage_gap(area, there[area.pk]) for area in areas_of_work if area.pk in there]
    return [gap for gap in found if gap.missing or gap.within]


def has_member_from_region(coalition: Coalition, area_of_work: AreaOfWork, region: str) -> bool:
    """Whether a member from somewhere in the region works on it."""
    return region in _load_countries_by_area(coalition).get(area_of_work.pk, {})


def _load_countries_by_area(coalition: Coalition) -> dict[int, CountriesByGroup]:
    return get_or_build_cached(coalition, "places-of-areas", lambda: _query_countries_by_area(coalition))


def _build_coverage_gap(area_of_work: AreaOfWork, countries_by_group: CountriesByGroup) -> CoverageGap:
    missing = [group for group in UN_REGIONAL_GROUPS if group not in countries_by_group]
    within = [
        MissingSubregions(group, _find_missing_subregions(group, countries_by_group[group]))
        for group in UN_REGIONAL_GROUPS
        if group in countries_by_group
    ]
    return CoverageGap(area_of_work, missing, [each for each in within if each.missing])


def _find_missing_subregions(regional_group: RegionalGroup, covered_countries: set[str]) -> list[str]:
    """None where somebody works in the whole of it: who names no country may be anywhere."""
    if "" in covered_countries:
        return []
    known = {COUNTRIES_BY_CODE[code].subregion for code in covered_countries if code in COUNTRIES_BY_CODE}
    return [code for code in get_subregions_of_group(regional_group) if code not in known]


def _query_countries_by_area(coalition: Coalition) -> dict[int, CountriesByGroup]:
    there: dict[int, CountriesByGroup] = {}
    rows = Membership.objects.active().filter(coalition=coalition, organisation__areas__isnull=False).order_by()
    columns = ("organisation__areas", "organisation__regional_group", "organisation__country")
    for area, group, country in rows.values_list(*columns).distinct():
        there.setdefault(area, defaultdict(set))[group].add(country)
    return there
