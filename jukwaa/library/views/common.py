"""What the pages of the library share: the item that one may see, and what its page shows."""

from django.db.models import QuerySet
from django.http import Http404

from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.prepared import Open, prepared
from jukwaa.library.models import Item
from jukwaa.library.schema import ItemKind, kind_called


def visible_item(request: Request | MemberRequest, coalition: Coalition, pk: int) -> Item:
    """404 for what one may not see."""
    found = prepared(_visible, request.user, coalition, Open(pk))
    if not found:
        raise Http404
    found[0].coalition = coalition
    return found[0]


def _visible(viewer: Viewer, coalition: Coalition, pk: int) -> QuerySet[Item]:
    return Item.objects.visible_to(viewer).of(coalition).filter(pk=pk)


def kind_in(name: str) -> ItemKind:
    """404 for a kind that is not there."""
    try:
        return kind_called(name)
    except LookupError as error:
        raise Http404 from error
