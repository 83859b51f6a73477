"""Word out and back: the draft of a consultation, what two revisions differ in, and what came back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.caching import kept_for_visitors
from jukwaa.coalitions.capacities import capacity_choices
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.documents.incoming import Refused, kinds
from jukwaa.core.http import invalid, page
from jukwaa.core.uploads import download_headers
from jukwaa.drafting import actions, policies
from jukwaa.drafting.actions.inputs import refuse_closed
from jukwaa.drafting.actions.word import Brought
from jukwaa.drafting.forms.word import SOMEBODY, ReturnForm
from jukwaa.drafting.models import Consultation, Returned, Text
from jukwaa.drafting.preview import facts_of, groups_of
from jukwaa.drafting.returning import MOST_FINDINGS
from jukwaa.drafting.views.common import around, revision_of, visible_text
from jukwaa.drafting.word import compared_docx, consulted_docx, name_of_file
from jukwaa.records.doors import at_the_door

NEW = "drafting/returned_new.html"
DETAIL = "drafting/returned_detail.html"


@login_not_required
@require_GET
@kept_for_visitors
def compare_word(request: Request, coalition: Coalition, pk: int, earlier: int, later: int) -> HttpResponse:
    """What was changed from one revision to another, as tracked changes."""
    text = visible_text(request, coalition, pk)
    before, after = revision_of(text, earlier), revision_of(text, later)
    name = name_of_file(text, _("revision %(earlier)s to %(later)s") % {"earlier": earlier, "later": later})
    return _handed_out(compared_docx(text, before, after), name)


@login_not_required
@require_GET
@kept_for_visitors
def consultation_word(request: Request, coalition: Coalition, pk: int, consultation: int) -> HttpResponse:
    """The draft that is asked about, to be written in and sent back."""
    text = visible_text(request, coalition, pk)
    asked = _consultation_of(text, consultation)
    name = name_of_file(text, _("revision %(number)s") % {"number": asked.revision.number})
    return _handed_out(consulted_docx(asked), name)


@require_http_methods(["GET", "POST"])
def returned_new(request: MemberRequest, coalition: Coalition, pk: int, consultation: int) -> HttpResponse:
    """Bring back the draft, written in."""
    text = visible_text(request, coalition, pk)
    asked = _consultation_of(text, consultation)
    form = _form(request, asked)
    context = {**around(request, text, "text"), "form": form, "consultation": asked}
    if request.method == "GET":
        waiting = Returned.objects.visible_to(request.user).filter(consultation=asked).waiting()
        return page(request, NEW, context | {"waiting": _with_text(waiting, text)})
    if answer := at_the_door(request, coalition, "form", text=form.people_text):
        return answer
    if not form.is_valid():
        return invalid(request, NEW, context)
    return _bring(request, asked, form) or invalid(request, NEW, context)


@require_GET
def returned_detail(
    request: MemberRequest, coalition: Coalition, pk: int, consultation: int, token: UUID
) -> HttpResponse:
    """What becomes of the file, before it is entered: each input can be left out."""
    returned = _returned(request, coalition, pk, consultation, token)
    context = {
        **around(request, returned.text, "text"),
        "returned": returned,
        "consultation": returned.consultation,
        "facts": facts_of(returned),
        "groups": groups_of(returned),
        "may_enter": bool(returned.said_by) or returned.consultation.is_open,
    }
    return page(request, DETAIL, context)


@require_POST
def returned_enter(
    request: MemberRequest, coalition: Coalition, pk: int, consultation: int, token: UUID
) -> HttpResponse:
    returned = _returned(request, coalition, pk, consultation, token)
    sent = [place for place in request.POST.getlist("input") if place.isascii() and place.isdecimal()]
    chosen = [int(place) for place in sent if len(place) <= len(str(MOST_FINDINGS))]
    if not chosen and not returned.entered_at:
        messages.error(request, _("Tick at least one input, or forget the file."))
        return redirect(returned)
    try:
        inputs = actions.enter_returned(actor=request.user, returned=returned, chosen=chosen)
    except (actions.Closed, actions.NotThere) as refusal:
        messages.error(request, str(refusal))
        return redirect(returned)
    said = ngettext("One input was entered.", "%(number)s inputs were entered.", len(inputs))
    messages.success(request, said % {"number": len(inputs)})
    return redirect(returned.text)


@require_POST
def returned_drop(
    request: MemberRequest, coalition: Coalition, pk: int, consultation: int, token: UUID
) -> HttpResponse:
    returned = _returned(request, coalition, pk, consultation, token)
    actions.drop_returned(actor=request.user, returned=returned)
    messages.success(request, _("The file is forgotten; nothing of it was entered."))
    return redirect("drafting:returned_new", coalition.slug, pk, consultation)


def _form(request: MemberRequest, asked: Consultation) -> ReturnForm:
    may_log = policies.drafts(request.standing, asked.text)
    may_give = policies.can_give_input(request.user, asked)
    if not (may_log or may_give):
        raise PermissionDenied(_("This consultation asks others. You may comment on the text if you are a member."))
    choices = capacity_choices(request.standing) if may_give else []
    sent: tuple[Any, ...] = (request.POST, request.FILES) if request.method == "POST" else ()
    return ReturnForm(*sent, choices=choices, coalition=request.coalition, may_log=may_log)


def _bring(request: MemberRequest, asked: Consultation, form: ReturnForm) -> HttpResponse | None:
    """None where the form has to go back, with what was wrong."""
    file = form.cleaned_data["file"]
    name, data = file.name or "", file.read()
    try:
        if form.cleaned_data["capacity"] != SOMEBODY:
            refuse_closed(asked)
        brought = actions.read_returned(consultation=asked, name=name, data=data, names=form.cleaned_data["names"])
    except (Refused, actions.NotTaken, actions.Closed) as refusal:
        form.add_error("file", str(refusal))
        return None
    text = brought.people_text
    if answer := at_the_door(request, request.coalition, "attachment", text=text, name=name, data=data):
        return answer
    return _keep(request, asked, form, brought)


def _keep(request: MemberRequest, asked: Consultation, form: ReturnForm, brought: Brought) -> HttpResponse:
    try:
        returned = actions.keep_returned(actor=request.user, consultation=asked, brought=brought, **form.spoken())
    except actions.AlreadyIn as known:
        messages.info(request, _("You sent this file back before, and it was entered. Nothing is entered twice."))
        known.returned.text = asked.text
        return redirect(known.returned)
    return redirect(returned)


def _returned(request: MemberRequest, coalition: Coalition, pk: int, consultation: int, token: UUID) -> Returned:
    text = visible_text(request, coalition, pk)
    mine = Returned.objects.visible_to(request.user).filter(text=text.pk, consultation=consultation)
    returned = get_object_or_404(mine.select_related("consultation__revision", "revision", "organisation"), token=token)
    returned.text = returned.consultation.text = text
    returned.revision.text = returned.consultation.revision.text = text
    return returned


def _consultation_of(text: Text, pk: int) -> Consultation:
    asked = get_object_or_404(Consultation.objects.filter(text=text.pk).select_related("revision"), pk=pk)
    asked.text = asked.revision.text = text
    return asked


def _with_text(waiting: Any, text: Text) -> list[Returned]:
    rows = list(waiting)
    for returned in rows:
        returned.text = text
    return rows


def _handed_out(data: bytes, name: str) -> HttpResponse:
    return HttpResponse(data, headers=download_headers(name, kinds.kind("docx").media_type))
