"""Who received a brief, what they asked, and what came of it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.drafting.models import Edition, Text
from jukwaa.records.models import State
from jukwaa.regions import actions, policies
from jukwaa.regions.forms.brief_deliveries import BriefAnswerForm, BriefQuestionForm, BriefUseForm, DeliveryForm
from jukwaa.regions.models import BriefQuestion, Delivery
from jukwaa.regions.views.brief_creation import FORM_TEMPLATE, build_brief_url
from jukwaa.regions.views.briefs import get_brief_or_404

CONFIRMATION_TEMPLATE = "records/ask.html"


def _get_published_brief_and_editions(
    request: MemberRequest, coalition: Coalition, pk: int
) -> tuple[Text, list[Edition]]:
    """A brief that members hand over, and its editions. 403 before there is one."""
    text = get_brief_or_404(request, coalition, pk)
    editions = list(Edition.objects.filter(text=text.pk).order_by("-major", "-minor"))
    if not policies.can_deliver_brief(request.standing, text) or not editions or text.state != State.PUBLISHED:
        raise PermissionDenied(_("Only members can record the delivery and the outcomes of a published brief."))
    for edition in editions:
        edition.text = text
    return text, editions


def _get_delivery_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> Delivery:
    """404 for what one may not see."""
    rows = Delivery.objects.visible_to(request.user).filter(edition__text__coalition=coalition)
    delivery = get_object_or_404(rows.select_related("edition__text", "organisation"), pk=pk)
    delivery.edition.text.coalition = coalition
    return delivery


def _build_brief_context(text: Text, **words: Any) -> dict[str, Any]:
    """Return the context of a form about a brief. `words`: title, button, and what else its page says."""
    return {"text": text, **words}


@require_http_methods(["GET", "POST"])
def brief_delivery_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    text, editions = _get_published_brief_and_editions(request, coalition, pk)
    form = DeliveryForm(get_form_data(request), viewer_standing=request.standing, editions=editions)
    lead = _(
        "Enter a type of policy maker and a body, not a person. Only members who can read the brief can see the"
        " delivery."
    )
    return form_view(
        request,
        form,
        template=FORM_TEMPLATE,
        context=_build_brief_context(text, title=_("Recipients"), lead=lead, button=_("Record delivery")),
        action=lambda: actions.deliver_brief(actor=request.user, **form.get_action_arguments()),
        success_message=_("Delivery recorded. Members who can read the brief can see the delivery."),
        redirect_to=build_brief_url(text),
    )


@require_http_methods(["GET", "POST"])
def brief_delivery_withdraw(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    delivery = _get_delivery_or_404(request, coalition, pk)
    text = delivery.edition.text
    if delivery.by_id != request.user.pk and not request.standing.is_coordinator:
        raise PermissionDenied(_("Only the person who recorded this delivery, or a coordinator, can remove it."))
    context = {
        "title": _("Remove the record of this delivery?"),
        "object": delivery.receiver,
        "sentences": [
            _(
                "The delivery and its follow-up questions will be deleted permanently. The outcomes of the brief"
                " will be kept."
            )
        ],
        "button": _("Remove the record of this delivery"),
        "stop": True,
        "back": build_brief_url(text),
    }
    return form_view(
        request,
        template=CONFIRMATION_TEMPLATE,
        context=context,
        action=lambda: actions.remove_delivery(actor=request.user, delivery=delivery),
        success_message=_("The entry has been deleted permanently."),
        redirect_to=build_brief_url(text),
    )


@require_http_methods(["GET", "POST"])
def brief_question_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    delivery = _get_delivery_or_404(request, coalition, pk)
    text = delivery.edition.text
    if not policies.is_responsible_for_delivery(request.standing, delivery):
        raise PermissionDenied(
            _("Only the person who recorded this delivery, and the drafters of the brief, can record a question.")
        )
    form = BriefQuestionForm(get_form_data(request))
    return form_view(
        request,
        form,
        template=FORM_TEMPLATE,
        context=_build_brief_context(
            text, title=_("Follow-up question"), lead=delivery.receiver, button=_("Record question")
        ),
        action=lambda: _ask_brief_question(request, delivery, form),
        success_message=_("Question recorded. It will remain in your tasks until it is answered."),
        redirect_to=build_brief_url(text),
    )


def _ask_brief_question(request: MemberRequest, delivery: Delivery, form: BriefQuestionForm) -> BriefQuestion:
    said = {name: form.cleaned_data[name] for name in ("words", "asked_on", "token")}
    return actions.record_brief_question(actor=request.user, delivery=delivery, **said)


@require_http_methods(["GET", "POST"])
def brief_question_answer(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    readable = Delivery.objects.visible_to(request.user).filter(edition__text__coalition=coalition)
    question = get_object_or_404(BriefQuestion.objects.filter(delivery__in=readable), pk=pk)
    question.delivery = _get_delivery_or_404(request, coalition, question.delivery_id)
    if not policies.is_responsible_for_delivery(request.standing, question.delivery):
        raise PermissionDenied(
            _("Only the person who recorded this delivery, and the drafters of the brief, can record an answer.")
        )
    text = question.delivery.edition.text
    form = BriefAnswerForm(get_form_data(request), standing=request.standing)
    return form_view(
        request,
        form,
        template=FORM_TEMPLATE,
        context=_build_brief_context(text, title=_("Answer given"), quote=question.words, button=_("Record answer")),
        action=lambda: _answer_brief_question(request, question, form),
        success_message=_("The changes have been saved."),
        redirect_to=build_brief_url(text),
    )


def _answer_brief_question(
    request: MemberRequest, brief_question: BriefQuestion, form: BriefAnswerForm
) -> BriefQuestion:
    said, mine = form.cleaned_data["answer"], form.get_organisation()
    return actions.record_brief_answer(
        actor=request.user, brief_question=brief_question, answer_text=said, organisation=mine
    )


@require_http_methods(["GET", "POST"])
def brief_use_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    text, editions = _get_published_brief_and_editions(request, coalition, pk)
    deliveries = Delivery.objects.visible_to(request.user).filter(edition__text=text.pk).select_related("organisation")
    form = BriefUseForm(get_form_data(request), viewer_standing=request.standing, brief_deliveries=list(deliveries))
    lead = _(
        "For example, a law, a question in parliament or a programme. Add evidence. The outcome will also appear in "
        "the library."
    )
    return form_view(
        request,
        form,
        template=FORM_TEMPLATE,
        context=_build_brief_context(text, title=_("Outcomes"), lead=lead, button=_("Record outcome")),
        action=lambda: actions.record_brief_use(actor=request.user, edition=editions[0], **form.get_action_arguments()),
        success_message=_("Outcome recorded. You can also see it in the library."),
        redirect_to=build_brief_url(text),
    )
