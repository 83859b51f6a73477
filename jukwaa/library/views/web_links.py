"""Pages elsewhere that belong to an item: adding one, taking one away. Files have pages of their own in `records`."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.library import policies
from jukwaa.library.actions.web_links import add_web_link, remove_web_link
from jukwaa.library.forms.web_links import WebLinkForm
from jukwaa.library.models import Item, WebLink
from jukwaa.library.views.common import get_item_or_404
from jukwaa.records.views.common import CONFIRMATION_TEMPLATE

WEB_LINK_ADD_TEMPLATE = "library/web_link_add.html"


@require_http_methods(["GET", "POST"])
def web_link_add(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    item = get_item_or_404(request, coalition, pk)
    _check_item_editable(request, item)
    form = WebLinkForm(get_form_data(request))
    return form_view(
        request,
        form,
        template=WEB_LINK_ADD_TEMPLATE,
        context={"item": item},
        action=lambda: add_web_link(
            actor=request.user, item=item, url=form.cleaned_data["url"], title=form.cleaned_data["title"]
        ),
        success_message=_("Web link added."),
        redirect_to=item,
    )


@require_http_methods(["GET", "POST"])
def web_link_remove(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    readable = Item.objects.visible_to(request.user).of(coalition)
    link = get_object_or_404(WebLink.objects.filter(readable.exists_for("item")).select_related("item"), pk=pk)
    link.item.coalition = coalition
    _check_item_editable(request, link.item)
    question = {
        "title": _("Remove a web link"),
        "object": str(link),
        "sentences": [_("The link will be removed from this page. The page it leads to will not change.")],
        "button": _("Remove link"),
        "stop": True,
        "back": link.item.get_absolute_url(),
    }
    return form_view(
        request,
        template=CONFIRMATION_TEMPLATE,
        context=question,
        action=lambda: remove_web_link(actor=request.user, link=link),
        success_message=_("Web link removed."),
        redirect_to=link.item,
    )


def _check_item_editable(request: MemberRequest, item: Item) -> None:
    if not (item.is_open_to_change and policies.can_edit_library_record(request.standing, item)):
        raise PermissionDenied(
            _("Only the person who shared this item, the rapporteur, an editor or a coordinator can change it.")
        )
