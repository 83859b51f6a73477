"""A proposal to take to the form of the forum: a page that is copied field by field, and files."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.names import shown
from jukwaa.core.dates import written
from jukwaa.core.documents.outgoing import Document, NotTypesetError, to_docx, to_pdf
from jukwaa.core.http import page
from jukwaa.core.uploads import download_headers
from jukwaa.proposals.models import Proposal
from jukwaa.proposals.proposal_files import build_document, write_json, write_text
from jukwaa.proposals.proposal_page import build_page
from jukwaa.proposals.proposal_paper import build_paper
from jukwaa.proposals.views.proposals import get_proposal_or_404

COPY = "proposals/proposal_copy.html"
ROW, MOST_ROWS = 70, 16  # characters in a row of a box, and its rows: what is longer is scrolled
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAPERS: dict[str, tuple[Callable[[Document], bytes], str]] = {
    "docx": (to_docx, WORD),
    "pdf": (lambda document: to_pdf(document).pdf, "application/pdf"),
}


def _get_document(proposal: Proposal) -> dict[str, Any]:
    """Return what was submitted, or else the proposal as it reads now."""
    if proposal.is_submitted and proposal.submission.snapshot:
        submission = proposal.submission
        return {**submission.snapshot, "submitted_at": submission.at.isoformat(), "reference": submission.reference}
    return build_document(build_page(proposal, timezone.now()))


def _list_facts(request: MemberRequest, proposal: Proposal) -> list[tuple[str, str]]:
    """Return when, by whom and under which number it was submitted. Only members read by whom."""
    if not proposal.is_submitted:
        return [(_("Status"), _("Draft, not submitted"))]
    submission = proposal.submission
    facts = [(_("Submitted on"), written(timezone.localdate(submission.at)))]
    if submission.by is not None and request.standing.is_inside:
        facts.append((_("Submitted by"), shown(submission.by, request.standing)))
    return facts + ([(_("Reference number"), submission.reference)] if submission.reference else [])


@require_GET
def proposal_copy(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    proposal = get_proposal_or_404(request, coalition, pk)
    return page(request, COPY, _get_copy(proposal))


def _get_copy(proposal: Proposal) -> dict[str, Any]:
    document = _get_document(proposal)
    sections: list[dict[str, Any]] = []
    for field in document["fields"]:
        if not sections or sections[-1]["title"] != field["section"]:
            sections.append({"title": field["section"], "fields": []})
        sections[-1]["fields"].append({**field, "rows": _count_rows(field["answer"])})
    call = build_page(proposal, timezone.now()).call
    return {"proposal": proposal, "call": call, "document": document, "sections": sections}


def _count_rows(text: str) -> int:
    """Return how high a box has to be in browsers that do not fit it to its text."""
    return min(sum(1 + len(line) // ROW for line in text.splitlines()) or 1, MOST_ROWS)


@require_GET
def proposal_text(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    proposal = get_proposal_or_404(request, coalition, pk)
    text = write_text({**_get_document(proposal), "submission": _list_facts(request, proposal)})
    return HttpResponse(text, headers=download_headers(f"proposal-{pk}.txt", "text/plain; charset=utf-8"))


@require_GET
def proposal_json(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    text = write_json(_get_document(get_proposal_or_404(request, coalition, pk)))
    return HttpResponse(text, headers=download_headers(f"proposal-{pk}.json", "application/json"))


@require_GET
def proposal_paper(request: MemberRequest, coalition: Coalition, pk: int, ending: str) -> HttpResponse:
    """Word, or tagged PDF."""
    if ending not in PAPERS:
        raise Http404
    proposal = get_proposal_or_404(request, coalition, pk)
    make, media_type = PAPERS[ending]
    try:
        body = make(build_paper(proposal, _get_document(proposal), _list_facts(request, proposal)))
    except NotTypesetError:
        return page(request, COPY, _get_copy(proposal) | {"not_typeset": True}, status=503)
    return HttpResponse(body, headers=download_headers(f"{proposal.title}.{ending}", media_type))
