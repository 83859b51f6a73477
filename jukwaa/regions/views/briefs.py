"""Briefs for policy makers: the list, the page of one, its two lengths to read and as files."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from jukwaa.coalitions.caching import kept_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.documents.outgoing import NotTypesetError, to_docx, to_html, to_pdf
from jukwaa.core.http import page
from jukwaa.core.keyset import Place
from jukwaa.core.uploads import download_headers
from jukwaa.drafting.models import Edition, Revision, Text
from jukwaa.drafting.policies import can_draft
from jukwaa.drafting.views.common import AnyRequest
from jukwaa.regions.brief_page import BriefPage, briefs, own_briefs
from jukwaa.regions.briefs import DRAFT, LENGTHS, Brief, document_of, fits, told_of_pages
from jukwaa.regions.models import Delivery
from jukwaa.regions.models.briefs import BRIEF

DETAIL, READ = "regions/brief_detail.html", "regions/brief_read.html"
FORMATS = {
    "docx": (to_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (lambda document: to_pdf(document).pdf, "application/pdf"),
}


def visible_brief(request: AnyRequest, coalition: Coalition, pk: int) -> Text:
    """404 for what one may not see, and for texts of another form."""
    rows = Text.objects.visible_to(request.user).of(coalition).filter(form=BRIEF)
    rows = rows.annotate(is_named=Exists(Revision.objects.filter(text=OuterRef("pk"))))
    text = get_object_or_404(rows.select_related("owner"), pk=pk)
    text.coalition = coalition
    return text


def drafted_brief(request: MemberRequest, coalition: Coalition, pk: int) -> Text:
    """For those who write it."""
    text = visible_brief(request, coalition, pk)
    if not can_draft(request.standing, text):
        raise Http404
    return text


def edition_of(text: Text, version: str) -> Edition:
    """404 for one that was not published."""
    major, _point, minor = version.partition(".")
    if not (major.isdecimal() and minor.isdecimal() and len(version) < 9):  # noqa: PLR2004 - no brief has a thousand versions
        raise Http404
    rows = Edition.objects.filter(text=text.pk, major=major, minor=minor).select_related("revision", "call")
    edition = get_object_or_404(rows)
    edition.text = edition.revision.text = text
    return edition


def brief_in(request: AnyRequest, coalition: Coalition, pk: int, version: str, length: str) -> Brief:
    """An edition for whoever reads the text; what is in the making for its drafters."""
    text = visible_brief(request, coalition, pk)
    if length not in LENGTHS:
        raise Http404
    if version != DRAFT:
        return Brief(edition_of(text, version), length)
    if not can_draft(request.standing, text):
        raise Http404
    return Brief.in_the_making(text, length)


@login_not_required
@require_GET
@kept_for_visitors
def brief_list(request: Request, coalition: Coalition) -> HttpResponse:
    context = {
        "page": briefs(request.user, coalition, Place.of(request)),
        "drafts": own_briefs(request.user, coalition),
        "may_begin": request.standing.is_inside,
    }
    return page(request, "regions/brief_list.html", context)


@login_not_required
@require_GET
@kept_for_visitors
def brief_detail(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    return page(request, DETAIL, shown(request, visible_brief(request, coalition, pk)))


def shown(request: AnyRequest, text: Text) -> dict[str, Any]:
    brief = BriefPage(text, request.standing)
    lengths = [(length.value, length.label) for length in Delivery.Length]
    return {"text": text, "brief": brief, "lengths": lengths, "may_draft": brief.may_draft}


@login_not_required
@require_GET
@kept_for_visitors
def brief_read(request: Request, coalition: Coalition, pk: int, version: str, length: str) -> HttpResponse:
    """One length as a page, to read or to print."""
    brief = brief_in(request, coalition, pk, version, length)
    return page(request, READ, _read(brief, version))


def _read(brief: Brief, version: str) -> dict[str, Any]:
    return {
        "text": brief.text,
        "brief": brief,
        "version": version,
        "lengths": [(length.value, length.label) for length in Delivery.Length],
        "document": to_html(document_of(brief)),
    }


@login_not_required
@require_GET
@kept_for_visitors
def brief_file(request: Request, coalition: Coalition, pk: int, version: str, length: str, ending: str) -> HttpResponse:
    if ending not in FORMATS:
        raise Http404
    brief = brief_in(request, coalition, pk, version, length)
    make, media_type = FORMATS[ending]
    try:
        body = make(document_of(brief))
    except NotTypesetError:
        return page(request, READ, _read(brief, version) | {"not_typeset": True}, status=503)
    name = f"{brief.text.title[:120]}, {version}, {length} pages.{ending}"
    return HttpResponse(body, headers=download_headers(name, media_type))


@require_GET
def brief_pages(request: MemberRequest, coalition: Coalition, pk: int, version: str) -> HttpResponse:
    """How many pages each length really has: it is set for that, as for its PDF."""
    drafted_brief(request, coalition, pk)
    counted = []
    text = None
    for length in Delivery.Length:
        brief = brief_in(request, coalition, pk, version, length)
        text = brief.text
        try:
            pages = to_pdf(document_of(brief)).pages
        except NotTypesetError:
            return page(request, READ, _read(brief, version) | {"not_typeset": True}, status=503)
        counted.append((length, told_of_pages(length, pages), fits(length, pages)))
    context = {"text": text, "version": version, "counted": counted}
    return page(request, "regions/brief_pages.html", context)
