"""The directory: organisations, people, and both as files."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models.functions import Lower
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jukwaa.coalitions import directory, directory_export, people_search
from jukwaa.coalitions.forms.organisations import DirectoryFilterForm
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition, Membership
from jukwaa.coalitions.totals import CappedTotal
from jukwaa.coalitions.views.common import require_permission
from jukwaa.core.http import render_page
from jukwaa.core.keyset_pagination import PageCursor, get_page

XLSX_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEMBER_FILTERS = ("members", "observers", "all")


@login_not_required
@require_GET
def organisation_list(request: Request, coalition: Coalition) -> HttpResponse:
    """Members first; words look through everybody, unless somebody chose among whom."""
    form = DirectoryFilterForm(request.GET, coalition=coalition, locale=get_language() or "en")
    chosen = request.GET.get("who", "")
    chosen = chosen if chosen in MEMBER_FILTERS else ""
    sought = form.build_directory_filters(chosen)
    context = {
        "form": form,
        "chosen": chosen,
        "who": sought.who,
        "is_filtered": sought != directory.DirectoryFilters(who=sought.who),
        "page": directory.get_organisation_page(request.standing, sought, PageCursor.of(request)),
        "total": directory.count_organisations(request.standing, sought),
        "on_their_own": Membership.objects.active().filter(coalition=coalition, person__isnull=False).count,
    }
    return render_page(request, "coalitions/directory.html", context | _build_people_context(request, sought))


def _build_people_context(request: Request, directory_filters: directory.DirectoryFilters) -> dict[str, Any]:
    """Those of that name, where nothing but words was asked for: the other facts are those of organisations."""
    if not directory_filters.q or directory_filters != directory.DirectoryFilters(who="all", q=directory_filters.q):
        return {}
    found = list(
        people_search.search_people(request.standing, directory_filters.q)[: people_search.MAX_PEOPLE_FOUND + 1]
    )
    return {
        "people": found[: people_search.MAX_PEOPLE_FOUND],
        "more_people": len(found) > people_search.MAX_PEOPLE_FOUND,
    }


@login_not_required
@require_GET
def person_list(request: Request, coalition: Coalition) -> HttpResponse:
    rows = directory.get_visible_people(request.standing)
    shown = directory.prefetch_current_participations(rows, coalition)
    context = {
        "page": get_page(shown, (Lower("name"), "pk"), PageCursor.of(request)),
        "total": CappedTotal.of(rows),
    }
    return render_page(request, "coalitions/person_list.html", context)


@login_not_required
@require_GET
def export_organisations_csv(request: Request, coalition: Coalition) -> HttpResponse:
    return _build_file_response(
        directory_export.render_csv_bytes(directory_export.build_organisation_rows(request.standing)),
        "text/csv",
        coalition,
        "csv",
    )


@login_not_required
@require_GET
def export_organisations_xlsx(request: Request, coalition: Coalition) -> HttpResponse:
    """Organisations for everybody; a second sheet with people for members."""
    sheets: dict[str, Iterable[directory_export.Row]] = {
        _("Organisations"): directory_export.build_organisation_rows(request.standing)
    }
    if request.standing.is_inside:
        sheets[_("People")] = directory_export.build_people_rows(request.standing)
    return _build_file_response(directory_export.render_xlsx_bytes(sheets), XLSX_MEDIA_TYPE, coalition, "xlsx")


@require_GET
def export_people_csv(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require_permission(request.standing.is_inside)
    return _build_file_response(
        directory_export.render_csv_bytes(directory_export.build_people_rows(request.standing)),
        "text/csv",
        coalition,
        "csv",
        "people",
    )


def _build_file_response(
    file_content: bytes, media_type: str, coalition: Coalition, file_extension: str, content_label: str = "directory"
) -> HttpResponse:
    name = f"{coalition.slug}-{content_label}.{file_extension}"
    return HttpResponse(
        file_content, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
