"""Sharing an item, telling more of it, publishing it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.core.refusals import ActionRefused
from jukwaa.library import actions, policies
from jukwaa.library.forms import DetailsForm, ShareForm
from jukwaa.library.models import Item
from jukwaa.library.schema import kinds
from jukwaa.library.views.common import get_item_or_404, get_kind_or_404

ITEM_NEW_TEMPLATE = "library/item_new.html"
ITEM_EDIT_TEMPLATE = "library/item_edit.html"


@require_http_methods(["GET", "POST"])
def item_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """First what it is, then the short form of that kind."""
    if not request.standing.is_inside:
        raise PermissionDenied(_("Only members can share in the library. To join, apply on the members page."))
    if "kind" not in request.GET:
        return render_page(request, "library/kind_choice.html", {"kinds": kinds()})
    kind = get_kind_or_404(request.GET["kind"])
    files = request.FILES if request.method == "POST" else None
    form = ShareForm(get_form_data(request), files, standing=request.standing, kind=kind)
    kept = _("Draft saved. Only you can see it. Check it, then publish it.")
    if kind.needs_review:
        kept = _("Draft saved. Only you can see it. Check it, then send it for review.")
    return form_view(
        request,
        form,
        template=ITEM_NEW_TEMPLATE,
        context={"kind": kind},
        action=lambda: actions.share_item(
            actor=request.user, coalition=coalition, kind=kind.name, **form.get_action_arguments()
        ),
        success_message=kept,
        redirect_to=lambda item: item,
    )


@require_http_methods(["GET", "POST"])
def item_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    item = get_item_or_404(request, coalition, pk)
    if not (item.is_open_to_change and policies.can_edit_library_record(request.standing, item)):
        raise PermissionDenied(
            _("Only the person who shared this item, the rapporteur, an editor or a coordinator can change it.")
        )
    form = DetailsForm(get_form_data(request), item=item, viewer=request.user)
    return form_view(
        request,
        form,
        template=ITEM_EDIT_TEMPLATE,
        context={"item": item},
        action=lambda: _save_item_changes(request, item, form),
        current_values=lambda _conflict: DetailsForm.get_initial(get_item_or_404(request, coalition, pk)),
        success_message=_("The changes have been saved. You can find the previous version in the history."),
        redirect_to=item,
    )


def _save_item_changes(request: MemberRequest, item: Item, form: DetailsForm) -> None:
    actions.change_item(
        actor=request.user,
        item=item,
        changes=form.get_changed_fields(),
        from_version=form.cleaned_data["version"],
        areas_of_work=list(form.cleaned_data["areas"]),
    )


@require_POST
def item_publish(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    item = get_item_or_404(request, coalition, pk)
    return form_view(
        request,
        action=lambda: _publish_item_of_request(request, item),
        makes_public=True,
        success_message=_("Record published. Readers can now see it."),
        redirect_to=item,
    )


def _publish_item_of_request(request: MemberRequest, item: Item) -> Item:
    try:
        return actions.publish_item(actor=request.user, item=item)
    except ActionRefused as refusal:
        raise ActionRefused(" ".join([_("The record has not been published."), str(refusal)])) from refusal
