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

from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.capacities import build_capacity_choices
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.documents.incoming import file_kinds
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.uploads import build_download_headers
from jukwaa.drafting import actions, policies
from jukwaa.drafting.forms.returned_files import ReturnedFileForm
from jukwaa.drafting.models import Consultation, Input, Returned, Text
from jukwaa.drafting.returned_preview import build_preview_groups, describe_returned_file
from jukwaa.drafting.returned_word_file import MAX_FILE_FINDINGS
from jukwaa.drafting.views.common import build_text_context, get_revision_or_404, get_text_or_404
from jukwaa.drafting.word_export import build_comparison_docx, build_consultation_docx, build_word_file_name

RETURNED_FILE_NEW_TEMPLATE = "drafting/returned_new.html"
RETURNED_FILE_DETAIL_TEMPLATE = "drafting/returned_detail.html"


@login_not_required
@require_GET
@cache_for_visitors
def revision_comparison_word_file(
    request: Request, coalition: Coalition, pk: int, earlier: int, later: int
) -> HttpResponse:
    """What was changed from one revision to another, as tracked changes."""
    text = get_text_or_404(request, coalition, pk)
    before, after = get_revision_or_404(text, earlier), get_revision_or_404(text, later)
    name = build_word_file_name(text, _("revision %(earlier)s to %(later)s") % {"earlier": earlier, "later": later})
    return _build_docx_response(build_comparison_docx(text, before, after), name)


@login_not_required
@require_GET
@cache_for_visitors
def consultation_word_file(request: Request, coalition: Coalition, pk: int, consultation: int) -> HttpResponse:
    """The draft that is asked about, to be written in and sent back."""
    text = get_text_or_404(request, coalition, pk)
    asked = _get_consultation_or_404(text, consultation)
    name = build_word_file_name(text, _("revision %(number)s") % {"number": asked.revision.number})
    return _build_docx_response(build_consultation_docx(asked), name)


@require_http_methods(["GET", "POST"])
def returned_file_new(request: MemberRequest, coalition: Coalition, pk: int, consultation: int) -> HttpResponse:
    """Bring back the draft, written in."""
    text = get_text_or_404(request, coalition, pk)
    asked = _get_consultation_or_404(text, consultation)
    form = _build_returned_file_form(request, asked)
    return form_view(
        request,
        form,
        template=RETURNED_FILE_NEW_TEMPLATE,
        context=lambda: {
            **build_text_context(request, text, "text"),
            "consultation": asked,
            "waiting": _get_pending_returned_files(request, asked),
        },
        action=lambda: actions.save_returned_file(
            actor=request.user, consultation=asked, returned_file=form.brought, **form.get_author_fields()
        ),
        redirect_to=lambda returned: _warn_if_already_entered(request, returned),
    )


def _warn_if_already_entered(request: MemberRequest, returned_file: Returned) -> Returned:
    if returned_file.entered_at:
        messages.info(
            request, _("You have already returned this file and added its inputs. We will not add them again.")
        )
    return returned_file


@require_GET
def returned_file_detail(
    request: MemberRequest, coalition: Coalition, pk: int, consultation: int, token: UUID
) -> HttpResponse:
    """What becomes of the file, before it is entered: each input can be left out."""
    returned = _get_returned_or_404(request, coalition, pk, consultation, token)
    context = {
        **build_text_context(request, returned.text, "text"),
        "returned": returned,
        "consultation": returned.consultation,
        "facts": describe_returned_file(returned),
        "groups": build_preview_groups(returned),
        "may_enter": bool(returned.said_by) or returned.consultation.is_open,
    }
    return render_page(request, RETURNED_FILE_DETAIL_TEMPLATE, context)


@require_POST
def returned_file_enter(
    request: MemberRequest, coalition: Coalition, pk: int, consultation: int, token: UUID
) -> HttpResponse:
    returned = _get_returned_or_404(request, coalition, pk, consultation, token)
    sent = [place for place in request.POST.getlist("input") if place.isascii() and place.isdecimal()]
    chosen = [int(place) for place in sent if len(place) <= len(str(MAX_FILE_FINDINGS))]
    return form_view(
        request,
        action=lambda: _enter_returned_file(request, returned, chosen),
        success_message=_format_added_message,
        redirect_to=lambda _inputs: returned.text,
    )


def _enter_returned_file(request: MemberRequest, returned_file: Returned, chosen_numbers: list[int]) -> list[Input]:
    if not chosen_numbers and not returned_file.entered_at:
        raise ActionRefused(_("Select at least one input, or delete the file."))
    return actions.add_returned_inputs(actor=request.user, returned_file=returned_file, chosen_numbers=chosen_numbers)


def _format_added_message(inputs: list[Input]) -> str:
    said = ngettext("%(number)s input added.", "%(number)s inputs added.", len(inputs))
    return said % {"number": len(inputs)}


@require_POST
def returned_file_delete(
    request: MemberRequest, coalition: Coalition, pk: int, consultation: int, token: UUID
) -> HttpResponse:
    returned = _get_returned_or_404(request, coalition, pk, consultation, token)
    return form_view(
        request,
        action=lambda: actions.delete_returned_file(actor=request.user, returned_file=returned),
        success_message=_("File deleted. No inputs were added."),
        redirect_to=reverse("drafting:returned_new", args=[coalition.slug, pk, consultation]),
    )


def _build_returned_file_form(request: MemberRequest, consultation: Consultation) -> ReturnedFileForm:
    may_log = policies.can_draft_text(request.standing, consultation.text)
    may_give = policies.can_give_input(request.standing, consultation)
    if not (may_log or may_give):
        raise PermissionDenied(
            _("Only people invited to this consultation can send inputs. Members can comment on the text.")
        )
    choices = build_capacity_choices(request.standing) if may_give else []
    files = request.FILES if request.method == "POST" else None
    return ReturnedFileForm(
        get_form_data(request), files, capacity_choices=choices, consultation=consultation, can_log_inputs=may_log
    )


def _get_returned_or_404(
    request: MemberRequest, coalition: Coalition, pk: int, consultation: int, token: UUID
) -> Returned:
    text = get_text_or_404(request, coalition, pk)
    mine = Returned.objects.visible_to(request.user).filter(text=text.pk, consultation=consultation)
    returned = get_object_or_404(mine.select_related("consultation__revision", "revision", "organisation"), token=token)
    returned.text = returned.consultation.text = text
    returned.revision.text = returned.consultation.revision.text = text
    return returned


def _get_consultation_or_404(text: Text, pk: int) -> Consultation:
    asked = get_object_or_404(Consultation.objects.filter(text=text.pk).select_related("revision"), pk=pk)
    asked.text = asked.revision.text = text
    return asked


def _get_pending_returned_files(request: MemberRequest, consultation: Consultation) -> list[Returned]:
    """The files of this person that are not entered yet, for the page as it is first opened."""
    if request.method != "GET":
        return []
    rows = list(Returned.objects.visible_to(request.user).filter(consultation=consultation).waiting())
    for returned in rows:
        returned.text = consultation.text
    return rows


def _build_docx_response(file_data: bytes, file_name: str) -> HttpResponse:
    return HttpResponse(
        file_data, headers=build_download_headers(file_name, file_kinds.get_file_kind("docx").media_type)
    )
