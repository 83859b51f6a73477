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
# MATERIALIZED: read no further than it is asked for, but planned as if all of it were, which means by its index.
COUNT = """
SELECT {number}, (
    WITH found AS MATERIALIZED (SELECT 1 FROM records_passage WHERE words @@ %s::tsquery)
    SELECT count(*) FROM (SELECT 1 FROM found LIMIT %s) few
)
"""
# Weighing is dear, since each passage's words are fetched for it: so the newest that match and may be read are found
# first. MATERIALIZED, since the planner would else read the table from its end whenever it takes words that it has not
# counted for frequent ones. From version 17 on it knows that what is found is in order, and stops early.
NEWEST = """
(
    WITH matched AS MATERIALIZED (
        SELECT id, record_id FROM records_passage WHERE words @@ %s::tsquery ORDER BY id DESC
    )
    SELECT matched.id AS passage_id, visible.*
    FROM matched JOIN ({visible}) visible ON visible.id = matched.record_id
    ORDER BY matched.id DESC LIMIT {most}
) r JOIN records_passage p ON p.id = r.passage_id
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

    def counts(self, terms: Sequence[Term], most: int) -> list[int]:
        with connection.cursor() as cursor:
            asked = [value for term in terms for value in (_term(term, then="&"), most)]
            cursor.execute(" UNION ALL ".join(COUNT.format(number=n) for n in range(len(terms))), asked)
            return [count for _number, count in sorted(cursor.fetchall())]

    def match(self, query: Query) -> Match:
        asked = expression(query)
        return Match(
            passage="p.id",
            score=f"-ts_rank_cd('{WEIGHTS}', p.words, %s::tsquery, 1)::float8",
            source=NEWEST,
            in_score=[asked],
            before_visible=[asked],
            after_visible=[],
            best=BEST,
        )

    def holds_one_of(self, column: str, count: int) -> str:
        marks = ", ".join(["%s"] * count)
        return f"{column} ?| ARRAY[{marks}]"

    def year(self, column: str) -> str:
        return f"to_char({column} AT TIME ZONE 'UTC', 'YYYY')"


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


def _term(term: Term, *, then: str = "<->") -> str:
    """With "&" for `then`, words of a phrase may stand anywhere, which the index knows without opening the passage."""
    parts = [_phrase(phrase, then) for phrase in term.phrases] + [f"'{start}':*" for start in term.starts]
    return f"({' | '.join(parts)})"


def _phrase(phrase: Phrase, then: str) -> str:
    return "(" + f" {then} ".join(f"'{word}'" for word in phrase) + ")"
