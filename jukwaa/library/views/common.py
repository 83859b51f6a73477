"""What the pages of the library share: the item that one may see, and what its page shows."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.library.models import Item
from jukwaa.library.schema import ItemKind, get_item_kind


def get_item_or_404(request: Request | MemberRequest, coalition: Coalition, pk: int) -> Item:
    """404 for what one may not see."""
    item: Item = get_object_or_404(Item.objects.visible_to(request.user).of(coalition), pk=pk)
    item.coalition = coalition
    return item


def get_kind_or_404(kind_name: str) -> ItemKind:
    """404 for a kind that is not there."""
    try:
        return get_item_kind(kind_name)
    except LookupError as error:
        raise Http404 from error
