"""Counting who takes part: all measures are read in one statement, and the memberships in another.

People who spoke for no organisation are never counted by country: they are one number, which the page folds below five.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, ExtractYear
from django.utils import timezone

from jukwaa.coalitions.models import AreaOfWork, Coalition
from jukwaa.coalitions.representation.counting import memberships_begun
from jukwaa.places.regions import StakeholderGroup
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


class Row(NamedTuple):
    """What one organisation did in one year, as it was then; `organisation` is 0 for those in none."""

    measure: str
    organisation: int
    country: str
    region: str
    stakeholder: str
    year: int
    number: int


class Span(NamedTuple):
    """One membership of an organisation, from day to day; None where nobody knows or it lasts."""

    organisation: int
    country: str
    region: str
    stakeholder: str
    starts_on: date | None
    ends_on: date | None

    def lasts_on(self, day: date) -> bool:
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or self.ends_on >= day)


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
    def by_country(self) -> dict[str, int]:
        return {code: number for code, number in self.countries.items() if code}


type ByYear = dict[int, Counter[str]]  # organisations by country, on or in each year


class Read(NamedTuple):
    """All that is counted, of one area of work or of all."""

    deeds: list[Row]
    spans: list[Span]

    def of(self, stakeholder: StakeholderGroup | None) -> "Read":
        if stakeholder is None:
            return self
        return Read(
            [row for row in self.deeds if row.stakeholder == stakeholder],
            [span for span in self.spans if span.stakeholder == stakeholder],
        )


def read(circle: Circle, coalition: Coalition, area: AreaOfWork | None = None) -> Read:
    return Read(_deeds(circle, coalition, area), _spans(coalition, area))


def count(found: Read, year: int | None = None) -> dict[str, Covered]:
    """Each measure, in that year or in all of them."""
    done: dict[str, list[Row]] = {name: [] for name in MEASURES}
    for row in found.deeds:
        if year in (None, row.year):
            done[row.measure].append(row)
    acting = {row.organisation for rows in done.values() for row in rows}
    last_day = _last_day(year)
    there = [span for span in found.spans if span.lasts_on(last_day)]
    of = {name: _covered(rows) for name, rows in done.items()}
    of[MEMBERS] = _tallied({span[:4] for span in there})
    of[ACTIVE] = _tallied({span[:4] for span in there if span.organisation in acting})
    return of


def _last_day(year: int | None) -> date:
    today = timezone.localdate()
    return today if year is None else min(date(year, 12, 31), today)


def _covered(rows: list[Row]) -> Covered:
    covered = _tallied({row[1:5] for row in rows if row.organisation})
    covered.deeds = sum(row.number for row in rows)
    covered.in_none = sum(row.number for row in rows if not row.organisation)
    return covered


def _tallied(organisations: set[tuple[int, str, str, str]]) -> Covered:
    """Each is (organisation, country, region, stakeholder group)."""
    return Covered(
        Counter(country for _, country, _, _ in organisations),
        Counter(region for _, _, region, _ in organisations),
        Counter(stakeholder for _, _, _, stakeholder in organisations),
    )


def count_by_year(found: Read) -> dict[str, ByYear]:
    """Members on the last day of each year from the first one on that anybody names; what was done, in its year."""
    deeds, spans = found
    by_year: dict[str, ByYear] = defaultdict(dict)
    for measure, year, _organisation, country in {(*row[:1], row.year, *row[1:3]) for row in deeds if row.organisation}:
        by_year[measure].setdefault(year, Counter())[country] += 1
    if begun := [span.starts_on.year for span in spans if span.starts_on]:
        by_year[MEMBERS] = _members_by_year(spans, min(begun))
        by_year[ACTIVE] = _active_by_year(deeds, spans, by_year[MEMBERS])
    return dict(by_year)


def _members_by_year(spans: list[Span], first: int) -> ByYear:
    """Each membership is looked at twice, where it begins and where it ends, however many years lie between."""
    change: ByYear = defaultdict(Counter)
    today = timezone.localdate()
    for span in spans:
        begins, ends = _years_of(span, first, today)
        if begins <= ends:
            change[begins][span.country] += 1
            change[ends + 1][span.country] -= 1
    found, there = {}, Counter[str]()
    for year in range(first, today.year + 1):
        there.update(change[year])
        found[year] = +there
    return found


def _years_of(span: Span, first: int, today: date) -> tuple[int, int]:
    """The first and the last year on whose last day (or today) it is in force."""
    begins = span.starts_on.year if span.starts_on else first
    if span.starts_on and span.starts_on > today:
        begins = today.year + 1
    if span.ends_on is None or span.ends_on >= today:
        return begins, today.year
    return begins, span.ends_on.year if span.ends_on == date(span.ends_on.year, 12, 31) else span.ends_on.year - 1


def _active_by_year(deeds: list[Row], spans: list[Span], years: Iterable[int]) -> ByYear:
    of: dict[int, list[Span]] = defaultdict(list)
    for span in spans:
        of[span.organisation].append(span)
    last_days = {year: _last_day(year) for year in years}
    found: ByYear = {year: Counter() for year in last_days}
    for organisation, year in {(row.organisation, row.year) for row in deeds if row.year in found}:
        there = {span.country for span in of.get(organisation, ()) if span.lasts_on(last_days[year])}
        found[year].update(there)
    return found


def _spans(coalition: Coalition, area: AreaOfWork | None) -> list[Span]:
    rows = memberships_begun(coalition).filter(organisation__isnull=False)
    if area is not None:
        rows = rows.filter(organisation__areas=area)
    of = "organisation"
    fields = (of, f"{of}__country", f"{of}__regional_group", f"{of}__stakeholder_group", "starts_on", "ends_on")
    return list(map(Span._make, rows.order_by().values_list(*fields)))


def _deeds(circle: Circle, coalition: Coalition, area: AreaOfWork | None) -> list[Row]:
    asked = [_grouped(measure, circle, coalition, area) for measure in MEASURES.values() if measure.rows]
    first, *others = asked
    return list(map(Row._make, first.union(*others, all=True).order_by()))


def _grouped(measure: Measure, circle: Circle, coalition: Coalition, area: AreaOfWork | None) -> QuerySet[Any, Any]:
    """The rows of one measure, added up in the database by who did it and when."""
    assert measure.rows is not None  # noqa: S101 - for the type: the caller chose those that have rows
    rows = measure.rows(circle, coalition)
    if area is not None:
        rows = rows.filter(**{measure.areas: area})
    who, of = measure.organisation, measure.capacity
    in_one = Q(**{f"{who}__isnull": False})
    grouped: QuerySet[Any, Any] = (
        rows.order_by()
        .annotate(
            what=Value(measure.name, CharField()),
            who=Coalesce(F(who), 0),
            country_then=_if(in_one, f"{of}__country"),
            region_then=_if(in_one, f"{of}__regional_group"),
            stakeholder_then=Coalesce(F(f"{of}__stakeholder_group"), Value(StakeholderGroup.UNKNOWN)),
            year_then=ExtractYear(measure.on),
        )
        .values_list("what", "who", "country_then", "region_then", "stakeholder_then", "year_then")
        .annotate(number=Count("pk"))
    )
    return grouped


def _if(condition: Q, column: str) -> Case:
    """Of people in no organisation, nobody learns the country."""
    return Case(When(condition, then=F(column)), default=Value(""), output_field=CharField())
