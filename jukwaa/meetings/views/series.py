"""The page of a series: all its meetings, decisions and commitments."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from jukwaa.coalitions.caching import kept_for_visitors
from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import page
from jukwaa.core.keyset import Place
from jukwaa.meetings.models import Series
from jukwaa.meetings.series import list_series
from jukwaa.meetings.views.common import hold_until_next_phase


@login_not_required
@require_GET
@kept_for_visitors
def series_detail(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """Raises Http404 for whoever may read none of its meetings."""
    series = get_object_or_404(Series, coalition=coalition, pk=pk)
    series.coalition = coalition
    listed = list_series(request.user, series, Place.of(request))
    if not listed.rows:
        raise Http404
    context = {"here": "meetings", "series": series, "page": listed}
    return hold_until_next_phase(page(request, "meetings/series_detail.html", context), *listed.rows)
