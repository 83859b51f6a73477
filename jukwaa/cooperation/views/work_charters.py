"""A charter: written question by question, proposed, signed, amended, and read."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.cooperation import policies
from jukwaa.cooperation.actions import work_charters as actions
from jukwaa.cooperation.charters import CharterQuestion, get_charter_form
from jukwaa.cooperation.forms.work import ReasonForm
from jukwaa.cooperation.forms.work_charters import CharterAnswerForm, SignCharterForm
from jukwaa.cooperation.models import Charter, JointWork, Party
from jukwaa.cooperation.views.work_common import (
    WORK_FORM_TEMPLATE,
    build_work_context,
    get_editable_work_page_or_404,
    get_party_or_404,
    get_work_page_or_404,
    get_work_url,
)
from jukwaa.cooperation.work_page import WorkPage
from jukwaa.core.diff import compare_words, render_changes
from jukwaa.core.edit_conflicts import FieldDifference
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page

ANSWER_TEMPLATE, SIGN_TEMPLATE = "cooperation/charter_answer.html", "cooperation/charter_sign.html"


@login_not_required
@require_GET
@cache_for_visitors
def charter_detail(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """The text that is in force, who signed it, and what was in force before it."""
    whole = get_work_page_or_404(request, coalition, pk)
    if request.standing.is_inside:
        whole.load_charter_signers()
    shown_ones = [each for each in whole.charters if _is_charter_shown(whole, each)]
    texts = [
        (each, whole.why(each), whole.text(each), whole.get_charter_signatures(each), whole.find_unconfirmed_in(each))
        for each in shown_ones
    ]
    return render_page(
        request, "cooperation/charter_detail.html", {**build_work_context(whole, "charter"), "texts": texts}
    )


@login_not_required
@require_GET
def charter_text_file(request: Request, coalition: Coalition, pk: int, number: int) -> HttpResponse:
    """The exact text as a file, whose digest anybody can work out."""
    whole = get_work_page_or_404(request, coalition, pk)
    charter = _get_charter_or_404(whole, number)
    response = HttpResponse(whole.text(charter), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="charter-{pk}-{number}.txt"'
    return response


def _is_charter_shown(work_page: WorkPage, charter: Charter) -> bool:
    """What was dropped is seen by those whose text it was."""
    return charter.dropped_at is None or work_page.sees_all_parties


def _get_charter_or_404(work_page: WorkPage, charter_number: int) -> Charter:
    found = next((each for each in work_page.charters if each.number == charter_number), None)
    if found is None or not _is_charter_shown(work_page, found):
        raise Http404
    return found


@require_GET
def charter_write(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """All questions with their answers so far, and the button that makes one text of it."""
    whole = get_editable_work_page_or_404(request, coalition, pk)
    if whole.open_charter is None:
        return redirect(get_work_url(whole.work, "charter_detail"))
    charter = whole.open_charter
    missing = set(actions.find_unanswered_questions(charter))
    questions = [
        (each, charter.answers.get(each.name), each.name in missing)
        for each in get_charter_form(charter.form).questions
    ]
    context = {
        **build_work_context(whole, "write"),
        "charter": charter,
        "form": get_charter_form(charter.form),
        "questions": questions,
    }
    context["names"] = {party.pk: str(party) for party in whole.parties}
    return render_page(request, "cooperation/charter_write.html", context)


@require_http_methods(["GET", "POST"])
def charter_answer(request: MemberRequest, coalition: Coalition, pk: int, question: str) -> HttpResponse:
    whole = get_editable_work_page_or_404(request, coalition, pk)
    if whole.open_charter is None:
        return redirect(get_work_url(whole.work, "charter_detail"))
    asked = _get_question_or_404(whole.open_charter, question)
    parties = [party for party in whole.parties if party.left_at is None]
    form = CharterAnswerForm(
        get_form_data(request), charter=whole.open_charter, charter_question=asked, parties=parties
    )
    return form_view(
        request,
        form,
        template=ANSWER_TEMPLATE,
        context={**build_work_context(whole, "write"), "question": asked, "charter": whole.open_charter},
        action=lambda: _write_answer_from_form(request, whole, asked, form),
        current_values=lambda conflict: _compare_charter_answers(form, conflict.current),
        success_message=_("The changes have been saved."),
        redirect_to=_get_next_question_url(request, whole, asked),
    )


def _get_question_or_404(charter: Charter, question_name: str) -> CharterQuestion:
    try:
        question = get_charter_form(charter.form).question(question_name)
    except LookupError:
        raise Http404 from None
    if question.type == "parties":
        raise Http404
    return question


def _write_answer_from_form(
    request: MemberRequest, work_page: WorkPage, charter_question: CharterQuestion, form: CharterAnswerForm
) -> Charter:
    version = form.cleaned_data["version"]
    return actions.write_charter_answer(
        actor=request.user,
        work=work_page.work,
        question=charter_question.name,
        answer=form.answer(),
        from_version=version,
    )


def _compare_charter_answers(form: CharterAnswerForm, charter: Charter) -> dict[str, Any]:
    """The rows of a question are compared as one text: somebody else may have added some."""
    now, yours = _format_charter_answer(charter.answers.get(form.question.name)), _format_charter_answer(form.answer())
    return {"rows": FieldDifference.of(form.question.label, now, yours), "version": charter.version}


def _format_charter_answer(field_answer: Any) -> str:
    if not isinstance(field_answer, list):
        return str(field_answer or "")
    return "\n".join(": ".join(str(row[key]) for key in ("on", "what") if row.get(key)) for row in field_answer)


def _get_next_question_url(request: MemberRequest, work_page: WorkPage, charter_question: CharterQuestion) -> str:
    """The next question where there is one to write on, if its writer wants to go on."""
    follows = (
        get_charter_form(work_page.open_charter.form).after(charter_question.name)
        if work_page.open_charter and "go_on" in request.POST
        else None
    )
    if follows is None or follows.type == "parties":
        return get_work_url(work_page.work, "charter_write")
    return get_work_url(work_page.work, "charter_answer", follows.name)


@require_POST
def charter_propose(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    whole = get_editable_work_page_or_404(request, coalition, pk)
    return form_view(
        request,
        action=lambda: actions.propose_charter(actor=request.user, work=whole.work),
        success_message=_(
            "Charter proposed. We will email the representatives of all parties so that they can read and sign it."
        ),
        redirect_to=get_work_url(whole.work, "charter_write"),
    )


@require_http_methods(["GET", "POST"])
def charter_proposal_withdraw(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    whole = get_editable_work_page_or_404(request, coalition, pk)
    return _handle_reason_form(
        request,
        whole,
        action=actions.withdraw_charter_proposal,
        success_message=_(
            "Charter withdrawn. You can now change it. Earlier signatures stay with the text that was signed."
        ),
        active_tab="write",
        title=_("Withdraw the charter to change it?"),
        lead=_("All parties will need to sign again, including those that have already signed."),
        button=_("Withdraw the charter"),
    )


@require_http_methods(["GET", "POST"])
def charter_amend(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    whole = get_editable_work_page_or_404(request, coalition, pk)
    return _handle_reason_form(
        request,
        whole,
        action=actions.begin_charter_amendment,
        success_message=_(
            "Amendment created. The current charter stays in force until all required parties have signed the new text."
        ),
        active_tab="charter",
        title=_("What will change, and why?"),
        lead=_(
            "You edit the whole text, and the parties sign it again. Until then, the current charter stays in force."
        ),
        button=_("Draft an amendment"),
    )


def _handle_reason_form(
    request: MemberRequest,
    work_page: WorkPage,
    *,
    action: Callable[..., object],
    success_message: str,
    active_tab: str,
    **words: str,
) -> HttpResponse:
    """Ask why, then do it and go on writing. `words`: title, lead, button."""
    form = ReasonForm(get_form_data(request))
    return form_view(
        request,
        form,
        template=WORK_FORM_TEMPLATE,
        context={**build_work_context(work_page, active_tab), **words},
        action=lambda: action(actor=request.user, work=work_page.work, reason=form.cleaned_data["reason"]),
        success_message=success_message,
        redirect_to=get_work_url(work_page.work, "charter_write"),
    )


@require_POST
def charter_amendment_drop(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    whole = get_editable_work_page_or_404(request, coalition, pk)
    return form_view(
        request,
        action=lambda: actions.drop_charter_amendment(actor=request.user, joint_work=whole.work),
        success_message=_("Amendment discarded. The current charter stays in force."),
        redirect_to=get_work_url(whole.work, "charter_detail"),
    )


@require_http_methods(["GET", "POST"])
def charter_sign(request: MemberRequest, coalition: Coalition, pk: int, party: int) -> HttpResponse:
    """The text, and the button that signs it. What was read and what is signed are the same, or nothing is signed."""
    whole = get_work_page_or_404(request, coalition, pk)
    found = get_party_or_404(whole, party)
    if not whole.sees_all_parties:
        if policies.has_ever_represented_party(request.standing, found):
            raise PermissionDenied(actions.describe_missing_mandate(found))
        raise Http404
    form = SignCharterForm(get_form_data(request))
    return form_view(
        request,
        form,
        template=SIGN_TEMPLATE,
        context=lambda: _build_sign_context(whole, found, form),
        action=lambda: actions.sign_charter(actor=request.user, party=found, digest=form.cleaned_data["digest"]),
        success_message=lambda _signature: _describe_charter_signing(whole.work),
        redirect_to=get_work_url(whole.work, "charter_detail"),
    )


def _build_sign_context(work_page: WorkPage, party: Party, form: SignCharterForm) -> dict[str, Any]:
    charter = work_page.find_signable_charter(party)
    may_sign = any(each.pk == party.pk for each in work_page.own_parties)
    shown = {
        "charter": charter,
        "party": party,
        "may_sign": may_sign,
        **compare_read_and_current_charter(form, work_page.work, charter),
    }
    return {**build_work_context(work_page, "charter"), **shown}


def compare_read_and_current_charter(
    form: SignCharterForm, joint_work: JointWork, charter: Charter | None
) -> dict[str, Any]:
    """Return the text that would be signed now, beside the one that a person was about to sign if that is another."""
    text, sent = charter.text if charter else "", form.data.get("digest", "")
    read = Charter.objects.filter(work=joint_work, digest=sent).order_by("-number").first() if sent else None
    if read is None or read == charter:
        return {"text": text}
    return {
        "text": text,
        "read": read.text,
        "differing": render_changes(compare_words(read.text, text)) if text else "",
    }


def _describe_charter_signing(joint_work: JointWork) -> str:
    if Charter.objects.filter(work=joint_work, in_force_since__isnull=True, dropped_at__isnull=True).exists():
        return _("Signed. The charter comes into force once all required parties have signed.")
    return _("Signed. All required parties have signed, and the charter is in force.")
