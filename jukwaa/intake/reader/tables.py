"""Rows of a table: what its columns are called says what its cells are."""

import re

from jukwaa.intake.reader.claims import Claim
from jukwaa.intake.reader.cue import STRONG
from jukwaa.intake.reader.subjects import extract_actors

COLUMN_PATTERNS = (
    ("who", re.compile(r"^(?:who|by whom|owners?|responsible.*|assign.*|lead|action by|person.*)$", re.IGNORECASE)),
    ("due", re.compile(r"^(?:due.*|when|deadline|by when|by|date due|target.*|timeline)$", re.IGNORECASE)),
    (
        "what",
        re.compile(r"^(?:(?:agreed )?actions?.*|tasks?.*|what|to[ -]?dos?|follow[ -]?up|next steps?)$", re.IGNORECASE),
    ),
    ("decision", re.compile(r"^(?:decisions?.*|resolutions?|agreed|outcome)$", re.IGNORECASE)),
    (
        "name",
        re.compile(
            r"^(?:(?:full |first )?names?|participants?|attendees?|members?|delegates?|present)$", re.IGNORECASE
        ),
    ),
)
HEADER_COLUMNS = ("head",)


def parse_columns(row: str) -> tuple[str, ...]:
    """What each column is, if this row is the head of a table that the reader knows; else nothing."""
    columns = tuple(_classify_column(cell) for cell in split_cells(row))
    return columns if any(columns) else ()


def _classify_column(cell: str) -> str:
    return next((name for name, pattern in COLUMN_PATTERNS if pattern.match(cell)), "")


def split_cells(row: str) -> list[str]:
    """The cells of a row, without the space around them."""
    return [cell.strip() for cell in row.split("|")]


def build_row_claims(row: str, columns: tuple[str, ...], governing: str) -> list[Claim]:
    """What a row under such columns claims to be."""
    cells = dict(zip(columns, split_cells(row), strict=False))
    if cells.get("decision"):
        return [Claim("decision", STRONG, "stands in a column of decisions")]
    if cells.get("what") or (governing == "commitment" and cells.get("who")):
        who = extract_actors(cells.get("who", ""))
        return [Claim("commitment", STRONG, "is a row of a table of actions", who, due=cells.get("due", ""))]
    if cells.get("name"):
        return [Claim("attendee", STRONG, "is a row of a table of those present", (cells["name"],))]
    return []
