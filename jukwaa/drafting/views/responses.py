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
from jukwaa.coalitions.public_names import screen_fields_for_names
from jukwaa.core.diff import compare_words, render_changes
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.forms import Form
from jukwaa.core.http import redirect_to_next, render_page
from jukwaa.drafting import actions, policies
from jukwaa.drafting.actions.answers import get_current_clause
from jukwaa.drafting.forms.answering import AcceptWordingForm, AnswerForm, JointAnswerForm
from jukwaa.drafting.models import Disposition, Input, Placement, Text
from jukwaa.drafting.public_names import will_everyone_read_text
from jukwaa.drafting.response_queue import INPUT_RELATION_LOOKUPS, load_response_queue
from jukwaa.drafting.views.common import build_text_context, get_draft_text_or_404
from jukwaa.drafting.views.inputs import get_input_or_404, is_directly_acceptable, render_proposal_diff

INPUT_ANSWER_TEMPLATE = "drafting/answer_form.html"
JOINT_ANSWER_TEMPLATE = "drafting/answer_together.html"
ANSWER_WORDING_TEMPLATE = "drafting/answer_wording.html"
MAX_JOINT_INPUTS = 200


@require_GET
def clause_response_queue(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The inputs at one clause, one of them open with its form."""
    text = get_draft_text_or_404(request, coalition, pk)
    desk = load_response_queue(text, request)
    context = {**build_text_context(request, text, "answers"), "desk": desk, "kinds": Input.Kind.choices}
    if desk.clause:
        context["placement"] = Placement.objects.now(text).filter(clause__number=desk.clause).first()
    if desk.open is not None:
        context |= {"form": _build_answer_form(desk.open), "proposal": render_proposal_diff(desk.open)}
        context["as_proposed"] = is_directly_acceptable(desk.open, context.get("placement"))
    return render_page(request, "drafting/answers.html", context)


@require_http_methods(["GET", "POST"])
def input_answer(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    given = _get_answerable_input_or_404(request, coalition, pk)
    form = _screen_reason(request, given.text, _build_answer_form(given, get_form_data(request)))
    return form_view(
        request,
        form,
        template=INPUT_ANSWER_TEMPLATE,
        context=lambda: _build_input_context(request, given, get_current_clause(given)),
        action=lambda: actions.answer_input(actor=request.user, given_input=given, input_answer=form.answering()),
        current_values=lambda conflict: AnswerForm.get_initial(conflict.current),
        success_message=_("Response sent. We will email the author if we know their address."),
        redirect_to=lambda _answer: redirect_to_next(request, _get_queue_address(given)),
    )


@require_http_methods(["GET", "POST"])
def inputs_answer_together(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """One answer and one reason for those that were ticked."""
    text = get_draft_text_or_404(request, coalition, pk)
    chosen = _get_selected_inputs(request, text)
    form = _screen_reason(request, text, JointAnswerForm(get_form_data(request), inputs=chosen))
    return form_view(
        request,
        form,
        template=JOINT_ANSWER_TEMPLATE,
        context={**build_text_context(request, text, "answers"), "inputs": chosen},
        action=lambda: actions.answer_inputs_together(actor=request.user, inputs=chosen, input_answer=form.answering()),
        success_message=_format_answered_message,
        redirect_to=lambda _answers: redirect_to_next(request, _get_queue_address(chosen[0])),
    )


def _screen_reason[F: Form](request: MemberRequest, text: Text, form: F) -> F:
    """Show the writer of a response names that are not public, if everyone can read the reason."""
    if will_everyone_read_text(text):
        screen_fields_for_names(form, request.standing, "reason")
    return form


def _get_selected_inputs(request: MemberRequest, text: Text) -> list[Input]:
    """Return the inputs that were ticked and still wait for an answer."""
    sent = request.POST if request.method == "POST" else request.GET
    ticked = [number for number in sent.getlist("input") if number.isascii() and number.isdecimal()]
    numbers = [int(number) for number in ticked if len(number) < 18]  # noqa: PLR2004 - what a bigint holds
    rows = Input.objects.filter(text=text.pk, pk__in=numbers[:MAX_JOINT_INPUTS]).select_related(*INPUT_RELATION_LOOKUPS)
    chosen = list(rows.waiting().order_by("pk"))
    for given in chosen:
        given.text = text
    return chosen


def _format_answered_message(dispositions: list[Disposition]) -> str:
    said = ngettext("Response sent to %(n)s input.", "Response sent to %(n)s inputs.", len(dispositions))
    return said % {"n": len(dispositions)}


@require_http_methods(["GET", "POST"])
def proposed_wording_accept(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """One press takes the wording up; where the clause has changed since, both are shown, to be merged by hand."""
    given = _get_answerable_input_or_404(request, coalition, pk)
    if given.kind != Input.Kind.PROPOSAL:
        raise Http404
    form = AcceptWordingForm(get_form_data(request), initial=_get_initial_merge_values(given))
    _screen_reason(request, given.text, form)
    return form_view(
        request,
        form,
        template=ANSWER_WORDING_TEMPLATE,
        context=lambda: _build_wording_merge_context(request, given, form.data),
        action=lambda: actions.accept_proposed_wording(
            actor=request.user, given_input=given, wording_acceptance=form.build_wording_acceptance()
        ),
        current_values=lambda _conflict: _get_current_clause_values(given),
        success_message=_(
            "The proposed wording has been added to the text. Its author will be credited as long as the wording is"
            " in the text."
        ),
        redirect_to=lambda _answer: redirect_to_next(request, _get_queue_address(given)),
    )


def _get_answerable_input_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> Input:
    """403 for whoever may read it and does not answer here."""
    given = get_input_or_404(request, coalition, pk)
    if not policies.can_draft_text(request.standing, given.text):
        raise PermissionDenied(_("Only the drafters of the text can respond to inputs."))
    if given.hidden_at or given.disposition == Input.Answer.WITHDRAWN:
        raise PermissionDenied(_("This input has been hidden or withdrawn, so it does not need a response."))
    return given


def _build_answer_form(given_input: Input, post_data: QueryDict | None = None) -> AnswerForm:
    latest: Disposition | None = next(iter(given_input.dispositions.all()), None)
    return AnswerForm(post_data, initial={"seen": latest.pk if latest else None})


def _build_input_context(request: MemberRequest, given_input: Input, placement: Placement | None) -> dict[str, Any]:
    return {
        **build_text_context(request, given_input.text, "answers"),
        "given": given_input,
        "placement": placement,
        "proposal": render_proposal_diff(given_input),
    }


def _get_initial_merge_values(given_input: Input) -> dict[str, Any]:
    """Return what the form begins with: the proposed words, on top of how clause and answer are now."""
    return {
        **_get_current_clause_values(given_input),
        "body": given_input.proposed,
        "answer": Input.Answer.ACCEPTED,
        "reason": "",
    }


def _get_current_clause_values(given_input: Input) -> dict[str, Any]:
    """Return how the clause reads and what was answered by now, not as it was when this request began."""
    placement, latest = get_current_clause(given_input), Disposition.objects.filter(input=given_input.pk).first()
    clause = {"body": placement.wording.body, "from_digest": placement.wording.digest} if placement else {}
    return clause | (AnswerForm.get_initial(latest) if latest else {"seen": ""})


def _build_wording_merge_context(
    request: MemberRequest, given_input: Input, typed_values: Mapping[str, str]
) -> dict[str, Any]:
    """Return what the clause said, what it says, what is proposed, and what would change."""
    placement = get_current_clause(given_input)
    context = _build_input_context(request, given_input, placement)
    if placement is not None and given_input.wording is not None:
        context["since"] = render_changes(compare_words(given_input.wording.body, placement.wording.body))
        context["would"] = render_changes(
            compare_words(placement.wording.body, typed_values.get("body") or given_input.proposed)
        )
        context["has_changed"] = placement.wording_id != given_input.wording_id
    return context


def _get_queue_address(given_input: Input) -> str:
    """Back to the desk, at the clause of this input."""
    desk = reverse("drafting:answers", args=[given_input.text.coalition.slug, given_input.text_id])
    return f"{desk}?clause={given_input.clause.number if given_input.clause else 0}"
