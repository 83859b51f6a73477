"""Collections: the list, the page of one, and making, introducing and publishing it."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.caching import cache_file_for_visitors, cache_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.documents.outgoing import TypesettingError, to_docx, to_html, to_pdf
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.core.keyset_pagination import PageCursor
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.uploads import build_download_headers
from jukwaa.library import actions, collection_contents, policies
from jukwaa.library.forms import CollectionForm, NewCollectionForm
from jukwaa.library.models import Collection
from jukwaa.records.models import Record, State
from jukwaa.records.policies import is_author

COLLECTION_DETAIL_TEMPLATE = "library/collection_detail.html"
COLLECTION_NEW_TEMPLATE = "library/collection_new.html"
COLLECTION_EDIT_TEMPLATE = "library/collection_edit.html"
BACK_TO_DRAFT_MESSAGE = gettext_lazy(
    "Saved as a draft, because some words may identify someone. If you publish the collection again, the "
    "rapporteur, an editor or a coordinator will review it first."
)
REVIEWED_FIRST_MESSAGE = gettext_lazy(
    "Some words may identify a person, so the rapporteur, an editor or a coordinator will review this collection"
    " before it is published."
)
COLLECTION_FILE_FORMATS = {
    "docx": (to_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (lambda document: to_pdf(document).pdf, "application/pdf"),
}


def get_collection_or_404(request: Request | MemberRequest, coalition: Coalition, pk: int) -> Collection:
    """404 for what one may not see."""
    collection = get_object_or_404(Collection.objects.visible_to(request.user).of(coalition), pk=pk)
    collection.coalition = coalition
    return collection


@login_not_required
@require_GET
@cache_for_visitors
def collection_list(request: Request, coalition: Coalition) -> HttpResponse:
    viewer = request.user
    context = {
        "page": collection_contents.list_published_collections(viewer, coalition, PageCursor.of(request)),
        "drafts": [
            each
            for each in collection_contents.load_own_collections(viewer, coalition)
            if each.state != State.PUBLISHED
        ]
        if viewer.is_authenticated
        else [],
        "may_share": request.standing.is_inside,
    }
    return render_page(request, "library/collection_list.html", context)


@login_not_required
@require_GET
@cache_for_visitors
def collection_detail(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    return render_page(
        request,
        COLLECTION_DETAIL_TEMPLATE,
        _build_collection_context(request, get_collection_or_404(request, coalition, pk)),
    )


def _build_collection_context(request: Request, collection: Collection) -> dict[str, Any]:
    entries = collection_contents.load_readable_entries(collection, request.user)
    context = {"collection": collection, "entries": entries}
    if not request.user.is_authenticated:
        return context
    keeps = request.standing.is_rapporteur or is_author(request.standing, collection)
    may_edit = keeps and collection.is_open_to_change
    waits = collection.state in (State.DRAFT, State.SUBMITTED)
    return context | {
        "may_edit": may_edit,
        "may_publish": waits and keeps and (request.standing.is_rapporteur or request.standing.is_inside),
        "may_set_readers": may_edit and is_author(request.standing, collection),
        "left_out": collection_contents.count_unreadable_entries(collection, len(entries)) if may_edit else 0,
    }


@login_not_required
@require_GET
@cache_for_visitors
def collection_read_page(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """The whole of it as one page, to read or to print."""
    collection = get_collection_or_404(request, coalition, pk)
    document = collection_contents.build_collection_document(
        collection, collection_contents.load_collection_records(collection, request.user)
    )
    context = {"collection": collection, "label": document.label, "document": to_html(document)}
    return render_page(request, "library/collection_read.html", context)


@login_not_required
@require_GET
@cache_file_for_visitors
def collection_file(request: Request, coalition: Coalition, pk: int, ending: str) -> HttpResponse:
    if ending not in COLLECTION_FILE_FORMATS:
        raise Http404
    collection = get_collection_or_404(request, coalition, pk)
    document = collection_contents.build_collection_document(
        collection, collection_contents.load_collection_records(collection, request.user)
    )
    make, media_type = COLLECTION_FILE_FORMATS[ending]
    try:
        body = make(document)
    except TypesettingError:
        return render_page(
            request,
            COLLECTION_DETAIL_TEMPLATE,
            _build_collection_context(request, collection) | {"not_typeset": True},
            status=503,
        )
    return HttpResponse(body, headers=build_download_headers(f"{collection.title}.{ending}", media_type))


@require_http_methods(["GET", "POST"])
def collection_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """With `?record=` what it begins with, from the page of a record."""
    if not request.standing.is_inside:
        raise PermissionDenied(_("Only members can create collections. To join, apply on the members page."))
    form = NewCollectionForm(get_form_data(request), viewer_standing=request.standing)
    return form_view(
        request,
        form,
        template=COLLECTION_NEW_TEMPLATE,
        action=lambda: actions.create_collection(
            actor=request.user,
            coalition=coalition,
            first_record=_get_first_record(request, coalition),
            **form.get_action_arguments(),
        ),
        success_message=_("Draft saved. Only you can see it. Add records from their own pages, then publish it."),
        redirect_to=lambda collection: collection,
    )


def _get_first_record(request: MemberRequest, coalition: Coalition) -> Record | None:
    number = request.GET.get("record", "")
    records = Record.objects.visible_to(request.user).of(coalition).filter(state=State.PUBLISHED)
    return records.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 19 else None  # noqa: PLR2004 - digits of a row's number


@require_http_methods(["GET", "POST"])
def collection_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    collection = get_collection_or_404(request, coalition, pk)
    if not (collection.is_open_to_change and policies.can_edit_library_record(request.standing, collection)):
        raise PermissionDenied(
            _("Only the person who compiled this collection, the rapporteur, an editor or a coordinator can change it.")
        )
    form = CollectionForm(get_form_data(request), initial=CollectionForm.get_initial(collection))
    saved = _("The changes have been saved. You can find the previous version in the history.")
    return form_view(
        request,
        form,
        template=COLLECTION_EDIT_TEMPLATE,
        context={"collection": collection},
        action=lambda: actions.change_collection(
            actor=request.user,
            collection=collection,
            from_version=form.cleaned_data["version"] or 0,
            **form.get_text_fields(),
        ),
        current_values=lambda _conflict: CollectionForm.get_initial(get_collection_or_404(request, coalition, pk)),
        success_message=lambda changed: saved if changed.state == collection.state else str(BACK_TO_DRAFT_MESSAGE),
        redirect_to=collection,
    )


@require_POST
def collection_publish(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    collection = get_collection_or_404(request, coalition, pk)
    return form_view(
        request,
        action=lambda: _publish_collection_of_request(request, collection),
        success_message=lambda published: (
            _("Record published. Readers can now see it.")
            if published.state == State.PUBLISHED
            else str(REVIEWED_FIRST_MESSAGE)
        ),
        redirect_to=collection,
    )


def _publish_collection_of_request(request: MemberRequest, collection: Collection) -> Collection:
    try:
        return actions.publish_collection(actor=request.user, collection=collection)
    except ActionRefused as refusal:
        raise ActionRefused(" ".join([_("The record has not been published."), str(refusal)])) from refusal
