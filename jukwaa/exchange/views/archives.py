"""Records and their files as a ZIP: those that were ticked in a list, or those of a collection."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import render_page
from jukwaa.core.uploads import build_download_headers
from jukwaa.exchange.archive import MAX_ARCHIVED_RECORDS, build_records_archive
from jukwaa.library.collection_contents import load_collection_records
from jukwaa.library.exported_records import ExportedRecord, load_exported_records
from jukwaa.library.models import Collection
from jukwaa.records.models import Record, State

MAX_ROW_ID_DIGITS = 18  # digits of a row's number
ZIP_MEDIA_TYPE = "application/zip"


@login_not_required
@require_GET
def records_archive_download(request: Request, coalition: Coalition) -> HttpResponseBase:
    """`?record=` for each. What the reader may not read, or no longer, is left out."""
    numbers = list(dict.fromkeys(int(each) for each in request.GET.getlist("record") if _is_record_id(each)))
    readable = Record.objects.visible_to(request.user).of(coalition).filter(state=State.PUBLISHED)
    rows = readable.in_bulk(numbers[:MAX_ARCHIVED_RECORDS])
    records = [rows[number] for number in numbers if number in rows]
    if not records or len(numbers) > MAX_ARCHIVED_RECORDS:
        context = {"too_many": len(numbers) > MAX_ARCHIVED_RECORDS, "most": MAX_ARCHIVED_RECORDS}
        return render_page(request, "exchange/nothing_chosen.html", context, status=422)
    return _build_records_response(request, coalition, records, f"{coalition.slug}.zip")


@login_not_required
@require_GET
def collection_archive(request: Request, coalition: Coalition, pk: int) -> HttpResponseBase:
    collection = get_object_or_404(Collection.objects.visible_to(request.user).of(coalition), pk=pk)
    collection.coalition = coalition
    return _build_zip_response(
        coalition, load_collection_records(collection, request.user), f"{collection.title}.zip", collection
    )


def _build_records_response(
    request: Request, coalition: Coalition, records: list[Record], file_name: str
) -> HttpResponseBase:
    for record in records:
        record.coalition = coalition
    return _build_zip_response(coalition, load_exported_records(records, request.user), file_name)


def _build_zip_response(
    coalition: Coalition, chosen_records: list[ExportedRecord], file_name: str, collection: Collection | None = None
) -> HttpResponseBase:
    """The headers come last: FileResponse writes some of its own."""
    response = FileResponse(build_records_archive(coalition, chosen_records, collection))
    for header, value in build_download_headers(file_name, ZIP_MEDIA_TYPE).items():
        response.headers[header] = value
    return response


def _is_record_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= MAX_ROW_ID_DIGITS
