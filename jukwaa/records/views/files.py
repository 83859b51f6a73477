"""Files on a record."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.records import policies
from jukwaa.records.actions import attach_file_to_record, remove_record_attachment
from jukwaa.records.forms import AttachmentForm
from jukwaa.records.models import Attachment, Record
from jukwaa.records.views.common import CONFIRMATION_TEMPLATE, AnyRequest, build_file_response, get_record_or_404

FILE_PAGES_PER_VIEW = 4  # of the text of a file, on a page of ours


@require_http_methods(["GET", "POST"])
def attachment_add(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    record = get_record_or_404(request, coalition, pk)
    if not policies.can_change_record(request.standing, record):
        raise PermissionDenied
    files = request.FILES if request.method == "POST" else None
    form = AttachmentForm(get_form_data(request), files, taken_names=record.kind_info.takes_files)
    return form_view(
        request,
        form,
        template="records/attachment_form.html",
        context={"record": record},
        action=lambda: _attach_uploaded_file(request, record, form.cleaned_data["file"]),
        success_message=lambda attachment: _("“%(name)s” has been attached.") % {"name": attachment.name},
        redirect_to=record,
    )


def _attach_uploaded_file(request: MemberRequest, record: Record, uploaded_file: UploadedFile[Any]) -> Attachment:
    return attach_file_to_record(
        actor=request.user, record=record, file_name=uploaded_file.name or "", data=uploaded_file.read()
    )


@login_not_required
@require_GET
def attachment_file(request: Request, coalition: Coalition, pk: int) -> FileResponse | HttpResponse:
    """The file as it is kept; where a review has yet to pass it, the text alone."""
    found = _get_attachment_or_404(request, coalition, pk)
    if found.is_waiting_for_review:
        return redirect("records:attachment_text", coalition.slug, pk)
    return build_file_response(found.file, found.name, found.media_type)


@login_not_required
@require_GET
def attachment_text_page(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """What was read from a file; `?at=` with the number of a page of a PDF opens the part where it stands."""
    found = _get_attachment_or_404(request, coalition, pk)
    pieces = [(on, text.strip("\n")) for on, text in found.pieces()]
    number = request.GET.get("page") or _find_page_number(pieces, request.GET.get("at", ""))
    shown = Paginator(pieces, FILE_PAGES_PER_VIEW).get_page(number)
    context = {"file": found, "record": found.record, "page": shown, "last": len(found.pages)}
    return render_page(request, "records/file_text.html", context)


def _find_page_number(page_pieces: list[tuple[int, str]], page_number: str) -> int | None:
    """The part of the text on which a page of the PDF begins."""
    at = next((at for at, (on, _text) in enumerate(page_pieces) if page_number == str(on)), None)
    return None if at is None else at // FILE_PAGES_PER_VIEW + 1


@require_http_methods(["GET", "POST"])
def attachment_remove(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    found = _get_attachment_or_404(request, coalition, pk)
    if not policies.can_change_record(request.standing, found.record):
        raise PermissionDenied
    question = {
        "title": _("Remove a file"),
        "object": found.name,
        "sentences": [_("The file will be deleted permanently, and the search will no longer find it.")],
        "button": _("Remove file"),
        "stop": True,
        "back": found.record.get_absolute_url(),
    }
    return form_view(
        request,
        template=CONFIRMATION_TEMPLATE,
        context=question,
        action=lambda: remove_record_attachment(actor=request.user, attachment=found),
        success_message=_("“%(name)s” has been removed.") % {"name": found.name},
        redirect_to=found.record,
    )


def _get_attachment_or_404(request: AnyRequest, coalition: Coalition, pk: int) -> Attachment:
    readable = Record.objects.visible_to(request.user).of(coalition)
    found = get_object_or_404(Attachment.objects.filter(readable.exists_for("record")).select_related("record"), pk=pk)
    found.record.coalition = coalition
    return found
