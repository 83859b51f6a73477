"""Commitments: the list, confirming and handing over, the due date; and answering offers and requests."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.core.keyset_pagination import PageCursor
from jukwaa.meetings import actions, policies
from jukwaa.meetings.commitments import (
    CommitmentFilters,
    count_commitments_by_year,
    get_commitment_page,
    get_offer_and_request_page,
)
from jukwaa.meetings.forms_commitments import (
    CommitmentCarryForwardForm,
    CommitmentHandOverForm,
    CommitmentNoteForm,
    CommitmentPlanForm,
    CommitmentTakeOverForm,
    EntryResponseForm,
)
from jukwaa.meetings.models import ANSWERABLE_ENTRY_KINDS, Commitment, Entry
from jukwaa.meetings.views.common import get_entry_or_404, get_organisation_names, require_can_manage_minutes
from jukwaa.meetings.views.entries import find_later_meetings
from jukwaa.meetings.views.meetings import MEETING_FORM_TEMPLATE, build_meeting_form_context
from jukwaa.records.forms import AttachmentForm


@login_not_required
@require_GET
@cache_for_visitors
def commitment_list(request: Request, coalition: Coalition) -> HttpResponse:
    filters = CommitmentFilters.parse_query(request.GET)
    context = {
        "page": get_commitment_page(request.user, coalition, filters, PageCursor.of(request)),
        "filters": filters,
        "statuses": CommitmentFilters.STATUSES,
        "meeting": filters.find_meeting(request.user, coalition),
        "years": count_commitments_by_year(request.user, coalition),
    }
    return render_page(request, "meetings/commitment_list.html", context)


@login_not_required
@require_GET
@cache_for_visitors
def response_list(request: Request, coalition: Coalition) -> HttpResponse:
    """Offers and requests that were made in meetings."""
    status = request.GET.get("status", "")
    status = status if status in Entry.Response.values else ""
    context = {
        "page": get_offer_and_request_page(request.user, coalition, status, PageCursor.of(request)),
        "status": status,
        "statuses": list(Entry.Response),
    }
    return render_page(request, "meetings/response_list.html", context)


@require_POST
def commitment_confirm(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    commitment = get_commitment_or_404(request, coalition, pk)
    require_permission(
        policies.can_confirm_owner(request.standing, commitment),
        _("Only the proposed owner can confirm this commitment."),
    )
    return form_view(
        request,
        action=lambda: actions.confirm_commitment_owner(actor=request.user, commitment=commitment),
        success_message=_("Commitment confirmed. Everyone who can read the commitment can now see its owner."),
        redirect_to=commitment.entry,
    )


@require_http_methods(["GET", "POST"])
def commitment_decline(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    commitment = get_commitment_or_404(request, coalition, pk)
    require_permission(
        policies.can_decline_owner(request.standing, commitment), _("Only the owner can decline this commitment.")
    )
    entry = commitment.entry
    form = CommitmentNoteForm(get_form_data(request), meeting=entry.meeting, is_under_rule=entry.is_chatham)
    return form_view(
        request,
        form,
        template=MEETING_FORM_TEMPLATE,
        context=build_meeting_form_context(entry, _("Decline the commitment"), _("Decline the commitment"))
        | {"lead": _("We will notify the coordinators, so that they can find the right owner.")},
        action=lambda: actions.decline_commitment_ownership(
            actor=request.user, commitment=commitment, note=form.cleaned_data["note"]
        ),
        success_message=_("Commitment declined. We will notify the coordinators."),
        redirect_to=entry,
    )


@require_http_methods(["GET", "POST"])
def commitment_hand_over(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    commitment = get_commitment_or_404(request, coalition, pk)
    sentence = _("Only the owner, the rapporteur, editors and coordinators can hand over an open commitment.")
    require_permission(policies.can_propose_owner(request.standing, commitment), sentence)
    entry = commitment.entry
    form = CommitmentHandOverForm(get_form_data(request), meeting=entry.meeting, is_under_rule=entry.is_chatham)
    return form_view(
        request,
        form,
        template=MEETING_FORM_TEMPLATE,
        context=build_meeting_form_context(entry, _("Hand over this commitment"), _("Ask the new owner"))
        | {"organisations": get_organisation_names(coalition)},
        action=lambda: actions.propose_commitment_owner(
            actor=request.user,
            commitment=commitment,
            owner_voice=form.get_voice(),
            owner_note=form.cleaned_data["note"],
        ),
        success_message=_("Request sent. The organisation will become the owner once it has accepted."),
        redirect_to=entry,
    )


@require_http_methods(["GET", "POST"])
def commitment_take_over(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    commitment = get_commitment_or_404(request, coalition, pk)
    sentence = _("Members can only take over an open commitment that has no owner. Ask the owner to hand it over.")
    require_permission(policies.can_take_over(request.standing, commitment), sentence)
    entry = commitment.entry
    form = CommitmentTakeOverForm(
        get_form_data(request), meeting=entry.meeting, is_under_rule=entry.is_chatham, viewer_standing=request.standing
    )
    return form_view(
        request,
        form,
        template=MEETING_FORM_TEMPLATE,
        context=build_meeting_form_context(entry, _("Take over this commitment"), _("Take over the commitment"))
        | {"lead": _("Everyone who can read this commitment will see its new owner.")},
        action=lambda: actions.take_over_commitment(
            actor=request.user,
            commitment=commitment,
            organisation=form.get_organisation(),
            owner_note=form.cleaned_data["note"],
        ),
        success_message=_("Commitment taken over. You can update its status on this page."),
        redirect_to=entry,
    )


@require_http_methods(["GET", "POST"])
def commitment_plan(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    commitment = get_commitment_or_404(request, coalition, pk)
    sentence = _("Only the owner, the rapporteur, editors and coordinators can change the due date.")
    require_permission(policies.can_set_progress(request.standing, commitment), sentence)
    people = [row.person for row in actions.find_assignable_affiliations(commitment).select_related("person")]
    initial = {"due_on": commitment.due_on, "responsible": commitment.responsible_id or ""}
    form = CommitmentPlanForm(get_form_data(request), people=people, viewer_standing=request.standing, initial=initial)
    owner = commitment.owner
    is_of_organisation = owner.person_id is None if owner else commitment.proposed_person is None
    lead = _(
        "Once an organisation has confirmed the commitment, you can choose the person responsible from that"
        " organisation."
    )
    return form_view(
        request,
        form,
        template=MEETING_FORM_TEMPLATE,
        context=build_meeting_form_context(commitment.entry, _("Due date and person responsible"), _("Save changes"))
        | ({"lead": lead} if is_of_organisation and not people else {}),
        action=lambda: actions.set_due_date_and_person(
            actor=request.user,
            commitment=commitment,
            due_on=form.cleaned_data["due_on"],
            responsible_person=form.get_person(),
        ),
        success_message=_("Changes saved."),
        redirect_to=commitment.entry,
    )


@require_http_methods(["GET", "POST"])
def commitment_file(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    commitment = get_commitment_or_404(request, coalition, pk)
    sentence = _("Only the owner, the rapporteur, editors and coordinators can add evidence.")
    require_permission(policies.can_set_progress(request.standing, commitment), sentence)
    entry, files = commitment.entry, request.FILES if request.method == "POST" else None
    form = AttachmentForm(get_form_data(request), files, taken_names=entry.kind_info.takes_files)
    return form_view(
        request,
        form,
        template="records/attachment_form.html",
        context={"record": entry},
        action=lambda: actions.attach_evidence_to_commitment(
            actor=request.user,
            commitment=commitment,
            file_name=form.cleaned_data["file"].name or "",
            file_bytes=form.cleaned_data["file"].read(),
        ),
        success_message=_("Evidence added."),
        redirect_to=entry,
    )


@require_http_methods(["GET", "POST"])
def commitment_carry_forward(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    commitment = get_commitment_or_404(request, coalition, pk)
    require_can_manage_minutes(request)
    entry = commitment.entry
    form = CommitmentCarryForwardForm(
        get_form_data(request),
        meeting=entry.meeting,
        is_under_rule=entry.is_chatham,
        meetings=find_later_meetings(request, entry),
    )
    return form_view(
        request,
        form,
        template=MEETING_FORM_TEMPLATE,
        context=build_meeting_form_context(
            entry, _("Carry this commitment forward to a later meeting"), _("Carry forward the commitment")
        )
        | {
            "lead": _(
                "The commitment will stay open and will be listed with the commitments of the meeting that you choose."
            )
        },
        action=lambda: actions.carry_commitment_forward(
            actor=request.user,
            commitment=commitment,
            meeting=form.cleaned_data["into"],
            owner_note=form.cleaned_data["note"],
        ),
        success_message=_("Commitment carried forward."),
        redirect_to=entry,
    )


@require_http_methods(["GET", "POST"])
def entry_respond(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    entry = get_entry_or_404(request, coalition, pk)
    if entry.kind not in ANSWERABLE_ENTRY_KINDS:
        raise Http404
    responses = list_allowed_responses(request, entry)
    require_permission(bool(responses), _("Only members can take up an offer or a request."))
    form = EntryResponseForm(get_form_data(request), viewer_standing=request.standing, allowed_responses=responses)
    return form_view(
        request,
        form,
        template=MEETING_FORM_TEMPLATE,
        context=build_meeting_form_context(entry, _("Update the status"), _("Save changes")),
        action=lambda: actions.respond_to_entry(
            actor=request.user,
            entry=entry,
            response=form.cleaned_data["response"],
            organisation=form.get_organisation(),
        ),
        success_message=_("Status updated."),
        redirect_to=entry,
    )


def list_allowed_responses(request: Request | MemberRequest, entry: Entry) -> list[str]:
    """Return the statuses that the viewer may give to an offer or a request."""
    if entry.kind not in ANSWERABLE_ENTRY_KINDS or not request.user.is_authenticated:
        return []
    found = [Entry.Response.TAKEN_UP] if policies.can_take_up_offer_or_request(request.standing, entry) else []
    if policies.can_close_offer_or_request(request.standing, entry):
        found += [Entry.Response.CLOSED, Entry.Response.OPEN]
    return [each for each in found if each != entry.response]


def get_commitment_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> Commitment:
    """Return the commitment of an entry that the viewer may read. Raises Http404."""
    entry = get_entry_or_404(request, coalition, pk)
    commitment: Commitment | None = getattr(entry, "commitment", None)
    if commitment is None:
        raise Http404
    return commitment


def require_permission(is_allowed: bool, sentence: str) -> None:  # noqa: FBT001 - what a policy says
    """Raise PermissionDenied with a sentence, unless it is allowed."""
    if not is_allowed:
        raise PermissionDenied(sentence)
