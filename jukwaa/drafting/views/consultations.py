"""Consultations: those of a text, the page of one, asking, changing, closing, the paper, the voices and the nudge."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jukwaa.coalitions.caching import cache_file_for_visitors, cache_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.public_names import screen_fields_for_names
from jukwaa.coalitions.views.public_names import confirm_public_names
from jukwaa.core.documents.outgoing import TypesettingError, to_pdf
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.core.uploads import build_download_headers
from jukwaa.drafting import actions, policies
from jukwaa.drafting.answer_queries import find_unanswered_inputs
from jukwaa.drafting.consultation_audience import find_current_inputs, get_allowed_audiences
from jukwaa.drafting.draft_changes import count_draft_changes
from jukwaa.drafting.forms.consultations import ConsultationEditForm, ConsultationForm
from jukwaa.drafting.models import Consultation, Input, Placement, Text
from jukwaa.drafting.paper_form import build_paper_form, get_language_names
from jukwaa.drafting.participation import (
    count_consultation_participation,
    count_turnout_by_region,
    list_organisations_without_input,
)
from jukwaa.drafting.public_names import find_names_opened_by_consultation, will_everyone_read_text
from jukwaa.drafting.recipient_counts import count_consultation_recipients
from jukwaa.drafting.views.common import (
    AnyRequest,
    build_text_context,
    get_consultation_or_404,
    get_text_or_404,
    set_cache_until_change,
)
from jukwaa.records.models import Label, State
from jukwaa.records.models.record import READERS_BY_LABEL

CONSULTATION_DETAIL_TEMPLATE = "drafting/consultation_detail.html"
CONSULTATION_NEW_TEMPLATE = "drafting/consultation_new.html"
CONSULTATION_EDIT_TEMPLATE = "drafting/consultation_edit.html"
CONFIRM_TEMPLATE = "records/ask.html"


@login_not_required
@require_GET
@cache_for_visitors
def consultation_list(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    text = get_text_or_404(request, coalition, pk)
    stands = ~Q(inputs__disposition=Input.Answer.WITHDRAWN)
    consultations = text.consultations.select_related("revision").annotate(number=Count("inputs", filter=stands))
    is_asked = any(not consultation.is_over for consultation in consultations)
    context = {
        **build_text_context(request, text, "consultations"),
        "consultations": consultations,
        "is_asked": is_asked,
    }
    return set_cache_until_change(render_page(request, "drafting/consultation_list.html", context), consultations)


@login_not_required
@require_GET
@cache_for_visitors
def consultation_detail(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """What a visitor understands in ten seconds: what is asked, of whom, until when, and how to answer."""
    consultation = get_consultation_or_404(request, coalition, pk)
    return set_cache_until_change(
        render_page(request, CONSULTATION_DETAIL_TEMPLATE, _build_detail_context(request, consultation)), [consultation]
    )


def _build_detail_context(request: AnyRequest, consultation: Consultation) -> dict[str, Any]:
    numbers = find_current_inputs(consultation).aggregate(
        inputs=Count("pk"),
        answered=Count("pk", filter=~Q(disposition="")),
        organisations=Count("capacity__organisation", distinct=True),
    )
    return {
        **build_text_context(request, consultation.text, "consultations"),
        "consultation": consultation,
        "numbers": numbers,
        "languages": get_language_names(consultation),
        "days_left": (consultation.closes_at.date() - timezone.now().date()).days,
        "gives": policies.is_invited_to_consultation(request.standing, consultation),
        "named": consultation.asked.order_by("name") if consultation.asks == Consultation.Asks.NAMED else [],
    }


@require_http_methods(["GET", "POST"])
def consultation_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    text = _require_drafter_of_text(request, get_text_or_404(request, coalition, pk))
    form = ConsultationForm(get_form_data(request), text=text)
    if text.state != State.WITHDRAWN and text.label == Label.CLEAR:
        screen_fields_for_names(form, request.standing, "introduction", "questions")
    context = {
        **build_text_context(request, text, "consultations"),
        "why_not": _describe_consultation_obstacle(text),
        "readers": READERS_BY_LABEL.get(Label(text.label)),
    }
    return form_view(
        request,
        form,
        template=CONSULTATION_NEW_TEMPLATE,
        context=lambda: context | {"recipients": _count_members_to_email(text)},
        confirm=lambda: confirm_public_names(
            request,
            find_names_opened_by_consultation(request.standing, text),
            template=CONSULTATION_NEW_TEMPLATE,
            context=context | {"form": form, "recipients": _count_members_to_email(text)},
            for_members=True,
        ),
        action=lambda: _open_consultation_from_form(request, text, form),
        success_message=_("Consultation created. When it opens, we will email the people who are invited."),
        redirect_to=_get_consultation_address,
    )


def _count_members_to_email(text: Text) -> int | None:
    can_ask_members = Consultation.Asks.MEMBERS in get_allowed_audiences(text)
    return count_consultation_recipients(text) if can_ask_members else None


def _open_consultation_from_form(request: MemberRequest, text: Text, form: ConsultationForm) -> Consultation:
    return actions.open_consultation_on_text(
        actor=request.user,
        text=text,
        revision=form.cleaned_data["revision"],
        consultation_content=form.question(),
        token=form.cleaned_data["token"],
    )


def _describe_consultation_obstacle(text: Text) -> str:
    """What is to be done before anybody can be asked; empty where nothing is."""
    if text.state == State.WITHDRAWN:
        return _("Share the text with its readers first. People can only respond to a text that they can read.")
    if not (text.revisions.exists() or Placement.objects.now(text).exists()):
        return _("Write at least one clause first.")
    if not get_allowed_audiences(text):
        return _(
            "Share the text with more readers before you open a consultation. At the moment, only named people can"
            " read it."
        )
    return ""


def _require_drafter_of_text(request: MemberRequest, text: Text) -> Text:
    if not policies.can_draft_text(request.standing, text):
        raise PermissionDenied(_("Only the drafters of the text can manage its consultations."))
    return text


@require_http_methods(["GET", "POST"])
def consultation_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    consultation = get_consultation_or_404(request, coalition, pk)
    _require_drafter_of_text(request, consultation.text)
    form = ConsultationEditForm(get_form_data(request), consultation=consultation)
    if will_everyone_read_text(consultation.text):
        screen_fields_for_names(form, request.standing, *{"introduction", "questions"}.intersection(form.changed_data))
    return form_view(
        request,
        form,
        template=CONSULTATION_EDIT_TEMPLATE,
        context={**build_text_context(request, consultation.text, "consultations"), "consultation": consultation},
        action=lambda: actions.change_consultation(
            actor=request.user, consultation=consultation, **form.get_action_arguments()
        ),
        success_message=_("Changes saved."),
        redirect_to=_get_consultation_address(consultation),
    )


@require_http_methods(["GET", "POST"])
def consultation_close(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    consultation = get_consultation_or_404(request, coalition, pk)
    _require_drafter_of_text(request, consultation.text)
    return form_view(
        request,
        template=CONFIRM_TEMPLATE,
        context={
            "title": _("Close the consultation now"),
            "object": consultation.text.title,
            "sentences": [
                _(
                    "After the consultation closes, people can no longer send inputs. Only drafters will be able to"
                    " add inputs that they received in other ways. All inputs are kept and still need a response."
                )
            ],
            "button": _("Close consultation"),
            "stop": True,
            "back": _get_consultation_address(consultation),
        },
        action=lambda: actions.close_consultation(actor=request.user, consultation=consultation),
        success_message=lambda _closed: _describe_step_after_closing(consultation.text),
        redirect_to=_get_consultation_address(consultation),
    )


def _describe_step_after_closing(text: Text) -> str:
    if find_unanswered_inputs(text).exists():
        return _("Consultation closed. Next, respond to the inputs.")
    if count_draft_changes(text, text.get_latest_revision()):
        return _("Consultation closed. Next, create a revision with the accepted changes, then publish it.")
    return _("Consultation closed. All inputs have a response. Next, open a consensus call or publish the text.")


@require_http_methods(["GET", "POST"])
def consultation_remind(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """A friendly letter to those who were asked and have not spoken."""
    consultation = get_consultation_or_404(request, coalition, pk)
    _require_drafter_of_text(request, consultation.text)
    return form_view(
        request,
        template=CONFIRM_TEMPLATE,
        context=lambda: _build_reminder_context(consultation),
        action=lambda: actions.send_consultation_reminder(actor=request.user, consultation=consultation),
        success_message=_("We will send the reminders within the hour."),
        redirect_to=_get_consultation_address(consultation, "drafting:voices"),
    )


def _build_reminder_context(consultation: Consultation) -> dict[str, Any]:
    return {
        "title": _("Send a reminder to organisations that have not responded"),
        "sentences": [
            _(
                "We will email the organisations that were invited and have not responded. They can "
                "respond by replying to the email."
            ),
            _("Only the drafters can see the names of these organisations. You can send a reminder once a week."),
        ],
        "names": [organisation.name for organisation in list_organisations_without_input(consultation)],
        "button": _("Send a reminder"),
        "back": _get_consultation_address(consultation, "drafting:voices"),
    }


@login_not_required
@require_GET
@cache_file_for_visitors
def consultation_paper_form(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """To print, to hand around in a room, and to write on."""
    consultation = get_consultation_or_404(request, coalition, pk)
    try:
        body = to_pdf(build_paper_form(consultation)).pdf
    except TypesettingError:
        return render_page(
            request,
            CONSULTATION_DETAIL_TEMPLATE,
            _build_detail_context(request, consultation) | {"not_typeset": True},
            status=503,
        )
    return HttpResponse(body, headers=build_download_headers(f"{consultation.text.title}.pdf", "application/pdf"))


@login_not_required
@require_GET
@cache_for_visitors
def consultation_participation(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """Whose voice is in it. Who has not spoken is named to those who ask alone."""
    consultation = get_consultation_or_404(request, coalition, pk)
    context = build_text_context(request, consultation.text, "consultations")
    silent = list_organisations_without_input(consultation) if context["may_draft"] else None
    context |= {
        "consultation": consultation,
        "voices": count_consultation_participation(consultation),
        "turnout": count_turnout_by_region(consultation),
    }
    return render_page(request, "drafting/voices.html", {**context, "silent": silent})


def _get_consultation_address(consultation: Consultation, name: str = "drafting:consultation_detail") -> str:
    return reverse(name, args=[consultation.text.coalition.slug, consultation.pk])
