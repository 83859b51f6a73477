# ruff: noqa: S608 - the parts are constants and quoted words of ours; values are parameters
"""The engine inside SQLite: a contentless FTS5 table, whose rowid is the passage's id."""

from collections.abc import Sequence

from django.db import connection

from jukwaa.records.index.engine import PASSAGE_POSITION_BITS, MatchSql, PassageRow, PassageWords
from jukwaa.records.index.query import Phrase, QueryTerm, SearchQuery
from jukwaa.records.models import Passage

WORDS_TABLE = "records_passage_words"
DELETE_TRIGGER_NAME = f"{WORDS_TABLE}_follow"
BM25_COLUMN_WEIGHTS = "3.0, 0.3, 1.0"  # of the columns

# Our own words pass as they are: ASCII letters and digits, whatever is not ASCII, and the mark before the language.
CREATE_TABLE_SQL = f"""
CREATE VIRTUAL TABLE IF NOT EXISTS {WORDS_TABLE} USING fts5(
    title, context, body, content='', contentless_delete=1, tokenize="ascii tokenchars '_'"
)
"""
CREATE_TRIGGER_SQL = f"""
CREATE TRIGGER IF NOT EXISTS {DELETE_TRIGGER_NAME} AFTER DELETE ON records_passage
BEGIN DELETE FROM {WORDS_TABLE} WHERE rowid = old.id; END
"""
# The engine's own table of sizes has a row for each passage that it knows.
COUNT_WITHOUT_WORDS_SQL = f"SELECT count(*) FROM records_passage WHERE id NOT IN (SELECT id FROM {WORDS_TABLE}_docsize)"
FIND_ORPHANED_WORDS_SQL = f"SELECT id FROM {WORDS_TABLE}_docsize WHERE id NOT IN (SELECT id FROM records_passage)"
INSERT_PASSAGES_SQL = f"INSERT INTO {WORDS_TABLE} (rowid, title, context, body) VALUES (%s, %s, %s, %s)"
COUNT_PASSAGES_SQL = (
    f"SELECT {{number}}, (SELECT count(*) FROM (SELECT 1 FROM {WORDS_TABLE} WHERE {WORDS_TABLE} MATCH %s LIMIT %s))"
)
BEST_PASSAGE_SQL = (
    "SELECT record_id, id, min(score) AS score, kind, language, countries, published_at, is_issued, dated_at"
    " FROM {hits} GROUP BY record_id"
)


class Fts5Engine:
    def create(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(CREATE_TABLE_SQL)
        self.install_triggers()

    def drop(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER IF EXISTS {DELETE_TRIGGER_NAME}")
            cursor.execute(f"DROP TABLE IF EXISTS {WORDS_TABLE}")

    def install_triggers(self) -> None:
        if self.missing() != [DELETE_TRIGGER_NAME]:
            return
        with connection.cursor() as cursor:
            cursor.execute(CREATE_TRIGGER_SQL)

    def missing(self) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE name IN (%s, %s)", [WORDS_TABLE, DELETE_TRIGGER_NAME])
            present = {name for (name,) in cursor.fetchall()}
        return [name for name in (WORDS_TABLE, DELETE_TRIGGER_NAME) if name not in present]

    def count_orphans(self) -> int:
        with connection.cursor() as cursor:
            without_words = int(cursor.execute(COUNT_WITHOUT_WORDS_SQL).fetchone()[0])
            return without_words + len(cursor.execute(FIND_ORPHANED_WORDS_SQL).fetchall())

    def delete_orphans(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {WORDS_TABLE} WHERE rowid IN ({FIND_ORPHANED_WORDS_SQL})")

    def write(self, passage_rows: Sequence[PassageRow]) -> None:
        Passage.objects.bulk_create(
            Passage(
                id=row.id,
                record_id=row.record_id,
                anchor=row.anchor,
                language=row.language,
                text=row.text,
                position=row.position,
            )
            for row in passage_rows
        )
        with connection.cursor() as cursor:
            cursor.executemany(
                INSERT_PASSAGES_SQL, [(row.id, *map(" ".join, get_index_columns(row.words))) for row in passage_rows]
            )

    def counts(self, query_terms: Sequence[QueryTerm], max_results: int) -> list[int]:
        with connection.cursor() as cursor:
            asked = [
                value
                for term in query_terms
                for value in (_build_match_term(term, match_operator=" AND "), max_results)
            ]
            cursor.execute(
                " UNION ALL ".join(COUNT_PASSAGES_SQL.format(number=n) for n in range(len(query_terms))), asked
            )
            return [count for _number, count in sorted(cursor.fetchall())]

    def match(self, search_query: SearchQuery) -> MatchSql:
        return MatchSql(
            passage=f"{WORDS_TABLE}.rowid",
            score=f"bm25({WORDS_TABLE}, {BM25_COLUMN_WEIGHTS})",
            # CROSS JOIN keeps the order: the words first, then each record by its id. A term for access inside
            # MATCH would cost ten times as much.
            source=f"{WORDS_TABLE} CROSS JOIN ({{visible}}) r ON r.id = {WORDS_TABLE}.rowid >> {PASSAGE_POSITION_BITS}"
            f" WHERE {WORDS_TABLE} MATCH %s ORDER BY {WORDS_TABLE}.rowid DESC LIMIT {{most}}",
            in_score=[],
            before_visible=[],
            after_visible=[build_match_expression(search_query)],
            best=BEST_PASSAGE_SQL,
        )

    def build_countries_sql(self, column_name: str, parameter_count: int) -> str:
        marks = ", ".join(["%s"] * parameter_count)
        return f"EXISTS (SELECT 1 FROM json_each({column_name}) WHERE json_each.value IN ({marks}))"

    def build_date_sql(self, table_name: str) -> str:
        return (
            f"CASE WHEN {table_name}.is_issued THEN {table_name}.issued_on"
            f" ELSE coalesce({table_name}.happened_on, {table_name}.published_at) END"
        )

    def year(self, column_name: str) -> str:
        return f"substr({column_name}, 1, 4)"


def get_index_columns(words: PassageWords) -> tuple[list[str], list[str], list[str]]:
    return words.title, words.context, words.body


def build_match_expression(search_query: SearchQuery) -> str:
    """In the language of FTS5. A word of ours holds neither quotes nor spaces, so that quoting it is safe."""
    wanted = (" OR " if search_query.any_of else " AND ").join(map(_build_match_term, search_query.terms))
    without = "".join(f" NOT {_build_match_term(term)}" for term in search_query.excluded)
    return f"({wanted}){without}"


def _build_match_term(query_term: QueryTerm, *, match_operator: str = " + ") -> str:
    """Joined by AND, the words of a phrase may stand apart."""
    parts = [_build_match_phrase(phrase, match_operator) for phrase in query_term.phrases] + [
        f'"{start}" *' for start in query_term.starts
    ]
    return f"({' OR '.join(parts)})"


def _build_match_phrase(query_phrase: Phrase, match_operator: str) -> str:
    return f"({match_operator.join(f'"{word}"' for word in query_phrase)})"
