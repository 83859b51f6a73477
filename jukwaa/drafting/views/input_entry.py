"""Inputs: giving one, supporting a clause, taking back, hiding, writing down what was said elsewhere, and the lists."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.capacities import build_capacity_choices
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.core import keyset_pagination
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.drafting import actions, policies
from jukwaa.drafting.actions import InputContent
from jukwaa.drafting.forms.inputs import InputForm, InputTarget, LoggedInputForm
from jukwaa.drafting.input_display import annotate_inputs_for_display
from jukwaa.drafting.models import Consultation, Input, Text
from jukwaa.drafting.models.texts import MAX_OWN_NUMBER_LENGTH
from jukwaa.drafting.quote_withholding import QuoteWithholding, withhold_quotes_in_inputs
from jukwaa.drafting.text_outline import get_last_revision_with_clause
from jukwaa.drafting.unreadable_sources import get_visible_clauses
from jukwaa.drafting.views.common import build_text_context, get_clause_or_404, get_consultation_or_404, get_text_or_404
from jukwaa.drafting.views.inputs import get_input_or_404
from jukwaa.records.discussion import describe_record_readers
from jukwaa.records.forms.comments import HideForm

INPUT_NEW_TEMPLATE = "drafting/input_new.html"
INPUT_LOG_TEMPLATE = "drafting/input_log.html"
INPUT_TIME_ORDER = ("at", "pk")
MAX_NUMBER_DIGITS = 9  # digits of a clause's


@require_http_methods(["GET", "POST"])
def input_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """At a clause (`?clause=`), as the answer to a question (`?question=`), or on the whole."""
    consultation = get_consultation_or_404(request, coalition, pk)
    if not policies.is_invited_to_consultation(request.standing, consultation):
        raise PermissionDenied(
            _("Only people invited to this consultation can send inputs. Members can comment on the text.")
        )
    place = _get_target_or_404(request, consultation)
    begins = {name: request.GET[name] for name in ("exact", "start", "kind") if name in request.GET}
    form = InputForm(get_form_data(request), standing=request.standing, place=place, initial=begins)
    return form_view(
        request,
        form,
        template=INPUT_NEW_TEMPLATE,
        context=lambda: _build_input_form_context(request, consultation, place),
        action=lambda: _give_input_from_form(request, consultation, form),
        success_message=_("Thank you. Your input has been sent. We will email you when it has a response."),
        redirect_to=_get_input_address,
    )


def _give_input_from_form(request: MemberRequest, consultation: Consultation, form: InputForm) -> Input:
    said, organisation = form.build_input_content(), form.get_organisation()
    return _find_existing_input(request, consultation, said, organisation) or actions.give_consultation_input(
        actor=request.user,
        consultation=consultation,
        said=said,
        organisation=organisation,
        token=form.cleaned_data["token"],
    )


def _find_existing_input(
    request: MemberRequest, consultation: Consultation, input_content: InputContent, organisation: Organisation | None
) -> Input | None:
    """Whoever goes back finds the form as it was, with another token: words that wait are not said twice."""
    theirs = consultation.inputs.waiting().filter(author=request.user, capacity__organisation=organisation)
    proposed = input_content.proposed if input_content.kind == Input.Kind.PROPOSAL else ""
    same = theirs.filter(
        kind=input_content.kind, clause=input_content.clause, question=input_content.question, exact=input_content.exact
    )
    return same.filter(body=input_content.body, proposed=proposed).first()


def _get_input_address(given_input: Input) -> str:
    """Where an input is seen: beside its clause, or with the others of its consultation."""
    slug = given_input.text.coalition.slug
    if given_input.clause_id is None:
        return f"{reverse('drafting:input_list', args=[slug, given_input.consultation_id])}#input-{given_input.pk}"
    address = reverse("drafting:text_detail", args=[slug, given_input.text_id])
    return f"{address}#{given_input.clause.anchor}" if given_input.clause else address


@require_POST
def input_support(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """One click: the clause that the button names is supported as it is."""
    consultation = get_consultation_or_404(request, coalition, pk)
    place = _parse_clause_number(request.POST.get("clause", ""))
    clause = get_clause_or_404(consultation.text, place) if place is not None else None
    organisation = _get_sole_organisation(request)
    said = InputContent(kind=Input.Kind.SUPPORT, clause=clause)
    return form_view(
        request,
        action=lambda: actions.give_consultation_input(
            actor=request.user, consultation=consultation, said=said, organisation=organisation
        ),
        makes_public=True,
        success_message=_describe_input_support,
        redirect_to=_get_input_address,
    )


def _get_sole_organisation(request: MemberRequest) -> Any:
    """The one that this person comes from. Whoever comes from several is asked, on the page with the form."""
    through = [choice.organisation for choice in build_capacity_choices(request.standing) if choice.organisation]
    return through[0] if len(through) == 1 else None


def _describe_input_support(given_input: Input) -> str:
    if given_input.capacity.organisation_id:
        return _("Your support on behalf of %(name)s has been saved.") % {"name": given_input.capacity.name}
    return _("Your support has been saved. You responded as an individual.")


@login_not_required
@require_GET
def input_list(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """All that was said in a consultation, the first first; by kind, and by whether it was answered."""
    consultation = get_consultation_or_404(request, coalition, pk)
    rows = Input.objects.filter(consultation=consultation.pk).readable_by(request.user)
    kind, answered = request.GET.get("kind", ""), request.GET.get("answered", "")
    if kind in Input.Kind.values:
        rows = rows.filter(kind=kind)
    if answered in ("yes", "no"):
        rows = rows.exclude(disposition="") if answered == "yes" else rows.waiting()
    if clause := request.GET.get("clause", "").strip()[:MAX_OWN_NUMBER_LENGTH]:
        rows = rows.filter(clause__in=consultation.text.clauses.with_label(clause))
    context = build_text_context(request, consultation.text, "consultations")
    context |= {"consultation": consultation, "page": _get_input_page(request, consultation.text, rows)}
    chosen = {"kind": kind, "answered": answered, "clause": clause}
    context |= {"chosen": chosen, "kinds": Input.Kind.choices, **_get_input_permissions(request)}
    return render_page(request, "drafting/input_list.html", context)


@login_not_required
@require_GET
def clause_input_list(request: Request, coalition: Coalition, pk: int, number: int) -> HttpResponse:
    """All that was said about a clause, in whichever consultation; what moved here included."""
    text = get_text_or_404(request, coalition, pk)
    clause = get_clause_or_404(text, number)
    rows = Input.objects.filter(text=text.pk, now_at=clause.pk).readable_by(request.user)
    latest = text.get_latest_revision()
    placement = next(iter(get_visible_clauses(text, latest, clause=clause)), None) if latest else None
    if (
        placement is None
        and get_last_revision_with_clause(text, clause) is None
        and not policies.can_draft_text(request.standing, text)
    ):
        raise Http404  # it is in the making
    context = {
        **build_text_context(request, text, "text"),
        "clause": clause,
        "placement": placement,
        **_get_input_permissions(request),
    }
    return render_page(
        request, "drafting/clause_inputs.html", {**context, "page": _get_input_page(request, text, rows)}
    )


def _get_input_page(
    request: Request | MemberRequest, text: Text, given_inputs: QuerySet[Input]
) -> keyset_pagination.KeysetPage[Input]:
    found, silence = (
        keyset_pagination.get_page(
            annotate_inputs_for_display(given_inputs), INPUT_TIME_ORDER, keyset_pagination.PageCursor.of(request)
        ),
        QuoteWithholding(text),
    )
    for given in found.rows:
        silence.withhold_in_input(given)
    return found


@require_GET
def own_input_list(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """What I said, the latest first, and what became of it."""
    rows = Input.objects.visible_to(request.user).filter(text__coalition=coalition, author=request.user)
    found = keyset_pagination.get_page(
        annotate_inputs_for_display(rows).select_related("text", "text__coalition"),
        INPUT_TIME_ORDER,
        keyset_pagination.PageCursor.of(request),
    )
    withhold_quotes_in_inputs(found.rows)
    return render_page(request, "drafting/own_inputs.html", {"page": found, **_get_input_permissions(request)})


@require_http_methods(["GET", "POST"])
def input_hide(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    given = get_input_or_404(request, coalition, pk)
    if not policies.can_hide_input(request.standing, given):
        raise PermissionDenied
    form = HideForm(get_form_data(request))
    return form_view(
        request,
        form,
        template="records/ask.html",
        context={
            "title": _("Hide this input"),
            "quote": given.body or given.proposed,
            "sentences": [
                _("Only coordinators and the safeguarding lead will be able to read the text of this input.")
            ],
            "button": _("Hide input"),
            "stop": True,
            "back": reverse("drafting:input_detail", args=[coalition.slug, given.pk]),
        },
        action=lambda: actions.hide_input(actor=request.user, given_input=given, reason=form.cleaned_data["reason"]),
        success_message=_("Input hidden. Readers will see that it was hidden, and why."),
        redirect_to=reverse("drafting:input_list", args=[coalition.slug, given.consultation_id]),
    )


@require_http_methods(["GET", "POST"])
def spoken_input_log(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """What somebody said on the phone, in a room or in an email of their own, written down by those who draft."""
    consultation = get_consultation_or_404(request, coalition, pk)
    if not policies.can_draft_text(request.standing, consultation.text):
        raise PermissionDenied(_("Only the drafters of the text can record inputs from other people."))
    place = _get_target_or_404(request, consultation)
    form = LoggedInputForm(get_form_data(request), text=consultation.text, place=place)
    return form_view(
        request,
        form,
        template=INPUT_LOG_TEMPLATE,
        context=lambda: _build_input_form_context(request, consultation, place),
        action=lambda: _log_spoken_input(request, consultation, form),
        success_message=_describe_logged_input,
        redirect_to=_get_input_address,
    )


def _describe_logged_input(given_input: Input) -> str:
    if given_input.kind == Input.Kind.SUPPORT:
        return _("Support saved. It does not need a response.")
    return _("Input saved. It needs a response like any other input.")


def _log_spoken_input(request: MemberRequest, consultation: Consultation, form: LoggedInputForm) -> Input:
    told = form.cleaned_data
    return actions.log_spoken_input(
        actor=request.user,
        consultation=consultation,
        input_content=form.build_input_content(),
        organisation=told["spoke_for"],
        speaker_name=told["who"],
        token=told["token"],
        said_at=form.get_said_at(),
    )


def _build_input_form_context(
    request: MemberRequest, consultation: Consultation, input_target: InputTarget
) -> dict[str, Any]:
    question = consultation.questions[input_target.question - 1] if input_target.question else ""
    return {
        **build_text_context(request, consultation.text, "consultations"),
        "consultation": consultation,
        "placement": input_target.placement,
        "question": question,
        "question_number": input_target.question,
        "read_by": describe_record_readers(consultation.text, request.standing),
    }


def _get_target_or_404(request: MemberRequest, consultation: Consultation) -> InputTarget:
    """404 for a clause or a question that was not asked about."""
    number = _parse_clause_number(request.GET.get("question", ""))
    if number is not None and not 1 <= number <= len(consultation.questions):
        raise Http404
    if not (typed := request.GET.get("clause", "")):
        return InputTarget(question=number)
    found = consultation.text.clauses.with_label(typed)
    there = get_visible_clauses(consultation.text, consultation.revision, clause__in=found)
    if not there:
        raise Http404
    return InputTarget(placement=there[0])


def _parse_clause_number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MAX_NUMBER_DIGITS else None


def _get_input_permissions(request: Request | MemberRequest) -> dict[str, bool]:
    """What can be done with inputs on a page that lists them, beside what their own authors can."""
    standing = request.standing
    return {"may_hide": standing.is_coordinator or standing.is_safeguarding_lead}
