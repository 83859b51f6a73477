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


@lru_cache(maxsize=4096)
def classify_column_heading(column_heading: str) -> str:
    """The name of the column with this head, or nothing."""
    plain = column_heading.strip(" *_.:?()")
    found = next((column.name for column in TABLE_COLUMNS if plain and column.regex.match(plain)), "")
    parts = [part.strip() for part in plain.split("/")]
    if found or len(parts) == 1:
        return found
    names = {classify_column_heading(part) for part in parts}
    return names.pop() if len(names) == 1 else ""  # "Commitment / Task"
