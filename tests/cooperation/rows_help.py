"""For each route of offers and needs with arguments, what the walks fill in: see `tests/rows.py`."""

from tests.spread import Rows, of_kind, some

HELP: dict[str, Rows] = {
    **{f"cooperation:{side}_detail": of_kind(side) for side in ("offer", "need")},
    **{f"cooperation:{side}_{deed}": some(side) for side in ("offer", "need") for deed in ("edit", "close", "confirm")},
}
