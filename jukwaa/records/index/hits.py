"""What was found, as a page shows it: each record with its best passage, its words marked, and its translations."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection
from django.urls import reverse

from jukwaa.records.index.engine import MAX_PASSAGES_PER_RECORD
from jukwaa.records.index.highlighting import build_excerpt
from jukwaa.records.index.indexer import INDEXED_RECORD_STATES
from jukwaa.records.index.query import SearchQuery
from jukwaa.records.index.search_sql import SearchScope, build_readable_records_sql
from jukwaa.records.models import Link, Passage, Record, State

# Of each record: what it translates, what translates it, and what else translates the same.
TRANSLATIONS_SQL = """
WITH one_to_other(record_id, other_id) AS (
    SELECT from_record_id, to_record_id FROM records_link WHERE relation = %s AND from_record_id IN ({records})
    UNION
    SELECT to_record_id, from_record_id FROM records_link WHERE relation = %s AND to_record_id IN ({records})
    UNION
    SELECT mine.from_record_id, theirs.from_record_id
    FROM records_link mine JOIN records_link theirs ON theirs.to_record_id = mine.to_record_id
    WHERE mine.relation = %s AND theirs.relation = %s AND mine.from_record_id IN ({records})
)
SELECT pair.record_id, pair.other_id FROM one_to_other pair CROSS JOIN ({visible}) r
WHERE r.id = pair.other_id AND pair.other_id <> pair.record_id
"""
_FILE_PAGE_ANCHOR_PATTERN = re.compile(r"(?P<place>file-(?P<file>\d+))-p(?P<page>\d+)")

type TextPieces = list[tuple[str, bool]]


@dataclass(frozen=True)
class SearchHit:
    """A record that was found, with its best passage. Pieces are (text, whether a word of the query stands there)."""

    record: Record
    anchor: str
    title: TextPieces
    excerpt: TextPieces
    translations: list[Record] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where the passage stands on the record's page."""
        page = _FILE_PAGE_ANCHOR_PATTERN.fullmatch(self.anchor)
        anchor = page["place"] if page else self.anchor
        kind = self.record.kind_info
        if kind.part_url_name and (number := anchor.removeprefix(kind.part_anchor)).isdecimal():
            return reverse(kind.part_url_name, args=[self.record.coalition.slug, self.record.pk, int(number)])
        address = self.record.get_absolute_url()
        return f"{address}#{anchor}" if anchor else address

    @property
    def page(self) -> int | None:
        """The page of a file, if the passage stands in one that has pages."""
        page = _FILE_PAGE_ANCHOR_PATTERN.fullmatch(self.anchor)
        return int(page["page"]) if page else None

    @property
    def page_url(self) -> str:
        """The text of the file, opened at that page: a browser saves the file itself and would not go to a page."""
        page = _FILE_PAGE_ANCHOR_PATTERN.fullmatch(self.anchor)
        if page is None or self.record.state != State.PUBLISHED:
            return ""
        text = reverse("records:attachment_text", args=[self.record.coalition.slug, page["file"]])
        return f"{text}?at={page['page']}#page={page['page']}"


def build_search_hits(
    search_query: SearchQuery, passage_by_record: dict[int, int], search_scope: SearchScope
) -> list[SearchHit]:
    """Of records, each with the number of its best passage, in that order. No record looks its coalition up again."""
    others = _fetch_translation_ids(passage_by_record, search_scope)
    records = Record.objects.in_bulk({*passage_by_record, *(pk for pks in others.values() for pk in pks)})
    for record in records.values():
        record.coalition = search_scope.coalition
    # With the passage after a first one: where that is a title alone, the text shows more.
    passages = Passage.objects.in_bulk(
        [*passage_by_record.values(), *(pk + 1 for pk in passage_by_record.values() if _is_first_passage(pk))]
    )
    hits = []
    for pk, passage_pk in passage_by_record.items():
        if pk not in records or passage_pk not in passages:
            continue  # gone since the statement ran
        found = [records[other] for other in others[pk] if other in records]
        hits.append(
            _build_search_hit(search_query, passages[passage_pk], passages.get(passage_pk + 1), records[pk], found)
        )
    return hits


def _fetch_translation_ids(passage_by_record: dict[int, int], search_scope: SearchScope) -> dict[int, list[int]]:
    """The numbers of the translations that the viewer may read, by the numbers of the records."""
    others: dict[int, list[int]] = defaultdict(list)
    if not passage_by_record:
        return others
    visible, visible_parameters = build_readable_records_sql(search_scope)
    sql = TRANSLATIONS_SQL.format(records=", ".join(["%s"] * len(passage_by_record)), visible=visible)
    translates = Link.Relation.TRANSLATES.value
    with connection.cursor() as cursor:
        cursor.execute(
            sql,
            [
                translates,
                *passage_by_record,
                translates,
                *passage_by_record,
                translates,
                translates,
                *passage_by_record,
                *visible_parameters,
            ],
        )
        for pk, other in cursor.fetchall():
            others[pk].append(other)
    return others


def _select_hit_translations(record: Record, found_records: Iterable[Record]) -> list[Record]:
    """One for each other language, the oldest: withdrawn ones are for those who keep the record, not for readers."""
    by_language = {
        other.language: other
        for other in sorted(found_records, key=lambda other: -other.pk)
        if other.state in INDEXED_RECORD_STATES and other.language != record.language
    }
    return [by_language[language] for language in sorted(by_language)]


def _is_first_passage(passage_pk: int) -> bool:
    return passage_pk % MAX_PASSAGES_PER_RECORD == 0


def _build_search_hit(
    search_query: SearchQuery, passage: Passage, next_passage: Passage | None, record: Record, hit_records: list[Record]
) -> SearchHit:
    text = passage.text.removeprefix(record.title).strip()
    if not text and _is_first_passage(passage.pk) and next_passage is not None:
        text = next_passage.text
    return SearchHit(
        record=record,
        anchor=passage.anchor,
        title=build_excerpt(record.title, search_query, width=250, language=record.language),
        excerpt=build_excerpt(text, search_query, language=passage.language) if text else [],
        translations=_select_hit_translations(record, hit_records),
    )
