"""The rows of a plan: what is to be learned, what is to be done, who hosts what, and the issues of the place."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.regions.actions import outreach as actions
from jukwaa.regions.forms.outreach import (
    HostingForm,
    MilestoneForm,
    OutreachQuestionForm,
    OutreachRowForm,
    RecordLinkForm,
)
from jukwaa.regions.models import Hosting, Milestone, Outreach, Question
from jukwaa.regions.views.outreach import (
    OUTREACH_FORM_TEMPLATE,
    build_plan_url,
    get_editable_plan_or_404,
    get_plan_or_404,
)

ALLOWED_FORM_METHODS = ["GET", "POST"]


def _handle_row_form(
    request: MemberRequest,
    plan: Outreach,
    form: OutreachRowForm,
    *,
    action: Callable[[], object],
    success_message: str = "",
    **words: str,
) -> HttpResponse:
    """Handle one form about a row of the plan; then back to the plan. `words`: title, lead, button."""
    back = build_plan_url(plan.coalition, plan.pk)
    return form_view(
        request,
        form,
        template=OUTREACH_FORM_TEMPLATE,
        context={"outreach": plan, "back": back, **words},
        action=action,
        success_message=success_message or _("The changes have been saved."),
        redirect_to=back,
    )


@require_http_methods(ALLOWED_FORM_METHODS)
def outreach_question_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    plan = get_editable_plan_or_404(request, coalition, pk).outreach
    form = OutreachQuestionForm(get_form_data(request))
    return _handle_row_form(
        request,
        plan,
        form,
        title=_("What do we want to learn?"),
        button=_("Add question"),
        action=lambda: actions.add_outreach_question(actor=request.user, plan=plan, **_get_row_values(form)),
    )


def _get_row_values(form: OutreachRowForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "screened"}


@require_http_methods(ALLOWED_FORM_METHODS)
def outreach_question_answer(request: MemberRequest, coalition: Coalition, pk: int, row: int) -> HttpResponse:
    plan = get_editable_plan_or_404(request, coalition, pk).outreach
    question = get_object_or_404(plan.questions, pk=row)
    question.outreach = plan
    form = RecordLinkForm(get_form_data(request), viewer=request.user, coalition=coalition)
    return _handle_row_form(
        request,
        plan,
        form,
        title=_("Which record answers this question?"),
        lead=question.words,
        button=_("Link the answer"),
        action=lambda: actions.link_question_answer(
            actor=request.user, linked_question=question, record=form.cleaned_data["record"]
        ),
    )


@require_http_methods(ALLOWED_FORM_METHODS)
def outreach_issue_link(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    plan = get_editable_plan_or_404(request, coalition, pk).outreach
    form = RecordLinkForm(get_form_data(request), viewer=request.user, coalition=coalition)
    return _handle_row_form(
        request,
        plan,
        form,
        title=_("Link an issue in this place"),
        lead=_("Choose a record of this coalition that is about the issue. It can be of any type."),
        button=_("Add to the plan"),
        action=lambda: actions.link_issue_to_plan(actor=request.user, plan=plan, record=form.cleaned_data["record"]),
    )


@require_http_methods(ALLOWED_FORM_METHODS)
def outreach_milestone_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    plan = get_editable_plan_or_404(request, coalition, pk).outreach
    form = MilestoneForm(get_form_data(request), coalition=coalition)
    return _handle_row_form(
        request,
        plan,
        form,
        title=_("Add a milestone"),
        button=_("Add to the plan"),
        action=lambda: actions.add_outreach_milestone(actor=request.user, plan=plan, **_get_row_values(form)),
    )


@require_http_methods(ALLOWED_FORM_METHODS)
def outreach_milestone_edit(request: MemberRequest, coalition: Coalition, pk: int, row: int) -> HttpResponse:
    plan = get_editable_plan_or_404(request, coalition, pk).outreach
    milestone = _get_milestone_or_404(plan, row)
    form = MilestoneForm(get_form_data(request), coalition=coalition, milestone=milestone)
    return _handle_row_form(
        request,
        plan,
        form,
        title=_("Edit the milestone"),
        button=_("Save"),
        action=lambda: _change_milestone_from_form(request, milestone, form),
        success_message=_("The changes have been saved."),
    )


def _change_milestone_from_form(request: MemberRequest, milestone: Milestone, form: OutreachRowForm) -> Milestone:
    said = {name: value for name, value in _get_row_values(form).items() if name != "token"}
    return actions.change_outreach_milestone(actor=request.user, milestone=milestone, **said)


def _get_milestone_or_404(plan: Outreach, row_number: int) -> Milestone:
    milestone = get_object_or_404(plan.milestones.select_related("organisation"), pk=row_number)
    milestone.outreach = plan
    return milestone


@require_POST
def outreach_milestone_finish(request: MemberRequest, coalition: Coalition, pk: int, row: int) -> HttpResponse:
    plan = get_editable_plan_or_404(request, coalition, pk).outreach
    milestone = _get_milestone_or_404(plan, row)
    return form_view(
        request,
        action=lambda: actions.finish_outreach_milestone(actor=request.user, milestone=milestone),
        success_message=_("Milestone marked as done."),
        redirect_to=build_plan_url(coalition, pk),
    )


@require_http_methods(ALLOWED_FORM_METHODS)
def hosting_offer_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """For whoever reads the plan: what their own organisation hosts; for whoever shapes it, what others offered."""
    plan = get_plan_or_404(request, coalition, pk).outreach
    form = HostingForm(get_form_data(request), coalition=coalition)
    return _handle_row_form(
        request,
        plan,
        form,
        title=_("Add a hosting offer"),
        lead=_("The offer will count after a representative of the organisation has confirmed it."),
        button=_("Add hosting offer"),
        action=lambda: actions.add_hosting_offer(actor=request.user, plan=plan, **_get_row_values(form)),
    )


@require_POST
def hosting_offer_confirm(request: MemberRequest, coalition: Coalition, pk: int, row: int) -> HttpResponse:
    plan = get_plan_or_404(request, coalition, pk).outreach
    hosting = _get_hosting_or_404(plan, row)
    return form_view(
        request,
        action=lambda: actions.confirm_hosting_offer(actor=request.user, hosting=hosting),
        success_message=_("Hosting offer confirmed."),
        redirect_to=build_plan_url(coalition, pk),
    )


def _get_hosting_or_404(plan: Outreach, row_number: int) -> Hosting:
    hosting = get_object_or_404(plan.hostings.select_related("organisation"), pk=row_number)
    hosting.outreach = plan
    return hosting


@require_POST
def outreach_question_remove(request: MemberRequest, coalition: Coalition, pk: int, row: int) -> HttpResponse:
    plan = get_editable_plan_or_404(request, coalition, pk).outreach
    return _remove_outreach_row(request, plan, get_object_or_404(plan.questions, pk=row))


@require_POST
def outreach_milestone_remove(request: MemberRequest, coalition: Coalition, pk: int, row: int) -> HttpResponse:
    plan = get_editable_plan_or_404(request, coalition, pk).outreach
    return _remove_outreach_row(request, plan, _get_milestone_or_404(plan, row))


@require_POST
def hosting_offer_remove(request: MemberRequest, coalition: Coalition, pk: int, row: int) -> HttpResponse:
    plan = get_plan_or_404(request, coalition, pk).outreach
    return _remove_outreach_row(request, plan, _get_hosting_or_404(plan, row))


def _remove_outreach_row(
    request: MemberRequest, plan: Outreach, outreach_row: Question | Milestone | Hosting
) -> HttpResponse:
    outreach_row.outreach = plan
    return form_view(
        request,
        action=lambda: actions.remove_outreach_row(actor=request.user, outreach_row=outreach_row),
        success_message=_("The entry has been removed from the plan."),
        redirect_to=build_plan_url(plan.coalition, plan.pk),
    )
