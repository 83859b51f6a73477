"""Searching the record of a coalition: records by their best passage, as far as the viewer may read them."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from django.db import connection

from jukwaa.coalitions.models import AreaOfWork, Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.places.countries import group_of
from jukwaa.places.regions import RegionalGroup
from jukwaa.records.index.analyser import stem_language
from jukwaa.records.index.engine import MOST_PASSAGES, engine
from jukwaa.records.index.marking import excerpt
from jukwaa.records.index.query import Query, parse
from jukwaa.records.index.statement import Filters, Row, Scope, run
from jukwaa.records.index.suggesting import did_you_mean
from jukwaa.records.models import Passage, Record

PAGE_SIZE = 20
LAST_PAGE = 50
MANY = 1_000  # passages with a word, from which on it tells little beside rarer ones
COUNTED = PAGE_SIZE * LAST_PAGE  # beyond, a total reads "1,000 and more"

# Each language of the index costs one look into an index, however many passages there are.
LANGUAGES = """
WITH RECURSIVE found(language) AS (
    SELECT min(language) FROM records_passage
    UNION ALL
    SELECT (SELECT min(language) FROM records_passage WHERE language > found.language)
    FROM found WHERE found.language IS NOT NULL
)
SELECT language FROM found WHERE language IS NOT NULL
"""

type Pieces = list[tuple[str, bool]]


@dataclass(frozen=True)
class Hit:
    """A record that was found, with its best passage. Pieces are (text, whether a word of the query stands there)."""

    record: Record
    anchor: str
    title: Pieces
    excerpt: Pieces

    @property
    def url(self) -> str:
        address = self.record.get_absolute_url()
        return f"{address}#{self.anchor}" if self.anchor else address


@dataclass(frozen=True)
class Results:
    """A page of what was found.

    `loosened` is "start" where the last word was taken as a beginning, "any" where all words stand together nowhere.
    """

    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    number: int = 1  # of the page
    loosened: str = ""
    suggestion: str = ""
    understood: bool = True  # False where the query asks for nothing that could be found
    kinds: Counter[str] = field(default_factory=Counter)
    areas: Counter[int] = field(default_factory=Counter)
    regions: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def previous_page_number(self) -> int:
        return self.number - 1

    @property
    def has_next(self) -> bool:
        return self.number < min(LAST_PAGE, -(-self.total // PAGE_SIZE))

    @property
    def next_page_number(self) -> int:
        return self.number + 1

    @property
    def is_cut(self) -> bool:
        """Whether there are more than anybody would count or turn pages for."""
        return self.total > COUNTED


def search(
    coalition: Coalition,
    viewer: Viewer,
    query: str,
    *,
    kind: str | None = None,
    area: AreaOfWork | None = None,
    region: RegionalGroup | None = None,
    language: str | None = None,
    page: int = 1,
    own_language: str = "",
    newest_first: bool = False,
) -> Results:
    """What a viewer finds in a coalition. No query is an error; one that asks for nothing finds nothing.

    `own_language` is the reader's: of two equal texts, the one in it goes first.
    """
    asked = parse(query, indexed_languages())
    if not asked:
        return Results(understood=False)
    page = min(max(page, 1), LAST_PAGE)
    scope = Scope(
        coalition=coalition,
        viewer=viewer,
        filters=Filters(kind=kind, area=area, region=region, language=language),
        own_language=stem_language(own_language),
        newest_first=newest_first,
        first=(page - 1) * PAGE_SIZE,
        size=PAGE_SIZE,
    )
    asked, loosened, rows = _ladder(asked, scope)
    found = _results(asked, rows, coalition)
    suggestion = did_you_mean(coalition, query) if loosened or not found.total else ""
    return replace(found, number=page, loosened=loosened if found.total else "", suggestion=suggestion)


def indexed_languages() -> set[str]:
    """The ways in which words are cut in this index; a query is cut in each of them."""
    with connection.cursor() as cursor:
        cursor.execute(LANGUAGES)
        return {stem_language(language) for (language,) in cursor.fetchall()}


def _ladder(query: Query, scope: Scope) -> tuple[Query, str, list[Row]]:
    """The first step that finds something."""
    rows: list[Row] = []
    for loosened, step in _steps(query):
        rows = run(step, scope)
        if any(row.number for row in rows):
            return step, loosened, rows
    return query, "", rows


def _steps(query: Query) -> Iterator[tuple[str, Query]]:
    """All words; else all with the last one unfinished; else any of those that tell something; else any of them.

    The last one is taken where nothing is found that the viewer may read, so that what tells something in records
    that are closed to them changes nothing of what they find.
    """
    yield "", query
    if started := query.with_last_word_completed():
        yield "start", started
    if any_of := query.with_any_term():
        telling = _telling(any_of)
        yield "any", telling
        if telling != any_of:
            yield "any", any_of


def _telling(query: Query) -> Query:
    """Without words that stand nearly everywhere, where rarer ones are found: they cost most, and tell least."""
    counts = engine().counts(query.terms, MANY)
    rare = tuple(term for term, count in zip(query.terms, counts, strict=True) if 0 < count < MANY)
    return replace(query, terms=rare or query.terms)


def _results(query: Query, rows: Sequence[Row], coalition: Coalition) -> Results:
    counted: dict[str, Counter[str]] = {what: Counter() for what in ("total", "kind", "language", "area", "countries")}
    places: dict[int, int] = {}
    for row in rows:
        if row.what == "record":
            places[row.number] = row.passage
        else:
            counted[row.what][row.name] += row.number
    return Results(
        hits=_hits(query, places, coalition),
        total=counted["total"][""],
        kinds=counted["kind"],
        languages=counted["language"],
        areas=Counter({int(pk): number for pk, number in counted["area"].items()}),
        regions=_regions(counted["countries"]),
    )


def _regions(countries: Counter[str]) -> Counter[str]:
    """Records by regional group: one with two countries of a group counts once."""
    regions: Counter[str] = Counter()
    for codes, number in countries.items():
        for group in {group_of(code) for code in json.loads(codes)} - {RegionalGroup.UNKNOWN}:
            regions[group] += number
    return regions


def _hits(query: Query, places: dict[int, int], coalition: Coalition) -> list[Hit]:
    """In the order of the statement. The coalition is known: no record looks it up again."""
    records = Record.objects.in_bulk(places)
    # With the passage after a first one: where that is a title alone, the text shows more.
    passages = Passage.objects.in_bulk([*places.values(), *(pk + 1 for pk in places.values() if _is_first(pk))])
    hits = []
    for pk, passage_pk in places.items():
        if (record := records.get(pk)) is None or (passage := passages.get(passage_pk)) is None:
            continue  # gone since the statement ran
        record.coalition = coalition
        hits.append(_hit(query, record, passage, passages.get(passage_pk + 1)))
    return hits


def _is_first(passage_pk: int) -> bool:
    return passage_pk % MOST_PASSAGES == 0


def _hit(query: Query, record: Record, passage: Passage, after: Passage | None) -> Hit:
    text = passage.text.removeprefix(record.title).strip()
    if not text and _is_first(passage.pk) and after is not None:
        text = after.text
    return Hit(
        record=record,
        anchor=passage.anchor,
        title=excerpt(record.title, query, width=250, language=record.language),
        excerpt=excerpt(text, query, language=passage.language) if text else [],
    )
