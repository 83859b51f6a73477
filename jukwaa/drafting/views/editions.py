"""Publishing a text, and its editions: as a page, a clause of it, and as files."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jukwaa.coalitions.caching import cache_file_for_visitors, cache_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.public_names import screen_fields_for_names
from jukwaa.coalitions.views.public_names import build_names_context, confirm_public_names
from jukwaa.core.documents.outgoing import TypesettingError, to_docx, to_markdown, to_pdf
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.core.uploads import build_download_headers
from jukwaa.drafting import actions, policies
from jukwaa.drafting.actions.publishing import (
    describe_unpublished_changes,
    find_publishing_obstacles,
    get_agreed_call,
)
from jukwaa.drafting.answer_queries import find_accepted_inputs_without_change
from jukwaa.drafting.edition_export import build_edition_document, describe_edition_agreement, render_edition_json
from jukwaa.drafting.editions import EditionContent, find_text_editions
from jukwaa.drafting.forms.editions import EditionForm
from jukwaa.drafting.models import Edition, Placement, Text
from jukwaa.drafting.open_points import find_open_points
from jukwaa.drafting.public_names import find_names_in_version
from jukwaa.drafting.views.common import AnyRequest, build_text_context, get_text_or_404
from jukwaa.records.models import Label

EDITION_NEW_TEMPLATE = "drafting/edition_new.html"
EDITION_DETAIL_TEMPLATE = "drafting/edition_detail.html"
AGREEMENT_TAB_NAME = "agreement"
MAX_REVISION_NUMBER_DIGITS = 9
EDITION_EXPORT_FORMATS: dict[str, tuple[Any, str]] = {
    "docx": (
        lambda reading: to_docx(build_edition_document(reading)),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "pdf": (lambda reading: to_pdf(build_edition_document(reading)).pdf, "application/pdf"),
    "md": (lambda reading: to_markdown(build_edition_document(reading)).encode(), "text/markdown; charset=utf-8"),
    "json": (render_edition_json, "application/json"),
}


def get_edition_or_404(
    request: AnyRequest, coalition: Coalition, pk: int, major_number: int, minor_number: int
) -> Edition:
    """404 for what one may not see."""
    return _get_edition_and_all_editions(request, coalition, pk, major_number, minor_number)[0]


def _get_edition_and_all_editions(
    request: AnyRequest, coalition: Coalition, pk: int, major_number: int, minor_number: int
) -> tuple[Edition, list[Edition]]:
    """One edition, and all of its text: the latest first."""
    text = get_text_or_404(request, coalition, pk)
    editions = list(find_text_editions(text.pk).select_related("revision", "call", "item"))
    for edition in editions:
        edition.text = text
        if (edition.major, edition.minor) == (major_number, minor_number):
            return edition, editions
    raise Http404


@login_not_required
@require_GET
@cache_for_visitors
def edition_detail(request: Request, coalition: Coalition, pk: int, major: int, minor: int) -> HttpResponse:
    edition, editions = _get_edition_and_all_editions(request, coalition, pk, major, minor)
    return render_page(request, EDITION_DETAIL_TEMPLATE, _build_edition_context(request, edition, editions))


def _build_edition_context(request: Request, edition: Edition, other_editions: list[Edition]) -> dict[str, Any]:
    reading = EditionContent(edition)
    asked = request.GET.get("page", "1")
    number = min(max(int(asked), 1), reading.pages) if asked.isdecimal() and len(asked) < 6 else 1  # noqa: PLR2004 - digits of a page's number
    return {
        **build_text_context(request, edition.text, AGREEMENT_TAB_NAME),
        "edition": edition,
        "reading": reading,
        "at": number,
        "is_last": number == reading.pages,
        "clauses": reading.clauses(number),
        "agreed": describe_edition_agreement(reading),
        "before": next(
            (one for one in other_editions if (one.major, one.minor) < (edition.major, edition.minor)), None
        ),
        "latest": other_editions[0] if other_editions[0].pk != edition.pk else None,
        "editions": other_editions,
        "item": edition.item if edition.item and edition.item.state == "published" else None,
    }


@login_not_required
@require_GET
@cache_for_visitors
def edition_clause_redirect(
    request: Request, coalition: Coalition, pk: int, major: int, minor: int, number: int
) -> HttpResponse:
    """The permanent address of a clause leads to the page on which it stands."""
    edition = get_edition_or_404(request, coalition, pk, major, minor)
    reading = EditionContent(edition)
    on = reading.get_page_of_clause(number)
    if on is None:
        raise Http404
    asked = f"?page={on}" if on > 1 else ""
    return redirect(f"{edition.get_absolute_url()}{asked}#c{number}")


@login_not_required
@require_GET
@cache_file_for_visitors
def edition_file(request: Request, coalition: Coalition, pk: int, major: int, minor: int, ending: str) -> HttpResponse:
    if ending not in EDITION_EXPORT_FORMATS:
        raise Http404
    edition, editions = _get_edition_and_all_editions(request, coalition, pk, major, minor)
    make, media_type = EDITION_EXPORT_FORMATS[ending]
    try:
        body = make(EditionContent(edition))
    except TypesettingError:
        return render_page(
            request,
            EDITION_DETAIL_TEMPLATE,
            _build_edition_context(request, edition, editions) | {"not_typeset": True},
            status=503,
        )
    name = f"{edition.text.title} {edition.number}.{ending}"
    return HttpResponse(body, headers=build_download_headers(name, media_type))


@require_http_methods(["GET", "POST"])
def edition_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    text = get_text_or_404(request, coalition, pk)
    if not policies.can_publish_edition(request.standing, text):
        raise PermissionDenied(
            _(
                "Only coordinators, rapporteurs, editors and representatives of the organisation that "
                "owns the text can publish it."
            )
        )
    context = _build_publishing_context(request, text)
    form = EditionForm(
        get_form_data(request),
        viewer_standing=request.standing,
        last_edition=context["last"],
        has_agreement=context["call"] is not None,
    )
    found = find_names_in_version(request.standing, text, context["placements"])
    if text.label == Label.CLEAR:
        screen_fields_for_names(form, request.standing, "errata", "without_call")
    sent_number = request.POST.get("revision", "")[:MAX_REVISION_NUMBER_DIGITS]
    return form_view(
        request,
        form,
        template=EDITION_NEW_TEMPLATE,
        # Built again after a refusal, which may name a newer revision.
        context=lambda: (
            (context if request.method == "GET" else _build_publishing_context(request, text))
            | build_names_context(found)
        ),
        confirm=lambda: confirm_public_names(
            request, found, template=EDITION_NEW_TEMPLATE, context=context | {"form": form}, for_members=True
        ),
        action=lambda: actions.publish_edition(
            actor=request.user,
            text=text,
            edition_details=form.build_edition_details(
                revision_number=int(sent_number) if sent_number.isdecimal() else None,
                leaves_out_changes="leaves_out_changes" in request.POST,
            ),
            organisation=form.organisation,
        ),
        success_message=lambda edition: _("Version %(n)s published.") % {"n": edition.number},
        redirect_to=lambda edition: edition,
    )


def _build_publishing_context(request: MemberRequest, text: Text) -> dict[str, Any]:
    call, revision = get_agreed_call(text), text.get_latest_revision()
    if call and call.revision_id != getattr(revision, "pk", 0):
        call = None
    last = find_text_editions(text.pk).first()
    placements = list(Placement.objects.at(text, revision.step)) if revision else []
    is_revision_chosen = "leaves_out_changes" in request.POST or request.method == "GET"
    is_revision_chosen &= (request.POST or request.GET).get("revision") == str(revision.number if revision else "")
    return {
        **build_text_context(request, text, AGREEMENT_TAB_NAME),
        "last": last,
        "revision": revision,
        "call": call,
        "is_revision_chosen": is_revision_chosen,
        "unpublished_changes": "" if is_revision_chosen else describe_unpublished_changes(text, revision),
        "refusals": find_publishing_obstacles(text),
        "placements": placements,
        "open_points": find_open_points(placements),
        "unchanged_inputs": find_accepted_inputs_without_change(request.user, text, revision, last),
    }
