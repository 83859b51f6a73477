"""Where those come from who take part: organisations by country, region and group, for each thing that counts.

All measures are asked in one statement, for what the viewer may read, and kept until something is written. People who
spoke for no organisation are never counted by country: they are one number, which the page folds below five.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, ExtractYear
from django.utils import timezone

from jukwaa.coalitions.caching import kept
from jukwaa.coalitions.models import AreaOfWork, Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.representation.counting import memberships_begun
from jukwaa.places.regions import StakeholderGroup
from jukwaa.regions.measures import ACTIVE, MEASURES, MEMBERS, Measure


@dataclass(frozen=True)
class Asked:
    """Which part of it: a year or all of them, one stakeholder group, one area of work."""

    year: int | None = None
    stakeholder: StakeholderGroup | None = None
    area: AreaOfWork | None = None

    @property
    def key(self) -> str:
        return f"{self.year or ''}-{self.stakeholder or ''}-{self.area.pk if self.area else ''}"


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


@dataclass
class Coverage:
    of: dict[str, Covered]
    by_year: dict[str, dict[int, Counter[str]]]  # of each measure: organisations by country, on or in each year

    @property
    def years(self) -> list[int]:
        """In which there is anything at all, the last one first."""
        return sorted({year for years in self.by_year.values() for year in years}, reverse=True)


def coverage(viewer: Viewer, coalition: Coalition, asked: Asked) -> Coverage:
    """Counted anew only when something was written, or a day begins."""
    name = f"coverage-{viewer.pk or 'visitor'}-{asked.key}"
    return kept(coalition, name, lambda: _count(viewer, coalition, asked))


def _count(viewer: Viewer, coalition: Coalition, asked: Asked) -> Coverage:
    deeds = [row for row in _deeds(viewer, coalition, asked.area) if _is_of(row, asked)]
    spans = [span for span in _spans(coalition, asked.area) if _is_of(span, asked)]
    chosen = [row for row in deeds if asked.year in (None, row.year)]
    of = {name: _covered([row for row in chosen if row.measure == name]) for name in MEASURES}
    last_day = _last_day(asked.year)
    there = [span for span in spans if span.lasts_on(last_day)]
    acting = {row.organisation for row in chosen}
    of[MEMBERS] = _tallied({span[:4] for span in there})
    of[ACTIVE] = _tallied({span[:4] for span in there if span.organisation in acting})
    return Coverage(of, _by_year(deeds, spans))


def _is_of(row: Row | Span, asked: Asked) -> bool:
    return asked.stakeholder is None or row.stakeholder == asked.stakeholder


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


def _by_year(deeds: list[Row], spans: list[Span]) -> dict[str, dict[int, Counter[str]]]:
    """Members on the last day of each year from the first one on that anybody names; what was done, in its year."""
    found: dict[str, dict[int, Counter[str]]] = defaultdict(dict)
    for measure, year, _organisation, country in {(*row[:1], row.year, *row[1:3]) for row in deeds if row.organisation}:
        found[measure].setdefault(year, Counter())[country] += 1
    if begun := [span.starts_on.year for span in spans if span.starts_on]:
        found[MEMBERS] = _members_by_year(spans, min(begun))
        found[ACTIVE] = _active_by_year(deeds, spans, found[MEMBERS])
    return dict(found)


def _members_by_year(spans: list[Span], first: int) -> dict[int, Counter[str]]:
    """Each membership is looked at twice, where it begins and where it ends, however many years lie between."""
    change: dict[int, Counter[str]] = defaultdict(Counter)
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


def _active_by_year(deeds: list[Row], spans: list[Span], years: Iterable[int]) -> dict[int, Counter[str]]:
    of: dict[int, list[Span]] = defaultdict(list)
    for span in spans:
        of[span.organisation].append(span)
    last_days = {year: _last_day(year) for year in years}
    found: dict[int, Counter[str]] = {year: Counter() for year in last_days}
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


def _deeds(viewer: Viewer, coalition: Coalition, area: AreaOfWork | None) -> list[Row]:
    asked = [_grouped(measure, viewer, coalition, area) for measure in MEASURES.values() if measure.rows]
    first, *others = asked
    return list(map(Row._make, first.union(*others, all=True).order_by()))


def _grouped(measure: Measure, viewer: Viewer, coalition: Coalition, area: AreaOfWork | None) -> QuerySet[Any, Any]:
    """The rows of one measure, added up in the database by who did it and when."""
    assert measure.rows is not None  # noqa: S101 - for the type: the caller chose those that have rows
    rows = measure.rows(viewer, coalition)
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
