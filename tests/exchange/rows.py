"""For each address of the exchange with arguments, what the walks fill in: see `tests/rows.py`."""

from typing import Any

from jukwaa.events.models import Occurrence
from tests.row_builders import Rows
from tests.world import World


def list_date_rows(world: World) -> list[dict[str, Any]]:
    """Dates of events in every label and state."""
    rows = Occurrence.objects.filter(event__in=world.list_varied_records("event")).values_list("pk", "starts_on")
    return [{"day": day.isoformat(), "source": "occurrence", "pk": pk} for pk, day in rows]


ROWS_BY_ROUTE: dict[str, Rows] = {"site:sitemap": lambda _world: [{"page": 1}], "exchange:date_file": list_date_rows}
PUBLIC_ROUTES = {
    "exchange:date_file": "a date that everyone may read, for their own calendar",
    "site:robots": "search engines ask for it without an account",
    "site:sitemap": "search engines read it: what everyone may read",
    "site:sitemap_index": "search engines read it",
    "site:security_txt": "whoever finds a vulnerability has no account",
    "site:manifest": "browsers ask for it without cookies",
    "site:coalition_manifest": "browsers ask for it without cookies",
}
