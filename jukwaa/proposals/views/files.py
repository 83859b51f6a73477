"""A proposal to take to the form of the forum: a page that is copied field by field, and files."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jukwaa.coalitions.display_names import get_display_name
from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.dates import format_long_date
from jukwaa.core.documents.outgoing import Document, TypesettingError, to_docx, to_pdf
from jukwaa.core.http import render_page
from jukwaa.core.uploads import build_download_headers
from jukwaa.proposals.models import Proposal
from jukwaa.proposals.proposal_document import build_proposal_document
from jukwaa.proposals.proposal_export import build_proposal_data, render_proposal_json, render_proposal_text
from jukwaa.proposals.proposal_page import build_proposal_page
from jukwaa.proposals.views.proposals import get_proposal_or_404

PROPOSAL_COPY_TEMPLATE = "proposals/proposal_copy.html"
CHARACTERS_PER_ROW, MAX_ROWS = 70, 16  # characters in a row of a box, and its rows: what is longer is scrolled
DOCX_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PROPOSAL_PAPER_FORMATS: dict[str, tuple[Callable[[Document], bytes], str]] = {
    "docx": (to_docx, DOCX_MEDIA_TYPE),
    "pdf": (lambda document: to_pdf(document).pdf, "application/pdf"),
}


def _get_proposal_data(proposal: Proposal) -> dict[str, Any]:
    """Return what was submitted, or else the proposal as it reads now."""
    if proposal.is_submitted and proposal.submission.snapshot:
        submission = proposal.submission
        return {**submission.snapshot, "submitted_at": submission.at.isoformat(), "reference": submission.reference}
    return build_proposal_data(build_proposal_page(proposal, timezone.now()))


def _list_submission_facts(request: MemberRequest, proposal: Proposal) -> list[tuple[str, str]]:
    """Return when, by whom and under which number it was submitted. Only members read by whom."""
    if not proposal.is_submitted:
        return [(_("Status"), _("Draft, not submitted"))]
    submission = proposal.submission
    facts = [(_("Submitted on"), format_long_date(timezone.localdate(submission.at)))]
    if submission.by is not None and request.standing.is_inside:
        facts.append((_("Submitted by"), get_display_name(submission.by, request.standing)))
    return facts + ([(_("Reference number"), submission.reference)] if submission.reference else [])


@require_GET
def proposal_copy(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    proposal = get_proposal_or_404(request, coalition, pk)
    return render_page(request, PROPOSAL_COPY_TEMPLATE, _build_copy_context(proposal))


def _build_copy_context(proposal: Proposal) -> dict[str, Any]:
    document = _get_proposal_data(proposal)
    sections: list[dict[str, Any]] = []
    for field in document["fields"]:
        if not sections or sections[-1]["title"] != field["section"]:
            sections.append({"title": field["section"], "fields": []})
        sections[-1]["fields"].append({**field, "rows": _count_textarea_rows(field["answer"])})
    call = build_proposal_page(proposal, timezone.now()).call
    return {"proposal": proposal, "call": call, "document": document, "sections": sections}


def _count_textarea_rows(text: str) -> int:
    """Return how high a box has to be in browsers that do not fit it to its text."""
    return min(sum(1 + len(line) // CHARACTERS_PER_ROW for line in text.splitlines()) or 1, MAX_ROWS)


@require_GET
def proposal_text(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    proposal = get_proposal_or_404(request, coalition, pk)
    text = render_proposal_text(
        {**_get_proposal_data(proposal), "submission": _list_submission_facts(request, proposal)}
    )
    return HttpResponse(text, headers=build_download_headers(f"proposal-{pk}.txt", "text/plain; charset=utf-8"))


@require_GET
def proposal_json(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    text = render_proposal_json(_get_proposal_data(get_proposal_or_404(request, coalition, pk)))
    return HttpResponse(text, headers=build_download_headers(f"proposal-{pk}.json", "application/json"))


@require_GET
def proposal_paper(request: MemberRequest, coalition: Coalition, pk: int, ending: str) -> HttpResponse:
    """Word, or tagged PDF."""
    if ending not in PROPOSAL_PAPER_FORMATS:
        raise Http404
    proposal = get_proposal_or_404(request, coalition, pk)
    make, media_type = PROPOSAL_PAPER_FORMATS[ending]
    try:
        body = make(
            build_proposal_document(proposal, _get_proposal_data(proposal), _list_submission_facts(request, proposal))
        )
    except TypesettingError:
        return render_page(
            request, PROPOSAL_COPY_TEMPLATE, _build_copy_context(proposal) | {"not_typeset": True}, status=503
        )
    return HttpResponse(body, headers=build_download_headers(f"{proposal.title}.{ending}", media_type))
