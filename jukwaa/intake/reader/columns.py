"""What the heads of the columns of a table mean: a table in `data/columns.toml`."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

# What one column may be of two, and is decided for each cell: "Deadline / Status", "Who & when".
COLUMN_PAIRS = {
    frozenset({"due", "status"}): "due_or_status",
    frozenset({"who", "due"}): "who_and_due",
    frozenset({"what", "who"}): "what",
    frozenset({"what", "due"}): "what",
    frozenset({"what", "decision"}): "result",
    frozenset({"discussion", "decision"}): "result",
    frozenset({"discussion", "what"}): "result",
    frozenset({"discussion", "text"}): "discussion",
    frozenset({"what", "who", "due"}): "what",
}
BRACKETED_END_PATTERN = re.compile(r"\s*\([^()]*\)?$")  # "Actions (who, when)"
PAIR_JOINT_PATTERN = re.compile(r"\s*[/;]\s*|\s+(?:[&+–—-]|and|or|et|ou|und|y|e|o|و)\s+|\sو(?=ال)|,\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A kind of column. `example` is a head of it, `counter` only looks like one; a test reads both."""

    name: str
    pattern: str
    example: str
    counter: str
    regex: re.Pattern[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "regex", re.compile(rf"(?:{_fold_accents(self.pattern)})\W*$", re.IGNORECASE))


def _fold_accents(words: str) -> str:
    """Many people type "Accion" and "Echeance" in the head of a table."""
    return "".join(letter for letter in unicodedata.normalize("NFD", words) if not unicodedata.combining(letter))


def _load_table_columns() -> Iterator[TableColumn]:
    data = tomllib.loads(files("jukwaa.intake.reader").joinpath("data/columns.toml").read_text(encoding="utf-8"))
    for row in data["column"]:
        yield TableColumn(**{**row, "pattern": "".join(row["pattern"])})


TABLE_COLUMNS = tuple(_load_table_columns())


@lru_cache(maxsize=4096)
def classify_column_heading(column_heading: str) -> str:
    """The name of the column with this head, or nothing."""
    plain = _fold_accents(column_heading).strip(" *_.:?()¹²³⁴⁵†‡")
    pair = {_match_column_name(part) for part in PAIR_JOINT_PATTERN.split(plain)}
    if found := COLUMN_PAIRS.get(frozenset("due" if name == "date" else name for name in pair)) or _match_column_name(
        plain
    ):
        return found
    parts = [part.strip() for part in plain.split("/")]
    names = {classify_column_heading(part) for part in parts} if len(parts) > 1 else set()
    if names == {"date", "due"}:
        return "due"
    if len(names) == 1:
        return names.pop()  # "Commitment / Task"
    label = BRACKETED_END_PATTERN.sub("", plain.partition(":")[0])
    return _match_column_name(label) if label != plain else ""


def _match_column_name(plain: str) -> str:
    return next((column.name for column in TABLE_COLUMNS if plain and column.regex.match(plain)), "")
