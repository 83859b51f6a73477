"""What mail a person gets."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.accounts.http import MemberRequest
from jukwaa.core.form_view import form_view
from jukwaa.core.http import invalid, page
from jukwaa.updates import actions
from jukwaa.updates.choices import coalitions_of, default, wanted_by
from jukwaa.updates.forms import ChoicesForm

TEMPLATE = "updates/mail_settings.html"


@require_http_methods(["GET", "POST"])
def mail_settings(request: MemberRequest) -> HttpResponse:
    said = wanted_by(request.user)
    data = request.POST if request.method == "POST" else None
    forms = [
        ChoicesForm(data, coalition=coalition, wanted=said.get(coalition.pk, default()))
        for coalition in coalitions_of(request.user)
    ]
    context = {"forms": forms, "here": "mail"}
    if data is None:
        return page(request, TEMPLATE, context)
    if not all(form.is_valid() for form in forms):
        return invalid(request, TEMPLATE, context)
    for form in forms:
        actions.choose(person=request.user, coalition=form.coalition, wanted=form.cleaned_data["wanted"])
    messages.success(request, _("Your choice has been saved."))
    return redirect("updates:mail_settings")


@require_POST
def mail_nothing(request: MemberRequest) -> HttpResponse:
    return form_view(
        request,
        action=lambda: actions.nothing_but_sign_in(person=request.user, coalitions=coalitions_of(request.user)),
        success=_("You will now only receive the sign-in codes and links that you ask for."),
        redirect_to=reverse("updates:mail_settings"),
    )
