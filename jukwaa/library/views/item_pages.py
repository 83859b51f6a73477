"""The list of the library, and the page of an item."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from jukwaa.coalitions.caching import cache_for_visitors, get_or_build_cached
from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import render_page
from jukwaa.core.keyset_pagination import PageCursor
from jukwaa.library import policies
from jukwaa.library.item_lists import ItemFilters, get_item_page, load_own_drafts
from jukwaa.library.models import Item
from jukwaa.library.related_items import load_item_sidebar
from jukwaa.library.schema import kinds
from jukwaa.library.screening import get_review_reasons
from jukwaa.library.views.common import get_item_or_404
from jukwaa.records.models import Authorship, State
from jukwaa.records.policies import can_change_record, is_author


@login_not_required
@require_GET
@cache_for_visitors
def item_list(request: Request, coalition: Coalition) -> HttpResponse:
    filters = ItemFilters.parse(request.GET)
    context = {
        "kinds": kinds(),
        "chosen": filters.kind,
        "filters": filters,
        "page": get_item_page(request.user, coalition, filters, PageCursor.of(request)),
        "drafts": load_own_drafts(request.user, coalition),
        "may_share": request.standing.is_inside,
    }
    return render_page(request, "library/item_list.html", context)


@login_not_required
@require_GET
@cache_for_visitors
def item_detail(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    item = get_item_or_404(request, coalition, pk)
    _prefetch_item_authors(request, item)
    language = get_language() or "en"
    key = f"beside-{item.pk}-{request.user.pk}-{language}"  # a visitor's whole page is kept
    around = get_or_build_cached(coalition, key, lambda: load_item_sidebar(item, request.user, language))
    context = {"item": item, "beside": around, **_get_item_permissions(request, item)}
    return render_page(request, "library/item_detail.html", context)


def _prefetch_item_authors(request: Request, item: Item) -> None:
    """Asked for by several parts of the page, and read once; so is whether the viewer is one of them."""
    prefetch_related_objects([item], Prefetch("authorships", Authorship.objects.select_related("capacity")))
    request.standing.wrote[item.pk] = any(author.person_id == request.user.pk for author in item.authorships.all())


def _get_item_permissions(request: Request, item: Item) -> dict[str, Any]:
    """What this viewer may do with it, and what keeps it from being published."""
    if not request.user.is_authenticated:
        return {}
    waits = item.state in (State.DRAFT, State.SUBMITTED)
    publishes = waits and policies.can_publish_library_record(request.standing, item)
    return {
        "may_edit": item.is_open_to_change and can_change_record(request.standing, item),
        "may_publish": publishes,
        "may_send": publishes and is_author(request.standing, item),
        "may_set_readers": item.is_open_to_change and is_author(request.standing, item),
        "reasons": get_review_reasons(item) if publishes else [],
        "owed": item.owed if publishes else [],
    }
