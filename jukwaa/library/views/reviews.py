"""A second person reads it: sending it, asking somebody, reading it with the screen's marks, deciding."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_invalid_form, render_page
from jukwaa.library import actions, policies
from jukwaa.library.forms import AssignReviewerForm, DeclarationForm, ReviewDecisionForm
from jukwaa.library.models import Item, Review
from jukwaa.library.screening import build_reviewed_texts
from jukwaa.library.views.common import get_item_or_404
from jukwaa.records.models import State, Version
from jukwaa.records.quarantine_store import has_safeguarding_lead

REVIEW_TEMPLATE = "library/review.html"
REVIEW_SEND_TEMPLATE = "library/review_send.html"


@require_GET
def review_detail(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The item with its marks, what waits for this reader, and what was decided before."""
    return render_page(request, REVIEW_TEMPLATE, _get_context_or_404(request, coalition, pk))


def open_review_required(
    view_function: Callable[[MemberRequest, Coalition, Review], HttpResponse],
) -> Callable[..., HttpResponse]:
    """A button on the review that waits. Pressed twice or too late, it leads to what was decided; nothing is lost."""

    @require_POST
    @wraps(view_function)
    def run_on_open_review(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
        context = _get_context_or_404(request, coalition, pk)
        review: Review | None = context.get("current")
        if review is not None:
            return view_function(request, coalition, review)
        return form_view(
            request, action=lambda: None, redirect_to=lambda _result: _respond_review_closed(request, pk, context)
        )

    return run_on_open_review


def _respond_review_closed(request: MemberRequest, pk: int, context: dict[str, Any]) -> HttpResponse:
    typed = request.POST.get("reason", "").strip()
    if typed and any(each.decided_by_id == request.user.pk and each.reason == typed for each in context["earlier"]):
        return redirect("library:review_detail", request.coalition.slug, pk)  # the same button, pressed twice
    return render_invalid_form(request, REVIEW_TEMPLATE, context | {"is_over": True, "typed": typed})


@require_http_methods(["GET", "POST"])
def review_send(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    item = get_item_or_404(request, coalition, pk)
    if not policies.can_send_for_review(request.standing, item) or item.state not in (State.DRAFT, State.SUBMITTED):
        raise PermissionDenied(_("Only the author can send a draft for review."))
    form = DeclarationForm(get_form_data(request))
    return form_view(
        request,
        form,
        template=REVIEW_SEND_TEMPLATE,
        context=lambda: {"item": item, "parts": [part for part in build_reviewed_texts(item) if part.hits]},
        action=lambda: actions.send_for_review(
            actor=request.user, item=item, consent_text=form.cleaned_data["consent"]
        ),
        success_message=_("Sent for review. We will email you when the reviewer has decided."),
        redirect_to=reverse("library:review_detail", args=[coalition.slug, pk]),
    )


@open_review_required
def review_withdraw(request: MemberRequest, coalition: Coalition, review: Review) -> HttpResponse:
    return form_view(
        request,
        action=lambda: actions.withdraw_item_review(actor=request.user, review=review),
        success_message=_("Review withdrawn. The text is a draft again."),
        redirect_to=reverse("library:item_detail", args=[coalition.slug, review.item_id]),
    )


@open_review_required
def reviewer_assign(request: MemberRequest, coalition: Coalition, review: Review) -> HttpResponse:
    if not policies.can_assign_reviewer(request.standing, review.item):
        raise PermissionDenied
    form = AssignReviewerForm(request.POST, standing=request.standing)
    return form_view(
        request,
        form,
        template=REVIEW_TEMPLATE,
        context=lambda: _build_item_context(request, review.item, assignment_form=form),
        action=lambda: actions.assign_item_reviewer(
            actor=request.user, review=review, reviewer=form.cleaned_data["who"]
        ),
        success_message=_("Review requested. We will email the reviewer and add the review to their tasks."),
        redirect_to=reverse("library:review_detail", args=[coalition.slug, review.item_id]),
    )


@open_review_required
def review_accept(request: MemberRequest, coalition: Coalition, review: Review) -> HttpResponse:
    return form_view(
        request,
        action=lambda: actions.accept_item_review(actor=request.user, review=review),
        success_message=_(
            "Review accepted. Read the text as someone who lives in the area would, then enter your decision below."
        ),
        redirect_to=reverse("library:review_detail", args=[coalition.slug, review.item_id]),
    )


@open_review_required
def review_pass_on(request: MemberRequest, coalition: Coalition, review: Review) -> HttpResponse:
    return form_view(
        request,
        action=lambda: actions.decline_item_review(actor=request.user, review=review),
        success_message=_("Review declined. The safeguarding lead will ask someone else."),
        redirect_to=reverse("home:desk", args=[coalition.slug]),
    )


@open_review_required
def review_decide(request: MemberRequest, coalition: Coalition, review: Review) -> HttpResponse:
    if review.reviewer_id != request.user.pk or review.accepted_at is None:
        raise PermissionDenied
    form = ReviewDecisionForm(request.POST, standing=request.standing, review=review)
    return form_view(
        request,
        form,
        template=REVIEW_TEMPLATE,
        context=lambda: _build_item_context(request, review.item, decision_form=form),
        action=lambda: actions.decide_item_review(
            actor=request.user, review=review, decision=form.build_review_decision()
        ),
        success_message=_("Decision saved. We will notify the author. Thank you for your review."),
        redirect_to=reverse("library:review_detail", args=[coalition.slug, review.item_id]),
    )


def _get_context_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> dict[str, Any]:
    """What the page of its reviews shows; 404 for whoever has no part in them.

    The lead and whoever decided read what was decided also while the item itself is not for them.
    """
    if item := Item.objects.visible_to(request.user).of(coalition).filter(pk=pk).first():
        item.coalition = coalition
        if not policies.can_read_reviews(request.standing, item):
            raise Http404
        return _build_item_context(request, item)
    decided = Review.objects.decided_for_viewer(request.user, is_lead=request.standing.is_safeguarding_lead)
    reviews = list(decided.filter(item=pk, item__coalition=coalition).select_related("item", "decided_by"))
    if not (reviews and policies.can_read_decided_reviews(request.standing, coalition)):
        raise Http404
    read = Version.objects.filter(record=pk, number=reviews[0].version).first()
    title = read.content["title"] if read else ""  # as it was called when they read it
    return {"item": reviews[0].item, "earlier": reviews, "is_apart": True, "title_then": title}


def _build_item_context(
    request: MemberRequest,
    item: Item,
    *,
    assignment_form: AssignReviewerForm | None = None,
    decision_form: ReviewDecisionForm | None = None,
) -> dict[str, Any]:
    reviews = list(item.reviews.select_related("sent_by", "reviewer", "decided_by"))
    current = next((each for each in reviews if each.is_open and item.state == State.SAFEGUARDING), None)
    context: dict[str, Any] = {"item": item, "current": current, "earlier": reviews}
    if current is None:
        return context
    current.item = item
    context |= {"earlier": [each for each in reviews if each != current], "parts": build_reviewed_texts(item)}
    context["files"] = list(item.attachments.all())
    context["is_author"] = policies.can_send_for_review(request.standing, item)
    if request.standing.is_safeguarding_lead:
        context["assigning"] = assignment_form or AssignReviewerForm(standing=request.standing)
    elif current.reviewer_id is None:
        context["lacks_lead"] = not has_safeguarding_lead(item.coalition)
    if current.reviewer_id == request.user.pk:
        context["is_reviewer"] = True
        if current.accepted_at:
            context["deciding"] = decision_form or ReviewDecisionForm(standing=request.standing, review=current)
    return context
