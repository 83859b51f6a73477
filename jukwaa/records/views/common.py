"""What these pages share: fetching what one may see, and a page that asks before something is taken away."""

from typing import Any

from django.db.models.fields.files import FieldFile
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.row_numbers import parse_row_number
from jukwaa.core.uploads import build_download_headers
from jukwaa.records.models import Comment, Record, State

type AnyRequest = Request | MemberRequest

CONFIRMATION_TEMPLATE = (
    "records/ask.html"  # one question and two ways out: title, object or quote, sentences, button, back, stop
)


def get_record_or_404(request: AnyRequest, coalition: Coalition, pk: int) -> Record:
    """404 for what one may not see."""
    record = get_object_or_404(Record.objects.visible_to(request.user).of(coalition), pk=pk)
    record.coalition = coalition
    return record


def get_published_record_or_404(request: AnyRequest, coalition: Coalition, page_number: str) -> Record:
    """The one of this number, as a form or an address gives it; 404 for what is not there for its reader."""
    readable = Record.objects.visible_to(request.user).of(coalition).filter(state=State.PUBLISHED)
    record: Record = get_object_or_404(readable, pk=parse_row_number(page_number))
    record.coalition = coalition
    return record


def get_origin_or_404(request: AnyRequest, coalition: Coalition) -> Record | None:
    """The record that something new begins as: `?from=7`. 404 for one that is not there for its reader."""
    number = request.GET.get("from", "")
    return get_published_record_or_404(request, coalition, number) if number else None


def get_comment_or_404(request: AnyRequest, coalition: Coalition, pk: int) -> Comment:
    comments = Comment.objects.visible_to(request.user).filter(record__coalition=coalition)
    comment = get_object_or_404(comments.select_related("record"), pk=pk)
    comment.record.coalition = coalition
    return comment


def build_file_response(file: FieldFile, file_name: str, media_type: str) -> FileResponse:
    """A stored file, to be saved and never to be shown. The headers come last: FileResponse writes some of its own."""
    response = FileResponse(file.open("rb"))
    for header, value in build_download_headers(file_name, media_type).items():
        response.headers[header] = value
    return response


def build_withdrawal_confirmation(record: Record) -> dict[str, Any]:
    """Return what the page asks before a record is withdrawn."""
    return {
        "title": _("Withdraw a record"),
        "object": record.title,
        "sentences": [
            _(
                "Other readers will immediately stop seeing this record on pages and in lists, search results and"
                " new downloads. Its authors and the coordinators will still be able to read it."
            )
        ],
        "button": _("Withdraw record"),
        "stop": True,
        "back": record.get_absolute_url(),
    }
