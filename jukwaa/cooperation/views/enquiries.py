"""A question to an organisation that knows, and its answer."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions import directory
from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.cooperation import policies
from jukwaa.cooperation.actions import enquiries as actions
from jukwaa.cooperation.forms.enquiries import AnswerEnquiryForm, AskExpertForm
from jukwaa.cooperation.models import Enquiry
from jukwaa.cooperation.views.common import AnyRequest, build_help_context, get_help_or_404
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page

NEW_TEMPLATE, DETAIL_TEMPLATE = "cooperation/enquiry_new.html", "cooperation/enquiry_detail.html"


def get_enquiry_or_404(request: AnyRequest, coalition: Coalition, pk: int) -> Enquiry:
    """404 for what one may not see."""
    rows = Enquiry.objects.visible_to(request.user).filter(need__coalition=coalition)
    names = ("need__organisation", "organisation", "capacity", "answered_as", "item")
    enquiry = get_object_or_404(rows.select_related(*names), pk=pk)
    enquiry.need.coalition = coalition
    return enquiry


@require_http_methods(["GET", "POST"])
def enquiry_new(request: MemberRequest, coalition: Coalition, pk: int, organisation: int) -> HttpResponse:
    need = get_help_or_404(request, coalition, "need", pk)
    asked = get_object_or_404(directory.get_visible_organisations(request.standing), pk=organisation)
    if not policies.can_ask_expert(request.standing, need):
        raise PermissionDenied(_("Only people who represent the organisation with this need can ask questions."))
    form = AskExpertForm(get_form_data(request))
    return form_view(
        request,
        form,
        template=NEW_TEMPLATE,
        context=build_help_context("need", need=need, asked=asked),
        action=lambda: actions.ask_expert(
            actor=request.user, need=need, organisation=asked, **form.get_action_arguments()
        ),
        success_message=_("Your question has been sent. We will email the organisation."),
        redirect_to=_get_enquiry_url,
    )


@login_not_required
@require_GET
def enquiry_detail(request: AnyRequest, coalition: Coalition, pk: int) -> HttpResponse:
    enquiry = get_enquiry_or_404(request, coalition, pk)
    return render_page(request, DETAIL_TEMPLATE, _build_detail_context(request, enquiry, AnswerEnquiryForm()))


def _build_detail_context(request: AnyRequest, enquiry: Enquiry, form: AnswerEnquiryForm) -> dict[str, object]:
    speaks_for = request.standing.speaks_for
    answers = enquiry.organisation_id in speaks_for and enquiry.answered_at is None
    shelves = enquiry.may_be_shared and bool({enquiry.organisation_id, enquiry.need.organisation_id} & set(speaks_for))
    shown = form if answers or form.is_bound else None
    return build_help_context("need", enquiry=enquiry, form=shown, shelves=shelves)


@require_POST
def enquiry_answer(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    enquiry = get_enquiry_or_404(request, coalition, pk)
    if not policies.can_answer_enquiry(request.standing, enquiry):
        raise PermissionDenied(_("Only people who represent the organisation that was asked can answer."))
    form = AnswerEnquiryForm(request.POST)
    return form_view(
        request,
        form,
        template=DETAIL_TEMPLATE,
        context=lambda: _build_detail_context(request, get_enquiry_or_404(request, coalition, pk), form),
        action=lambda: actions.answer_enquiry(
            actor=request.user, enquiry=enquiry, enquiry_answer=form.build_enquiry_answer()
        ),
        success_message=_("Your answer has been sent. We will email the organisation that asked."),
        redirect_to=_get_enquiry_url(enquiry),
    )


@require_POST
def enquiry_set_aside(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    enquiry = get_enquiry_or_404(request, coalition, pk)
    return form_view(
        request,
        action=lambda: actions.create_item_from_answer(actor=request.user, enquiry=enquiry),
        success_message=_("Draft created in the library. Add details, then publish it."),
        redirect_to=lambda item: item,
    )


def _get_enquiry_url(enquiry: Enquiry) -> str:
    return reverse("cooperation:enquiry_detail", args=[enquiry.need.coalition.slug, enquiry.pk])
