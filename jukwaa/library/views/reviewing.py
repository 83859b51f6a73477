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
from jukwaa.core.form_view import form_data, form_view
from jukwaa.core.http import invalid, page
from jukwaa.library import actions, policies
from jukwaa.library.forms import AssignForm, DecideForm, DeclarationForm
from jukwaa.library.models import Item, Review
from jukwaa.library.screening import parts_of
from jukwaa.library.views.common import visible_item
from jukwaa.records.keeping import has_lead
from jukwaa.records.models import State, Version

REVIEW = "library/review.html"
SEND = "library/review_send.html"


@require_GET
def review_detail(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The item with its marks, what waits for this reader, and what was decided before."""
    return page(request, REVIEW, _shown(request, coalition, pk))


def of_the_open_review(view: Callable[[MemberRequest, Coalition, Review], HttpResponse]) -> Callable[..., HttpResponse]:
    """A button on the review that waits. Pressed twice or too late, it leads to what was decided; nothing is lost."""

    @require_POST
    @wraps(view)
    def pressed(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
        context = _shown(request, coalition, pk)
        review: Review | None = context.get("current")
        if review is not None:
            return view(request, coalition, review)
        return form_view(
            request, action=lambda: None, redirect_to=lambda _result: _tell_that_it_is_over(request, pk, context)
        )

    return pressed


def _tell_that_it_is_over(request: MemberRequest, pk: int, context: dict[str, Any]) -> HttpResponse:
    typed = request.POST.get("reason", "").strip()
    if typed and any(each.decided_by_id == request.user.pk and each.reason == typed for each in context["earlier"]):
        return redirect("library:review_detail", request.coalition.slug, pk)  # the same button, pressed twice
    return invalid(request, REVIEW, context | {"is_over": True, "typed": typed})


@require_http_methods(["GET", "POST"])
def review_send(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    item = visible_item(request, coalition, pk)
    if not policies.can_send_for_review(request.standing, item) or item.state not in (State.DRAFT, State.SUBMITTED):
        raise PermissionDenied(_("Only the author can send this for review, while it is a draft."))
    form = DeclarationForm(form_data(request))
    return form_view(
        request,
        form,
        template=SEND,
        context=lambda: {"item": item, "parts": [part for part in parts_of(item) if part.hits]},
        action=lambda: actions.send_for_review(actor=request.user, item=item, consent=form.cleaned_data["consent"]),
        success=_("Sent for review. We will email you when the reviewer has decided."),
        redirect_to=reverse("library:review_detail", args=[coalition.slug, pk]),
    )


@of_the_open_review
def review_take_back(request: MemberRequest, coalition: Coalition, review: Review) -> HttpResponse:
    return form_view(
        request,
        action=lambda: actions.take_back(actor=request.user, review=review),
        success=_("Review withdrawn. The text is a draft again."),
        redirect_to=reverse("library:item_detail", args=[coalition.slug, review.item_id]),
    )


@of_the_open_review
def review_assign(request: MemberRequest, coalition: Coalition, review: Review) -> HttpResponse:
    if not policies.can_assign(request.standing, review.item):
        raise PermissionDenied
    form = AssignForm(request.POST, standing=request.standing)
    return form_view(
        request,
        form,
        template=REVIEW,
        context=lambda: _about(request, review.item, assigning=form),
        action=lambda: actions.assign_reviewer(actor=request.user, review=review, reviewer=form.cleaned_data["who"]),
        success=_("Reviewer asked. We will email them and add the review to their tasks."),
        redirect_to=reverse("library:review_detail", args=[coalition.slug, review.item_id]),
    )


@of_the_open_review
def review_accept(request: MemberRequest, coalition: Coalition, review: Review) -> HttpResponse:
    return form_view(
        request,
        action=lambda: actions.accept_review(actor=request.user, review=review),
        success=_("Review accepted. Read the text as someone who lives nearby would, then enter your decision below."),
        redirect_to=reverse("library:review_detail", args=[coalition.slug, review.item_id]),
    )


@of_the_open_review
def review_pass_on(request: MemberRequest, coalition: Coalition, review: Review) -> HttpResponse:
    return form_view(
        request,
        action=lambda: actions.pass_review_on(actor=request.user, review=review),
        success=_("Review declined. The safeguarding lead will ask someone else."),
        redirect_to=reverse("home:desk", args=[coalition.slug]),
    )


@of_the_open_review
def review_decide(request: MemberRequest, coalition: Coalition, review: Review) -> HttpResponse:
    if review.reviewer_id != request.user.pk or review.accepted_at is None:
        raise PermissionDenied
    form = DecideForm(request.POST, standing=request.standing, review=review)
    return form_view(
        request,
        form,
        template=REVIEW,
        context=lambda: _about(request, review.item, deciding=form),
        action=lambda: actions.decide_review(actor=request.user, review=review, decision=form.decision()),
        success=_("Decision saved. We will notify the author. Thank you for your review."),
        redirect_to=reverse("library:review_detail", args=[coalition.slug, review.item_id]),
    )


def _shown(request: MemberRequest, coalition: Coalition, pk: int) -> dict[str, Any]:
    """What the page of its reviews shows; 404 for whoever has no part in them.

    The lead and whoever decided read what was decided also while the item itself is not for them.
    """
    if item := Item.objects.visible_to(request.user).of(coalition).filter(pk=pk).first():
        item.coalition = coalition
        if not policies.can_read_reviews(request.standing, item):
            raise Http404
        return _about(request, item)
    decided = Review.objects.decided_for(request.user, is_lead=request.standing.is_safeguarding_lead)
    reviews = list(decided.filter(item=pk, item__coalition=coalition).select_related("item", "decided_by"))
    if not (reviews and policies.can_read_decided(request.standing, coalition)):
        raise Http404
    read = Version.objects.filter(record=pk, number=reviews[0].version).first()
    title = read.content["title"] if read else ""  # as it was called when they read it
    return {"item": reviews[0].item, "earlier": reviews, "is_apart": True, "title_then": title}


def _about(
    request: MemberRequest, item: Item, *, assigning: AssignForm | None = None, deciding: DecideForm | None = None
) -> dict[str, Any]:
    reviews = list(item.reviews.select_related("sent_by", "reviewer", "decided_by"))
    current = next((each for each in reviews if each.is_open and item.state == State.SAFEGUARDING), None)
    context: dict[str, Any] = {"item": item, "current": current, "earlier": reviews}
    if current is None:
        return context
    current.item = item
    context |= {"earlier": [each for each in reviews if each != current], "parts": parts_of(item)}
    context["files"] = list(item.attachments.all())
    context["is_author"] = policies.can_send_for_review(request.standing, item)
    if request.standing.is_safeguarding_lead:
        context["assigning"] = assigning or AssignForm(standing=request.standing)
    elif current.reviewer_id is None:
        context["lacks_lead"] = not has_lead(item.coalition)
    if current.reviewer_id == request.user.pk:
        context["is_reviewer"] = True
        if current.accepted_at:
            context["deciding"] = deciding or DecideForm(standing=request.standing, review=current)
    return context
