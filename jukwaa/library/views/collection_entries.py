"""What stands in a collection: put in from the page of a record, put in order, taken out."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.library import actions, collection_contents
from jukwaa.library.forms import AddToCollectionForm
from jukwaa.library.models import Collection, CollectionEntry
from jukwaa.records.models import Record, State

ADD_TO_COLLECTION_TEMPLATE = "library/collect.html"


@require_http_methods(["GET", "POST"])
def collection_add_record(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Put a record into one of one's own collections."""
    readable = Record.objects.visible_to(request.user).of(coalition).filter(state=State.PUBLISHED)
    record = get_object_or_404(readable, pk=pk)
    record.coalition = coalition
    if not request.standing.is_inside:
        raise PermissionDenied(_("Only members can create collections. To join, apply on the members page."))
    own = collection_contents.load_own_collections(request.user, coalition)
    form = AddToCollectionForm(get_form_data(request), collections=own)
    return form_view(
        request,
        form,
        template=ADD_TO_COLLECTION_TEMPLATE,
        context={"record": record},
        action=lambda: actions.add_record_to_collection(actor=request.user, collection=form.chosen, record=record),
        success_message=_("“%(title)s” has been added to the collection.") % {"title": record.title},
        redirect_to=lambda entry: redirect("library:collection_detail", coalition.slug, entry.collection_id),
    )


@require_POST
def collection_entry_up(request: MemberRequest, coalition: Coalition, pk: int, entry: int) -> HttpResponse:
    return _move_collection_entry(request, coalition, pk, entry, step_count=-1)


@require_POST
def collection_entry_down(request: MemberRequest, coalition: Coalition, pk: int, entry: int) -> HttpResponse:
    return _move_collection_entry(request, coalition, pk, entry, step_count=1)


@require_POST
def collection_entry_remove(request: MemberRequest, coalition: Coalition, pk: int, entry: int) -> HttpResponse:
    found = _get_entry_or_404(request, coalition, pk, entry)
    return form_view(
        request,
        action=lambda: actions.remove_collection_entry(actor=request.user, collection_entry=found),
        success_message=_("“%(title)s” has been removed from the collection. The record itself has not changed.")
        % {"title": found.record.title},
        redirect_to=_redirect_to_records(coalition, pk),
    )


def _move_collection_entry(
    request: MemberRequest, coalition: Coalition, pk: int, entry_number: int, *, step_count: int
) -> HttpResponse:
    found = _get_entry_or_404(request, coalition, pk, entry_number)
    return form_view(
        request,
        action=lambda: actions.move_collection_entry(actor=request.user, collection_entry=found, step_count=step_count),
        redirect_to=_redirect_to_records(coalition, pk),
    )


def _redirect_to_records(coalition: Coalition, pk: int) -> HttpResponse:
    response = redirect("library:collection_detail", coalition.slug, pk)
    response["Location"] += "#records"
    return response


def _get_entry_or_404(request: MemberRequest, coalition: Coalition, pk: int, entry_number: int) -> CollectionEntry:
    """404 where one may not see the collection, or the record in it."""
    entries = CollectionEntry.objects.filter(
        Collection.objects.visible_to(request.user).of(coalition).filter(pk=pk).exists_for("collection"),
        Record.objects.visible_to(request.user).exists_for("record"),
    )
    return get_object_or_404(entries.select_related("collection", "record"), pk=entry_number)
