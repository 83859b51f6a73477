"""What the worker counted ahead, as it is stored: JSON, squeezed to a fifth."""

import json
import time
import zlib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from jukwaa.coalitions.models import Coalition
from jukwaa.places.regions import StakeholderGroup
from jukwaa.regions.circles import Circle
from jukwaa.regions.counting import Counts, Covered, Read, count, read
from jukwaa.regions.measures import MEASURES
from jukwaa.regions.models import Figures

ALL = ""  # the part of all years
SECONDS = 1  # of counting at a beat of the worker: other jobs wait meanwhile

type Part = Mapping[str, Any]


def count_ahead() -> None:
    """For coalitions in which something was written since, or a day has begun; what time is too short for waits."""
    over = time.monotonic() + SECONDS
    today = timezone.localdate()
    last = Figures.objects.filter(coalition=OuterRef("pk"), revision=OuterRef("revision"), day=today, part=ALL)
    for coalition in Coalition.objects.exclude(Exists(last)).order_by("?").iterator():
        _store(coalition, today)
        if time.monotonic() > over:
            break


def _store(coalition: Coalition, day: date) -> None:
    """All of it in one statement, and counted before: nobody who writes waits for the counting.

    The revision was read first: if something is written meanwhile, these are figures of a revision that is gone.
    """
    rows = [
        Figures(coalition=coalition, circle=circle, part=name, revision=coalition.revision, day=day, data=data)
        for circle in Circle
        for name, data in _counted_now(coalition, circle)
    ]
    Figures.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["coalition", "circle", "part"],
        update_fields=["revision", "day", "data"],
    )


def _counted_now(coalition: Coalition, circle: Circle) -> Iterator[tuple[str, bytes]]:
    """Each measure in all years, each year of all measures, and what was read of each stakeholder group."""
    found = read(circle, coalition)
    by_year = years_of(found)
    for year, counts in by_year.items():
        yield year, _squeezed(of_a_year(counts, found.years))
    for name in MEASURES:
        yield name, _squeezed(of_a_measure(name, by_year))
    for group in StakeholderGroup:
        yield group, _squeezed({"rows": found.of(group).rows})


def counted_ahead(coalition: Coalition, circle: Circle, parts: list[str]) -> dict[str, Part]:
    """Each of these parts, or none."""
    rows = Figures.objects.filter(coalition=coalition, circle=circle, part__in=parts)
    now = rows.filter(revision=coalition.revision, day=timezone.localdate())
    found = {part: json.loads(zlib.decompress(data)) for part, data in now.values_list("part", "data")}
    return found if len(found) == len(parts) else {}


def read_ahead(coalition: Coalition, circle: Circle, group: StakeholderGroup) -> Read | None:
    found = counted_ahead(coalition, circle, [group])
    return Read(found[group]["rows"]) if found else None


def years_of(found: Read) -> dict[str, Counts]:
    """By the name of their part: all years, then each of them."""
    return {ALL: count(found), **{str(year): count(found, year) for year in found.years}}


def of_a_year(counts: Counts, years: list[int]) -> Part:
    """As it is kept: lists and dictionaries, which JSON has too."""
    return {"of": {name: _numbers(covered) for name, covered in counts.items()}, "years": years}


def of_a_measure(name: str, by_year: Mapping[str, Counts]) -> Part:
    """By year; those in which there is nothing are left out."""
    return {year: _numbers(of[name]) for year, of in by_year.items() if year == ALL or of[name].is_any}


def _numbers(covered: Covered) -> list[Any]:
    counters = (covered.countries, covered.regions, covered.stakeholders)
    return [*map(dict, counters), covered.deeds, covered.in_none]


def _squeezed(part: Part) -> bytes:
    return zlib.compress(json.dumps(part, separators=(",", ":")).encode(), 1)
