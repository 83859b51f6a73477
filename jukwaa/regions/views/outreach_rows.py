"""The rows of a plan: what is to be learned, what is to be done, who hosts what, and the issues of the place."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.views.common import done, go, press, typed
from jukwaa.records.doors import at_the_door
from jukwaa.regions.actions import outreach as actions
from jukwaa.regions.forms.outreach import HostingForm, MilestoneForm, QuestionForm, RecordForm, RowForm
from jukwaa.regions.models import Hosting, Milestone, Outreach, Question
from jukwaa.regions.views.outreach import address_of, shaped_plan, shown, visible_plan

PAGES = ["GET", "POST"]


def _row_page(
    request: MemberRequest, plan: Outreach, form: RowForm, deed: Callable[[], object], **words: str
) -> HttpResponse:
    """One form; then back to the plan. `words`: title, lead, button, told."""
    told = words.pop("told", _("Noted."))
    if request.method == "POST" and (answer := at_the_door(request, plan.coalition, "form", text=form.people_text)):
        return answer
    back = address_of(plan.coalition, plan.pk)
    if done(request, form, deed):
        return go(request, told=told, to=back)
    return shown(request, form, outreach=plan, back=back, **words)


@require_http_methods(PAGES)
def question_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    plan = shaped_plan(request, coalition, pk).outreach
    form = QuestionForm(typed(request))
    words = {"title": _("What do we want to have learned?"), "button": _("Note the question")}
    return _row_page(request, plan, form, lambda: _ask(request, plan, form), **words)


def _ask(request: MemberRequest, plan: Outreach, form: RowForm) -> None:
    actions.ask_question(actor=request.user, plan=plan, **_said(form))


def _said(form: RowForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "screened"}


@require_http_methods(PAGES)
def question_answer(request: MemberRequest, coalition: Coalition, pk: int, row: int) -> HttpResponse:
    plan = shaped_plan(request, coalition, pk).outreach
    question = get_object_or_404(plan.questions, pk=row)
    question.outreach = plan
    form = RecordForm(typed(request), viewer=request.user, coalition=coalition)
    words = {"title": _("What answers it?"), "lead": question.words, "button": _("This answers it")}
    answer = actions.answer_question
    return _row_page(
        request,
        plan,
        form,
        lambda: answer(actor=request.user, question=question, record=form.cleaned_data["record"]),
        **words,
    )


@require_http_methods(PAGES)
def issue_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    plan = shaped_plan(request, coalition, pk).outreach
    form = RecordForm(typed(request), viewer=request.user, coalition=coalition)
    lead = _("A record of this coalition that tells of it, whatever its kind.")
    words = {"title": _("An issue of the place"), "lead": lead, "button": _("Put it into the plan")}
    link = actions.link_issue
    return _row_page(
        request, plan, form, lambda: link(actor=request.user, plan=plan, record=form.cleaned_data["record"]), **words
    )


@require_http_methods(PAGES)
def milestone_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    plan = shaped_plan(request, coalition, pk).outreach
    form = MilestoneForm(typed(request), coalition=coalition)
    words = {"title": _("What is to be done before?"), "button": _("Put it into the plan")}
    add = actions.add_milestone
    return _row_page(request, plan, form, lambda: add(actor=request.user, plan=plan, **_said(form)), **words)


@require_http_methods(PAGES)
def milestone_edit(request: MemberRequest, coalition: Coalition, pk: int, row: int) -> HttpResponse:
    plan = shaped_plan(request, coalition, pk).outreach
    milestone = _milestone(plan, row)
    form = MilestoneForm(typed(request), coalition=coalition, row=milestone)
    words = {"title": _("Change what is to be done before"), "button": _("Save"), "told": _("Saved.")}
    return _row_page(request, plan, form, lambda: _change(request, milestone, form), **words)


def _change(request: MemberRequest, milestone: Milestone, form: RowForm) -> None:
    said = {name: value for name, value in _said(form).items() if name != "token"}
    actions.change_milestone(actor=request.user, milestone=milestone, **said)


def _milestone(plan: Outreach, row: int) -> Milestone:
    milestone = get_object_or_404(plan.milestones.select_related("organisation"), pk=row)
    milestone.outreach = plan
    return milestone


@require_POST
def milestone_done(request: MemberRequest, coalition: Coalition, pk: int, row: int) -> HttpResponse:
    plan = shaped_plan(request, coalition, pk).outreach
    milestone = _milestone(plan, row)
    finish = actions.finish_milestone
    to = address_of(coalition, pk)
    return press(request, lambda: finish(actor=request.user, milestone=milestone), told=_("It is done."), to=to)


@require_http_methods(PAGES)
def hosting_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """For whoever reads the plan: what their own organisation hosts; for whoever shapes it, what others offered."""
    plan = visible_plan(request, coalition, pk).outreach
    form = HostingForm(typed(request), coalition=coalition)
    lead = _("Whoever speaks for the organisation confirms it, and nobody counts on it before.")
    words = {"title": _("Who hosts what?"), "lead": lead, "button": _("Note it")}
    offer = actions.offer_to_host
    return _row_page(request, plan, form, lambda: offer(actor=request.user, plan=plan, **_said(form)), **words)


@require_POST
def hosting_confirm(request: MemberRequest, coalition: Coalition, pk: int, row: int) -> HttpResponse:
    plan = visible_plan(request, coalition, pk).outreach
    hosting = _hosting(plan, row)
    confirm, to = actions.confirm_hosting, address_of(coalition, pk)
    return press(request, lambda: confirm(actor=request.user, hosting=hosting), told=_("It is confirmed."), to=to)


def _hosting(plan: Outreach, row: int) -> Hosting:
    hosting = get_object_or_404(plan.hostings.select_related("organisation"), pk=row)
    hosting.outreach = plan
    return hosting


@require_POST
def question_remove(request: MemberRequest, coalition: Coalition, pk: int, row: int) -> HttpResponse:
    plan = shaped_plan(request, coalition, pk).outreach
    return _take_off(request, plan, get_object_or_404(plan.questions, pk=row))


@require_POST
def milestone_remove(request: MemberRequest, coalition: Coalition, pk: int, row: int) -> HttpResponse:
    plan = shaped_plan(request, coalition, pk).outreach
    return _take_off(request, plan, _milestone(plan, row))


@require_POST
def hosting_remove(request: MemberRequest, coalition: Coalition, pk: int, row: int) -> HttpResponse:
    plan = visible_plan(request, coalition, pk).outreach
    return _take_off(request, plan, _hosting(plan, row))


def _take_off(request: MemberRequest, plan: Outreach, row: Question | Milestone | Hosting) -> HttpResponse:
    row.outreach = plan
    to = address_of(plan.coalition, plan.pk)
    return press(
        request, lambda: actions.take_row_off(actor=request.user, row=row), told=_("It is taken off the plan."), to=to
    )
