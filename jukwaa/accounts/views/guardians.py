"""The page of an adult contact, opened by a link in an email. Opening it changes nothing; its buttons do."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.accounts.age import build_age_form, is_introduction_missing
from jukwaa.accounts.http import MemberRequest
from jukwaa.accounts.minors import answer_as_guardian, read_guardian_token
from jukwaa.accounts.models import MinorStatusChange
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import get_safe_next_url, render_page

HTTP_GONE_STATUS = 410


@login_not_required
@require_GET
def guardian_question(request: HttpRequest, token: str) -> HttpResponse:
    found = read_guardian_token(token)
    if found is None:
        return _render_expired_guardian_link(request)
    person, _contact = found
    answers = MinorStatusChange.objects.filter(person=person).exclude(step=MinorStatusChange.Step.MARKED)
    return render_page(request, "accounts/guardian.html", {"person": person, "last": answers.last(), "token": token})


@login_not_required
@require_POST
def guardian_consent_give(request: HttpRequest, token: str) -> HttpResponse:
    return _record_guardian_answer(
        request, token, is_consent_given=True, success_message=_("Your consent has been recorded.")
    )


@login_not_required
@require_POST
def guardian_consent_decline(request: HttpRequest, token: str) -> HttpResponse:
    return _record_guardian_answer(
        request,
        token,
        is_consent_given=False,
        success_message=_("Your answer has been recorded. The public cannot read what this person writes."),
    )


def _record_guardian_answer(
    request: HttpRequest, token: str, *, is_consent_given: bool, success_message: str
) -> HttpResponse:
    found = read_guardian_token(token)
    if found is None:
        return _render_expired_guardian_link(request)
    person, contact = found
    return form_view(
        request,
        action=lambda: answer_as_guardian(guardian=contact, person=person, is_consent_given=is_consent_given),
        success_message=success_message,
        redirect_to=redirect("accounts:guardian", token).url,
    )


@require_http_methods(["GET", "POST"])
def age_question_answer(request: MemberRequest) -> HttpResponse:
    """The question by itself, before the first form of a coordinator or for people who take part by email.

    `form_view` keeps the answer.
    """
    next_url = get_safe_next_url(request, reverse("accounts:settings"))
    if request.method == "GET" and not is_introduction_missing(request.user):
        return HttpResponseRedirect(next_url)
    return form_view(
        request,
        build_age_form(request.user, get_form_data(request)),
        template="accounts/age.html",
        context={"target": request.get_full_path()},
        action=lambda: None,
        success_message=_("Your answer has been recorded."),
        redirect_to=next_url,
    )


def _render_expired_guardian_link(request: HttpRequest) -> HttpResponse:
    return render_page(request, "accounts/guardian.html", {"person": None}, status=HTTP_GONE_STATUS)
