"""The desk at which inputs are answered: one by one, together, or by taking a proposed wording up."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.views.common import typed
from jukwaa.core.diff import diff_html, word_diff
from jukwaa.core.http import invalid, page, redirect_back
from jukwaa.core.overtaken import CONFLICT, Overtaken
from jukwaa.drafting import actions, policies
from jukwaa.drafting.actions.answers import standing_clause
from jukwaa.drafting.answering import SAID_BY, desk_of
from jukwaa.drafting.forms.answering import AnswerForm, WordingForm
from jukwaa.drafting.models import Disposition, Input, Placement
from jukwaa.drafting.views.common import around, drafted_text
from jukwaa.drafting.views.inputs import at_once, proposal_of, visible_input
from jukwaa.records.doors import at_the_door
from jukwaa.records.models import Held

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
        context |= {"form": _form(desk.open), "proposal": proposal_of(desk.open)}
        context["as_proposed"] = at_once(desk.open, context.get("placement"))
    return page(request, "drafting/answers.html", context)


@require_http_methods(["GET", "POST"])
def input_answer(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    given = _answerable(request, coalition, pk)
    form = AnswerForm(request.POST) if request.method == "POST" else _form(given)
    context = _about(request, given, form)
    if request.method == "GET":
        return page(request, ANSWER, context)
    if answer := at_the_door(request, coalition, Held.Door.FORM, text=form.people_text):
        return answer
    if not form.is_valid():
        return invalid(request, ANSWER, context)
    try:
        actions.answer_input(actor=request.user, given=given, answering=form.answering())
    except actions.CannotAnswer as cannot:
        form.add_error(cannot.field or None, str(cannot))
        return invalid(request, ANSWER, context)
    except actions.AnsweredMeanwhile as meanwhile:
        form.show_latest(meanwhile.current.pk)
        return page(request, ANSWER, {**context, "meanwhile": meanwhile.current}, status=409)
    messages.success(request, _("It is answered, and whoever gave it is told."))
    return redirect_back(request, _desk(given))


@require_http_methods(["GET", "POST"])
def answer_together(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """One answer and one reason for those that were ticked."""
    text = drafted_text(request, coalition, pk)
    sent = request.POST if request.method == "POST" else request.GET
    ticked = [number for number in sent.getlist("input") if number.isascii() and number.isdecimal()]
    numbers = [int(number) for number in ticked if len(number) < 18]  # noqa: PLR2004 - what a bigint holds
    rows = Input.objects.filter(text=text.pk, pk__in=numbers[:TOGETHER_MOST]).select_related(*SAID_BY)
    chosen = list(rows.waiting().order_by("pk"))
    for given in chosen:
        given.text = text
    form = AnswerForm(typed(request))
    context = {**around(request, text, "answers"), "inputs": chosen, "form": form}
    if request.method == "GET":
        return page(request, TOGETHER, context)
    if answer := at_the_door(request, coalition, Held.Door.FORM, text=form.people_text):
        return answer
    if not chosen:
        form.add_error(None, _("Tick the inputs that you answer. Those that were ticked are answered by now."))
    return _together(request, chosen, form, context)


def _together(request: MemberRequest, chosen: list[Input], form: AnswerForm, context: dict[str, Any]) -> HttpResponse:
    if not form.is_valid():
        return invalid(request, TOGETHER, context)
    try:
        done = actions.answer_together(actor=request.user, inputs=chosen, answering=form.answering())
    except actions.CannotAnswer as cannot:
        form.add_error(cannot.field or None, str(cannot))
        return invalid(request, TOGETHER, context)
    said = ngettext("%(n)s input is answered.", "%(n)s inputs are answered together.", len(done))
    messages.success(request, said % {"n": len(done)})
    return redirect_back(request, _desk(chosen[0]))


@require_http_methods(["GET", "POST"])
def accept_wording(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """One press takes the wording up; where the clause has changed since, both are shown, to be merged by hand."""
    given = _answerable(request, coalition, pk)
    if given.kind != Input.Kind.PROPOSAL:
        raise Http404
    if request.method == "GET":
        return _merging(request, given, None)
    form = WordingForm(request.POST)
    if answer := at_the_door(request, coalition, Held.Door.FORM, text=form.people_text):
        return answer
    return _take_up(request, given, form) if form.is_valid() else _merging(request, given, form, status=422)


def _take_up(request: MemberRequest, given: Input, form: WordingForm) -> HttpResponse:
    try:
        actions.accept_wording(actor=request.user, given=given, taking=form.taking())
    except (actions.ClauseChanged, actions.AnsweredMeanwhile):
        return _merging(request, given, form, status=CONFLICT)
    except (actions.CannotAnswer, actions.TooLong) as cannot:
        form.add_error(None, str(cannot))
        return _merging(request, given, form, status=422)
    messages.success(request, _("The wording is now in the text. Its author will be credited while it remains there."))
    return redirect_back(request, _desk(given))


def _answerable(request: MemberRequest, coalition: Coalition, pk: int) -> Input:
    """403 for whoever may read it and does not answer here."""
    given = visible_input(request, coalition, pk)
    if not policies.can_answer(request.user, given.text):
        raise PermissionDenied(_("Whoever drafts the text answers what is said about it."))
    if given.hidden_at or given.disposition == Input.Answer.WITHDRAWN:
        raise PermissionDenied(_("This input was hidden or taken back, and is not answered."))
    return given


def _form(given: Input) -> AnswerForm:
    latest: Disposition | None = next(iter(given.dispositions.all()), None)
    return AnswerForm(initial={"seen": latest.pk if latest else None})


def _about(request: MemberRequest, given: Input, form: Form) -> dict[str, Any]:
    placement = standing_clause(given)
    return {
        **around(request, given.text, "answers"),
        "given": given,
        "form": form,
        "placement": placement,
        "proposal": proposal_of(given),
    }


def _merging(request: MemberRequest, given: Input, form: WordingForm | None, status: int = 200) -> HttpResponse:
    """Show what the clause said, what it says, what is proposed, and what was typed, in a field that can be saved."""
    placement, typed = standing_clause(given), form.data if form is not None else {}
    body = typed.get("body") or given.proposed
    latest = Disposition.objects.filter(input=given.pk).first()  # not as it was when this request began
    initial = {
        "body": body,
        "from_digest": placement.wording.digest if placement else "",
        "seen": latest.pk if latest else None,
        "answer": typed.get("answer") or Input.Answer.ACCEPTED,
        "reason": typed.get("reason", ""),
    }
    shown = form if form is not None and form.errors else WordingForm(initial=initial)
    context = _about(request, given, shown)
    if status == CONFLICT:
        context |= _conflict(typed, placement, latest)
    if placement is not None and given.wording is not None:
        context["since"] = diff_html(word_diff(given.wording.body, placement.wording.body))
        context["would"] = diff_html(word_diff(placement.wording.body, body))
        context["has_changed"] = placement.wording_id != given.wording_id
    return page(request, WORDING, context, status=status)


def _conflict(typed: Mapping[str, str], placement: Placement | None, latest: Disposition | None) -> dict[str, Any]:
    """Return what somebody else saved while this person wrote: their answer, and the clause beside what was typed."""
    has_seen = latest is None or typed.get("seen") == str(latest.pk)
    yours = typed.get("body", "").replace("\r\n", "\n").strip()
    found: dict[str, Any] = {"meanwhile": None if has_seen else latest}
    if yours:
        reads = placement.wording.body if placement else ""
        label, change = str(WordingForm.base_fields["body"].label), diff_html(word_diff(reads, yours))
        found["overtaken"] = [Overtaken(label, reads, yours, change)] if reads != yours else []
    return found


def _desk(given: Input) -> str:
    """Back to the desk, at the clause of this input."""
    desk = reverse("drafting:answers", args=[given.text.coalition.slug, given.text_id])
    return f"{desk}?clause={given.clause.number if given.clause else 0}"
