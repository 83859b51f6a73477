"""Collections: the list, the page of one, and making, introducing and publishing it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.caching import kept_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.documents.outgoing import NotTypesetError, to_docx, to_html, to_pdf
from jukwaa.core.http import page
from jukwaa.core.overtaken import overtaken
from jukwaa.core.uploads import download_headers
from jukwaa.library import actions, collecting, policies
from jukwaa.library.forms import IntroducedForm, NewCollectionForm
from jukwaa.library.models import Collection
from jukwaa.records.actions import Stale
from jukwaa.records.doors import asked_first
from jukwaa.records.models import Record, State
from jukwaa.records.policies import wrote

DETAIL = "library/collection_detail.html"
NEW = "library/collection_new.html"
EDIT = "library/collection_edit.html"
BACK = gettext_lazy(
    "Saved, as a draft: words in it look as if somebody could be found by them. Publish it anew, and those who keep "
    "the record read it first."
)
FORMATS = {
    "docx": (to_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (lambda document: to_pdf(document).pdf, "application/pdf"),
}


def visible_collection(request: Request | MemberRequest, coalition: Coalition, pk: int) -> Collection:
    """404 for what one may not see."""
    collection = get_object_or_404(Collection.objects.visible_to(request.user).of(coalition), pk=pk)
    collection.coalition = coalition
    return collection


@login_not_required
@require_GET
@kept_for_visitors
def collection_list(request: Request, coalition: Coalition) -> HttpResponse:
    viewer = request.user
    context = {
        "here": "library",
        "page": collecting.collections(viewer, coalition, request.GET.get("after", "")),
        "drafts": [each for each in collecting.own_collections(viewer, coalition) if each.state != State.PUBLISHED]
        if viewer.is_authenticated
        else [],
        "may_share": request.standing.is_inside,
    }
    return page(request, "library/collection_list.html", context)


@login_not_required
@require_GET
@kept_for_visitors
def collection_detail(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    return page(request, DETAIL, _shown(request, visible_collection(request, coalition, pk)))


def _shown(request: Request, collection: Collection) -> dict[str, Any]:
    entries = collecting.entries_of(collection, request.user)
    context = {"here": "library", "collection": collection, "entries": entries}
    if not request.user.is_authenticated:
        return context
    keeps = request.standing.is_rapporteur or wrote(request.standing, collection)
    may_edit = keeps and collection.is_open_to_change
    waits = collection.state in (State.DRAFT, State.SUBMITTED)
    return context | {
        "may_edit": may_edit,
        "may_publish": waits and keeps and (request.standing.is_rapporteur or request.standing.is_inside),
        "may_set_readers": may_edit and wrote(request.standing, collection),
        "left_out": collecting.left_out(collection, len(entries)) if may_edit else 0,
    }


@login_not_required
@require_GET
@kept_for_visitors
def collection_read(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """The whole of it as one page, to read or to print."""
    collection = visible_collection(request, coalition, pk)
    document = collecting.document_of(collection, collecting.records_in(collection, request.user))
    context = {"here": "library", "collection": collection, "label": document.label, "document": to_html(document)}
    return page(request, "library/collection_read.html", context)


@login_not_required
@require_GET
@kept_for_visitors
def collection_file(request: Request, coalition: Coalition, pk: int, ending: str) -> HttpResponse:
    if ending not in FORMATS:
        raise Http404
    collection = visible_collection(request, coalition, pk)
    document = collecting.document_of(collection, collecting.records_in(collection, request.user))
    make, media_type = FORMATS[ending]
    try:
        body = make(document)
    except NotTypesetError:
        return page(request, DETAIL, _shown(request, collection) | {"not_typeset": True}, status=503)
    return HttpResponse(body, headers=download_headers(f"{collection.title}.{ending}", media_type))


@require_http_methods(["GET", "POST"])
def collection_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """With `?record=` what it begins with, from the page of a record."""
    if not request.standing.is_inside:
        raise PermissionDenied(_("Members put collections together. Apply for membership on the page of members."))
    form = NewCollectionForm(request.POST or None, standing=request.standing)
    context = {"here": "library", "form": form}
    if answer := asked_first(request, coalition, form, NEW, context):
        return answer
    first = _first_record(request, coalition)
    collection = actions.make_collection(actor=request.user, coalition=coalition, first=first, **form.said())
    messages.success(
        request,
        _("It is kept as a draft, which you alone see. Add records from their own pages, then publish it."),
    )
    return redirect(collection)


def _first_record(request: MemberRequest, coalition: Coalition) -> Record | None:
    number = request.GET.get("record", "")
    records = Record.objects.visible_to(request.user).of(coalition).filter(state=State.PUBLISHED)
    return records.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 19 else None  # noqa: PLR2004 - digits of a row's number


@require_http_methods(["GET", "POST"])
def collection_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    collection = visible_collection(request, coalition, pk)
    if not (collection.is_open_to_change and policies.can_edit_collection(request.user, collection)):
        raise PermissionDenied(_("It is changed by whoever put it together, and by those who keep the record."))
    form = IntroducedForm(request.POST or None, initial=IntroducedForm.initial_of(collection))
    context = {"here": "library", "form": form, "collection": collection}
    if answer := asked_first(request, coalition, form, EDIT, context):
        return answer
    version = form.cleaned_data["version"] or 0
    try:
        changed = actions.introduce(actor=request.user, collection=collection, from_version=version, **form.words())
    except Stale:
        now = IntroducedForm.initial_of(visible_collection(request, coalition, pk))
        return overtaken(request, EDIT, form, now, context)
    if changed.state == collection.state:
        messages.success(request, _("Saved. The version before is kept in the history."))
    else:
        messages.success(request, str(BACK))
    return redirect(collection)


@require_POST
def collection_publish(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    collection = visible_collection(request, coalition, pk)
    try:
        published = actions.publish_collection(actor=request.user, collection=collection)
    except actions.NeedsReview as needed:
        messages.error(request, " ".join([_("It is not published yet."), *needed.reasons]))
        return redirect(collection)
    if published.state == State.PUBLISHED:
        messages.success(request, _("It is published."))
    else:
        messages.success(
            request,
            _("Words in it look as if somebody could be found by them. Those who keep the record read it now first."),
        )
    return redirect(collection)
