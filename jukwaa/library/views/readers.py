"""Who may read an item or a collection, said anew on a page of its own."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import invalid, page
from jukwaa.library import actions, policies
from jukwaa.library.forms import ChangeReadersForm
from jukwaa.library.models import Collection, Item
from jukwaa.library.views.collections import BACK, visible_collection
from jukwaa.library.views.common import visible_item

READERS = "library/readers.html"


@require_http_methods(["GET", "POST"])
def item_readers(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    return _readers(request, visible_item(request, coalition, pk))


@require_http_methods(["GET", "POST"])
def collection_readers(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    return _readers(request, visible_collection(request, coalition, pk))


def _readers[R: (Item, Collection)](request: MemberRequest, record: R) -> HttpResponse:
    if not record.is_open_to_change or not policies.can_set_readers(request.user, record):
        raise PermissionDenied(_("Whoever shared it says who may read it."))
    form = ChangeReadersForm(request.POST or None, standing=request.standing, record=record)
    context = {"here": "library", "record": record, "form": form}
    if request.method == "GET":
        return page(request, READERS, context)
    if not form.is_valid():
        return invalid(request, READERS, context)
    changed = actions.change_readers(actor=request.user, record=record, readers=form.readers())
    if changed.state == record.state:
        messages.success(request, _("Saved."))
    elif isinstance(changed, Item):
        messages.success(request, _("Saved. A second person reads it again before others do: send it for review."))
    else:
        messages.success(request, str(BACK))
    return redirect(changed)
