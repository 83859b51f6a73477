"""A line of a report, as the reader classifies it."""

from dataclasses import dataclass


@dataclass(slots=True)
class Line:
    """One line; `start` to `end` is what it says, without its mark."""

    start: int
    end: int
    text: str
    kind: str = "para"
    level: int = 0
    indent: int = 0
    width: int = 60
    after_page: bool = False
    checkbox: bool = False
    ticked: bool = False
    is_head: bool = False  # the row above the rule of a table
    opens: bool = False  # begins a paragraph of its own
