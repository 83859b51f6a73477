"""For each address of the exchange with arguments, what the walks fill in: see `tests/rows.py`."""

from tests.spread import Rows

ROWS: dict[str, Rows] = {"site:sitemap": lambda _world: [{"page": 1}]}
PUBLIC = {
    "site:robots": "search engines ask for it without an account",
    "site:sitemap": "search engines read it: what everyone may read",
    "site:sitemap_index": "search engines read it",
    "site:security_txt": "whoever finds a vulnerability has no account",
    "site:manifest": "browsers ask for it without cookies",
    "site:coalition_manifest": "browsers ask for it without cookies",
}
