"""One field of a proposal: its form, which is saved while it is filled in, and the comments on it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.coalitions.capacities import build_capacity_choices
from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.proposals import actions
from jukwaa.proposals.call import CallFieldRequirement
from jukwaa.proposals.call_page import describe_field_limit
from jukwaa.proposals.field_comments import find_field_comments
from jukwaa.proposals.forms import FieldAnswerForm, RequiredFieldAnswerForm, get_answer_values
from jukwaa.proposals.models import Proposal
from jukwaa.proposals.proposal_page import DisplayedAnswer, ProposalPage, build_proposal_page
from jukwaa.proposals.views.proposals import get_editable_proposal_page_or_404, get_proposal_or_404
from jukwaa.records.discussion import are_hidden_comments_shown, describe_record_readers
from jukwaa.records.forms import CommentForm
from jukwaa.records.models import Comment
from jukwaa.records.policies import can_comment

FIELD_SAVED_TEMPLATE = "proposals/field_saved.html"


def _get_displayed_answer_or_404(proposal_page: ProposalPage, field_name: str) -> DisplayedAnswer:
    row = proposal_page.find_answer(field_name)
    if row is None:
        raise Http404
    return row


def _build_answer_form(
    request: MemberRequest, proposal_page: ProposalPage, displayed_answer: DisplayedAnswer
) -> FieldAnswerForm:
    current = proposal_page.proposal.answers.get(displayed_answer.field.name)
    make = RequiredFieldAnswerForm if displayed_answer.field.mark is CallFieldRequirement.MUST else FieldAnswerForm
    return make(
        get_form_data(request),
        field=displayed_answer.field,
        current=current,
        hint=describe_field_limit(displayed_answer.field),
    )


@require_http_methods(["GET", "POST"])
def proposal_field(request: MemberRequest, coalition: Coalition, pk: int, field: str) -> HttpResponse:
    """The form of one field. Those who write in other fields at the same time are not in its way."""
    shown = get_editable_proposal_page_or_404(request, coalition, pk)
    row = _get_displayed_answer_or_404(shown, field)
    form = _build_answer_form(request, shown, row)
    return form_view(
        request,
        form,
        template="proposals/proposal_field.html",
        context={
            "proposal": shown.proposal,
            "call": shown.call,
            "row": row,
            "content_language": shown.proposal.language,
            "is_open": not shown.proposal.is_submitted and shown.proposal.is_open_to_change,
        },
        action=lambda: actions.save_proposal_answer(actor=request.user, **_get_answer_values(shown, field, form)),
        current_values=lambda conflict: get_answer_values(row.field, conflict.current.answers.get(field)),
        success_message=lambda saved: _format_saved_notice(saved, row),
        redirect_to=lambda _saved: f"{shown.proposal.get_absolute_url()}#field-{field}",
    )


def _get_answer_values(proposal_page: ProposalPage, field_name: str, form: FieldAnswerForm) -> dict[str, Any]:
    seen = form.cleaned_data["seen"]
    return {"proposal": proposal_page.proposal, "field": field_name, "answer": form.get_answer(), "seen": seen}


def _format_saved_notice(saved_proposal: Proposal, displayed_answer: DisplayedAnswer) -> str:
    if displayed_answer.field.name in saved_proposal.late_fields:
        return _("Text saved. It is marked “Changed after the deadline”, because the deadline has passed.")
    return _("Text saved.")


@require_POST
def field_save(request: MemberRequest, coalition: Coalition, pk: int, field: str) -> HttpResponse:
    """What is typed is saved and counted after each pause: htmx sends it, and shows what this says."""
    shown = get_editable_proposal_page_or_404(request, coalition, pk)
    form = _build_answer_form(request, shown, _get_displayed_answer_or_404(shown, field))
    return form_view(
        request,
        form,
        template=FIELD_SAVED_TEMPLATE,
        context=lambda: {"problem": " ".join(str(error) for errors in form.errors.values() for error in errors)},
        action=lambda: _autosave_answer(request, shown, field, form),
        redirect_to=lambda saved: render_page(request, FIELD_SAVED_TEMPLATE, _build_autosaved_context(saved, field)),
    )


def _autosave_answer(
    request: MemberRequest, proposal_page: ProposalPage, field_name: str, form: FieldAnswerForm
) -> Proposal:
    try:
        return actions.autosave_answer(actor=request.user, **_get_answer_values(proposal_page, field_name, form))
    except EditConflict as conflict:  # a line of text has no room for both versions
        sentence = _(
            "Someone else has changed this field. Select “Save” to compare both texts. Nothing will be overwritten."
        )
        raise ActionRefused(sentence) from conflict


def _build_autosaved_context(saved_proposal: Proposal, field_name: str) -> dict[str, Any]:
    shown = build_proposal_page(saved_proposal, timezone.now())
    return {
        "proposal": saved_proposal,
        "row": shown.find_answer(field_name),
        "at": timezone.localtime(),
        "seen": actions.hash_json_value(saved_proposal.answers.get(field_name)),
    }


@require_http_methods(["GET", "POST"])
def field_comments(request: MemberRequest, coalition: Coalition, pk: int, field: str) -> HttpResponse:
    """What was said about one field, for those who read the proposal."""
    proposal = get_proposal_or_404(request, coalition, pk)
    shown = build_proposal_page(proposal, timezone.now())
    row = _get_displayed_answer_or_404(shown, field)
    speaks = proposal.is_open_to_change and can_comment(request.standing, proposal)
    choices = build_capacity_choices(request.standing)
    form = (
        CommentForm(get_form_data(request), choices=choices, standing=request.standing, record=proposal)
        if speaks
        else None
    )
    context = {
        "proposal": proposal,
        "call": shown.call,
        "row": row,
        "comments": find_field_comments(request.user, proposal, field),
        "reads_hidden": are_hidden_comments_shown(request.standing),
        "read_by": describe_record_readers(proposal, request.standing),
        "is_open": True,
    }
    return form_view(
        request,
        form,
        template="proposals/field_comments.html",
        context=context,
        action=lambda: _add_field_comment(request, proposal, field, form),
        success_message=_("Comment posted."),
        redirect_to=request.path,
    )


def _add_field_comment(
    request: MemberRequest, proposal: Proposal, field_name: str, form: CommentForm | None
) -> Comment:
    if form is None:
        raise ActionRefused(_("Comments on this proposal are closed."))
    said = form.cleaned_data
    return actions.comment_on_field(
        actor=request.user,
        proposal=proposal,
        field_name=field_name,
        body=said["body"],
        organisation=form.get_organisation(),
        token=said["token"],
    )
