"""The ways to narrow a search, each value with the number of records that it leads to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from jukwaa.coalitions.models import AreaOfWork
from jukwaa.places.countries import COUNTRIES_BY_CODE, get_country_name
from jukwaa.places.languages import get_language_name
from jukwaa.places.regions import RegionalGroup, StakeholderGroup
from jukwaa.records.index import SearchFilters, SearchResults
from jukwaa.records.index.search_sql import UNKNOWN_YEAR
from jukwaa.records.kinds import get_record_kind, list_record_kinds
from jukwaa.search.models import MAX_SEARCH_NAME_LENGTH
from jukwaa.search.search_requests import SearchRequest

INITIAL_FACET_VALUES = 8
MAX_FACET_VALUES = 32  # with those behind "More"

type Labels = Mapping[str, str | Promise]


@dataclass(frozen=True, kw_only=True)
class FacetValue:
    """One line of a facet. `bead` is the kind that is drawn before it."""

    label: str | Promise
    address: str
    number: int | None = None
    is_least: bool = False  # there may be more than the number
    is_chosen: bool = False
    bead: str = ""


@dataclass(frozen=True)
class SearchFacet:
    heading: str | Promise
    values: list[FacetValue]
    more: list[FacetValue]


@dataclass(frozen=True, kw_only=True)
class FacetDefinition:
    """One way to narrow: its name in the address, its words, what each value is called, and how many it leads to."""

    name: str
    heading: str | Promise
    everything: str | Promise
    labels: Labels
    numbers: Mapping[str, int]
    choice: str | None
    are_least: bool


def build_search_facets(
    results: SearchResults, asked: SearchRequest, areas: list[AreaOfWork], locale: str
) -> list[SearchFacet]:
    """Those with something to choose from, or to take back. Each value leads to this search with one thing changed."""
    address = QueryDict(asked.address, mutable=True)
    if asked.as_typed:
        address["as"] = "typed"
    return [
        facet
        for way in _define_search_facets(results, asked.filters, areas, locale)
        if (facet := _build_search_facet(way, address))
    ]


def _define_search_facets(
    results: SearchResults, chosen: SearchFilters, areas: list[AreaOfWork], locale: str
) -> Iterator[FacetDefinition]:
    yield FacetDefinition(
        name="kind",
        heading=_("Type"),
        everything=_("All types"),
        labels={kind.name: kind.label for kind in list_record_kinds()},
        numbers=results.kinds,
        choice=chosen.kind,
        are_least=results.are_facets_truncated,
    )
    yield FacetDefinition(
        name="area",
        heading=_("Area of work"),
        everything=_("All areas"),
        labels={str(area.pk): area.name for area in areas},
        numbers={str(pk): number for pk, number in results.areas.items()},
        choice=str(chosen.area.pk) if chosen.area else None,
        are_least=results.are_facets_truncated,
    )
    yield FacetDefinition(
        name="region",
        heading=_("Region"),
        everything=_("All regions"),
        labels={group.value: group.label for group in RegionalGroup},
        numbers=results.regions,
        choice=chosen.region,
        are_least=results.are_facets_truncated,
    )
    yield FacetDefinition(
        name="country",
        heading=_("Country"),
        everything=_("All countries"),
        labels={
            code: get_country_name(code, locale)
            for code in _include_chosen_value(results.countries, chosen.country) & COUNTRIES_BY_CODE.keys()
        },
        numbers=results.countries,
        choice=chosen.country,
        are_least=results.are_facets_truncated,
    )
    yield from _define_text_facets(results, chosen, locale)


def _define_text_facets(results: SearchResults, chosen: SearchFilters, locale: str) -> Iterator[FacetDefinition]:
    """By what is written, by whom, and when."""
    yield FacetDefinition(
        name="language",
        heading=_("Language"),
        everything=_("All languages"),
        labels={
            tag: get_language_name(tag, locale) for tag in _include_chosen_value(results.languages, chosen.language)
        },
        numbers=results.languages,
        choice=chosen.language,
        are_least=results.are_facets_truncated,
    )
    yield FacetDefinition(
        name="stakeholder",
        heading=_("Stakeholder group"),
        everything=_("All stakeholder groups"),
        labels={group.value: group.label for group in StakeholderGroup if group != StakeholderGroup.UNKNOWN},
        numbers=results.stakeholders,
        choice=chosen.stakeholder,
        are_least=results.are_facets_truncated,
    )
    yield FacetDefinition(
        name="year",
        heading=_("Year"),
        everything=_("All years"),
        labels={year: _name_year(year) for year in _include_chosen_value(results.years, chosen.year)},
        numbers=results.years,
        choice=chosen.year,
        are_least=results.are_facets_truncated,
    )


def _include_chosen_value(numbers: Mapping[str, int], choice: str | None) -> set[str]:
    """What was found, and what was chosen though nothing has it."""
    return {*numbers, *([choice] if choice else [])}


def _build_search_facet(way: FacetDefinition, asked: QueryDict) -> SearchFacet | None:
    others = _remove_query_filter(asked, way.name)
    values = list(islice(_build_facet_values(way, others), MAX_FACET_VALUES))
    if not way.choice and len(values) < 2:  # noqa: PLR2004 - one value alone narrows nothing
        return None
    # Where a record can stand in two areas or countries, the sum would be no number of records.
    number = sum(way.numbers.values()) if way.name == "kind" else None
    every = FacetValue(
        label=way.everything, address=f"?{others}", number=number, is_least=way.are_least, is_chosen=not way.choice
    )
    return SearchFacet(way.heading, [every, *values[:INITIAL_FACET_VALUES]], values[INITIAL_FACET_VALUES:])


def _build_facet_values(way: FacetDefinition, others: str) -> Iterator[FacetValue]:
    """Most records first, years from the last one on. The chosen one leads, even if it leads to none."""
    counted = {key: number for key, number in way.numbers.items() if key in way.labels}
    if way.choice and way.choice in way.labels:
        counted.setdefault(way.choice, 0)
    for key in sorted(counted, key=lambda key: _build_sort_key(way, key, counted[key])):
        yield FacetValue(
            label=way.labels[key],
            address=f"?{others}{'&' if others else ''}{urlencode({way.name: key})}",
            number=counted[key],
            is_least=way.are_least,
            is_chosen=key == way.choice,
            bead=key if way.name == "kind" else "",
        )


def _build_sort_key(way: FacetDefinition, key: str, number: int) -> tuple[bool, bool, int, str]:
    order = -int(key) if way.name == "year" and key != UNKNOWN_YEAR else -number
    return key != way.choice, way.name == "year" and key == UNKNOWN_YEAR, order, str(way.labels[key])


def _name_year(year: str) -> str:
    return _("not known") if year == UNKNOWN_YEAR else year


def _remove_query_filter(asked: QueryDict, name: str) -> str:
    """The search as an address has it, but for one filter: made once, since a facet has sixty values."""
    changed = asked.copy()
    changed.pop(name, None)
    return changed.urlencode()


def describe_search_request(asked: SearchRequest, locale: str) -> str:
    """A search as its reader would call it: what was typed, then what it is narrowed to."""
    filters = asked.filters
    parts = [
        asked.query,
        get_record_kind(filters.kind).label if filters.kind else "",
        filters.area.name if filters.area else "",
        filters.region.label if filters.region else "",
        get_country_name(filters.country, locale) if filters.country else "",
        get_language_name(filters.language, locale) if filters.language else "",
        filters.stakeholder.label if filters.stakeholder else "",
        _name_year(filters.year) if filters.year else "",
    ]
    words = " · ".join(str(part) for part in parts if part)
    return words if len(words) <= MAX_SEARCH_NAME_LENGTH else f"{words[: MAX_SEARCH_NAME_LENGTH - 1]}…"
