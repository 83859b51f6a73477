"""Rows of a table: what its columns are called says what its cells are."""

import re

from jukwaa.intake.reader.cue import STRONG
from jukwaa.intake.reader.settle import Claim
from jukwaa.intake.reader.subjects import actors_in

COLUMNS = (
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
HEAD = ("head",)


def columns_of(row: str) -> tuple[str, ...]:
    """What each column is, if this row is the head of a table that the reader knows; else nothing."""
    columns = tuple(_column(cell) for cell in cells_of(row))
    return columns if any(columns) else ()


def _column(cell: str) -> str:
    return next((name for name, pattern in COLUMNS if pattern.match(cell)), "")


def cells_of(row: str) -> list[str]:
    """The cells of a row, without the space around them."""
    return [cell.strip() for cell in row.split("|")]


def row_claims(row: str, columns: tuple[str, ...], governing: str) -> list[Claim]:
    """What a row under such columns claims to be."""
    cells = dict(zip(columns, cells_of(row), strict=False))
    if cells.get("decision"):
        return [Claim("decision", STRONG, "stands in a column of decisions")]
    if cells.get("what") or (governing == "commitment" and cells.get("who")):
        who = actors_in(cells.get("who", ""))
        return [Claim("commitment", STRONG, "is a row of a table of actions", who, due=cells.get("due", ""))]
    if cells.get("name"):
        return [Claim("attendee", STRONG, "is a row of a table of those present", (cells["name"],))]
    return []
