"""Where the words of passages are kept and matched: one interface, and an engine for each database.

A passage's id is `record << 16 | position`, so that a hit names its record without a look at the passage.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from jukwaa.records.index.query import QueryTerm, SearchQuery

PASSAGE_POSITION_BITS = 16
MAX_PASSAGES_PER_RECORD = 1 << PASSAGE_POSITION_BITS  # of one record
# Of the passages that match and may be read, the newest so many are ranked: 3,000 cost 8 ms on SQLite. Beyond that, a
# word tells nothing. A search that reached the limit says so.
MAX_RANKED_PASSAGES = 3_000
FIRST_BULK_PASSAGE_POSITION = (
    1 << 13
)  # from this position on stands what hangs on a record by the thousand, and is indexed by itself


@dataclass(frozen=True)
class PassageWords:
    """The words of one passage. Those of the record's title weigh most in the passage that begins with it, and little
    in the others, where they only let a query be met by the title and the passage together.
    """

    title: list[str]
    context: list[str]
    body: list[str]


@dataclass(frozen=True)
class PassageRow:
    """A passage as it is written, with its words."""

    id: int
    record_id: int
    anchor: str
    language: str
    text: str
    position: int
    words: PassageWords


@dataclass(frozen=True)
class MatchSql:
    """The engine's part of a search, in SQL with parameters. A lower score is a better one."""

    passage: str  # the passage's id
    score: str
    source: (
        str  # the newest readable passages that match, with {visible} for the readable records, called r, and {most}
    )
    in_score: list[str]
    before_visible: list[str]
    after_visible: list[str]
    best: str  # of {hits}, the best one of each record


class SearchEngine(Protocol):
    def create(self) -> None:
        """Make what the engine needs beside the table of passages."""

    def drop(self) -> None: ...

    def install_triggers(self) -> None:
        """Harmless to repeat: what deletes a passage, be it a cascade, takes its words along."""

    def missing(self) -> list[str]:
        """What should be there and is not."""

    def count_orphans(self) -> int:
        """How many passages have no words, or words no passage."""

    def delete_orphans(self) -> None:
        """Take out words whose passage is gone."""

    def write(self, passage_rows: Sequence[PassageRow]) -> None: ...

    def counts(self, query_terms: Sequence[QueryTerm], max_results: int) -> list[int]:
        """In how many passages each term is, counted up to `max_results`. Words of a phrase may be apart in them."""

    def match(self, search_query: SearchQuery) -> MatchSql: ...

    def build_countries_sql(self, column_name: str, parameter_count: int) -> str:
        """Whether a JSON list of countries holds one of so many parameters."""

    def build_date_sql(self, table_name: str) -> str:
        """The date of what a record is about: of issue, or else of publication. NULL if it is not known."""

    def year(self, column_name: str) -> str:
        """The year of such a date, as text."""
