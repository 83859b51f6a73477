"""The search itself."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import render_page
from jukwaa.records import index
from jukwaa.search.facets import build_search_facets
from jukwaa.search.intents import find_best_match
from jukwaa.search.models import SavedSearch
from jukwaa.search.other_results import find_other_results
from jukwaa.search.result_details import build_result_details
from jukwaa.search.search_requests import SearchRequest, load_areas_of_work, parse_search_request


@login_not_required
@require_GET
def search_page(request: Request, coalition: Coalition) -> HttpResponse:
    """One box over everything that the reader may read. Without words in it, the page says how to ask."""
    areas = load_areas_of_work(coalition)
    asked = parse_search_request(request.GET, areas)
    locale = get_language() or "en"
    context = {"q": asked.query, "asked": asked}
    if asked.query:
        results = index.search_records(
            coalition,
            request.user,
            asked.query,
            filters=asked.filters,
            page=asked.page,
            own_language=locale,
            newest_first=asked.newest_first,
            as_typed=asked.as_typed,
        )
        context |= {
            "results": results,
            "hits": [build_result_details(hit, locale) for hit in results.hits],
            "facets": build_search_facets(results, asked, areas, locale),
            "saved": _find_saved_search(request, coalition, asked),
        }
        if asked.page == 1 and not asked.is_narrow:
            context["best"] = find_best_match(request.standing, asked.query)
            context["others"] = find_other_results(request.standing, asked.query)
    return render_page(request, "search/search.html", context)


def _find_saved_search(request: Request, coalition: Coalition, search_request: SearchRequest) -> SavedSearch | None:
    """The very search, if the reader keeps it."""
    if not request.user.is_authenticated:
        return None
    return SavedSearch.objects.filter(person=request.user, coalition=coalition, query=search_request.address).first()
