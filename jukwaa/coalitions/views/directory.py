"""The directory: organisations, people, and both as files."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models.functions import Lower
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jukwaa.coalitions import directory, exporting, finding
from jukwaa.coalitions.forms.organisations import DirectoryForm
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition, Membership
from jukwaa.coalitions.totals import Total
from jukwaa.coalitions.views.common import require
from jukwaa.core.http import page
from jukwaa.core.keyset import Place, page_at

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WHO = ("members", "observers", "all")


@login_not_required
@require_GET
def organisation_list(request: Request, coalition: Coalition) -> HttpResponse:
    """Members first; words look through everybody, unless somebody chose among whom."""
    form = DirectoryForm(request.GET, coalition=coalition, locale=get_language() or "en")
    chosen = request.GET.get("who", "")
    chosen = chosen if chosen in WHO else ""
    sought = form.sought(chosen)
    context = {
        "form": form,
        "chosen": chosen,
        "who": sought.who,
        "is_filtered": sought != directory.Sought(who=sought.who),
        "page": directory.organisation_page(request.standing, sought, Place.of(request)),
        "total": directory.organisation_total(request.standing, sought),
        "on_their_own": Membership.objects.active().filter(coalition=coalition, person__isnull=False).count,
    }
    return page(request, "coalitions/directory.html", context | _people_found(request, sought))


def _people_found(request: Request, sought: directory.Sought) -> dict[str, Any]:
    """Those of that name, where nothing but words was asked for: the other facts are those of organisations."""
    if not sought.q or sought != directory.Sought(who="all", q=sought.q):
        return {}
    found = list(finding.people_called(request.standing, sought.q)[: finding.MOST + 1])
    return {"people": found[: finding.MOST], "more_people": len(found) > finding.MOST}


@login_not_required
@require_GET
def person_list(request: Request, coalition: Coalition) -> HttpResponse:
    rows = directory.people(request.standing)
    shown = directory.with_what_they_are(rows, coalition)
    context = {
        "page": page_at(shown, (Lower("name"), "pk"), Place.of(request)),
        "total": Total.of(rows),
    }
    return page(request, "coalitions/person_list.html", context)


@login_not_required
@require_GET
def export_csv(request: Request, coalition: Coalition) -> HttpResponse:
    return _file(exporting.as_csv(exporting.organisation_rows(request.standing)), "text/csv", coalition, "csv")


@login_not_required
@require_GET
def export_xlsx(request: Request, coalition: Coalition) -> HttpResponse:
    """Organisations for everybody; a second sheet with people for members."""
    sheets: dict[str, Iterable[exporting.Row]] = {_("Organisations"): exporting.organisation_rows(request.standing)}
    if request.standing.is_inside:
        sheets[_("People")] = exporting.people_rows(request.standing)
    return _file(exporting.as_xlsx(sheets), XLSX, coalition, "xlsx")


@require_GET
def export_people_csv(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require(request.standing.is_inside)
    return _file(exporting.as_csv(exporting.people_rows(request.standing)), "text/csv", coalition, "csv", "people")


def _file(content: bytes, media_type: str, coalition: Coalition, ending: str, what: str = "directory") -> HttpResponse:
    name = f"{coalition.slug}-{what}.{ending}"
    return HttpResponse(
        content, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
