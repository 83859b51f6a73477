"""Whose voice is missing: for each area of work, the regional groups from which no member works on it.

A gap is an invitation. Nothing here says that one region does better than another.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from jukwaa.coalitions.caching import kept
from jukwaa.coalitions.models import AreaOfWork, Coalition, Membership
from jukwaa.places.regions import UN_GROUPS, RegionalGroup


@dataclass(frozen=True)
class Gap:
    area: AreaOfWork
    missing: list[RegionalGroup]

    @property
    def regions(self) -> str:
        return ", ".join(str(group.label) for group in self.missing)


def gaps(coalition: Coalition, areas: Iterable[AreaOfWork]) -> list[Gap]:
    """Of areas in which somebody works: where nobody does, all are missing, and no region is pointed at."""
    there = kept(coalition, "regions-of-areas", lambda: _regions_of_areas(coalition))
    found = [Gap(area, [group for group in UN_GROUPS if group not in there[area.pk]]) for area in areas]
    return [gap for gap in found if gap.missing and there[gap.area.pk]]


def _regions_of_areas(coalition: Coalition) -> dict[int, set[str]]:
    there: dict[int, set[str]] = defaultdict(set)
    rows = Membership.objects.active().filter(coalition=coalition, organisation__areas__isnull=False).order_by()
    for area, group in rows.values_list("organisation__areas", "organisation__regional_group").distinct():
        there[area].add(group)
    return there
