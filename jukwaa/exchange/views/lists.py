"""A list as a file: CSV, or a spreadsheet."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from jukwaa.coalitions.caching import kept_for_visitors
from jukwaa.coalitions.exporting import as_csv, as_xlsx
from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.uploads import download_headers
from jukwaa.exchange.lists import LISTS, rows_of

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
HEADS = 2  # headings, and the names of the columns


@login_not_required
@require_GET
@kept_for_visitors
def list_file(request: Request, coalition: Coalition, name: str, ending: str) -> HttpResponse:
    """What is asked of the list stands in the address, as on its page."""
    if name not in LISTS or ending not in MEDIA_TYPES:
        raise Http404
    which = LISTS[name]
    rows = rows_of(which, request)
    body = as_csv(rows) if ending == "csv" else as_xlsx({str(which.title): rows}, heads=HEADS)
    return HttpResponse(body, headers=download_headers(f"{coalition.slug}-{name}.{ending}", MEDIA_TYPES[ending]))
