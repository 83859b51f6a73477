# ruff: noqa: S608 - the parts are constants and quoted words of ours; values are parameters
"""The engine inside SQLite: a contentless FTS5 table, whose rowid is the passage's id."""

from collections.abc import Sequence

from django.db import connection

from jukwaa.records.index.engine import POSITION_BITS, Match, Row, Words
from jukwaa.records.index.query import Phrase, Query, Term
from jukwaa.records.models import Passage

TABLE = "records_passage_words"
TRIGGER = f"{TABLE}_follow"
WEIGHTS = "3.0, 0.3, 1.0"  # of the columns

# Our own words pass as they are: ASCII letters and digits, whatever is not ASCII, and the mark before the language.
CREATE = f"""
CREATE VIRTUAL TABLE IF NOT EXISTS {TABLE} USING fts5(
    title, context, body, content='', contentless_delete=1, tokenize="ascii tokenchars '_'"
)
"""
CREATE_TRIGGER = f"""
CREATE TRIGGER IF NOT EXISTS {TRIGGER} AFTER DELETE ON records_passage
BEGIN DELETE FROM {TABLE} WHERE rowid = old.id; END
"""
# The engine's own table of sizes has a row for each passage that it knows.
WITHOUT_WORDS = f"SELECT count(*) FROM records_passage WHERE id NOT IN (SELECT id FROM {TABLE}_docsize)"
WITHOUT_PASSAGE = f"SELECT id FROM {TABLE}_docsize WHERE id NOT IN (SELECT id FROM records_passage)"
INSERT = f"INSERT INTO {TABLE} (rowid, title, context, body) VALUES (%s, %s, %s, %s)"
COUNT = f"SELECT {{number}}, (SELECT count(*) FROM (SELECT 1 FROM {TABLE} WHERE {TABLE} MATCH %s LIMIT %s))"
BEST = (
    "SELECT record_id, id, min(score) AS score, kind, language, countries, published_at FROM {hits} GROUP BY record_id"
)


class Fts5:
    def create(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(CREATE)
        self.install_triggers()

    def drop(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER IF EXISTS {TRIGGER}")
            cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")

    def install_triggers(self) -> None:
        if self.missing() != [TRIGGER]:
            return
        with connection.cursor() as cursor:
            cursor.execute(CREATE_TRIGGER)

    def missing(self) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE name IN (%s, %s)", [TABLE, TRIGGER])
            present = {name for (name,) in cursor.fetchall()}
        return [name for name in (TABLE, TRIGGER) if name not in present]

    def astray(self) -> int:
        with connection.cursor() as cursor:
            without_words = int(cursor.execute(WITHOUT_WORDS).fetchone()[0])
            return without_words + len(cursor.execute(WITHOUT_PASSAGE).fetchall())

    def sweep(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE} WHERE rowid IN ({WITHOUT_PASSAGE})")

    def write(self, rows: Sequence[Row]) -> None:
        Passage.objects.bulk_create(
            Passage(
                id=row.id,
                record_id=row.record_id,
                anchor=row.anchor,
                language=row.language,
                text=row.text,
                position=row.position,
            )
            for row in rows
        )
        with connection.cursor() as cursor:
            cursor.executemany(INSERT, [(row.id, *map(" ".join, columns(row.words))) for row in rows])

    def counts(self, terms: Sequence[Term], most: int) -> list[int]:
        with connection.cursor() as cursor:
            asked = [value for term in terms for value in (_term(term, joined=" AND "), most)]
            cursor.execute(" UNION ALL ".join(COUNT.format(number=n) for n in range(len(terms))), asked)
            return [count for _number, count in sorted(cursor.fetchall())]

    def match(self, query: Query) -> Match:
        return Match(
            passage=f"{TABLE}.rowid",
            score=f"bm25({TABLE}, {WEIGHTS})",
            # CROSS JOIN keeps the order: the words first, then each record by its id. A term for access inside
            # MATCH would cost ten times as much.
            source=f"{TABLE} CROSS JOIN ({{visible}}) r ON r.id = {TABLE}.rowid >> {POSITION_BITS}"
            f" WHERE {TABLE} MATCH %s ORDER BY {TABLE}.rowid DESC LIMIT {{most}}",
            in_score=[],
            before_visible=[],
            after_visible=[expression(query)],
            best=BEST,
        )

    def holds_one_of(self, column: str, count: int) -> str:
        marks = ", ".join(["%s"] * count)
        return f"EXISTS (SELECT 1 FROM json_each({column}) WHERE json_each.value IN ({marks}))"

    def year(self, column: str) -> str:
        return f"substr({column}, 1, 4)"


def columns(words: Words) -> tuple[list[str], list[str], list[str]]:
    return words.title, words.context, words.body


def expression(query: Query) -> str:
    """In the language of FTS5. A word of ours holds neither quotes nor spaces, so that quoting it is safe."""
    wanted = (" OR " if query.any_of else " AND ").join(map(_term, query.terms))
    without = "".join(f" NOT {_term(term)}" for term in query.excluded)
    return f"({wanted}){without}"


def _term(term: Term, *, joined: str = " + ") -> str:
    """Joined by AND, the words of a phrase may stand apart."""
    parts = [_phrase(phrase, joined) for phrase in term.phrases] + [f'"{start}" *' for start in term.starts]
    return f"({' OR '.join(parts)})"


def _phrase(phrase: Phrase, joined: str) -> str:
    return f"({joined.join(f'"{word}"' for word in phrase)})"
