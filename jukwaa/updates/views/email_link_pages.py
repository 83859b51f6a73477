"""Pages that a link in a mail opens, without signing in. Opening one does nothing; its button does the deed."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.accounts.link_languages import activate_reader_language
from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.screening import remove_own_contact_hits
from jukwaa.core.http import render_page
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.safeguards import screen_text_for_signs, split_at_hits
from jukwaa.records.models import Record
from jukwaa.updates import actions, email_links
from jukwaa.updates.forms import ApplicationOrganisationForm
from jukwaa.updates.incoming.application_parsing import find_unclear_lines
from jukwaa.updates.incoming.pending_mail import confirm_pending_mail, leave_by_email_link
from jukwaa.updates.incoming.replies import find_question, get_reply_handler
from jukwaa.updates.mail_preferences import find_coalitions_emailing_person
from jukwaa.updates.models import EmailTopic, PendingMail


def _read_payload_or_404(link_purpose: str, token: str) -> dict[str, Any]:
    meant = email_links.read_link_token(link_purpose, token)
    if meant is None:
        raise Http404
    return meant


def _get_person_and_coalition(request: HttpRequest, link_data: dict[str, Any]) -> tuple[Person, Coalition]:
    person = get_object_or_404(Person.objects.current(link_data["person"]))
    coalition = get_object_or_404(Coalition, pk=link_data["coalition"])
    activate_reader_language(request, person.language or coalition.language)
    return person, coalition


@csrf_exempt  # RFC 8058: mail programs post here, without a page of ours and without a cookie; the token says who
@login_not_required
@require_http_methods(["GET", "POST"])
def email_unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    meant = _read_payload_or_404(email_links.UNSUBSCRIBE_PURPOSE, token)
    person, coalition = _get_person_and_coalition(request, meant)
    if request.method == "POST":
        actions.stop_emails_of_topic(person=person, coalition=coalition, topic=meant["topic"])
    context = {"token": token, "name": coalition.name, "topic": EmailTopic(meant["topic"]).label}
    return render_page(request, "updates/unsubscribe.html", {**context, "is_done": request.method == "POST"})


@csrf_exempt  # as above
@login_not_required
@require_POST
def unsubscribe_from_all(request: HttpRequest, token: str) -> HttpResponse:
    person, _coalition = _get_person_and_coalition(
        request, _read_payload_or_404(email_links.UNSUBSCRIBE_PURPOSE, token)
    )
    actions.stop_emails_of_all_topics(person=person, coalitions=find_coalitions_emailing_person(person))
    return render_page(request, "updates/unsubscribe.html", {"is_done": True, "is_all": True})


@login_not_required
@require_http_methods(["GET", "POST"])
def pending_mail_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """What somebody wrote by mail, once more before their eyes."""
    pending = PendingMail.objects.select_related("coalition", "record", "membership__organisation", "person").filter(
        pk=_read_payload_or_404(email_links.CONFIRM_MAIL_PURPOSE, token)["pending"]
    )
    asked = pending.first()
    if asked is None:
        return render_page(
            request, "updates/gone.html", {"why": _("This link expired after 2 weeks. Nothing was changed.")}, 410
        )
    if asked.done_at is not None:
        return render_page(request, "updates/gone.html", {"why": _("You have already confirmed this email.")}, 410)
    applies = asked.kind == PendingMail.Kind.APPLY
    form = ApplicationOrganisationForm(_get_post_data(request), pending_mail=asked) if applies else None
    if request.method == "POST" and (form is None or form.is_valid()):
        return _confirm_pending_mail(request, asked, form)
    hits = screen_text_for_signs(asked.text)
    if applies:
        hits = remove_own_contact_hits(asked.text, hits, asked.address)
    context = {
        "pending": asked,
        "pieces": split_at_hits(asked.text, hits),
        "hits": hits,
        "record": _get_visible_record(asked),
    }
    context["wording"] = _get_held_reply_template(asked)
    context |= {"form": form, "unclear": find_unclear_lines(asked.text) if applies else []}
    return render_page(request, "updates/confirm.html", context, 422 if request.method == "POST" else 200)


def _get_post_data(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _confirm_pending_mail(
    request: HttpRequest, pending_mail: PendingMail, form: ApplicationOrganisationForm | None
) -> HttpResponse:
    try:
        if form is None:
            confirm_pending_mail(pending_mail=pending_mail)
        else:
            group = form.cleaned_data["stakeholder_group"]
            confirm_pending_mail(
                pending_mail=pending_mail, organisation=form.get_organisation(), stakeholder_group=group
            )
    except ActionRefused as reason:
        return render_page(request, "updates/gone.html", {"why": str(reason)}, 410)
    context = {
        "pending": pending_mail,
        "record": _get_visible_record(pending_mail),
        "wording": _get_held_reply_template(pending_mail),
    }
    return render_page(request, "updates/confirmed.html", {**context, "question": find_question(pending_mail.question)})


def _get_held_reply_template(pending_mail: PendingMail) -> str:
    """The template with the words of what an email replies to."""
    return get_reply_handler(pending_mail.question).held_template if pending_mail.question else ""


def _get_visible_record(pending_mail: PendingMail) -> Record | None:
    """The record's title stands on the page only while its writer may see it."""
    if pending_mail.record is None or pending_mail.person is None:
        return None
    return (
        Record.objects.visible_to(pending_mail.person)
        .filter(pk=pending_mail.record.pk)
        .select_related("coalition")
        .first()
    )


@login_not_required
@require_http_methods(["GET", "POST"])
def person_remove_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """For whoever was entered by others, and would rather not be kept."""
    person, coalition = _get_person_and_coalition(
        request, _read_payload_or_404(email_links.REMOVE_PERSON_PURPOSE, token)
    )
    context: dict[str, Any] = {"name": coalition.name}
    if request.method == "GET":
        return render_page(request, "updates/take_out.html", context)
    try:
        leave_by_email_link(coalition=coalition, person=person)
    except ActionRefused as reason:
        return render_page(request, "updates/take_out.html", {**context, "why": str(reason)}, status=422)
    return render_page(request, "updates/take_out.html", {**context, "is_done": True})
