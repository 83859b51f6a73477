"""Whose voice is missing: for each area of work, the regional groups from which no member works on it.

Where somebody of a group does, the subregions of it from which nobody does.

A gap is an invitation. Nothing here says that one region does better than another.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language

from jukwaa.coalitions.caching import kept
from jukwaa.coalitions.models import AreaOfWork, Coalition, Membership
from jukwaa.core.lists import in_a_row
from jukwaa.places.countries import COUNTRIES, subregion_name, subregions_of
from jukwaa.places.regions import UN_GROUPS, RegionalGroup

type Places = dict[str, set[str]]  # countries by regional group, "" where an organisation names none


@dataclass(frozen=True)
class Within:
    """A regional group that is there, and the subregions of it (UN M49) that are not."""

    group: RegionalGroup
    missing: list[str]

    @property
    def names(self) -> str:
        language = get_language() or "en"
        return in_a_row(subregion_name(code, language) for code in self.missing)


@dataclass(frozen=True)
class Gap:
    area: AreaOfWork
    missing: list[RegionalGroup]
    within: list[Within]

    @property
    def regions(self) -> str:
        return in_a_row(group.label for group in self.missing)


def gaps(coalition: Coalition, areas: Iterable[AreaOfWork]) -> list[Gap]:
    """Of areas in which somebody works: where nobody does, all are missing, and no region is pointed at."""
    there = _there(coalition)
    found = [_gap(area, there[area.pk]) for area in areas if area.pk in there]
    return [gap for gap in found if gap.missing or gap.within]


def works_from(coalition: Coalition, area: AreaOfWork, region: str) -> bool:
    """Whether a member from somewhere in the region works on it."""
    return region in _there(coalition).get(area.pk, {})


def _there(coalition: Coalition) -> dict[int, Places]:
    return kept(coalition, "places-of-areas", lambda: _places_of_areas(coalition))


def _gap(area: AreaOfWork, there: Places) -> Gap:
    missing = [group for group in UN_GROUPS if group not in there]
    within = [Within(group, _missing_in(group, there[group])) for group in UN_GROUPS if group in there]
    return Gap(area, missing, [each for each in within if each.missing])


def _missing_in(group: RegionalGroup, countries: set[str]) -> list[str]:
    """None where somebody works in the whole of it: who names no country may be anywhere."""
    if "" in countries:
        return []
    known = {COUNTRIES[code].subregion for code in countries if code in COUNTRIES}
    return [code for code in subregions_of(group) if code not in known]


def _places_of_areas(coalition: Coalition) -> dict[int, Places]:
    there: dict[int, Places] = {}
    rows = Membership.objects.active().filter(coalition=coalition, organisation__areas__isnull=False).order_by()
    columns = ("organisation__areas", "organisation__regional_group", "organisation__country")
    for area, group, country in rows.values_list(*columns).distinct():
        there.setdefault(area, defaultdict(set))[group].add(country)
    return there
