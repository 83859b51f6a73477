"""For each route of meetings with arguments, what the walks fill in: see `tests/rows.py`."""

from tests.meetings.rows_ideas import IDEAS, PUBLIC_IDEAS
from tests.spread import Rows

ROWS: dict[str, Rows] = {**IDEAS}
PUBLIC = {**PUBLIC_IDEAS}
