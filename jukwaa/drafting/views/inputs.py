"""The permanent page of an input, and inputs for programs."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import Standing
from jukwaa.core.diff import compare_words, render_changes
from jukwaa.core.form_view import form_view
from jukwaa.core.http import render_page
from jukwaa.drafting import actions, annotations, policies
from jukwaa.drafting.anchors import ClauseQuote, locate_quote_in_body
from jukwaa.drafting.models import Consultation, Disposition, Input, Placement
from jukwaa.drafting.quote_withholding import QuoteWithholding, annotate_may_be_withheld
from jukwaa.drafting.response_queue import AUTHOR_RELATION_LOOKUPS, INPUT_RELATION_LOOKUPS
from jukwaa.drafting.unreadable_sources import get_visible_clauses
from jukwaa.drafting.views.common import AnyRequest, build_text_context
from jukwaa.records.discussion import are_hidden_comments_shown

type HighlightedText = tuple[str, str, str]


def get_input_or_404(request: AnyRequest, coalition: Coalition, pk: int) -> Input:
    """404 for what one may not see."""
    inputs = Input.objects.visible_to(request.user).filter(text__coalition=coalition)
    answers = Prefetch("dispositions", Disposition.objects.select_related("by"))
    named = ("text__owner", "revision", "credited_in", *INPUT_RELATION_LOOKUPS)
    given = get_object_or_404(annotate_may_be_withheld(inputs).select_related(*named).prefetch_related(answers), pk=pk)
    given.text.coalition = coalition
    return given


@login_not_required
@require_GET
@cache_for_visitors
def input_detail(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """What was said, about which words of then, where those stand now, and each answer to it."""
    given = get_input_or_404(request, coalition, pk)
    QuoteWithholding(given.text).withhold_in_input(given)
    now = _get_current_placement(given)
    context = {
        **build_text_context(request, given.text, "matrix"),
        "given": given,
        "then": split_around_quote(given.wording.body, given.start, given.exact) if given.wording else None,
        "placement": now,
        "now": _highlight_quote_in_current_text(given, now),
        "proposal": render_proposal_diff(given),
        "is_read": is_input_readable(given, request.standing),
        "is_own": given.author_id is not None and given.author_id == request.user.pk,
    }
    return render_page(request, "drafting/input_detail.html", context)


@require_http_methods(["GET", "POST"])
def input_withdraw(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    given = get_input_or_404(request, coalition, pk)
    if not policies.can_take_back_input(request.standing, given):
        raise PermissionDenied
    address = reverse("drafting:input_detail", args=[coalition.slug, given.pk])
    return form_view(
        request,
        template="records/ask.html",
        context={
            "title": _("Withdraw your input"),
            "object": given.text.title,
            "quote": given.body or given.proposed,
            "sentences": [
                _("No one else will be able to read your input. Readers will see that an input was withdrawn.")
            ],
            "button": _("Withdraw input"),
            "stop": True,
            "back": address,
        },
        action=lambda: actions.withdraw_input(actor=request.user, given_input=given),
        success_message=_("Input withdrawn. You can send a new one."),
        redirect_to=address,
    )


@login_not_required
@require_GET
@cache_for_visitors
def input_annotation(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """The input as a W3C Web Annotation."""
    given = get_input_or_404(request, coalition, pk)
    QuoteWithholding(given.text).withhold_in_input(given)
    return _build_json_response(annotations.build_input_annotation(given, request.standing))


@login_not_required
@require_GET
@cache_for_visitors
def input_annotation_list(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """All inputs of a consultation: the collection, and its pages behind `?page=`."""
    asked = Consultation.objects.visible_to(request.user).filter(text__coalition=coalition).select_related("text")
    consultation = get_object_or_404(asked, pk=pk)
    inputs = Input.objects.filter(consultation=pk).readable_by(request.user).order_by("pk")
    pages = Paginator(
        annotate_may_be_withheld(inputs).select_related(*AUTHOR_RELATION_LOOKUPS), annotations.ANNOTATIONS_PER_PAGE
    )
    collection = annotations.build_annotation_collection(consultation, coalition.slug, pages.count)
    if "page" not in request.GET:
        return _build_json_response(collection)
    number = request.GET["page"]
    if not (number.isascii() and number.isdigit() and len(number) < 6 and int(number) < pages.num_pages):  # noqa: PLR2004 - no page has more digits
        raise Http404
    part = pages.page(int(number) + 1)
    rows = list(map(QuoteWithholding(consultation.text).withhold_in_input, part.object_list))
    return _build_json_response(
        annotations.build_annotation_page(
            collection, int(number), rows, request.standing, has_predecessor=part.has_next()
        )
    )


def is_input_readable(given_input: Input, viewer_standing: Standing) -> bool:
    """What was hidden is read by those who hide, what was taken back by its author: others know that it was there."""
    if given_input.hidden_at:
        return are_hidden_comments_shown(viewer_standing)
    return given_input.disposition != Input.Answer.WITHDRAWN or given_input.author_id == viewer_standing.viewer.pk


def split_around_quote(clause_body: str, start_index: int, exact_quote: str) -> HighlightedText:
    """A text around the words that are meant; without any, the whole of it before them."""
    return (
        (clause_body[:start_index], exact_quote, clause_body[start_index + len(exact_quote) :])
        if exact_quote
        else (clause_body, "", "")
    )


def render_proposal_diff(given_input: Input) -> SafeString | None:
    """What is proposed, word by word against what the clause said then."""
    if not given_input.proposed or given_input.wording is None:
        return None
    return render_changes(compare_words(given_input.wording.body, given_input.proposed))


def is_directly_acceptable(given_input: Input, placement: Placement | None) -> bool:
    """Whether a proposed wording can be taken up with one press: the clause says what it said then."""
    return bool(given_input.proposed) and placement is not None and placement.wording_id == given_input.wording_id


def _get_current_placement(given_input: Input) -> Placement | None:
    """The clause in the latest revision in which its words, or what came of it, stand."""
    latest = given_input.text.get_latest_revision() if given_input.now_at_id else None
    return (
        next(iter(get_visible_clauses(given_input.text, latest, clause=given_input.now_at_id)), None)
        if latest
        else None
    )


def _highlight_quote_in_current_text(given_input: Input, placement: Placement | None) -> HighlightedText | None:
    if placement is None:
        return None
    body = placement.wording.body
    at = locate_quote_in_body(
        ClauseQuote(given_input.exact, given_input.prefix, given_input.suffix, given_input.start), body
    )
    return split_around_quote(body, at, given_input.exact) if at is not None else (body, "", "")


def _build_json_response(json_content: dict[str, object]) -> HttpResponse:
    options = {"ensure_ascii": False, "indent": 1}
    return JsonResponse(json_content, content_type=annotations.ANNOTATION_MEDIA_TYPE, json_dumps_params=options)
