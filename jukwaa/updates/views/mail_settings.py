"""What mail a person gets."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.accounts.http import MemberRequest
from jukwaa.core.form_view import form_view
from jukwaa.core.http import render_invalid_form, render_page
from jukwaa.updates import actions
from jukwaa.updates.forms import MailTopicsForm
from jukwaa.updates.mail_preferences import find_coalitions_emailing_person, get_default_topics, get_wanted_topics

MAIL_SETTINGS_TEMPLATE = "updates/mail_settings.html"


@require_http_methods(["GET", "POST"])
def mail_settings(request: MemberRequest) -> HttpResponse:
    said = get_wanted_topics(request.user)
    data = request.POST if request.method == "POST" else None
    forms = [
        MailTopicsForm(data, coalition=coalition, wanted_topics=said.get(coalition.pk, get_default_topics()))
        for coalition in find_coalitions_emailing_person(request.user)
    ]
    context = {"forms": forms, "here": "mail"}
    if data is None:
        return render_page(request, MAIL_SETTINGS_TEMPLATE, context)
    if not all(form.is_valid() for form in forms):
        return render_invalid_form(request, MAIL_SETTINGS_TEMPLATE, context)
    for form in forms:
        actions.set_wanted_topics(
            person=request.user, coalition=form.coalition, wanted_topics=form.cleaned_data["wanted"]
        )
    messages.success(request, _("Your choice has been saved."))
    return redirect("updates:mail_settings")


@require_POST
def mail_settings_unsubscribe_all(request: MemberRequest) -> HttpResponse:
    return form_view(
        request,
        action=lambda: actions.stop_emails_of_all_topics(
            person=request.user, coalitions=find_coalitions_emailing_person(request.user)
        ),
        success_message=_("You will now only receive the sign-in codes and links that you ask for."),
        redirect_to=reverse("updates:mail_settings"),
    )
