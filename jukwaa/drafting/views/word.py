"""Word out and back: the draft of a consultation, what two revisions differ in, and what came back."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.caching import kept_for_visitors
from jukwaa.coalitions.capacities import capacity_choices
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.documents.incoming import kinds
from jukwaa.core.form_view import form_data, form_view
from jukwaa.core.http import page
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.uploads import download_headers
from jukwaa.drafting import actions, policies
from jukwaa.drafting.forms.word import ReturnForm
from jukwaa.drafting.models import Consultation, Input, Returned, Text
from jukwaa.drafting.preview import facts_of, groups_of
from jukwaa.drafting.returning import MOST_FINDINGS
from jukwaa.drafting.views.common import around, revision_of, visible_text
from jukwaa.drafting.word import compared_docx, consulted_docx, name_of_file

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
    form = _return_form(request, asked)
    return form_view(
        request,
        form,
        template=NEW,
        context=lambda: {**around(request, text, "text"), "consultation": asked, "waiting": _waiting(request, asked)},
        action=lambda: actions.keep_returned(
            actor=request.user, consultation=asked, brought=form.brought, **form.spoken()
        ),
        redirect_to=lambda returned: _show_returned(request, returned),
    )


def _show_returned(request: MemberRequest, returned: Returned) -> Returned:
    if returned.entered_at:
        messages.info(
            request, _("You have already returned this file and added its inputs. We will not add them again.")
        )
    return returned


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
    return form_view(
        request,
        action=lambda: _enter_returned(request, returned, chosen),
        success=_tell_entered,
        redirect_to=lambda _inputs: returned.text,
    )


def _enter_returned(request: MemberRequest, returned: Returned, chosen: list[int]) -> list[Input]:
    if not chosen and not returned.entered_at:
        raise ActionRefused(_("Select at least one input, or delete the file."))
    return actions.enter_returned(actor=request.user, returned=returned, chosen=chosen)


def _tell_entered(inputs: list[Input]) -> str:
    said = ngettext("%(number)s input added.", "%(number)s inputs added.", len(inputs))
    return said % {"number": len(inputs)}


@require_POST
def returned_drop(
    request: MemberRequest, coalition: Coalition, pk: int, consultation: int, token: UUID
) -> HttpResponse:
    returned = _returned(request, coalition, pk, consultation, token)
    return form_view(
        request,
        action=lambda: actions.drop_returned(actor=request.user, returned=returned),
        success=_("File deleted. No inputs were added."),
        redirect_to=reverse("drafting:returned_new", args=[coalition.slug, pk, consultation]),
    )


def _return_form(request: MemberRequest, asked: Consultation) -> ReturnForm:
    may_log = policies.can_draft(request.standing, asked.text)
    may_give = policies.can_give_input(request.standing, asked)
    if not (may_log or may_give):
        raise PermissionDenied(
            _("Only people invited to this consultation can send inputs. Members can comment on the text.")
        )
    choices = capacity_choices(request.standing) if may_give else []
    files = request.FILES if request.method == "POST" else None
    return ReturnForm(form_data(request), files, choices=choices, consultation=asked, may_log=may_log)


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


def _waiting(request: MemberRequest, asked: Consultation) -> list[Returned]:
    """The files of this person that are not entered yet, for the page as it is first opened."""
    if request.method != "GET":
        return []
    rows = list(Returned.objects.visible_to(request.user).filter(consultation=asked).waiting())
    for returned in rows:
        returned.text = asked.text
    return rows


def _handed_out(data: bytes, name: str) -> HttpResponse:
    return HttpResponse(data, headers=download_headers(name, kinds.kind("docx").media_type))
