"""The record of an organisation: what it said, promised, signed, offered and was asked, as pages and as files."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jukwaa.coalitions import directory, policies
from jukwaa.coalitions.caching import cache_file_for_visitors, cache_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.core.documents.outgoing import Document, TypesettingError, to_docx, to_pdf
from jukwaa.core.http import render_page
from jukwaa.core.uploads import build_download_headers
from jukwaa.records.organisation_document import build_file_name, build_organisation_document, describe_history_version
from jukwaa.records.organisation_history import (
    HistoryQuery,
    HistorySection,
    OrganisationHistory,
    load_organisation_history,
)

MAX_HISTORY_LINES_SHOWN = 25  # of each section, on the page of all
ORGANISATION_RECORD_TEMPLATE = "records/organisation_record.html"
RENDERER_BY_DOCUMENT_FORMAT: dict[str, tuple[Callable[[Document], bytes], str]] = {
    "pdf": (lambda document: to_pdf(document).pdf, "application/pdf"),
    "docx": (to_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


@login_not_required
@require_GET
@cache_for_visitors
def organisation_record(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """The public version: the same for everyone."""
    organisation = _get_organisation_or_404(request, coalition, pk)
    return _render_organisation_history(request, load_organisation_history(HistoryQuery.for_public(organisation)))


@login_not_required
@require_GET
@cache_file_for_visitors
def organisation_record_file(request: Request, coalition: Coalition, pk: int, ending: str) -> HttpResponse:
    organisation = _get_organisation_or_404(request, coalition, pk)
    return _render_history_file(request, load_organisation_history(HistoryQuery.for_public(organisation)), ending)


@require_GET
def organisation_record_own(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The version for those who represent the organisation, as far as each of them may read it."""
    return _render_organisation_history(request, _load_own_history(request, coalition, pk))


@require_GET
def organisation_record_own_file(request: MemberRequest, coalition: Coalition, pk: int, ending: str) -> HttpResponse:
    return _render_history_file(request, _load_own_history(request, coalition, pk), ending)


@require_GET
def own_organisation_redirect(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """Lead to the record of the organisation that the viewer represents; let them choose if there are several."""
    if not request.standing.organisations:
        raise PermissionDenied(
            _(
                "You do not belong to an organisation in this coalition. Open its page in the directory, then choose "
                "“I belong to this organisation”."
            )
        )
    represented = [each.organisation for each in request.standing.affiliations if each.may_speak]
    if len(represented) == 1:
        return redirect("records:organisation_record_own", coalition.slug, represented[0].pk)
    context = {"represented": represented, "organisations": request.standing.organisations}
    return render_page(request, "records/own_organisation.html", context)


def _load_own_history(request: MemberRequest, coalition: Coalition, pk: int) -> OrganisationHistory:
    organisation = _get_organisation_or_404(request, coalition, pk)
    if not policies.can_represent_organisation(request.standing, organisation):
        raise PermissionDenied(
            _("Only representatives of this organisation can open this version. Everyone can open the public version.")
        )
    return load_organisation_history(HistoryQuery(organisation, request.standing, is_own=True))


def _get_organisation_or_404(request: Request | MemberRequest, coalition: Coalition, pk: int) -> Organisation:
    rows = directory.get_visible_organisations(request.standing).filter(merged_into=None)
    organisation = get_object_or_404(rows, pk=pk)
    organisation.coalition = coalition
    return organisation


def _render_organisation_history(
    request: Request | MemberRequest, history: OrganisationHistory, **more: Any
) -> HttpResponse:
    """Render all sections with their newest lines, or with `?section=` one of them as a whole."""
    chosen = request.GET.get("section", "")
    sections = [each for each in history.sections if each.section == chosen] or history.sections
    context = {
        "history": history,
        "organisation": history.query.organisation,
        "description": describe_history_version(history),
        "sections": sections,
        "most": None if chosen in HistorySection.values else MAX_HISTORY_LINES_SHOWN,
        "formats": RENDERER_BY_DOCUMENT_FORMAT,
        "represents": policies.can_represent_organisation(request.standing, history.query.organisation),
    }
    return render_page(request, ORGANISATION_RECORD_TEMPLATE, context | more, status=503 if more else 200)


def _render_history_file(
    request: Request | MemberRequest, history: OrganisationHistory, file_extension: str
) -> HttpResponse:
    if file_extension not in RENDERER_BY_DOCUMENT_FORMAT:
        raise Http404
    make, media_type = RENDERER_BY_DOCUMENT_FORMAT[file_extension]
    try:
        body = make(build_organisation_document(history))
    except TypesettingError:
        return _render_organisation_history(request, history, not_typeset=True)
    return HttpResponse(body, headers=build_download_headers(build_file_name(history, file_extension), media_type))
