"""From what was asked to what is near it: the steps that a search takes until it finds something."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from jukwaa.records.index.engine import engine
from jukwaa.records.index.query import Query
from jukwaa.records.index.statement import Row, Scope, run

MANY = 1_000  # passages with a word, from which on it tells little beside rarer ones

EXACT = ""
START = "start"
CORRECTED = "corrected"
ANY = "any"


def climb(query: Query, scope: Scope, corrected: Callable[[], Query]) -> tuple[Query, str, list[Row]]:
    """The first step that finds something, what it is called, and what it found."""
    rows: list[Row] = []
    for loosened, step in _steps(query, corrected):
        rows = run(step, scope)
        if any(row.number for row in rows):
            return step, loosened, rows
    return query, EXACT, rows


def _steps(query: Query, corrected: Callable[[], Query]) -> Iterator[tuple[str, Query]]:
    """All words; else all with the last one unfinished; else all, with their neighbours for those that nobody wrote;
    else any of those that tell something; else any of them; else any piece of what is written without spaces.

    Those of any word are taken too where nothing is found that the viewer may read, so that what tells something in
    records that are closed to them changes nothing of what they find.
    """
    yield EXACT, query
    if started := query.with_last_word_completed():
        yield START, started
    if correction := corrected():
        yield CORRECTED, correction
    for any_of in (query.with_any_term(), query.with_any_pair()):
        if any_of is not None:
            telling = _telling(any_of)
            yield ANY, telling
            if telling != any_of:
                yield ANY, any_of


def _telling(query: Query) -> Query:
    """Without words that stand nearly everywhere, where rarer ones are found: they cost most, and tell least."""
    counts = engine().counts(query.terms, MANY)
    rare = tuple(term for term, count in zip(query.terms, counts, strict=True) if 0 < count < MANY)
    return replace(query, terms=rare or query.terms)
