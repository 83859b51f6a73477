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
from jukwaa.regions.circles import Circle
from jukwaa.regions.counting import Covered, Read, Row, Span, count, count_by_year, read
from jukwaa.regions.measures import MEASURES
from jukwaa.regions.models import Figures

ALL, ROWS = "", "rows"  # all measures without their years; what was read, so that a part of it can be counted
SECONDS = 2  # of counting at a tick: other jobs wait meanwhile

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
    found = read(circle, coalition)
    yield ROWS, _squeezed({"deeds": found.deeds, "spans": found.spans})
    for name, part in parts_of(found):
        yield name, _squeezed(part)


def counted_ahead(coalition: Coalition, circle: Circle, part: str) -> Part | None:
    rows = Figures.objects.filter(coalition=coalition, circle=circle, part=part)
    now = rows.filter(revision=coalition.revision, day=timezone.localdate())
    data = now.values_list("data", flat=True).first()
    return None if data is None else json.loads(zlib.decompress(data))


def read_ahead(coalition: Coalition, circle: Circle, year: int | None) -> Read | None:
    """What was done in that year, and all memberships."""
    part = counted_ahead(coalition, circle, ROWS)
    if part is None:
        return None
    deeds = (Row._make(row) for row in part["deeds"] if year in (None, row[5]))
    spans = (Span._make([*of, _day(starts_on), _day(ends_on)]) for *of, starts_on, ends_on in part["spans"])
    return Read(list(deeds), list(spans))


def parts_of(found: Read, year: int | None = None) -> Iterator[tuple[str, Part]]:
    """As they are kept: lists and dictionaries, which JSON has too. Of one year, there are no years."""
    by_year = {} if year else count_by_year(found)
    of = {name: _numbers(covered) for name, covered in count(found, year).items()}
    yield ALL, {"of": of, "years": sorted({year for years in by_year.values() for year in years}, reverse=True)}
    for name in [] if year else MEASURES:
        yield name, {str(year): dict(numbers) for year, numbers in by_year.get(name, {}).items()}


def _numbers(covered: Covered) -> list[Any]:
    counters = (covered.countries, covered.regions, covered.stakeholders)
    return [*map(dict, counters), covered.deeds, covered.in_none]


def _squeezed(part: Part) -> bytes:
    return zlib.compress(json.dumps(part, default=date.isoformat, separators=(",", ":")).encode(), 1)


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
