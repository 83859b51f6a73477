"""A list as a file: CSV, or a spreadsheet."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.directory_export import render_csv_bytes, render_xlsx_bytes
from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.uploads import build_download_headers
from jukwaa.exchange.lists import EXPORT_LIST_BY_NAME, build_export_rows

MEDIA_TYPE_BY_EXPORT_FORMAT = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
EXPORT_HEADER_ROW_COUNT = 2  # headings, and the names of the columns


@login_not_required
@require_GET
@cache_for_visitors
def list_export_file(request: Request, coalition: Coalition, name: str, ending: str) -> HttpResponse:
    """What is asked of the list stands in the address, as on its page."""
    if name not in EXPORT_LIST_BY_NAME or ending not in MEDIA_TYPE_BY_EXPORT_FORMAT:
        raise Http404
    which = EXPORT_LIST_BY_NAME[name]
    rows = build_export_rows(which, request)
    body = (
        render_csv_bytes(rows)
        if ending == "csv"
        else render_xlsx_bytes({str(which.title): rows}, header_rows=EXPORT_HEADER_ROW_COUNT)
    )
    return HttpResponse(
        body, headers=build_download_headers(f"{coalition.slug}-{name}.{ending}", MEDIA_TYPE_BY_EXPORT_FORMAT[ending])
    )
