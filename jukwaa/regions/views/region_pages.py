"""A regional group: who is here, what was done here, and how it is heard."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import render_page
from jukwaa.places.regions import UN_REGIONAL_GROUPS, RegionalGroup
from jukwaa.regions.region_page import RegionPage


@login_not_required
@require_GET
@cache_for_visitors
def region_detail(request: Request, coalition: Coalition, region: str) -> HttpResponse:  # noqa: ARG001 - the standing knows it
    if region not in UN_REGIONAL_GROUPS:
        raise Http404
    here = RegionPage(RegionalGroup(region), request.standing, get_language() or "en")
    context = {
        "region": here,
        "others": [group for group in UN_REGIONAL_GROUPS if group != here.group],
        "today": timezone.localdate(),
    }
    return render_page(request, "regions/region.html", context)
