"""Who may read an item or a collection, said anew on a page of its own."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.library import actions, policies
from jukwaa.library.forms import ChangeReadersForm
from jukwaa.library.models import Collection, Item
from jukwaa.library.views.collections import BACK_TO_DRAFT_MESSAGE, get_collection_or_404
from jukwaa.library.views.common import get_item_or_404

READERS_TEMPLATE = "library/readers.html"


@require_http_methods(["GET", "POST"])
def item_readers(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    return _edit_record_readers(request, get_item_or_404(request, coalition, pk))


@require_http_methods(["GET", "POST"])
def collection_readers(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    return _edit_record_readers(request, get_collection_or_404(request, coalition, pk))


def _edit_record_readers[R: (Item, Collection)](request: MemberRequest, record: R) -> HttpResponse:
    if not record.is_open_to_change or not policies.can_set_readers(request.standing, record):
        raise PermissionDenied(_("Only the person who shared this record can change who can read it."))
    form = ChangeReadersForm(get_form_data(request), viewer_standing=request.standing, record=record)
    return form_view(
        request,
        form,
        template=READERS_TEMPLATE,
        context={"record": record},
        action=lambda: actions.change_record_readers(actor=request.user, record=record, readers=form.readers()),
        success_message=lambda changed: _describe_readers_change(record, changed),
        redirect_to=lambda changed: changed,
    )


def _describe_readers_change(record: Item | Collection, changed_record: Item | Collection) -> str:
    if changed_record.state == record.state:
        return _("The changes have been saved.")
    if isinstance(changed_record, Item):
        return _("Readers saved. Send the item for review: it must be reviewed again before other people can read it.")
    return str(BACK_TO_DRAFT_MESSAGE)
