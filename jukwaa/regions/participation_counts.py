"""Counting who takes part: deeds and memberships are read in one statement.

People who spoke for no organisation are never counted by country: they are one number, which the page folds below five.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, Count, Expression, F, Func, Min, Q, QuerySet, StringAgg, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Substr
from django.db.models.lookups import Exact
from django.utils import timezone

from jukwaa.coalitions.models import AreaOfWork, Coalition
from jukwaa.coalitions.representation.statistics import get_begun_memberships
from jukwaa.core.prepared import execute_prepared
from jukwaa.places.former_countries import EXAMPLE_COUNTRY_CODE
from jukwaa.places.regions import StakeholderGroup
from jukwaa.records.models import State
from jukwaa.regions.circles import CoverageAudience
from jukwaa.regions.measures import ACTIVE, MEASURE_BY_NAME, MEMBERS, Measure, get_measure_and_parts


@dataclass(frozen=True)
class CoverageFilter:
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
    def of_all_years(self) -> "CoverageFilter":
        return replace(self, year=None)


NEWLINE_VALUE = Value("\n")
COUNTED_CAPACITY_FIELDS = ("country", "regional_group", "stakeholder_group")  # of a capacity as of an organisation


class OrganisationLine(Func):
    """Format an organisation as one text: its number, country and groups, and what follows.

    A space stands between two values; none of them holds one. NULL is formatted as an empty text.
    """

    function = "FORMAT"
    output_field = TextField()

    def __init__(self, organisation: str, organisation_column: str, *more: str) -> None:
        columns = (organisation, *(f"{organisation_column}__{field}" for field in COUNTED_CAPACITY_FIELDS), *more)
        super().__init__(Value(" ".join(["%s"] * len(columns))), *columns)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="PRINTF", **context)


NO_COUNTRY_CODES = ("", EXAMPLE_COUNTRY_CODE)


@dataclass
class MeasureCounts:
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
    def has_counts(self) -> bool:
        return bool(self.organisations or self.deeds)

    @property
    def by_country(self) -> dict[str, int]:
        return {code: number for code, number in self.countries.items() if code not in NO_COUNTRY_CODES}

    @property
    def without_country(self) -> int:
        return sum(self.countries[code] for code in NO_COUNTRY_CODES)


type YearRows = QuerySet[Any, Any]
type CountsByMeasure = dict[str, MeasureCounts]  # by measure


@dataclass(frozen=True)
class MeasureYear:
    """The deeds of one measure in one year: how many there are, and a line for each in the name of an organisation.

    Memberships are read together, and their year is the first in which one began. Their lines end with the first and
    the last day in ISO format, empty where nobody knows or it lasts.
    """

    deeds: int
    lines: list[str]


class CountedYears:
    """All that is counted, by measure and year."""

    def __init__(self, rows: Iterable[tuple[str, str, int, str | None]]) -> None:
        self._years: dict[str, dict[str, MeasureYear]] = defaultdict(dict)
        for measure, year, deeds, lines in rows:
            self._years[measure][year] = MeasureYear(deeds, lines.split("\n") if lines else [])
        ((self._first, memberships),) = self._years.pop(MEMBERS, {"": MeasureYear(0, [])}).items()
        self._memberships = [line.rsplit(" ", 2) for line in memberships.lines]

    def of(self, measure_name: str, year: int | None) -> list[MeasureYear]:
        """Deeds of that year or of all of them."""
        return [each for name, each in self._years[measure_name].items() if year is None or name == str(year)]

    def get_members_on_day(self, day_expression: str) -> set[str]:
        """Lines of the organisations whose membership was in force on that day."""
        return {
            who
            for who, since, until in self._memberships
            if since <= day_expression and (not until or until >= day_expression)
        }

    @cached_property
    def years(self) -> list[int]:
        """In which there is anything: from the first one on that anybody names, there are members."""
        lasting = range(int(self._first), timezone.localdate().year + 1) if self._first else ()
        dated = filter(None, chain(*self._years.values()))  # some meetings have no date
        return sorted({*map(int, dated), *lasting}, reverse=True)


def load_counted_years(
    counted_circle: CoverageAudience,
    coalition: Coalition,
    coverage_filter: CoverageFilter,
    measures: Iterable[str] = MEASURE_BY_NAME,
) -> CountedYears:
    """In all years, as far as these measures need it."""
    wanted = {
        MEASURE_BY_NAME[name].part_of or name for name in (MEASURE_BY_NAME if ACTIVE in measures else measures)
    } - {ACTIVE}
    given = (counted_circle, coalition, coverage_filter, tuple(sorted(wanted)))
    return CountedYears(
        execute_prepared(_query_years_of_measures, *given)
        if coverage_filter == CoverageFilter()
        else _query_years_of_measures(*given)
    )


def count_measures_of_year(counted_years: CountedYears, year: int | None = None) -> CountsByMeasure:
    """Each measure, in that year or in all of them."""
    years = {
        name: [*chain.from_iterable(counted_years.of(each, year) for each in get_measure_and_parts(name))]
        for name in MEASURE_BY_NAME
    }
    who = {name: set[str]().union(*(each.lines for each in of)) for name, of in years.items()}
    acted = set[str]().union(*who.values())
    who[MEMBERS] = counted_years.get_members_on_day(_get_last_day(year).isoformat())
    split = {line: line.split(" ") for line in acted | who[MEMBERS]}
    acting = {split[line][0] for line in acted}
    who[ACTIVE] = {line for line in who[MEMBERS] if split[line][0] in acting}
    return {name: _tally_measure_counts([split[line] for line in who[name]], years[name]) for name in MEASURE_BY_NAME}


def _get_last_day(year: int | None) -> date:
    today = timezone.localdate()
    return today if year is None else min(date(year, 12, 31), today)


def _tally_measure_counts(organisation_rows: list[list[str]], measured_years: list[MeasureYear]) -> MeasureCounts:
    columns: Iterable[Iterable[str]] = zip(*organisation_rows, strict=True) if organisation_rows else ((),) * 4
    _numbers, countries, regions, stakeholders = columns
    deeds = sum(each.deeds for each in measured_years)
    in_none = deeds - sum(len(each.lines) for each in measured_years)
    return MeasureCounts(Counter(countries), Counter(regions), Counter(stakeholders), deeds, in_none)


def _query_years_of_measures(
    counted_circle: CoverageAudience, coalition: Coalition, asked: CoverageFilter, measures: tuple[str, ...]
) -> YearRows:
    first, *others = (
        _query_membership_years(coalition, asked)
        if name == MEMBERS
        else _query_activity_years(MEASURE_BY_NAME[name], counted_circle, coalition, asked)
        for name in measures
    )
    return first.union(*others, all=True).order_by() if others else first


def _query_membership_years(coalition: Coalition, coverage_filter: CoverageFilter) -> YearRows:
    rows = get_begun_memberships(coalition).filter(organisation__coalition=coalition)
    if coverage_filter.area is not None:
        rows = rows.filter(organisation__areas=coverage_filter.area)
    if coverage_filter.stakeholder is not None:
        rows = rows.filter(organisation__stakeholder_group=coverage_filter.stakeholder)
    line = OrganisationLine("organisation", "organisation", "starts_on", "ends_on")
    return _group_rows_by_year(
        rows, Value(MEMBERS), Min(_build_year_expression("starts_on")), StringAgg(line, NEWLINE_VALUE)
    )


def _query_activity_years(
    measure: Measure, counted_circle: CoverageAudience, coalition: Coalition, coverage_filter: CoverageFilter
) -> YearRows:
    """Of people in no organisation there is no line: nobody learns their country."""
    assert measure.model is not None  # noqa: S101 - for the type: ACTIVE alone has none, and is made of the others
    reading = {"coalition": coalition, "state": State.PUBLISHED, "label__in": counted_circle.labels}
    if measure.kind:
        reading["kind"] = measure.kind
    if coverage_filter.area is not None:
        reading["areas"] = coverage_filter.area
    narrowed = {measure.build_record_lookup(field): of for field, of in reading.items()}
    rows = measure.model._default_manager.filter(**narrowed)  # noqa: SLF001 - public by Django's word
    rows = measure.only(rows) if measure.only else rows
    if coverage_filter.stakeholder is not None:
        of = Coalesce(F(f"{measure.capacity}__stakeholder_group"), Value(StakeholderGroup.UNKNOWN))
        rows = rows.filter(Exact(of, coverage_filter.stakeholder))
    who = measure.organisation
    in_one = Q(**{f"{who}__isnull": False})
    lines = StringAgg(OrganisationLine(who, measure.capacity), NEWLINE_VALUE, filter=in_one)
    return _group_rows_by_year(rows, _build_measure_name(measure), _build_year_expression(measure.on), lines)


def _build_measure_name(measure: Measure) -> Expression:
    """Of the part that it is, where some of the deeds are another measure, too."""
    parts = [
        When(part.is_part, then=Value(part.name)) for part in MEASURE_BY_NAME.values() if part.part_of == measure.name
    ]
    return Case(*parts, default=Value(measure.name)) if parts else Value(measure.name)


def _build_year_expression(day_expression: str) -> Substr:
    """The beginning of the day as it is written: Django would take each day apart in Python on SQLite."""
    return Substr(Cast(day_expression, TextField()), 1, 4)


def _group_rows_by_year(
    counted_rows: QuerySet[Any, Any], name_expression: Expression, year: Expression, lines: StringAgg
) -> YearRows:
    """As lines that the database puts together: to fetch 11,000 rows takes longer than to count them."""
    named: Any = counted_rows.order_by().values(what=name_expression)
    found: YearRows = named.annotate(year=Coalesce(year, Value("")), deeds=Count("*"), lines=lines)
    return found.values_list("what", "year", "deeds", "lines")
