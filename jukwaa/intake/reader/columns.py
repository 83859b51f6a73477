"""What the heads of the columns of a table mean: a table in `data/columns.toml`."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A kind of column. `example` is a head of it, `counter` only looks like one; a test reads both."""

    name: str
    pattern: str
    example: str
    counter: str
    regex: re.Pattern[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "regex", re.compile(rf"(?:{self.pattern})\W*$", re.IGNORECASE))


def _load_table_columns() -> Iterator[TableColumn]:
    data = tomllib.loads(files("jukwaa.intake.reader").joinpath("data/columns.toml").read_text(encoding="utf-8"))
    for row in data["column"]:
        yield TableColumn(**{**row, "pattern": "".join(row["pattern"])})


TABLE_COLUMNS = tuple(_load_table_columns())
HEADING_PART_SEPARATOR = re.compile(r"\s*[/(),;–—+&]\s*|\s+-\s+|\s+(?:and|et|y|e|und)\s+", re.IGNORECASE)
MIN_COMBINED_PARTS = 2
TASK_PART_NAMES = frozenset({"what", "who", "due", "date"})


@lru_cache(maxsize=4096)
def classify_column_heading(column_heading: str) -> str:
    """The name of the column with this head, or nothing."""
    plain = column_heading.strip(" *_.:?()")
    found = next((column.name for column in TABLE_COLUMNS if plain and column.regex.match(plain)), "")
    found = found or _classify_combined_heading(plain)
    parts = [part.strip() for part in plain.split("/")]
    if found or len(parts) == 1:
        return found
    names = {classify_column_heading(part) for part in parts}
    return names.pop() if len(names) == 1 else ""  # "Commitment / Task"


def _classify_combined_heading(plain_heading: str) -> str:
    """Below "Action / who / when" stand whole tasks, below "Who / when" their owners and deadlines."""
    parts = [part for part in HEADING_PART_SEPARATOR.split(plain_heading) if part]
    names = {classify_column_heading(part) for part in parts} if len(parts) >= MIN_COMBINED_PARTS else set()
    if len(names) < MIN_COMBINED_PARTS or not names <= TASK_PART_NAMES:
        return ""
    return "task" if "what" in names else "assigned"
