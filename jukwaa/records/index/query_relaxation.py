"""From what was asked to what is near it: the steps that a search takes until it finds something."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from jukwaa.records.index.current_engine import get_search_engine
from jukwaa.records.index.query import SearchQuery
from jukwaa.records.index.search_sql import ResultRow, SearchScope, run_search_query

COMMON_WORD_THRESHOLD = 1_000  # passages with a word, from which on it tells little beside rarer ones

EXACT_RELAXATION_STEP = ""
PREFIX_RELAXATION_STEP = "start"
CORRECTED_RELAXATION_STEP = "corrected"
ANY_WORD_RELAXATION_STEP = "any"


def search_with_relaxation(
    search_query: SearchQuery, search_scope: SearchScope, get_corrected_query: Callable[[], SearchQuery]
) -> tuple[SearchQuery, str, list[ResultRow]]:
    """The first step that finds something, what it is called, and what it found."""
    rows: list[ResultRow] = []
    for loosened, step in _iter_relaxed_queries(search_query, get_corrected_query):
        rows = run_search_query(step, search_scope)
        if any(row.number for row in rows):
            return step, loosened, rows
    return search_query, EXACT_RELAXATION_STEP, rows


def _iter_relaxed_queries(
    search_query: SearchQuery, get_corrected_query: Callable[[], SearchQuery]
) -> Iterator[tuple[str, SearchQuery]]:
    """All words; else all with the last one unfinished; else all, with their neighbours for those that nobody wrote;
    else any of those that tell something; else any of them; else any piece of what is written without spaces.

    Those of any word are taken too where nothing is found that the viewer may read, so that what tells something in
    records that are closed to them changes nothing of what they find.
    """
    yield EXACT_RELAXATION_STEP, search_query
    if started := search_query.with_last_word_completed():
        yield PREFIX_RELAXATION_STEP, started
    if correction := get_corrected_query():
        yield CORRECTED_RELAXATION_STEP, correction
    for any_of in (search_query.with_any_term(), search_query.with_any_pair()):
        if any_of is not None:
            telling = _drop_common_terms(any_of)
            yield ANY_WORD_RELAXATION_STEP, telling
            if telling != any_of:
                yield ANY_WORD_RELAXATION_STEP, any_of


def _drop_common_terms(search_query: SearchQuery) -> SearchQuery:
    """Without words that stand nearly everywhere, where rarer ones are found: they cost most, and tell least."""
    counts = get_search_engine().counts(search_query.terms, COMMON_WORD_THRESHOLD)
    rare = tuple(
        term for term, count in zip(search_query.terms, counts, strict=True) if 0 < count < COMMON_WORD_THRESHOLD
    )
    return replace(search_query, terms=rare or search_query.terms)
