"""The pages of a message that the team writes: draft, review, sending."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.accounts.models import Person
from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition, Role
from jukwaa.core.edit_conflicts import update_hidden_fields
from jukwaa.core.form_view import HTTP_INVALID_FORM_STATUS, form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.row_numbers import parse_row_number
from jukwaa.proposals import actions, policies
from jukwaa.proposals.correspondence_models import (
    ROLES_IN_CHARGE_OF_CORRESPONDENCE,
    CorrespondenceDraft,
    CorrespondenceMessage,
    SecretariatAddress,
    get_role_address,
)
from jukwaa.proposals.forms import DraftReviewForm, DraftReviewRequestForm, DraftVersionForm, MessageDraftForm
from jukwaa.proposals.models import Proposal
from jukwaa.proposals.views.correspondence import (
    CORRESPONDENCE_FORM_TEMPLATE,
    find_answered_message,
    get_message_or_404,
)
from jukwaa.proposals.views.proposals import get_proposal_or_404
from jukwaa.records.models import Authorship
from jukwaa.records.views.common import CONFIRMATION_TEMPLATE

DRAFT_TEMPLATE, REVIEW = "proposals/draft_form.html", "proposals/draft_review.html"
Kind, State = CorrespondenceMessage.Kind, CorrespondenceDraft.State


def get_draft_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> CorrespondenceDraft:
    rows = CorrespondenceDraft.objects.visible_to(request.user).of(coalition)
    draft = get_object_or_404(rows.select_related("proposal", "author", "reviewer"), pk=pk)
    draft.coalition = coalition
    if draft.proposal is not None:
        draft.proposal.coalition = coalition
    return draft


def _list_recipient_addresses(request: MemberRequest, coalition: Coalition, *others: str) -> list[str]:
    """Those of the secretariat first, then of others whose messages were filed here and can be read by the viewer."""
    own = SecretariatAddress.objects.filter(coalition=coalition).values_list("address", flat=True)
    readable = CorrespondenceMessage.objects.visible_to(request.user).of(coalition).filed()
    wrote = readable.filter(kind=Kind.RECEIVED, person=None)
    senders = wrote.exclude(sender="").order_by("sender").values_list("sender", flat=True).distinct()[:50]
    return [*filter(None, others), *own, *senders]


@require_http_methods(["GET", "POST"])
def draft_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """`?proposal=7` is what it is about, `?answers=12` the message that it answers."""
    answers = _get_answered_message(request, coalition)
    proposal = answers.proposal if answers is not None else _get_named_proposal(request, coalition)
    blank = CorrespondenceDraft(coalition=coalition, proposal=proposal, author=request.user)
    if not policies.can_change_draft(request.standing, blank):
        raise PermissionDenied(
            _("Only coordinators, chairs, rapporteurs and the team of the proposal can write this message.")
        )
    recipient = answers.sender if answers is not None and not answers.is_outgoing else ""
    addresses = _list_recipient_addresses(request, coalition, recipient)
    initial = {"recipient": recipient, "subject": _get_reply_subject(answers)}
    form = MessageDraftForm(get_form_data(request), email_addresses=addresses, initial=initial)
    return form_view(
        request,
        form,
        template=DRAFT_TEMPLATE,
        context={"proposal": proposal, "answers": answers, "heading": _("Write to the secretariat")}
        | {"has_addresses": bool(addresses), "can_edit": policies.can_edit_secretariat(request.standing, coalition)},
        action=lambda: actions.write_correspondence_draft(
            actor=request.user,
            coalition=coalition,
            proposal=proposal,
            answers=answers,
            token=form.cleaned_data["token"],
            **form.get_values(),
        ),
        success_message=_("Draft saved. You can ask a second person to review it before it is sent."),
        redirect_to=lambda draft: draft,
    )


def _get_answered_message(request: MemberRequest, coalition: Coalition) -> CorrespondenceMessage | None:
    number = request.GET.get("answers", "")
    return get_message_or_404(request, coalition, parse_row_number(number)) if number else None


def _get_named_proposal(request: MemberRequest, coalition: Coalition) -> Proposal | None:
    number = request.GET.get("proposal", "")
    return get_proposal_or_404(request, coalition, parse_row_number(number)) if number else None


def _get_reply_subject(answered_message: CorrespondenceMessage | None) -> str:
    if answered_message is None:
        return ""
    is_reply = answered_message.subject.casefold().startswith("re:")
    return (answered_message.subject if is_reply else f"Re: {answered_message.subject}")[:200]


@require_GET
def draft_detail(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    draft = get_draft_or_404(request, coalition, pk)
    if draft.sent is not None:
        return redirect("proposals:message_detail", coalition.slug, draft.sent_id)
    context = {
        **_build_draft_context(request, draft),
        "can_send": policies.can_send_message(request.standing, coalition),
        "is_reviewer": draft.state == State.REVIEW and request.standing.is_person(draft.reviewer_id),
        "address": get_role_address(coalition),
    }
    return render_page(request, "proposals/draft_detail.html", context)


def _build_draft_context(request: MemberRequest, message_draft: CorrespondenceDraft) -> dict[str, Any]:
    """Return what `draft_text.html` shows."""
    return {
        "draft": message_draft,
        "proposal": message_draft.proposal,
        "answered": find_answered_message(request, message_draft.answers_id),
    }


@require_http_methods(["GET", "POST"])
def draft_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    draft = get_draft_or_404(request, coalition, pk)
    addresses = _list_recipient_addresses(request, coalition, draft.recipient)
    form = MessageDraftForm(
        get_form_data(request), email_addresses=addresses, initial=MessageDraftForm.get_initial(draft)
    )
    return form_view(
        request,
        form,
        template=DRAFT_TEMPLATE,
        context={
            "draft": draft,
            "proposal": draft.proposal,
            "answers": find_answered_message(request, draft.answers_id),
        }
        | {"heading": _("Edit the draft"), "has_addresses": True},
        action=lambda: actions.change_correspondence_draft(
            actor=request.user, draft=draft, version=form.cleaned_data["version"] or 0, **form.get_values()
        ),
        current_values=lambda conflict: MessageDraftForm.get_initial(conflict.current),
        success_message=_("Draft saved."),
        redirect_to=draft,
    )


@require_http_methods(["GET", "POST"])
def draft_request_review(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Choose who reviews it."""
    draft = get_draft_or_404(request, coalition, pk)
    form = DraftReviewRequestForm(
        get_form_data(request), possible_reviewers=_find_draft_reviewers(draft), viewer_standing=request.standing
    )
    return form_view(
        request,
        form,
        template=CORRESPONDENCE_FORM_TEMPLATE,
        context={"above": draft.get_absolute_url(), "above_title": draft, "heading": _("Ask for a review")}
        | {"lead": _("Choose another person to review the draft before it is sent."), "button": _("Ask for a review")},
        action=lambda: actions.request_draft_review(
            actor=request.user, message_draft=draft, reviewer=form.get_reviewer()
        ),
        success_message=_("Review requested. We will notify the reviewer."),
        redirect_to=draft,
    )


def _find_draft_reviewers(message_draft: CorrespondenceDraft) -> list[Person]:
    """Those in charge and the team. People under 18 are named to nobody."""
    held = Role.objects.in_force().filter(coalition=message_draft.coalition, kind__in=ROLES_IN_CHARGE_OF_CORRESPONDENCE)
    team = Authorship.objects.filter(record=message_draft.proposal_id)
    found = Person.objects.filter(Q(pk__in=held.values("person")) | Q(pk__in=team.values("person")))
    return list(found.filter(is_active=True, is_minor=False, erased_at=None).exclude(pk=message_draft.author_id))


@require_POST
def draft_cancel_review(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    draft = get_draft_or_404(request, coalition, pk)
    return form_view(
        request,
        action=lambda: actions.cancel_draft_review(actor=request.user, message_draft=draft),
        success_message=_("Review cancelled."),
        redirect_to=draft,
    )


@require_http_methods(["GET", "POST"])
def draft_review(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    draft = get_draft_or_404(request, coalition, pk)
    if not request.standing.is_person(draft.reviewer_id):
        raise PermissionDenied(_("Only the chosen reviewer can review this draft."))
    form = DraftReviewForm(get_form_data(request), initial={"version": draft.version})
    return form_view(
        request,
        form,
        template=REVIEW,
        context=_build_draft_context(request, draft),
        action=lambda: actions.review_correspondence_draft(actor=request.user, draft=draft, **form.get_values()),
        success_message=_("Review saved. We will notify the author."),
        redirect_to=draft,
        on_refusal=lambda refusal: _show_updated_draft(request, draft, form, refusal),
    )


def _show_updated_draft(
    request: MemberRequest, message_draft: CorrespondenceDraft, form: DraftReviewForm, refusal: ActionRefused
) -> HttpResponse:
    """Show the draft as it reads now, with what the reviewer wrote."""
    update_hidden_fields(form, {"version": message_draft.version})
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    context = _build_draft_context(request, message_draft) | {"form": form}
    return render_page(request, REVIEW, context, status=HTTP_INVALID_FORM_STATUS)


@require_POST
def draft_send(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    draft = get_draft_or_404(request, coalition, pk)
    form = DraftVersionForm(request.POST)
    return form_view(
        request,
        form,
        action=lambda: actions.send_correspondence_draft(
            actor=request.user, message_draft=draft, version=form.cleaned_data["version"]
        ),
        success_message=_("Message sent and filed. Replies will be filed with it."),
        redirect_to=draft,
    )


@require_http_methods(["GET", "POST"])
def draft_discard(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    draft = get_draft_or_404(request, coalition, pk)
    question: dict[str, Any] = {
        "title": _("Delete this draft?"),
        "object": draft.subject,
        "sentences": [_("The draft will be deleted. This cannot be undone.")],
        "button": _("Delete draft"),
        "stop": True,
        "back": draft.get_absolute_url(),
    }
    return form_view(
        request,
        template=CONFIRMATION_TEMPLATE,
        context=question,
        action=lambda: actions.discard_correspondence_draft(actor=request.user, message_draft=draft),
        success_message=_("Draft deleted."),
        redirect_to=reverse("proposals:correspondence", args=[coalition.slug]),
    )
