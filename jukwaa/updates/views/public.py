"""Pages that a link in a mail opens, without signing in. Opening one does nothing; its button does the deed."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import page
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.safeguards import marked, screen
from jukwaa.records.models import Record
from jukwaa.updates import actions, tokens
from jukwaa.updates.choices import coalitions_of
from jukwaa.updates.forms import ForWhomForm
from jukwaa.updates.incoming.applying import unclear_lines
from jukwaa.updates.incoming.confirming import confirm_mail, take_out_by_mail
from jukwaa.updates.incoming.replies import find_question, get_handler
from jukwaa.updates.models import PendingMail, Topic


def _meant(purpose: str, token: str) -> dict[str, Any]:
    meant = tokens.read(purpose, token)
    if meant is None:
        raise Http404
    return meant


def _person_and_coalition(meant: dict[str, Any]) -> tuple[Person, Coalition]:
    person = get_object_or_404(Person.objects.current(meant["person"]))
    return person, get_object_or_404(Coalition, pk=meant["coalition"])


@csrf_exempt  # RFC 8058: mail programs post here, without a page of ours and without a cookie; the token says who
@login_not_required
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    meant = _meant(tokens.UNSUBSCRIBE, token)
    person, coalition = _person_and_coalition(meant)
    if request.method == "POST":
        actions.end_mail(person=person, coalition=coalition, topic=meant["topic"])
    context = {"token": token, "name": coalition.name, "topic": Topic(meant["topic"]).label}
    return page(request, "updates/unsubscribe.html", {**context, "is_done": request.method == "POST"})


@csrf_exempt  # as above
@login_not_required
@require_POST
def unsubscribe_all(request: HttpRequest, token: str) -> HttpResponse:
    person, _coalition = _person_and_coalition(_meant(tokens.UNSUBSCRIBE, token))
    actions.nothing_but_sign_in(person=person, coalitions=coalitions_of(person))
    return page(request, "updates/unsubscribe.html", {"is_done": True, "is_all": True})


@login_not_required
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """What somebody wrote by mail, once more before their eyes."""
    pending = PendingMail.objects.select_related("coalition", "record", "membership__organisation", "person").filter(
        pk=_meant(tokens.CONFIRM, token)["pending"]
    )
    asked = pending.first()
    if asked is None:
        return page(
            request, "updates/gone.html", {"why": _("This link expired after 2 weeks. Nothing was changed.")}, 410
        )
    if asked.done_at is not None:
        return page(request, "updates/gone.html", {"why": _("You have already confirmed this.")}, 410)
    applies = asked.kind == PendingMail.Kind.APPLY
    form = ForWhomForm(_typed(request), pending=asked) if applies else None
    if request.method == "POST" and (form is None or form.is_valid()):
        return _confirm(request, asked, form)
    hits = screen(asked.text)
    context = {"pending": asked, "pieces": marked(asked.text, hits), "hits": hits, "record": _still_seen(asked)}
    context["wording"] = _wording(asked)
    context |= {"form": form, "unclear": unclear_lines(asked.text) if applies else []}
    return page(request, "updates/confirm.html", context, 422 if request.method == "POST" else 200)


def _typed(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _confirm(request: HttpRequest, asked: PendingMail, form: ForWhomForm | None) -> HttpResponse:
    try:
        if form is None:
            confirm_mail(pending=asked)
        else:
            group = form.cleaned_data["stakeholder_group"]
            confirm_mail(pending=asked, organisation=form.organisation(), stakeholder_group=group)
    except ActionRefused as reason:
        return page(request, "updates/gone.html", {"why": str(reason)}, 410)
    context = {"pending": asked, "record": _still_seen(asked), "wording": _wording(asked)}
    return page(request, "updates/confirmed.html", {**context, "question": find_question(asked.question)})


def _wording(asked: PendingMail) -> str:
    """The template with the words of what an email replies to."""
    return get_handler(asked.question).held_template if asked.question else ""


def _still_seen(asked: PendingMail) -> Record | None:
    """The record's title stands on the page only while its writer may see it."""
    if asked.record is None or asked.person is None:
        return None
    return Record.objects.visible_to(asked.person).filter(pk=asked.record.pk).select_related("coalition").first()


@login_not_required
@require_http_methods(["GET", "POST"])
def take_out(request: HttpRequest, token: str) -> HttpResponse:
    """For whoever was entered by others, and would rather not be kept."""
    person, coalition = _person_and_coalition(_meant(tokens.TAKE_OUT, token))
    context: dict[str, Any] = {"name": coalition.name}
    if request.method == "GET":
        return page(request, "updates/take_out.html", context)
    try:
        take_out_by_mail(coalition=coalition, person=person)
    except ActionRefused as reason:
        return page(request, "updates/take_out.html", {**context, "why": str(reason)}, status=422)
    return page(request, "updates/take_out.html", {**context, "is_done": True})
