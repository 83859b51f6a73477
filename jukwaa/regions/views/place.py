"""A regional group: who is here, what was done here, and how it is heard."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jukwaa.coalitions.caching import kept_for_visitors
from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.representation.pictures import country_rows
from jukwaa.core.http import page
from jukwaa.places.pictures import world_map
from jukwaa.places.regions import UN_GROUPS, RegionalGroup
from jukwaa.regions.place import Region


@login_not_required
@require_GET
@kept_for_visitors
def region_detail(request: Request, coalition: Coalition, region: str) -> HttpResponse:
    if region not in UN_GROUPS:
        raise Http404
    here = Region(RegionalGroup(region), request.standing, get_language() or "en")
    title = _("The countries of this region, and where members of %(coalition)s are.") % {"coalition": coalition}
    context = {
        "here": "representation",
        "region": here,
        "others": [group for group in UN_GROUPS if group != here.group],
        "countries": country_rows(here.members_by_country),
        "map": world_map(here.members_by_country, title=title, ring=here.countries, name="region"),
    }
    return page(request, "regions/region.html", context)
