"""The desk at which inputs are answered: one by one, together, or by taking a proposed wording up."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.diff import diff_html, word_diff
from jukwaa.core.form_view import form_data, form_view
from jukwaa.core.http import page, redirect_back
from jukwaa.drafting import actions, policies
from jukwaa.drafting.actions.answers import standing_clause
from jukwaa.drafting.answering import SAID_BY, desk_of
from jukwaa.drafting.forms.answering import AnswerForm, TogetherForm, WordingForm
from jukwaa.drafting.models import Disposition, Input, Placement, Text
from jukwaa.drafting.views.common import around, drafted_text
from jukwaa.drafting.views.inputs import at_once, proposal_of, visible_input

ANSWER = "drafting/answer_form.html"
TOGETHER = "drafting/answer_together.html"
WORDING = "drafting/answer_wording.html"
TOGETHER_MOST = 200


@require_GET
def answers(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The inputs at one clause, one of them open with its form."""
    text = drafted_text(request, coalition, pk)
    desk = desk_of(text, request)
    context = {**around(request, text, "answers"), "desk": desk, "kinds": Input.Kind.choices}
    if desk.clause:
        context["placement"] = Placement.objects.now(text).filter(clause__number=desk.clause).first()
    if desk.open is not None:
        context |= {"form": _answer_form(desk.open), "proposal": proposal_of(desk.open)}
        context["as_proposed"] = at_once(desk.open, context.get("placement"))
    return page(request, "drafting/answers.html", context)


@require_http_methods(["GET", "POST"])
def input_answer(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    given = _answerable(request, coalition, pk)
    form = _answer_form(given, form_data(request))
    return form_view(
        request,
        form,
        template=ANSWER,
        context=lambda: _about(request, given, standing_clause(given)),
        action=lambda: actions.answer_input(actor=request.user, given=given, answering=form.answering()),
        current_values=lambda conflict: AnswerForm.initial_of(conflict.current),
        success=_("Response sent. We will email the author if we know their address."),
        redirect_to=lambda _answer: redirect_back(request, _desk(given)),
    )


@require_http_methods(["GET", "POST"])
def answer_together(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """One answer and one reason for those that were ticked."""
    text = drafted_text(request, coalition, pk)
    chosen = _chosen(request, text)
    form = TogetherForm(form_data(request), inputs=chosen)
    return form_view(
        request,
        form,
        template=TOGETHER,
        context={**around(request, text, "answers"), "inputs": chosen},
        action=lambda: actions.answer_together(actor=request.user, inputs=chosen, answering=form.answering()),
        success=_tell_answered,
        redirect_to=lambda _answers: redirect_back(request, _desk(chosen[0])),
    )


def _chosen(request: MemberRequest, text: Text) -> list[Input]:
    """Return the inputs that were ticked and still wait for an answer."""
    sent = request.POST if request.method == "POST" else request.GET
    ticked = [number for number in sent.getlist("input") if number.isascii() and number.isdecimal()]
    numbers = [int(number) for number in ticked if len(number) < 18]  # noqa: PLR2004 - what a bigint holds
    rows = Input.objects.filter(text=text.pk, pk__in=numbers[:TOGETHER_MOST]).select_related(*SAID_BY)
    chosen = list(rows.waiting().order_by("pk"))
    for given in chosen:
        given.text = text
    return chosen


def _tell_answered(answers: list[Disposition]) -> str:
    said = ngettext("Response sent to %(n)s input.", "Response sent to %(n)s inputs.", len(answers))
    return said % {"n": len(answers)}


@require_http_methods(["GET", "POST"])
def accept_wording(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """One press takes the wording up; where the clause has changed since, both are shown, to be merged by hand."""
    given = _answerable(request, coalition, pk)
    if given.kind != Input.Kind.PROPOSAL:
        raise Http404
    form = WordingForm(form_data(request), initial=_begin_merging(given))
    return form_view(
        request,
        form,
        template=WORDING,
        context=lambda: _around_merging(request, given, form.data),
        action=lambda: actions.accept_wording(actor=request.user, given=given, taking=form.taking()),
        current_values=lambda _conflict: _current_values(given),
        success=_("The wording is now in the text. Its author will be credited while it remains there."),
        redirect_to=lambda _answer: redirect_back(request, _desk(given)),
    )


def _answerable(request: MemberRequest, coalition: Coalition, pk: int) -> Input:
    """403 for whoever may read it and does not answer here."""
    given = visible_input(request, coalition, pk)
    if not policies.can_draft(request.standing, given.text):
        raise PermissionDenied(_("Only the drafters of the text can respond to inputs."))
    if given.hidden_at or given.disposition == Input.Answer.WITHDRAWN:
        raise PermissionDenied(_("This input has been hidden or withdrawn, so it does not need a response."))
    return given


def _answer_form(given: Input, data: QueryDict | None = None) -> AnswerForm:
    latest: Disposition | None = next(iter(given.dispositions.all()), None)
    return AnswerForm(data, initial={"seen": latest.pk if latest else None})


def _about(request: MemberRequest, given: Input, placement: Placement | None) -> dict[str, Any]:
    return {
        **around(request, given.text, "answers"),
        "given": given,
        "placement": placement,
        "proposal": proposal_of(given),
    }


def _begin_merging(given: Input) -> dict[str, Any]:
    """Return what the form begins with: the proposed words, on top of how clause and answer are now."""
    return {**_current_values(given), "body": given.proposed, "answer": Input.Answer.ACCEPTED, "reason": ""}


def _current_values(given: Input) -> dict[str, Any]:
    """Return how the clause reads and what was answered by now, not as it was when this request began."""
    placement, latest = standing_clause(given), Disposition.objects.filter(input=given.pk).first()
    clause = {"body": placement.wording.body, "from_digest": placement.wording.digest} if placement else {}
    return clause | (AnswerForm.initial_of(latest) if latest else {"seen": ""})


def _around_merging(request: MemberRequest, given: Input, typed: Mapping[str, str]) -> dict[str, Any]:
    """Return what the clause said, what it says, what is proposed, and what would change."""
    placement = standing_clause(given)
    context = _about(request, given, placement)
    if placement is not None and given.wording is not None:
        context["since"] = diff_html(word_diff(given.wording.body, placement.wording.body))
        context["would"] = diff_html(word_diff(placement.wording.body, typed.get("body") or given.proposed))
        context["has_changed"] = placement.wording_id != given.wording_id
    return context


def _desk(given: Input) -> str:
    """Back to the desk, at the clause of this input."""
    desk = reverse("drafting:answers", args=[given.text.coalition.slug, given.text_id])
    return f"{desk}?clause={given.clause.number if given.clause else 0}"
