"""Files on a record."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.documents.incoming import Refused
from jukwaa.core.http import page
from jukwaa.records import policies
from jukwaa.records.actions import attach_file, remove_attachment
from jukwaa.records.doors import at_the_door
from jukwaa.records.forms import AttachmentForm
from jukwaa.records.models import Attachment, Held, Record
from jukwaa.records.views.common import AnyRequest, ask, hand_out, record_for

PIECES = 4  # of the text of a file, on a page of ours


@require_http_methods(["GET", "POST"])
def attachment_add(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    record = record_for(request, coalition, pk)
    if not policies.can_change(request.user, record):
        raise PermissionDenied
    form = AttachmentForm(request.POST or None, request.FILES or None, taken=record.kind_info.takes_files)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        data = upload.read()
        if answer := at_the_door(request, coalition, Held.Door.ATTACHMENT, name=upload.name, data=data):
            return answer
        try:
            attachment = attach_file(actor=request.user, record=record, name=upload.name, data=data)
        except Refused as refused:
            form.add_error("file", refused.message)
        else:
            messages.success(request, _("“%(name)s” hangs on this record now.") % {"name": attachment.name})
            return redirect(record)
    context = {"record": record, "form": form}
    return page(request, "records/attachment_form.html", context, status=422 if form.errors else 200)


@login_not_required
@require_GET
def attachment(request: Request, coalition: Coalition, pk: int) -> FileResponse | HttpResponse:
    """The file as it is kept; where a review has yet to pass it, the text alone."""
    found = _attachment(request, coalition, pk)
    if found.waits:
        return redirect("records:attachment_text", coalition.slug, pk)
    return hand_out(found.file, found.name, found.media_type)


@login_not_required
@require_GET
def attachment_text(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """What was read from a file; `?at=` with the number of a page of a PDF opens the part where it stands."""
    found = _attachment(request, coalition, pk)
    pieces = [(on, text.strip("\n")) for on, text in found.pieces()]
    number = request.GET.get("page") or _part_with(pieces, request.GET.get("at", ""))
    shown = Paginator(pieces, PIECES).get_page(number)
    context = {"file": found, "record": found.record, "page": shown, "last": len(found.pages)}
    return page(request, "records/file_text.html", context)


def _part_with(pieces: list[tuple[int, str]], number: str) -> int | None:
    """The part of the text on which a page of the PDF begins."""
    at = next((at for at, (on, _text) in enumerate(pieces) if number == str(on)), None)
    return None if at is None else at // PIECES + 1


@require_http_methods(["GET", "POST"])
def attachment_remove(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    found = _attachment(request, coalition, pk)
    if not policies.can_change(request.user, found.record):
        raise PermissionDenied
    if request.method == "POST":
        remove_attachment(actor=request.user, attachment=found)
        messages.success(request, _("“%(name)s” is gone.") % {"name": found.name})
        return redirect(found.record)
    return ask(
        request,
        title=_("Remove a file"),
        object=found.name,
        sentences=[_("It is gone for good, from this page and from the search.")],
        button=_("Remove it"),
        stop=True,
        back=found.record.get_absolute_url(),
    )


def _attachment(request: AnyRequest, coalition: Coalition, pk: int) -> Attachment:
    readable = Record.objects.visible_to(request.user).of(coalition)
    found = get_object_or_404(Attachment.objects.filter(readable.exists_for("record")).select_related("record"), pk=pk)
    found.record.coalition = coalition
    return found
