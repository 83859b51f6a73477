from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import page
from jukwaa.records import index
from jukwaa.search.facets import facets
from jukwaa.search.narrowing import areas_of, narrowing
from jukwaa.search.showing import shown


@login_not_required
@require_GET
def search(request: Request, coalition: Coalition) -> HttpResponse:
    """One box over everything that the reader may read. Without words in it, the page says how to ask."""
    areas = areas_of(coalition)
    asked = narrowing(request.GET, areas)
    locale = get_language() or "en"
    context = {"here": "search", "q": asked.query, "asked": asked}
    if asked.query:
        results = index.search(
            coalition,
            request.user,
            asked.query,
            kind=asked.kind,
            area=asked.area,
            region=asked.region,
            language=asked.language,
            page=asked.page,
            own_language=locale,
            newest_first=asked.newest_first,
        )
        context |= {
            "results": results,
            "hits": [shown(hit, locale) for hit in results.hits],
            "facets": facets(results, asked, request.GET, areas, locale),
        }
    return page(request, "search/search.html", context)
