"""The engine inside PostgreSQL: a column of passages that Django does not know, filled with our own words."""

from collections import defaultdict
from collections.abc import Sequence

from django.db import connection

from jukwaa.records.index.engine import Match, Row, Words
from jukwaa.records.index.query import Phrase, Query, Term

LAST_POSITION = 16_383
GAP = 10
WEIGHTS = "{0.05, 0.3, 0.3, 1.0}"  # of D, C, B and A
INDEX = "records_passage_words"
CREATE = "ALTER TABLE records_passage ADD COLUMN IF NOT EXISTS words tsvector"
CREATE_INDEX = f"CREATE INDEX IF NOT EXISTS {INDEX} ON records_passage USING gin (words) WITH (fastupdate = off)"
INSERT = """
INSERT INTO records_passage (id, record_id, anchor, language, text, position, words)
VALUES (%s, %s, %s, %s, %s, %s, %s::tsvector)
"""
BEST = "SELECT DISTINCT ON (record_id) * FROM {hits} ORDER BY record_id, score, id"


class TsVector:
    def create(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(CREATE)
            cursor.execute(CREATE_INDEX)

    def drop(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE records_passage DROP COLUMN IF EXISTS words")

    def install_triggers(self) -> None:
        """None are needed: the words are part of the passage's row."""

    def missing(self) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_indexes WHERE indexname = %s", [INDEX])
            return [] if cursor.fetchone() else [INDEX]

    def astray(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM records_passage WHERE words IS NULL")
            return int(cursor.fetchone()[0])

    def sweep(self) -> None:
        """The words are part of the passage's row, so that none can be left."""

    def write(self, rows: Sequence[Row]) -> None:
        values = [
            (row.id, row.record_id, row.anchor, row.language, row.text, row.position, vector(row.words)) for row in rows
        ]
        with connection.cursor() as cursor:
            cursor.executemany(INSERT, values)

    def match(self, query: Query) -> Match:
        asked = expression(query)
        return Match(
            passage="p.id",
            score=f"-ts_rank_cd('{WEIGHTS}', p.words, %s::tsquery, 1)::float8",
            source="records_passage p JOIN ({visible}) r ON r.id = p.record_id",
            condition="p.words @@ %s::tsquery",
            parameters=[asked, asked],
            order="p.id DESC",
            best=BEST,
        )

    def holds_one_of(self, column: str, count: int) -> str:
        marks = ", ".join(["%s"] * count)
        return f"{column} ?| ARRAY[{marks}]"


def vector(words: Words) -> str:
    """A tsvector as text: each word with its places and its weight. Phrases don't reach from one part into the next."""
    places: dict[str, list[str]] = defaultdict(list)
    start = 1
    for part, weight in ((words.title, "A"), (words.context, "D"), (words.body, "C")):
        for place, word in enumerate(part, start=start):
            places[word].append(f"{min(place, LAST_POSITION)}{weight}")
        start += len(part) + GAP
    return " ".join(f"'{word}':{','.join(at)}" for word, at in places.items())


def expression(query: Query) -> str:
    """In the language of tsquery. A word of ours holds no quotes, so that quoting it is safe."""
    wanted = (" | " if query.any_of else " & ").join(map(_term, query.terms))
    without = "".join(f" & !{_term(term)}" for term in query.excluded)
    return f"({wanted}){without}"


def _term(term: Term) -> str:
    parts = [_phrase(phrase) for phrase in term.phrases] + [f"'{start}':*" for start in term.starts]
    return f"({' | '.join(parts)})"


def _phrase(phrase: Phrase) -> str:
    return "(" + " <-> ".join(f"'{word}'" for word in phrase) + ")"
