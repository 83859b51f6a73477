"""The ways to narrow a search, each value with the number of records that it leads to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from jukwaa.coalitions.models import AreaOfWork
from jukwaa.places.countries import COUNTRIES_BY_CODE, get_country_name
from jukwaa.places.languages import get_language_name
from jukwaa.places.regions import RegionalGroup, StakeholderGroup
from jukwaa.records.index import SearchFilters, SearchResults
from jukwaa.records.index.search_sql import UNKNOWN_YEAR_VALUE
from jukwaa.records.kinds import get_record_kind, list_record_kinds
from jukwaa.search.models import MAX_SEARCH_NAME_LENGTH
from jukwaa.search.search_requests import SearchRequest

INITIAL_FACET_VALUE_COUNT = 8
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
    search_results: SearchResults, search_request: SearchRequest, areas_of_work: list[AreaOfWork], locale: str
) -> list[SearchFacet]:
    """Those with something to choose from, or to take back. Each value leads to this search with one thing changed."""
    address = QueryDict(search_request.address, mutable=True)
    if search_request.as_typed:
        address["as"] = "typed"
    return [
        facet
        for way in _define_search_facets(search_results, search_request.filters, areas_of_work, locale)
        if (facet := _build_search_facet(way, address))
    ]


def _define_search_facets(
    search_results: SearchResults, chosen_filters: SearchFilters, areas_of_work: list[AreaOfWork], locale: str
) -> Iterator[FacetDefinition]:
    yield FacetDefinition(
        name="kind",
        heading=_("Type"),
        everything=_("All types"),
        labels={kind.name: kind.label for kind in list_record_kinds()},
        numbers=search_results.kinds,
        choice=chosen_filters.kind,
        are_least=search_results.are_facets_truncated,
    )
    yield FacetDefinition(
        name="area",
        heading=_("Area of work"),
        everything=_("All areas"),
        labels={str(area.pk): area.label for area in areas_of_work},
        numbers={str(pk): number for pk, number in search_results.areas.items()},
        choice=str(chosen_filters.area.pk) if chosen_filters.area else None,
        are_least=search_results.are_facets_truncated,
    )
    yield FacetDefinition(
        name="region",
        heading=_("Region"),
        everything=_("All regions"),
        labels={group.value: group.label for group in RegionalGroup},
        numbers=search_results.regions,
        choice=chosen_filters.region,
        are_least=search_results.are_facets_truncated,
    )
    yield FacetDefinition(
        name="country",
        heading=_("Country"),
        everything=_("All countries"),
        labels={
            code: get_country_name(code, locale)
            for code in _include_chosen_value(search_results.countries, chosen_filters.country)
            & COUNTRIES_BY_CODE.keys()
        },
        numbers=search_results.countries,
        choice=chosen_filters.country,
        are_least=search_results.are_facets_truncated,
    )
    yield from _define_text_facets(search_results, chosen_filters, locale)


def _define_text_facets(
    search_results: SearchResults, chosen_filters: SearchFilters, locale: str
) -> Iterator[FacetDefinition]:
    """By what is written, by whom, and when."""
    yield FacetDefinition(
        name="language",
        heading=_("Language"),
        everything=_("All languages"),
        labels={
            tag: get_language_name(tag, locale)
            for tag in _include_chosen_value(search_results.languages, chosen_filters.language)
        },
        numbers=search_results.languages,
        choice=chosen_filters.language,
        are_least=search_results.are_facets_truncated,
    )
    yield FacetDefinition(
        name="stakeholder",
        heading=_("Stakeholder group"),
        everything=_("All stakeholder groups"),
        labels={group.value: group.label for group in StakeholderGroup if group != StakeholderGroup.UNKNOWN},
        numbers=search_results.stakeholders,
        choice=chosen_filters.stakeholder,
        are_least=search_results.are_facets_truncated,
    )
    yield FacetDefinition(
        name="year",
        heading=_("Year"),
        everything=_("All years"),
        labels={
            year: _get_year_label(year) for year in _include_chosen_value(search_results.years, chosen_filters.year)
        },
        numbers=search_results.years,
        choice=chosen_filters.year,
        are_least=search_results.are_facets_truncated,
    )


def _include_chosen_value(count_by_value: Mapping[str, int], chosen_value: str | None) -> set[str]:
    """What was found, and what was chosen though nothing has it."""
    return {*count_by_value, *([chosen_value] if chosen_value else [])}


def _build_search_facet(facet_definition: FacetDefinition, query_data: QueryDict) -> SearchFacet | None:
    others = _remove_query_filter(query_data, facet_definition.name)
    values = list(islice(_build_facet_values(facet_definition, others), MAX_FACET_VALUES))
    if not facet_definition.choice and len(values) < 2:  # noqa: PLR2004 - one value alone narrows nothing
        return None
    # Where a record can stand in two areas or countries, the sum would be no number of records.
    number = sum(facet_definition.numbers.values()) if facet_definition.name == "kind" else None
    every = FacetValue(
        label=facet_definition.everything,
        address=f"?{others}",
        number=number,
        is_least=facet_definition.are_least,
        is_chosen=not facet_definition.choice,
    )
    return SearchFacet(
        facet_definition.heading, [every, *values[:INITIAL_FACET_VALUE_COUNT]], values[INITIAL_FACET_VALUE_COUNT:]
    )


def _build_facet_values(facet_definition: FacetDefinition, other_parameters: str) -> Iterator[FacetValue]:
    """Most records first, years from the last one on. The chosen one leads, even if it leads to none."""
    counted = {key: number for key, number in facet_definition.numbers.items() if key in facet_definition.labels}
    if facet_definition.choice and facet_definition.choice in facet_definition.labels:
        counted.setdefault(facet_definition.choice, 0)
    for key in sorted(counted, key=lambda key: _build_sort_key(facet_definition, key, counted[key])):
        yield FacetValue(
            label=facet_definition.labels[key],
            address=f"?{other_parameters}{'&' if other_parameters else ''}{urlencode({facet_definition.name: key})}",
            number=counted[key],
            is_least=facet_definition.are_least,
            is_chosen=key == facet_definition.choice,
            bead=key if facet_definition.name == "kind" else "",
        )


def _build_sort_key(
    facet_definition: FacetDefinition, facet_key: str, result_count: int
) -> tuple[bool, bool, int, str]:
    order = -int(facet_key) if facet_definition.name == "year" and facet_key != UNKNOWN_YEAR_VALUE else -result_count
    return (
        facet_key != facet_definition.choice,
        facet_definition.name == "year" and facet_key == UNKNOWN_YEAR_VALUE,
        order,
        str(facet_definition.labels[facet_key]),
    )


def _get_year_label(year: str) -> str:
    return pgettext("year", "not known") if year == UNKNOWN_YEAR_VALUE else year


def _remove_query_filter(query_data: QueryDict, parameter_name: str) -> str:
    """The search as an address has it, but for one filter: made once, since a facet has sixty values."""
    changed = query_data.copy()
    changed.pop(parameter_name, None)
    return changed.urlencode()


def describe_search_request(search_request: SearchRequest, locale: str) -> str:
    """A search as its reader would call it: what was typed, then what it is narrowed to."""
    filters = search_request.filters
    parts = [
        search_request.query,
        get_record_kind(filters.kind).label if filters.kind else "",
        filters.area.name if filters.area else "",
        filters.region.label if filters.region else "",
        get_country_name(filters.country, locale) if filters.country else "",
        get_language_name(filters.language, locale) if filters.language else "",
        filters.stakeholder.label if filters.stakeholder else "",
        _get_year_label(filters.year) if filters.year else "",
    ]
    words = " · ".join(str(part) for part in parts if part)
    return words if len(words) <= MAX_SEARCH_NAME_LENGTH else f"{words[: MAX_SEARCH_NAME_LENGTH - 1]}…"
