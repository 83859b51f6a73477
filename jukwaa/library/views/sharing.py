"""Sharing an item, telling more of it, publishing it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.documents.refusals import Refused
from jukwaa.core.http import invalid, page
from jukwaa.core.overtaken import overtaken
from jukwaa.library import actions, policies
from jukwaa.library.forms import DetailsForm, ShareForm
from jukwaa.library.models import Item
from jukwaa.library.schema import ItemKind, kinds
from jukwaa.library.views.common import kind_in, visible_item
from jukwaa.records.actions import Stale
from jukwaa.records.doors import asked_first, at_the_door

SHARE = "library/item_new.html"
EDIT = "library/item_edit.html"


@require_http_methods(["GET", "POST"])
def item_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """First what it is, then the short form of that kind."""
    if not request.standing.is_inside:
        raise PermissionDenied(_("Members share in the library. Apply for membership on the page of members."))
    if "kind" not in request.GET:
        return page(request, "library/kind_choice.html", {"here": "library", "kinds": kinds()})
    kind = kind_in(request.GET["kind"])
    form = ShareForm(request.POST or None, request.FILES or None, standing=request.standing, kind=kind)
    context = {"here": "library", "form": form, "kind": kind}
    if request.method == "GET":
        return page(request, SHARE, context)
    if answer := at_the_door(request, coalition, "form", text=form.people_text):
        return answer
    valid = form.is_valid()
    name, data = form.cleaned_data.get("file") or ("", b"")
    if answer := at_the_door(request, coalition, "attachment", name=name, data=data):
        return answer
    item = _share(request, coalition, kind, form) if valid else None
    if item is None:
        return invalid(request, SHARE, context)
    told = _("It is kept as a draft, which you alone see. Look at it once more, then publish it.")
    if kind.needs_review:
        told = _("It is kept as a draft, which you alone see. Look at it once more, then send it to a second reader.")
    messages.success(request, told)
    return redirect(item)


def _share(request: MemberRequest, coalition: Coalition, kind: ItemKind, form: ShareForm) -> Item | None:
    """Return the item, or None with the reason in the form: a damaged picture only shows when it is drawn anew."""
    try:
        return actions.share_item(actor=request.user, coalition=coalition, kind=kind.name, **form.said())
    except Refused as refused:
        form.add_error("file", str(refused.message))
        return None


@require_http_methods(["GET", "POST"])
def item_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    item = visible_item(request, coalition, pk)
    if not (item.is_open_to_change and policies.can_edit_item(request.user, item)):
        raise PermissionDenied(_("It is changed by whoever shared it, and by those who keep the record."))
    form = DetailsForm(request.POST or None, item=item, viewer=request.user)
    context = {"here": "library", "form": form, "item": item}
    if answer := asked_first(request, coalition, form, EDIT, context):
        return answer
    try:
        _save(request, item, form)
    except Stale:
        now = DetailsForm.initial_of(visible_item(request, coalition, pk))
        return overtaken(request, EDIT, form, now, context)
    messages.success(request, _("Saved. The version before is kept in the history."))
    return redirect(item)


def _save(request: MemberRequest, item: Item, form: DetailsForm) -> None:
    actions.change_item(
        actor=request.user,
        item=item,
        changes=form.changes(),
        from_version=form.cleaned_data["version"],
        areas=list(form.cleaned_data["areas"]),
    )


@require_POST
def item_publish(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    item = visible_item(request, coalition, pk)
    try:
        actions.publish_item(actor=request.user, item=item)
    except actions.NeedsReview as needed:
        messages.error(request, " ".join([_("It is not published yet."), *needed.reasons]))
    except actions.Owes as owes:
        messages.error(request, " ".join([_("It is not published yet."), owes.sentence]))
    else:
        messages.success(request, _("It is published."))
    return redirect(item)
