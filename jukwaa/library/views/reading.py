"""The list of the library, and the page of an item."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from jukwaa.coalitions.caching import kept_for_visitors
from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import page
from jukwaa.library import policies
from jukwaa.library.lists import items, own_drafts
from jukwaa.library.models import Item
from jukwaa.library.schema import kinds
from jukwaa.library.screening import reasons_for_review
from jukwaa.library.views.common import visible_item
from jukwaa.records.models import State


@login_not_required
@require_GET
@kept_for_visitors
def item_list(request: Request, coalition: Coalition) -> HttpResponse:
    known = {kind.name for kind in kinds()}
    kind = request.GET.get("kind", "")
    kind = kind if kind in known else ""
    context = {
        "here": "library",
        "kinds": kinds(),
        "chosen": kind,
        "page": items(request.user, coalition, kind, request.GET.get("after", "")),
        "drafts": own_drafts(request.user, coalition),
        "may_share": request.standing.is_inside,
    }
    return page(request, "library/item_list.html", context)


@login_not_required
@require_GET
@kept_for_visitors
def item_detail(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    item = visible_item(request, coalition, pk)
    return page(request, "library/item_detail.html", {"here": "library", "item": item, **_deeds(request, item)})


def _deeds(request: Request, item: Item) -> dict[str, Any]:
    """What this viewer may do with it, and what keeps it from being published."""
    if not request.user.is_authenticated:
        return {}
    waits = item.state in (State.DRAFT, State.SUBMITTED)
    publishes = waits and policies.can_publish_item(request.user, item)
    return {
        "may_edit": item.is_open_to_change and policies.can_edit_item(request.user, item),
        "may_publish": publishes,
        "reasons": reasons_for_review(item) if publishes else [],
    }
