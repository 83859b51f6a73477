"""What is new for a search that somebody keeps."""

from datetime import datetime

from jukwaa.coalitions.models.people import Viewer
from jukwaa.records import index
from jukwaa.records.models import Record
from jukwaa.search.models import SavedSearch
from jukwaa.search.narrowing import areas_of, narrowing

MOST_NEW = 100


def results_since(saved: SavedSearch, viewer: Viewer, since: datetime) -> list[Record]:
    """Published since then, found by this search and open to this viewer today; the newest first.

    All words must be found: what a page offers where they are not is no news.
    """
    asked = narrowing(saved.as_asked(), areas_of(saved.coalition))
    filters = asked.filters.published_since(since)
    return index.matching(saved.coalition, viewer, asked.query, filters=filters, most=MOST_NEW)
