"""The pages of correspondence: of the coalition and of a proposal, and one message with what can be done about it."""

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.core.keyset_pagination import PageCursor, get_page
from jukwaa.proposals import actions, policies
from jukwaa.proposals.correspondence_filing import get_proposal_subject_tag
from jukwaa.proposals.correspondence_models import (
    CORRESPONDENCE_ORDER,
    CorrespondenceDeadline,
    CorrespondenceDraft,
    CorrespondenceFile,
    CorrespondenceMessage,
    CorrespondenceMessageQuerySet,
    SecretariatAddress,
    get_role_address,
)
from jukwaa.proposals.forms import MessageApprovalForm, MessageFilingForm, SecretariatAddressesForm
from jukwaa.proposals.models import Proposal
from jukwaa.proposals.views.calls import require_call_reader
from jukwaa.proposals.views.proposals import get_proposal_or_404
from jukwaa.records.models import State
from jukwaa.records.views.common import CONFIRMATION_TEMPLATE, build_file_response

CORRESPONDENCE_FORM_TEMPLATE = "proposals/correspondence_form.html"
MAX_HELD_MESSAGES = 50
FILEABLE_STATES = (State.PUBLISHED, State.WITHDRAWN)


def get_visible_messages(request: MemberRequest, coalition: Coalition) -> CorrespondenceMessageQuerySet:
    """Return the messages that the viewer may read, as lists show them."""
    rows: CorrespondenceMessageQuerySet = CorrespondenceMessage.objects.visible_to(request.user).of(coalition)
    is_open = Q(deadlines__state__in=[CorrespondenceDeadline.State.SUGGESTED, CorrespondenceDeadline.State.CONFIRMED])
    rows = rows.annotate(open_deadlines=Count("deadlines", filter=is_open, distinct=True))
    rows = rows.annotate(file_count=Count("files", distinct=True))
    return rows.select_related("proposal", "person", "outbox").defer("text", "quoted")


def get_message_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> CorrespondenceMessage:
    rows = CorrespondenceMessage.objects.visible_to(request.user).of(coalition)
    message = get_object_or_404(rows.select_related("proposal", "person", "outbox"), pk=pk)
    message.coalition = coalition
    if message.proposal is not None:
        message.proposal.coalition = coalition
    return message


def find_answered_message(request: MemberRequest, pk: int | None) -> CorrespondenceMessage | None:
    """Return the message to which another one replies, if the viewer may read it: it may be about another proposal."""
    if pk is None:
        return None
    return CorrespondenceMessage.objects.visible_to(request.user).filed().filter(pk=pk).only("subject").first()


def get_editable_message_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> CorrespondenceMessage:
    """403 for those who may read it and not change it."""
    message = get_message_or_404(request, coalition, pk)
    if not policies.can_change_message(request.standing, message):
        raise PermissionDenied(
            _("Only coordinators, chairs, rapporteurs and the team of the proposal can change this message.")
        )
    return message


@require_GET
def correspondence(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """All that the viewer may read, newest first; what is held and what is being written stand above."""
    require_call_reader(request, coalition)
    rows = get_visible_messages(request, coalition)
    in_charge = policies.can_handle_correspondence(request.standing, coalition)
    drafts = CorrespondenceDraft.objects.visible_to(request.user).of(coalition).unsent()
    context = {
        "page": get_page(rows.filed(), CORRESPONDENCE_ORDER, PageCursor.of(request)),
        "held": list(rows.held().order_by(*CORRESPONDENCE_ORDER)[:MAX_HELD_MESSAGES]),
        "drafts": list(drafts.select_related("proposal")[:MAX_HELD_MESSAGES]),
        "in_charge": in_charge,
        "can_edit_secretariat": policies.can_edit_secretariat(request.standing, coalition),
        "address": get_role_address(coalition),
    }
    return render_page(request, "proposals/correspondence.html", context)


@require_GET
def proposal_correspondence(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    proposal = get_proposal_or_404(request, coalition, pk)
    require_call_reader(request, coalition)
    rows = get_visible_messages(request, coalition).filed().filter(proposal=proposal)
    drafts = CorrespondenceDraft.objects.visible_to(request.user).of(coalition).unsent().filter(proposal=proposal)
    context = {
        "proposal": proposal,
        "page": get_page(rows, CORRESPONDENCE_ORDER, PageCursor.of(request)),
        "drafts": list(drafts[:MAX_HELD_MESSAGES]),
        "can_write": policies.can_write_message(request.standing, proposal),
        "address": get_role_address(coalition),
        "tag": get_proposal_subject_tag(proposal),
    }
    return render_page(request, "proposals/proposal_correspondence.html", context)


@require_GET
def message_detail(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    message = get_message_or_404(request, coalition, pk)
    deadlines = list(message.deadlines.exclude(state=CorrespondenceDeadline.State.DISMISSED))
    context = {
        "message": message,
        "answered": find_answered_message(request, message.answers_id),
        "proposal": message.proposal,
        "files": list(message.files.all()),
        "deadlines": deadlines,
        "has_deadline_to_confirm": any(
            each.state == CorrespondenceDeadline.State.SUGGESTED and not each.has_passed for each in deadlines
        ),
        "draft": CorrespondenceDraft.objects.filter(sent=message).select_related("author", "reviewer").first(),
        "replies": _find_message_replies(request, message),
        "can_change": policies.can_change_message(request.standing, message),
        "can_remove": policies.can_handle_correspondence(request.standing, coalition),
        "can_list": policies.can_edit_secretariat(request.standing, coalition),
        "approve_form": MessageApprovalForm(),
    }
    return render_page(request, "proposals/message_detail.html", context)


def _find_message_replies(request: MemberRequest, message: CorrespondenceMessage) -> list[CorrespondenceMessage]:
    replies = CorrespondenceMessage.objects.visible_to(request.user).filed().filter(answers=message)
    return list(replies.order_by("at", "pk").select_related("coalition").defer("text", "quoted"))


@require_GET
def message_file(request: MemberRequest, coalition: Coalition, pk: int, file: int) -> FileResponse:
    """A file, once its text has passed the safeguarding check. Whoever may read the message may have it."""
    message = get_message_or_404(request, coalition, pk)
    found = get_object_or_404(CorrespondenceFile, pk=file, message=message, is_checked=True, refusal="")
    return build_file_response(found.file, found.name, found.media_type)


@require_POST
def message_approve(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    message = get_editable_message_or_404(request, coalition, pk)
    form = MessageApprovalForm(request.POST)
    return form_view(
        request,
        form,
        action=lambda: actions.approve_held_message(
            actor=request.user, message=message, lists_sender=form.cleaned_data["lists_sender"]
        ),
        success_message=_("Message approved and filed."),
        redirect_to=message,
    )


@require_http_methods(["GET", "POST"])
def message_remove(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    message = get_message_or_404(request, coalition, pk)
    if not policies.can_handle_correspondence(request.standing, coalition):
        raise PermissionDenied(_("Only coordinators, chairs and rapporteurs can delete messages."))
    question = {
        "title": _("Delete this message?"),
        "object": message.subject,
        "sentences": [_("The message, its files and its deadlines will be deleted. This cannot be undone.")],
        "button": _("Delete message"),
        "stop": True,
        "back": message.get_absolute_url(),
    }
    return form_view(
        request,
        template=CONFIRMATION_TEMPLATE,
        context=question,
        action=lambda: actions.delete_correspondence_message(actor=request.user, message=message),
        success_message=_("Message deleted."),
        redirect_to=reverse("proposals:correspondence", args=[coalition.slug]),
    )


@require_http_methods(["GET", "POST"])
def message_filing(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """File a message with another proposal."""
    message = get_editable_message_or_404(request, coalition, pk)
    proposals = Proposal.objects.visible_to(request.user).of(coalition).filter(state__in=FILEABLE_STATES)
    if not policies.can_handle_correspondence(request.standing, coalition):
        proposals = proposals.filter(authorships__person=request.user)
    form = MessageFilingForm(get_form_data(request), proposals=proposals, initial={"proposal": message.proposal_id})
    return form_view(
        request,
        form,
        template=CORRESPONDENCE_FORM_TEMPLATE,
        context={"above": message.get_absolute_url(), "above_title": message, "heading": _("File with a proposal")}
        | {"button": _("File this message")},
        action=lambda: actions.file_message_with_proposal(
            actor=request.user,
            message=message,
            proposal=_attach_proposal_coalition(coalition, form.cleaned_data["proposal"]),
        ),
        success_message=_("Message filed."),
        redirect_to=lambda filed: _get_url_after_filing(filed, coalition),
    )


def _attach_proposal_coalition(coalition: Coalition, proposal: Proposal | None) -> Proposal | None:
    if proposal is not None:
        proposal.coalition = coalition
    return proposal


def _get_url_after_filing(message: CorrespondenceMessage, coalition: Coalition) -> str:
    """A member of the team may not read it any more."""
    if message.proposal_id is None:
        return reverse("proposals:correspondence", args=[coalition.slug])
    return reverse("proposals:proposal_correspondence", args=[coalition.slug, message.proposal_id])


@require_POST
def message_share(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    message = get_editable_message_or_404(request, coalition, pk)
    return form_view(
        request,
        action=lambda: actions.share_message_with_members(actor=request.user, message=message),
        success_message=_("Message shared. All members can read it."),
        redirect_to=message,
        makes_public=True,
    )


@require_POST
def message_unshare(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    message = get_editable_message_or_404(request, coalition, pk)
    return form_view(
        request,
        action=lambda: actions.stop_sharing_message(actor=request.user, message=message),
        success_message=_(
            "The message is no longer shared. Only coordinators, chairs, rapporteurs and the team of the proposal"
            " can read the message."
        ),
        redirect_to=message,
    )


@require_http_methods(["GET", "POST"])
def secretariat_edit(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    if not policies.can_edit_secretariat(request.standing, coalition):
        raise PermissionDenied(_("Only coordinators can change the email addresses of the secretariat."))
    current = SecretariatAddress.objects.filter(coalition=coalition).values_list("address", flat=True)
    form = SecretariatAddressesForm(get_form_data(request), initial={"addresses": "\n".join(current)})
    above = reverse("proposals:correspondence", args=[coalition.slug])
    return form_view(
        request,
        form,
        template=CORRESPONDENCE_FORM_TEMPLATE,
        context={"above": above, "above_title": _("Correspondence"), "heading": _("Email addresses of the secretariat")}
        | {"button": _("Save addresses")},
        action=lambda: actions.save_secretariat_addresses(
            actor=request.user, coalition=coalition, email_addresses=form.cleaned_data["addresses"]
        ),
        success_message=_("Addresses saved."),
        redirect_to=above,
    )
