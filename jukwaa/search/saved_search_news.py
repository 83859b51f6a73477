"""What is new for a search that somebody keeps."""

from datetime import datetime

from jukwaa.coalitions.models.people import Viewer
from jukwaa.records import index
from jukwaa.records.models import Record
from jukwaa.search.models import SavedSearch
from jukwaa.search.search_requests import load_areas_of_work, parse_search_request

MAX_NEW_RESULTS = 100


def find_results_published_since(saved_search: SavedSearch, viewer: Viewer, since: datetime) -> list[Record]:
    """Published since then, found by this search and open to this viewer today; the newest first.

    All words must be found: what a page offers where they are not is no news.
    """
    asked = parse_search_request(saved_search.parse_query(), load_areas_of_work(saved_search.coalition))
    filters = asked.filters.limit_to_published_since(since)
    return index.find_matching_records(
        saved_search.coalition, viewer, asked.query, filters=filters, max_results=MAX_NEW_RESULTS
    )
