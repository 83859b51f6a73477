"""The search itself."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import page
from jukwaa.records import index
from jukwaa.search.facets import facets
from jukwaa.search.intents import find_best_match
from jukwaa.search.models import SavedSearch
from jukwaa.search.narrowing import Narrowing, areas_of, narrowing
from jukwaa.search.showing import shown


@login_not_required
@require_GET
def search(request: Request, coalition: Coalition) -> HttpResponse:
    """One box over everything that the reader may read. Without words in it, the page says how to ask."""
    areas = areas_of(coalition)
    asked = narrowing(request.GET, areas)
    locale = get_language() or "en"
    context = {"q": asked.query, "asked": asked}
    if asked.query:
        results = index.search(
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
            "hits": [shown(hit, locale) for hit in results.hits],
            "facets": facets(results, asked, areas, locale),
            "saved": _saved(request, coalition, asked),
            "best": find_best_match(request.standing, asked.query) if asked.page == 1 and not asked.is_narrow else None,
        }
    return page(request, "search/search.html", context)


def _saved(request: Request, coalition: Coalition, asked: Narrowing) -> SavedSearch | None:
    """The very search, if the reader keeps it."""
    if not request.user.is_authenticated:
        return None
    return SavedSearch.objects.filter(person=request.user, coalition=coalition, query=asked.address).first()
