"""The engine inside PostgreSQL: a column of passages that Django does not know, filled with our own words."""

from collections import defaultdict
from collections.abc import Sequence

from django.db import connection

from jukwaa.records.index.engine import MatchSql, PassageRow, PassageWords
from jukwaa.records.index.query import Phrase, QueryTerm, SearchQuery

MAX_TSVECTOR_POSITION = 16_383
TSVECTOR_POSITION_GAP = 10
TSVECTOR_LABEL_WEIGHTS = "{0.05, 0.3, 0.3, 1.0}"  # of D, C, B and A
PASSAGE_WORDS_INDEX = "records_passage_words"
ADD_COLUMN_SQL = "ALTER TABLE records_passage ADD COLUMN IF NOT EXISTS words tsvector"
CREATE_INDEX_SQL = (
    f"CREATE INDEX IF NOT EXISTS {PASSAGE_WORDS_INDEX} ON records_passage USING gin (words) WITH (fastupdate = off)"
)
INSERT_PASSAGES_SQL = """
INSERT INTO records_passage (id, record_id, anchor, language, text, position, words)
VALUES (%s, %s, %s, %s, %s, %s, %s::tsvector)
"""
# MATERIALIZED: read no further than it is asked for, but planned as if all of it were, which means by its index.
COUNT_PASSAGES_SQL = """
SELECT {number}, (
    WITH found AS MATERIALIZED (SELECT 1 FROM records_passage WHERE words @@ %s::tsquery)
    SELECT count(*) FROM (SELECT 1 FROM found LIMIT %s) few
)
"""
# Weighing is dear, since each passage's words are fetched for it: so the newest that match and may be read are found
# first. MATERIALIZED, since the planner would else read the table from its end whenever it takes words that it has not
# counted for frequent ones. From version 17 on it knows that what is found is in order, and stops early.
NEWEST_MATCHES_SQL = """
(
    WITH matched AS MATERIALIZED (
        SELECT id, record_id FROM records_passage WHERE words @@ %s::tsquery ORDER BY id DESC
    )
    SELECT matched.id AS passage_id, visible.*
    FROM matched JOIN ({visible}) visible ON visible.id = matched.record_id
    ORDER BY matched.id DESC LIMIT {most}
) r JOIN records_passage p ON p.id = r.passage_id
"""
BEST_PASSAGE_SQL = "SELECT DISTINCT ON (record_id) * FROM {hits} ORDER BY record_id, score, id"


class TsVectorEngine:
    def create(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(ADD_COLUMN_SQL)
            cursor.execute(CREATE_INDEX_SQL)

    def drop(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE records_passage DROP COLUMN IF EXISTS words")

    def install_triggers(self) -> None:
        """None are needed: the words are part of the passage's row."""

    def missing(self) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_indexes WHERE indexname = %s", [PASSAGE_WORDS_INDEX])
            return [] if cursor.fetchone() else [PASSAGE_WORDS_INDEX]

    def count_orphans(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM records_passage WHERE words IS NULL")
            return int(cursor.fetchone()[0])

    def delete_orphans(self) -> None:
        """The words are part of the passage's row, so that none can be left."""

    def write(self, passage_rows: Sequence[PassageRow]) -> None:
        values = [
            (row.id, row.record_id, row.anchor, row.language, row.text, row.position, build_tsvector_sql(row.words))
            for row in passage_rows
        ]
        with connection.cursor() as cursor:
            cursor.executemany(INSERT_PASSAGES_SQL, values)

    def counts(self, query_terms: Sequence[QueryTerm], max_results: int) -> list[int]:
        with connection.cursor() as cursor:
            asked = [
                value for term in query_terms for value in (_build_tsquery_term(term, match_operator="&"), max_results)
            ]
            cursor.execute(
                " UNION ALL ".join(COUNT_PASSAGES_SQL.format(number=n) for n in range(len(query_terms))), asked
            )
            return [count for _number, count in sorted(cursor.fetchall())]

    def match(self, search_query: SearchQuery) -> MatchSql:
        asked = build_tsquery_sql(search_query)
        return MatchSql(
            passage="p.id",
            score=f"-ts_rank_cd('{TSVECTOR_LABEL_WEIGHTS}', p.words, %s::tsquery, 1)::float8",
            source=NEWEST_MATCHES_SQL,
            in_score=[asked],
            before_visible=[asked],
            after_visible=[],
            best=BEST_PASSAGE_SQL,
        )

    def build_countries_sql(self, column_name: str, parameter_count: int) -> str:
        marks = ", ".join(["%s"] * parameter_count)
        return f"{column_name} ?| ARRAY[{marks}]"

    def build_date_sql(self, table_name: str) -> str:
        issued_at, happened_at = (
            f"{table_name}.{column_name}::timestamp AT TIME ZONE 'UTC'" for column_name in ("issued_on", "happened_on")
        )
        return (
            f"CASE WHEN {table_name}.is_issued THEN {issued_at}"
            f" ELSE coalesce({happened_at}, {table_name}.published_at) END"
        )

    def year(self, column_name: str) -> str:
        return f"to_char({column_name} AT TIME ZONE 'UTC', 'YYYY')"


def build_tsvector_sql(words: PassageWords) -> str:
    """A tsvector as text: each word with its places and its weight. Phrases don't reach from one part into the next."""
    places: dict[str, list[str]] = defaultdict(list)
    start = 1
    for part, weight in ((words.title, "A"), (words.context, "D"), (words.body, "C")):
        for place, word in enumerate(part, start=start):
            places[word].append(f"{min(place, MAX_TSVECTOR_POSITION)}{weight}")
        start += len(part) + TSVECTOR_POSITION_GAP
    return " ".join(f"'{word}':{','.join(at)}" for word, at in places.items())


def build_tsquery_sql(search_query: SearchQuery) -> str:
    """In the language of tsquery. A word of ours holds no quotes, so that quoting it is safe."""
    wanted = (" | " if search_query.any_of else " & ").join(map(_build_tsquery_term, search_query.terms))
    without = "".join(f" & !{_build_tsquery_term(term)}" for term in search_query.excluded)
    return f"({wanted}){without}"


def _build_tsquery_term(query_term: QueryTerm, *, match_operator: str = "<->") -> str:
    """With "&" for `then`, words of a phrase may stand anywhere, which the index knows without opening the passage."""
    parts = [_build_tsquery_phrase(phrase, match_operator) for phrase in query_term.phrases] + [
        f"'{start}':*" for start in query_term.starts
    ]
    return f"({' | '.join(parts)})"


def _build_tsquery_phrase(query_phrase: Phrase, match_operator: str) -> str:
    return "(" + f" {match_operator} ".join(f"'{word}'" for word in query_phrase) + ")"
