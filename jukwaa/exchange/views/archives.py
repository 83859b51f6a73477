"""Records and their files as a ZIP: those that were ticked in a list, or those of a collection."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import page
from jukwaa.core.uploads import download_headers
from jukwaa.exchange.archive import MOST_RECORDS, archive_of
from jukwaa.library.collecting import records_in
from jukwaa.library.models import Collection
from jukwaa.library.told import Told, told
from jukwaa.records.models import Record, State

LONGEST_NUMBER = 18  # digits of a row's number
MEDIA_TYPE = "application/zip"


@login_not_required
@require_GET
def archive(request: Request, coalition: Coalition) -> HttpResponseBase:
    """`?record=` for each. What the reader may not read, or no longer, is left out."""
    numbers = list(dict.fromkeys(int(each) for each in request.GET.getlist("record") if _is_number(each)))
    readable = Record.objects.visible_to(request.user).of(coalition).filter(state=State.PUBLISHED)
    rows = readable.in_bulk(numbers[:MOST_RECORDS])
    records = [rows[number] for number in numbers if number in rows]
    if not records or len(numbers) > MOST_RECORDS:
        context = {"too_many": len(numbers) > MOST_RECORDS, "most": MOST_RECORDS}
        return page(request, "exchange/nothing_chosen.html", context, status=422)
    return _zipped(request, coalition, records, f"{coalition.slug}.zip")


@login_not_required
@require_GET
def collection_archive(request: Request, coalition: Coalition, pk: int) -> HttpResponseBase:
    collection = get_object_or_404(Collection.objects.visible_to(request.user).of(coalition), pk=pk)
    collection.coalition = coalition
    return _handed_out(coalition, records_in(collection, request.user), f"{collection.title}.zip", collection)


def _zipped(request: Request, coalition: Coalition, records: list[Record], name: str) -> HttpResponseBase:
    for record in records:
        record.coalition = coalition
    return _handed_out(coalition, told(records, request.user), name)


def _handed_out(
    coalition: Coalition, chosen: list[Told], name: str, collection: Collection | None = None
) -> HttpResponseBase:
    """The headers come last: FileResponse writes some of its own."""
    response = FileResponse(archive_of(coalition, chosen, collection))
    for header, value in download_headers(name, MEDIA_TYPE).items():
        response.headers[header] = value
    return response


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
