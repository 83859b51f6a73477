"""The ways to narrow a search, each value with the number of records that it leads to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from jukwaa.coalitions.models import AreaOfWork
from jukwaa.places.countries import COUNTRIES, country_name
from jukwaa.places.languages import language_name
from jukwaa.places.regions import RegionalGroup, StakeholderGroup
from jukwaa.records.index import Filters, Results
from jukwaa.records.kinds import all_kinds, kind_of
from jukwaa.search.models import LONGEST_NAME
from jukwaa.search.narrowing import Narrowing

SHOWN_AT_ONCE = 8
MOST_SHOWN = 32  # with those behind "More"

type Labels = Mapping[str, str | Promise]


@dataclass(frozen=True, kw_only=True)
class Value:
    """One line of a facet. `bead` is the kind that is drawn before it."""

    label: str | Promise
    address: str
    number: int | None = None
    is_least: bool = False  # there may be more than the number
    is_chosen: bool = False
    bead: str = ""


@dataclass(frozen=True)
class Facet:
    heading: str | Promise
    values: list[Value]
    more: list[Value]


@dataclass(frozen=True, kw_only=True)
class Way:
    """One way to narrow: its name in the address, its words, what each value is called, and how many it leads to."""

    name: str
    heading: str | Promise
    everything: str | Promise
    labels: Labels
    numbers: Mapping[str, int]
    choice: str | None
    are_least: bool


def facets(results: Results, asked: Narrowing, areas: list[AreaOfWork], locale: str) -> list[Facet]:
    """Those with something to choose from, or to take back. Each value leads to this search with one thing changed."""
    address = QueryDict(asked.address, mutable=True)
    if asked.as_typed:
        address["as"] = "typed"
    return [facet for way in _ways(results, asked.filters, areas, locale) if (facet := _facet(way, address))]


def _ways(results: Results, chosen: Filters, areas: list[AreaOfWork], locale: str) -> Iterator[Way]:
    yield Way(
        name="kind",
        heading=_("Type"),
        everything=_("All types"),
        labels={kind.name: kind.label for kind in all_kinds()},
        numbers=results.kinds,
        choice=chosen.kind,
        are_least=results.are_facets_cut,
    )
    yield Way(
        name="area",
        heading=_("Area of work"),
        everything=_("All areas"),
        labels={str(area.pk): area.name for area in areas},
        numbers={str(pk): number for pk, number in results.areas.items()},
        choice=str(chosen.area.pk) if chosen.area else None,
        are_least=results.are_facets_cut,
    )
    yield Way(
        name="region",
        heading=_("Region"),
        everything=_("All regions"),
        labels={group.value: group.label for group in RegionalGroup},
        numbers=results.regions,
        choice=chosen.region,
        are_least=results.are_facets_cut,
    )
    yield Way(
        name="country",
        heading=_("Country"),
        everything=_("All countries"),
        labels={
            code: country_name(code, locale) for code in _known(results.countries, chosen.country) & COUNTRIES.keys()
        },
        numbers=results.countries,
        choice=chosen.country,
        are_least=results.are_facets_cut,
    )
    yield from _ways_of_texts(results, chosen, locale)


def _ways_of_texts(results: Results, chosen: Filters, locale: str) -> Iterator[Way]:
    """By what is written, by whom, and when."""
    yield Way(
        name="language",
        heading=_("Language"),
        everything=_("All languages"),
        labels={tag: language_name(tag, locale) for tag in _known(results.languages, chosen.language)},
        numbers=results.languages,
        choice=chosen.language,
        are_least=results.are_facets_cut,
    )
    yield Way(
        name="stakeholder",
        heading=_("Stakeholder group"),
        everything=_("All stakeholder groups"),
        labels={group.value: group.label for group in StakeholderGroup if group != StakeholderGroup.UNKNOWN},
        numbers=results.stakeholders,
        choice=chosen.stakeholder,
        are_least=results.are_facets_cut,
    )
    yield Way(
        name="year",
        heading=_("Year"),
        everything=_("All years"),
        labels={year: year for year in _known(results.years, chosen.year)},
        numbers=results.years,
        choice=chosen.year,
        are_least=results.are_facets_cut,
    )


def _known(numbers: Mapping[str, int], choice: str | None) -> set[str]:
    """What was found, and what was chosen though nothing has it."""
    return {*numbers, *([choice] if choice else [])}


def _facet(way: Way, asked: QueryDict) -> Facet | None:
    others = _without(asked, way.name)
    values = list(islice(_values(way, others), MOST_SHOWN))
    if not way.choice and len(values) < 2:  # noqa: PLR2004 - one value alone narrows nothing
        return None
    # Where a record can stand in two areas or countries, the sum would be no number of records.
    number = sum(way.numbers.values()) if way.name == "kind" else None
    every = Value(
        label=way.everything, address=f"?{others}", number=number, is_least=way.are_least, is_chosen=not way.choice
    )
    return Facet(way.heading, [every, *values[:SHOWN_AT_ONCE]], values[SHOWN_AT_ONCE:])


def _values(way: Way, others: str) -> Iterator[Value]:
    """Most records first, years from the last one on. The chosen one leads, even if it leads to none."""
    counted = {key: number for key, number in way.numbers.items() if key in way.labels}
    if way.choice and way.choice in way.labels:
        counted.setdefault(way.choice, 0)
    for key in sorted(counted, key=lambda key: _rank(way, key, counted[key])):
        yield Value(
            label=way.labels[key],
            address=f"?{others}{'&' if others else ''}{urlencode({way.name: key})}",
            number=counted[key],
            is_least=way.are_least,
            is_chosen=key == way.choice,
            bead=key if way.name == "kind" else "",
        )


def _rank(way: Way, key: str, number: int) -> tuple[bool, int, str]:
    return key != way.choice, -int(key) if way.name == "year" else -number, str(way.labels[key])


def _without(asked: QueryDict, name: str) -> str:
    """The search as an address has it, but for one filter: made once, since a facet has sixty values."""
    changed = asked.copy()
    changed.pop(name, None)
    return changed.urlencode()


def in_words(asked: Narrowing, locale: str) -> str:
    """A search as its reader would call it: what was typed, then what it is narrowed to."""
    filters = asked.filters
    parts = [
        asked.query,
        kind_of(filters.kind).label if filters.kind else "",
        filters.area.name if filters.area else "",
        filters.region.label if filters.region else "",
        country_name(filters.country, locale) if filters.country else "",
        language_name(filters.language, locale) if filters.language else "",
        filters.stakeholder.label if filters.stakeholder else "",
        filters.year or "",
    ]
    words = " · ".join(str(part) for part in parts if part)
    return words if len(words) <= LONGEST_NAME else f"{words[: LONGEST_NAME - 1]}…"
