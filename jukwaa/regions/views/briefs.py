"""Briefs for policy makers: the list, the page of one, its two lengths to read and as files."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from jukwaa.coalitions.caching import cache_file_for_visitors, cache_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.documents.outgoing import TypesettingError, to_docx, to_html, to_pdf
from jukwaa.core.http import render_page
from jukwaa.core.keyset_pagination import PageCursor
from jukwaa.core.uploads import build_download_headers
from jukwaa.drafting.models import Edition, Revision, Text
from jukwaa.drafting.policies import can_draft_text
from jukwaa.drafting.views.common import AnyRequest
from jukwaa.regions.brief_page import BriefPage, find_published_briefs, load_own_drafts
from jukwaa.regions.briefs import (
    DRAFT_VERSION_NAME,
    PAGE_LIMIT_BY_LENGTH,
    Brief,
    build_brief_document,
    describe_page_count,
    fits_page_limit,
)
from jukwaa.regions.models import Delivery
from jukwaa.regions.models.briefs import BRIEF_TEXT_FORM

DETAIL_TEMPLATE, READ_TEMPLATE = "regions/brief_detail.html", "regions/brief_read.html"
BRIEF_FILE_FORMATS = {
    "docx": (to_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (lambda document: to_pdf(document).pdf, "application/pdf"),
}


def get_brief_or_404(request: AnyRequest, coalition: Coalition, pk: int) -> Text:
    """404 for what one may not see, and for texts of another form."""
    rows = Text.objects.visible_to(request.user).of(coalition).filter(form=BRIEF_TEXT_FORM)
    rows = rows.annotate(is_named=Exists(Revision.objects.filter(text=OuterRef("pk"))))
    text = get_object_or_404(rows.select_related("owner"), pk=pk)
    text.coalition = coalition
    return text


def get_drafted_brief_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> Text:
    """For those who write it."""
    text = get_brief_or_404(request, coalition, pk)
    if not can_draft_text(request.standing, text):
        raise Http404
    return text


def get_edition_or_404(text: Text, brief_version: str) -> Edition:
    """404 for one that was not published."""
    major, _point, minor = brief_version.partition(".")
    if not (major.isdecimal() and minor.isdecimal() and len(brief_version) < 9):  # noqa: PLR2004 - no brief has a thousand versions
        raise Http404
    rows = Edition.objects.filter(text=text.pk, major=major, minor=minor).select_related("revision", "call")
    edition = get_object_or_404(rows)
    edition.text = edition.revision.text = text
    return edition


def get_brief_version_or_404(
    request: AnyRequest, coalition: Coalition, pk: int, brief_version: str, brief_length: str
) -> Brief:
    """An edition for whoever reads the text; what is in the making for its drafters."""
    text = get_brief_or_404(request, coalition, pk)
    if brief_length not in PAGE_LIMIT_BY_LENGTH:
        raise Http404
    if brief_version != DRAFT_VERSION_NAME:
        return Brief(get_edition_or_404(text, brief_version), brief_length)
    if not can_draft_text(request.standing, text):
        raise Http404
    return Brief.build_for_draft(text, brief_length)


@login_not_required
@require_GET
@cache_for_visitors
def brief_list(request: Request, coalition: Coalition) -> HttpResponse:
    context = {
        "page": find_published_briefs(request.user, coalition, PageCursor.of(request)),
        "drafts": load_own_drafts(request.user, coalition),
        "may_begin": request.standing.is_inside,
    }
    return render_page(request, "regions/brief_list.html", context)


@login_not_required
@require_GET
@cache_for_visitors
def brief_detail(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    return render_page(request, DETAIL_TEMPLATE, build_brief_context(request, get_brief_or_404(request, coalition, pk)))


def build_brief_context(request: AnyRequest, text: Text) -> dict[str, Any]:
    brief = BriefPage(text, request.standing)
    lengths = [(length.value, length.label) for length in Delivery.Length]
    return {"text": text, "brief": brief, "lengths": lengths, "may_draft": brief.may_draft}


@login_not_required
@require_GET
@cache_for_visitors
def brief_read_page(request: Request, coalition: Coalition, pk: int, version: str, length: str) -> HttpResponse:
    """One length as a page, to read or to print."""
    brief = get_brief_version_or_404(request, coalition, pk, version, length)
    return render_page(request, READ_TEMPLATE, _build_read_context(brief, version))


def _build_read_context(brief: Brief, brief_version: str) -> dict[str, Any]:
    return {
        "text": brief.text,
        "brief": brief,
        "version": brief_version,
        "lengths": [(length.value, length.label) for length in Delivery.Length],
        "document": to_html(build_brief_document(brief)),
    }


@login_not_required
@require_GET
@cache_file_for_visitors
def brief_file(request: Request, coalition: Coalition, pk: int, version: str, length: str, ending: str) -> HttpResponse:
    if ending not in BRIEF_FILE_FORMATS:
        raise Http404
    brief = get_brief_version_or_404(request, coalition, pk, version, length)
    make, media_type = BRIEF_FILE_FORMATS[ending]
    try:
        body = make(build_brief_document(brief))
    except TypesettingError:
        return render_page(
            request, READ_TEMPLATE, _build_read_context(brief, version) | {"not_typeset": True}, status=503
        )
    name = f"{brief.text.title[:120]}, {version}, {length} pages.{ending}"
    return HttpResponse(body, headers=build_download_headers(name, media_type))


@require_GET
def brief_page_count(request: MemberRequest, coalition: Coalition, pk: int, version: str) -> HttpResponse:
    """How many pages each length really has: it is set for that, as for its PDF."""
    get_drafted_brief_or_404(request, coalition, pk)
    counted = []
    text = None
    for length in Delivery.Length:
        brief = get_brief_version_or_404(request, coalition, pk, version, length)
        text = brief.text
        try:
            pages = to_pdf(build_brief_document(brief)).pages
        except TypesettingError:
            return render_page(
                request, READ_TEMPLATE, _build_read_context(brief, version) | {"not_typeset": True}, status=503
            )
        counted.append((length, describe_page_count(length, pages), fits_page_limit(length, pages)))
    context = {"text": text, "version": version, "counted": counted}
    return render_page(request, "regions/brief_pages.html", context)
