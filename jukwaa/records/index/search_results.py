"""Searching the record of a coalition: records by their best passage, as far as the viewer may read them."""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from django.db import connection

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.places.countries import get_regional_group
from jukwaa.places.regions import RegionalGroup
from jukwaa.records.index.analyser import get_stemming_language
from jukwaa.records.index.hits import SearchHit, build_search_hits
from jukwaa.records.index.query import SearchQuery, parse_search_query
from jukwaa.records.index.query_relaxation import search_with_relaxation
from jukwaa.records.index.search_sql import ResultRow, SearchFilters, SearchScope, run_search_query
from jukwaa.records.index.spelling import suggest_query_spelling
from jukwaa.records.models import Record

RESULTS_PER_PAGE = 20
MAX_RESULT_PAGE = 50
MAX_COUNTED_RESULTS = RESULTS_PER_PAGE * MAX_RESULT_PAGE  # beyond, a total reads "1,000 and more"
NO_SEARCH_FILTERS = SearchFilters()

type CountryCounts = list[tuple[list[str], int]]  # countries, and how many records are about just these

# Each language of the index costs one look into an index, however many passages there are.
INDEXED_LANGUAGES_SQL = """
WITH RECURSIVE found(language) AS (
    SELECT min(language) FROM records_passage
    UNION ALL
    SELECT (SELECT min(language) FROM records_passage WHERE language > found.language)
    FROM found WHERE found.language IS NOT NULL
)
SELECT language FROM found WHERE language IS NOT NULL
"""


@dataclass(frozen=True)
class SearchResults:
    """A page of what was found.

    `loosened` is "start" where the last word was taken as a beginning, "corrected" where words that nobody wrote gave
    way to their neighbours (`suggestion` says to which), "any" where all words stand together nowhere.
    """

    hits: list[SearchHit] = field(default_factory=list)
    total: int = 0
    number: int = 1  # of the page
    loosened: str = ""
    suggestion: str = ""
    understood: bool = True  # False where the query asks for nothing that could be found
    kinds: Counter[str] = field(default_factory=Counter)
    areas: Counter[int] = field(default_factory=Counter)
    regions: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    stakeholders: Counter[str] = field(default_factory=Counter)
    years: Counter[str] = field(default_factory=Counter)
    limits: frozenset[str] = frozenset()  # what reached MAX_RANKED_PASSAGES: "found", "facets"

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def previous_page_number(self) -> int:
        return self.number - 1

    @property
    def has_next(self) -> bool:
        return self.number < min(MAX_RESULT_PAGE, -(-self.total // RESULTS_PER_PAGE))

    @property
    def next_page_number(self) -> int:
        return self.number + 1

    @property
    def is_truncated(self) -> bool:
        """Whether there are more records than the pages lead to."""
        return self.total > MAX_COUNTED_RESULTS or "found" in self.limits

    @property
    def least(self) -> int:
        """Return how many records there are at least, for "1,000 records and more"."""
        return min(self.total, MAX_COUNTED_RESULTS)

    @property
    def are_facets_truncated(self) -> bool:
        """Whether the numbers of the facets are less than there is."""
        return "facets" in self.limits


def search_records(
    coalition: Coalition,
    viewer: Viewer,
    query: str,
    *,
    filters: SearchFilters = NO_SEARCH_FILTERS,
    page: int = 1,
    own_language: str = "",
    newest_first: bool = False,
    as_typed: bool = False,
) -> SearchResults:
    """What a viewer finds in a coalition. No query is an error; one that asks for nothing finds nothing.

    `own_language` is the reader's: of two equal texts, the one in it goes first. `as_typed` corrects nothing.
    """
    languages = get_indexed_languages()
    asked = parse_search_query(query, languages)
    if not asked:
        return SearchResults(understood=False)
    page = min(max(page, 1), MAX_RESULT_PAGE)
    scope = SearchScope(
        coalition=coalition,
        viewer=viewer,
        filters=filters,
        own_language=get_stemming_language(own_language),
        newest_first=newest_first,
        first=(page - 1) * RESULTS_PER_PAGE,
        size=RESULTS_PER_PAGE,
    )
    suggest = cache(lambda: suggest_query_spelling(coalition, query))
    asked, loosened, rows = search_with_relaxation(
        asked, scope, lambda: parse_search_query("" if as_typed else suggest(), languages)
    )
    found = _build_search_results(asked, rows, scope)
    return replace(
        found,
        number=page,
        loosened=loosened if found.total else "",
        suggestion=suggest() if loosened or not found.total else "",
    )


def find_matching_records(
    coalition: Coalition, viewer: Viewer, query_text: str, *, filters: SearchFilters, max_results: int
) -> list[Record]:
    """The newest records that have all of the words, without counts or excerpts: for those who follow a search."""
    asked = parse_search_query(query_text, get_indexed_languages())
    if not asked:
        return []
    scope = SearchScope(
        coalition=coalition, viewer=viewer, filters=filters, newest_first=True, first=0, size=max_results, counts=False
    )
    numbers = [row.number for row in run_search_query(asked, scope)]
    records = Record.objects.in_bulk(numbers)
    return [records[number] for number in numbers if number in records]


def find_records_with_any_word(
    coalition: Coalition, viewer: Viewer, text: str, *, language: str, record_kind: str | None, max_results: int
) -> list[int]:
    """The numbers of the records, of one kind or of all, that have any of these words, the best first."""
    asked = parse_search_query(text, [get_stemming_language(language)])
    if not asked:
        return []
    scope = SearchScope(
        coalition=coalition,
        viewer=viewer,
        filters=SearchFilters(kind=record_kind),
        first=0,
        size=max_results,
        counts=False,
    )
    return [row.number for row in run_search_query(replace(asked, any_of=True), scope)]


def get_indexed_languages() -> set[str]:
    """The ways in which words are cut in this index; a query is cut in each of them."""
    with connection.cursor() as cursor:
        cursor.execute(INDEXED_LANGUAGES_SQL)
        return {get_stemming_language(language) for (language,) in cursor.fetchall()}


def _build_search_results(
    search_query: SearchQuery, result_rows: Sequence[ResultRow], search_scope: SearchScope
) -> SearchResults:
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    places: dict[int, int] = {}
    for row in result_rows:
        if row.what == "record":
            places[row.number] = row.passage
        else:
            counted[row.what][row.name] += row.number
    country_counts = [(json.loads(codes), number) for codes, number in counted["countries"].items()]
    return SearchResults(
        hits=build_search_hits(search_query, places, search_scope),
        total=counted["total"][""],
        kinds=counted["kind"],
        languages=counted["language"],
        areas=Counter({int(pk): number for pk, number in counted["area"].items()}),
        regions=_count_results_by_region(country_counts, search_scope.filters.country),
        countries=_count_results_by_country(country_counts, search_scope.filters.region),
        stakeholders=counted["stakeholder"],
        years=counted["year"],
        limits=frozenset(counted["limit"]),
    )


def _count_results_by_region(country_counts: CountryCounts, country: str | None) -> Counter[str]:
    """Records by regional group, of those about a country if one is chosen: one with two of a group counts once."""
    regions: Counter[str] = Counter()
    for codes, number in country_counts:
        if country is None or country in codes:
            regions.update(
                dict.fromkeys({get_regional_group(code) for code in codes} - {RegionalGroup.UNKNOWN}, number)
            )
    return regions


def _count_results_by_country(country_counts: CountryCounts, region: RegionalGroup | None) -> Counter[str]:
    """Records by country, of those about a region if one is chosen."""
    countries: Counter[str] = Counter()
    for codes, number in country_counts:
        if region is None or any(get_regional_group(code) == region for code in codes):
            countries.update(dict.fromkeys(codes, number))
    return countries
