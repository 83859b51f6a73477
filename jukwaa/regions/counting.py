"""Counting who takes part: deeds and memberships are read in one statement.

People who spoke for no organisation are never counted by country: they are one number, which the page folds below five.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import chain
from operator import itemgetter
from sys import intern
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, CharField, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Substr
from django.utils import timezone

from jukwaa.coalitions.models import AreaOfWork, Coalition
from jukwaa.coalitions.representation.counting import memberships_begun
from jukwaa.places.regions import StakeholderGroup
from jukwaa.records.models import Record, State
from jukwaa.regions.circles import Circle
from jukwaa.regions.measures import ACTIVE, MEASURES, MEMBERS, Measure


@dataclass(frozen=True)
class Asked:
    """Which part of it: a year or all of them, one stakeholder group, one area of work."""

    year: int | None = None
    stakeholder: StakeholderGroup | None = None
    area: AreaOfWork | None = None

    @property
    def query(self) -> str:
        """As an address asks for it, whatever else stood there: so that what is kept is the same for everybody."""
        asked = {"year": self.year, "stakeholder": self.stakeholder, "area": self.area and self.area.pk}
        named = urlencode({name: value for name, value in asked.items() if value})
        return f"?{named}" if named else ""

    @property
    def of_all_years(self) -> "Asked":
        return replace(self, year=None)


# What one organisation did, as it was then; or, as a row of MEMBERS, one membership as the directory says today:
# (measure, organisation, country, region, stakeholder group, since, until). `organisation` is 0 for those in none,
# `since` is the year of a deed and the first day of a membership. Days are as they are written, and empty where nobody
# knows or it lasts. A row stays the tuple that came from the database: a page counts 27,000 of them.
type Row = tuple[str, int, str, str, str, str, str]

AT_ONCE = 500  # rows that are fetched together
MEASURE, ORGANISATION, STAKEHOLDER, SINCE = itemgetter(0), itemgetter(1), itemgetter(4), itemgetter(5)
WHO = itemgetter(1, 2, 3, 4)


@dataclass
class Covered:
    """One measure. Each organisation counts once, in each country from which it took part."""

    countries: Counter[str] = field(default_factory=Counter)  # "" where none is known
    regions: Counter[str] = field(default_factory=Counter)
    stakeholders: Counter[str] = field(default_factory=Counter)
    deeds: int = 0
    in_none: int = 0  # deeds of people who spoke for no organisation

    @property
    def organisations(self) -> int:
        return self.regions.total()

    @property
    def is_any(self) -> bool:
        return bool(self.organisations or self.deeds)

    @property
    def by_country(self) -> dict[str, int]:
        return {code: number for code, number in self.countries.items() if code}

    @property
    def without_country(self) -> int:
        return self.countries[""]


type AllRows = QuerySet[Any, Any]
type Counts = dict[str, Covered]  # by measure


class Read:
    """All that is counted, of one area of work or of all."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows
        self.memberships: list[Row] = []
        self.deeds: dict[str, list[Row]] = defaultdict(list)  # by year
        for row in self.rows:
            (self.memberships if MEASURE(row) == MEMBERS else self.deeds[SINCE(row)]).append(row)

    def of(self, stakeholder: StakeholderGroup | None) -> "Read":
        return Read([row for row in self.rows if STAKEHOLDER(row) == stakeholder]) if stakeholder else self

    @cached_property
    def years(self) -> list[int]:
        """In which there is anything: from the first one on that anybody names, there are members."""
        first = min((int(since[:4]) for since in map(SINCE, self.memberships) if since), default=None)
        lasting = range(first, timezone.localdate().year + 1) if first else ()
        return sorted({*map(int, self.deeds), *lasting}, reverse=True)


def read(
    circle: Circle, coalition: Coalition, area: AreaOfWork | None = None, measures: Iterable[str] = MEASURES
) -> Read:
    """As far as these measures need it."""
    wanted = set(MEASURES if ACTIVE in measures else measures) - {ACTIVE}
    rows = _all_rows(tuple(sorted(wanted)), circle, coalition, area).iterator(AT_ONCE)
    # With one copy of each word, 27,000 rows take 5 MB in place of 15.
    return Read(
        [
            (what, who, intern(country), intern(region), intern(stakeholder), since, until)
            for what, who, country, region, stakeholder, since, until in rows
        ]
    )


def count(found: Read, year: int | None = None) -> Counts:
    """Each measure, in that year or in all of them."""
    done: dict[str, list[Row]] = {name: [] for name in MEASURES}
    for row in chain(*found.deeds.values()) if year is None else found.deeds.get(str(year), ()):
        done[MEASURE(row)].append(row)
    acting = set(map(ORGANISATION, chain(*done.values())))
    last_day = _last_day(year).isoformat()
    there = {WHO(row) for row in found.memberships if _lasts_on(last_day, *row[5:])}
    of = {name: _covered(rows) for name, rows in done.items()}
    return of | {MEMBERS: _tallied(there), ACTIVE: _tallied({each for each in there if each[0] in acting})}


def _lasts_on(day: str, since: str, until: str) -> bool:
    return since <= day and (not until or until >= day)


def _last_day(year: int | None) -> date:
    today = timezone.localdate()
    return today if year is None else min(date(year, 12, 31), today)


def _covered(rows: list[Row]) -> Covered:
    covered = _tallied({each for each in set(map(WHO, rows)) if each[0]})
    covered.deeds = len(rows)
    covered.in_none = [*map(ORGANISATION, rows)].count(0)
    return covered


def _tallied(organisations: set[tuple[int, str, str, str]]) -> Covered:
    """Each is (organisation, country, region, stakeholder group)."""
    _numbers, countries, regions, stakeholders = zip(*organisations, strict=True) if organisations else ((),) * 4
    return Covered(Counter(countries), Counter(regions), Counter(stakeholders))


def _all_rows(measures: tuple[str, ...], circle: Circle, coalition: Coalition, area: AreaOfWork | None) -> AllRows:
    each = (
        _memberships(coalition, area) if name == MEMBERS else _deeds(MEASURES[name], circle, coalition, area)
        for name in measures
    )
    first, *others = each
    return first.union(*others, all=True).order_by() if others else first


def _memberships(coalition: Coalition, area: AreaOfWork | None) -> AllRows:
    rows = memberships_begun(coalition).filter(organisation__coalition=coalition)
    if area is not None:
        rows = rows.filter(organisation__areas=area)
    told = rows.order_by().annotate(
        what=Value(MEMBERS, CharField()),
        since_then=Coalesce(Cast("starts_on", TextField()), Value("", TextField())),
        until_then=Coalesce(Cast("ends_on", TextField()), Value("", TextField())),
    )
    of = "organisation"
    return told.values_list(
        "what", of, f"{of}__country", f"{of}__regional_group", f"{of}__stakeholder_group", "since_then", "until_then"
    )


def _deeds(measure: Measure, circle: Circle, coalition: Coalition, area: AreaOfWork | None) -> AllRows:
    """Each by itself: adding them up in the database takes longer than fetching them.

    The year is the beginning of the day as it is written: Django would take each day apart in Python on SQLite.
    """
    assert measure.model is not None  # noqa: S101 - for the type: ACTIVE alone has none, and is made of the others
    reading = {"coalition": coalition, "state": State.PUBLISHED, "label__in": circle.labels}
    if area is not None:
        reading["areas"] = area
    manager = measure.model._default_manager  # noqa: SLF001 - public by Django's word
    if measure.lists_records:
        records = Record.objects.filter(**reading).order_by().values("pk")
        rows = manager.filter(**{f"{measure.record}__in": records})
    else:
        rows = manager.filter(**{measure.of_record(field): of for field, of in reading.items()})
    rows = measure.only(rows) if measure.only else rows
    who, of = measure.organisation, measure.capacity
    in_one = Q(**{f"{who}__isnull": False})
    told: AllRows = rows.order_by().annotate(
        what=Value(measure.name, CharField()),
        who=Coalesce(F(who), 0),
        country_then=_if(in_one, f"{of}__country"),
        region_then=_if(in_one, f"{of}__regional_group"),
        stakeholder_then=Coalesce(F(f"{of}__stakeholder_group"), Value(StakeholderGroup.UNKNOWN)),
        since_then=Substr(Cast(measure.on, TextField()), 1, 4),
        until_then=Value("", TextField()),
    )
    return told.values_list(
        "what", "who", "country_then", "region_then", "stakeholder_then", "since_then", "until_then"
    )


def _if(condition: Q, column: str) -> Case:
    """Of people in no organisation, nobody learns the country."""
    return Case(When(condition, then=F(column)), default=Value(""), output_field=CharField())
