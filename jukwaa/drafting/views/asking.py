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

from jukwaa.coalitions.caching import kept_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.documents.outgoing import NotTypesetError, to_pdf
from jukwaa.core.form_view import form_data, form_view
from jukwaa.core.http import page
from jukwaa.core.lists import in_a_row
from jukwaa.core.uploads import download_headers
from jukwaa.drafting import actions, policies
from jukwaa.drafting.asked import inputs_that_stand, may_be_asked
from jukwaa.drafting.forms.asking import ChangedConsultationForm, ConsultationForm
from jukwaa.drafting.models import Consultation, Input, Text
from jukwaa.drafting.paper import document_of, languages_of
from jukwaa.drafting.views.common import AnyRequest, around, until_it_changes, visible_consultation, visible_text
from jukwaa.drafting.voices import silent_ones, turnout, voices_in
from jukwaa.records.models import State

DETAIL = "drafting/consultation_detail.html"
NEW = "drafting/consultation_new.html"
EDIT = "drafting/consultation_edit.html"
ASK = "records/ask.html"


@login_not_required
@require_GET
@kept_for_visitors
def consultation_list(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    text = visible_text(request, coalition, pk)
    stands = ~Q(inputs__disposition=Input.Answer.WITHDRAWN)
    consultations = text.consultations.select_related("revision").annotate(number=Count("inputs", filter=stands))
    is_asked = any(not consultation.is_over for consultation in consultations)
    context = {**around(request, text, "consultations"), "consultations": consultations, "is_asked": is_asked}
    return until_it_changes(page(request, "drafting/consultation_list.html", context), consultations)


@login_not_required
@require_GET
@kept_for_visitors
def consultation_detail(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """What a visitor understands in ten seconds: what is asked, of whom, until when, and how to answer."""
    consultation = visible_consultation(request, coalition, pk)
    return until_it_changes(page(request, DETAIL, _shown(request, consultation)), [consultation])


def _shown(request: AnyRequest, consultation: Consultation) -> dict[str, Any]:
    numbers = inputs_that_stand(consultation).aggregate(
        inputs=Count("pk"),
        answered=Count("pk", filter=~Q(disposition="")),
        organisations=Count("capacity__organisation", distinct=True),
    )
    return {
        **around(request, consultation.text, "consultations"),
        "consultation": consultation,
        "numbers": numbers,
        "languages": languages_of(consultation),
        "days_left": (consultation.closes_at.date() - timezone.now().date()).days,
        "gives": policies.gives(request.standing, consultation),
        "named": consultation.asked.order_by("name") if consultation.asks == Consultation.Asks.NAMED else [],
    }


@require_http_methods(["GET", "POST"])
def consultation_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    text = _asked_about(request, visible_text(request, coalition, pk))
    form = ConsultationForm(form_data(request), text=text)
    return form_view(
        request,
        form,
        template=NEW,
        context=lambda: {**around(request, text, "consultations"), "why_not": _why_not(text)},
        action=lambda: _open_consultation(request, form),
        success=_("Consultation created. We will email the people invited when it opens."),
        redirect_to=_address,
    )


def _open_consultation(request: MemberRequest, form: ConsultationForm) -> Consultation:
    told = form.cleaned_data
    return actions.open_consultation(
        actor=request.user, revision=told["revision"], question=form.question(), token=told["token"]
    )


def _why_not(text: Text) -> str:
    """What is to be done before anybody can be asked; empty where nothing is."""
    if text.state != State.PUBLISHED:
        return _("Share the text with its readers first. People can only respond to a text that they can read.")
    if not text.revisions.exists():
        return _("Create a revision first. A consultation is always about a revision.")
    if not may_be_asked(text):
        return _("Change who can read the text first. At present only the people named can read it.")
    return ""


def _asked_about(request: MemberRequest, text: Text) -> Text:
    if not policies.can_draft(request.standing, text):
        raise PermissionDenied(_("Only the drafters of the text can manage its consultations."))
    return text


@require_http_methods(["GET", "POST"])
def consultation_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    consultation = visible_consultation(request, coalition, pk)
    _asked_about(request, consultation.text)
    form = ChangedConsultationForm(form_data(request), consultation=consultation)
    return form_view(
        request,
        form,
        template=EDIT,
        context={**around(request, consultation.text, "consultations"), "consultation": consultation},
        action=lambda: actions.change_consultation(actor=request.user, consultation=consultation, **form.told()),
        success=_("Changes saved."),
        redirect_to=_address(consultation),
    )


@require_http_methods(["GET", "POST"])
def consultation_close(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    consultation = visible_consultation(request, coalition, pk)
    _asked_about(request, consultation.text)
    return form_view(
        request,
        template=ASK,
        context={
            "title": _("Close the consultation now"),
            "object": consultation.text.title,
            "sentences": [
                _(
                    "After that, only drafters can add inputs that they have received elsewhere. All inputs "
                    "are kept and still need a response."
                )
            ],
            "button": _("Close consultation"),
            "stop": True,
            "back": _address(consultation),
        },
        action=lambda: actions.close_consultation(actor=request.user, consultation=consultation),
        success=_("Consultation closed. Next, respond to the inputs."),
        redirect_to=_address(consultation),
    )


@require_http_methods(["GET", "POST"])
def consultation_nudge(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """A friendly letter to those who were asked and have not spoken."""
    consultation = visible_consultation(request, coalition, pk)
    _asked_about(request, consultation.text)
    return form_view(
        request,
        template=ASK,
        context=lambda: _around_nudge(consultation),
        action=lambda: actions.nudge_silent(actor=request.user, consultation=consultation),
        success=_("We will send the reminders within the hour."),
        redirect_to=_address(consultation, "drafting:voices"),
    )


def _around_nudge(consultation: Consultation) -> dict[str, Any]:
    return {
        "title": _("Send a reminder to organisations that have not responded"),
        "sentences": [
            _(
                "We will email the organisations that were invited and have not responded. They can "
                "respond by replying to the email."
            ),
            in_a_row((organisation.name for organisation in silent_ones(consultation)), ";"),
            _("No one else will see these names. You can send a reminder once a week."),
        ],
        "button": _("Send a reminder"),
        "back": _address(consultation, "drafting:voices"),
    }


@login_not_required
@require_GET
@kept_for_visitors
def consultation_paper(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """To print, to hand around in a room, and to write on."""
    consultation = visible_consultation(request, coalition, pk)
    try:
        body = to_pdf(document_of(consultation)).pdf
    except NotTypesetError:
        return page(request, DETAIL, _shown(request, consultation) | {"not_typeset": True}, status=503)
    return HttpResponse(body, headers=download_headers(f"{consultation.text.title}.pdf", "application/pdf"))


@login_not_required
@require_GET
@kept_for_visitors
def voices(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """Whose voice is in it. Who has not spoken is named to those who ask alone."""
    consultation = visible_consultation(request, coalition, pk)
    context = around(request, consultation.text, "consultations")
    silent = silent_ones(consultation) if context["may_draft"] else None
    context |= {"consultation": consultation, "voices": voices_in(consultation), "turnout": turnout(consultation)}
    return page(request, "drafting/voices.html", {**context, "silent": silent})


def _address(consultation: Consultation, name: str = "drafting:consultation_detail") -> str:
    return reverse(name, args=[consultation.text.coalition.slug, consultation.pk])
