"""The pages of proposals: the list, starting one, its fields, its checks, and joining its team."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.core.keyset_pagination import PageCursor, get_page
from jukwaa.core.refusals import ActionRefused
from jukwaa.meetings.chatham_house_rule import NamesFoundError
from jukwaa.meetings.forms import get_names_found_error
from jukwaa.proposals import actions, policies
from jukwaa.proposals.call_catalogue import get_call_catalogue
from jukwaa.proposals.field_comments import count_field_comments
from jukwaa.proposals.forms import ProposalFactsForm, ProposalStartForm, get_fact_values
from jukwaa.proposals.models import ACCEPTED_OUTCOMES, Proposal
from jukwaa.proposals.proposal_page import ProposalPage, build_proposal_page, sort_open_checks_first
from jukwaa.proposals.proposal_results import find_consensus_status, find_readable_meeting
from jukwaa.proposals.views.calls import get_call_entry_or_404, require_call_reader
from jukwaa.records.models.record import NEWEST_RECORD_FIRST
from jukwaa.records.policies import is_author
from jukwaa.records.views.common import get_origin_or_404

type AnyRequest = Request | MemberRequest


def get_proposal_or_404(request: AnyRequest, coalition: Coalition, pk: int) -> Proposal:
    rows = Proposal.objects.visible_to(request.user).of(coalition).annotate_for_page(request.user)
    rows = rows.select_related("submission__by", "submission__proof").with_discussion_flag()
    proposal = get_object_or_404(rows, pk=pk)
    proposal.coalition = coalition
    request.standing.wrote[pk] = proposal.own  # type: ignore[attr-defined]  # annotated
    return proposal


def get_editable_proposal_page_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> ProposalPage:
    """403 for those who may read it and not change it."""
    proposal = get_proposal_or_404(request, coalition, pk)
    if not policies.can_write_proposal(request.standing, proposal):
        raise PermissionDenied(_("Only coordinators, chairs, rapporteurs and the team of this proposal can change it."))
    return build_proposal_page(proposal, timezone.now())


@require_GET
def proposal_list(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require_call_reader(request, coalition)
    readable = Proposal.objects.visible_to(request.user).of(coalition).published().select_related("submission")
    page, entries = get_page(readable, NEWEST_RECORD_FIRST, PageCursor.of(request)), get_call_catalogue(coalition)
    calls = {name: entry.call for name, entry in entries.items()}
    context = {"page": page, "rows": [(proposal, calls.get(proposal.call_name)) for proposal in page.rows]}
    return render_page(request, "proposals/proposal_list.html", context)


@require_http_methods(["GET", "POST"])
def proposal_new(request: MemberRequest, coalition: Coalition, name: str) -> HttpResponse:
    """A proposal in the call of this name. `?from=7` is the record that it begins as."""
    if not policies.can_start_proposal(request.standing, coalition):
        raise PermissionDenied(_("Only coordinators, chairs and rapporteurs can start a proposal."))
    call = get_call_entry_or_404(get_call_catalogue(coalition), name).call
    if call is None:
        raise Http404
    origin = get_origin_or_404(request, coalition)
    form = ProposalStartForm(get_form_data(request), viewer=request.user, coalition=coalition, origin_record=origin)
    return form_view(
        request,
        form,
        template="proposals/proposal_new.html",
        context={"call": call, "name": name},
        action=lambda: _start_proposal_from_form(request, coalition, name, form),
        success_message=_("Proposal started. Members can read it."),
        redirect_to=lambda proposal: proposal,
    )


def _start_proposal_from_form(
    request: MemberRequest, coalition: Coalition, call_name: str, form: ProposalStartForm
) -> Proposal:
    try:
        return actions.start_proposal(actor=request.user, coalition=coalition, call_name=call_name, **form.get_values())
    except NamesFoundError as error:
        raise ActionRefused(get_names_found_error(error), "title") from error


@login_not_required
@require_GET
@cache_for_visitors
def proposal_detail(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    proposal = get_proposal_or_404(request, coalition, pk)
    is_inside = request.standing.is_inside
    agreement = find_consensus_status(request.standing, proposal) if is_inside else None
    shown = build_proposal_page(
        proposal, timezone.now(), count_field_comments(proposal) if is_inside and proposal.is_discussed else None
    )
    context = _get_proposal_permissions(request, proposal) | {
        "proposal": proposal,
        "call": shown.call,
        "shown": shown,
        "submission": proposal.submission if proposal.is_submitted else None,
        "agreement": agreement,
        "is_being_agreed": agreement is not None and not agreement.call.outcome,
        "is_inside": is_inside,
    }
    return render_page(request, "proposals/proposal_detail.html", context)


def _get_proposal_permissions(request: Request, proposal: Proposal) -> dict[str, Any]:
    """Return what the viewer can do next, and the meeting that the proposal has become."""
    standing, is_open_to_change = request.standing, proposal.is_open_to_change
    is_open = is_open_to_change and not proposal.is_submitted
    is_accepted = proposal.is_submitted and proposal.submission.outcome in ACCEPTED_OUTCOMES
    meeting = find_readable_meeting(standing, proposal) if is_accepted else None
    return {
        "can_submit": is_open_to_change and policies.can_submit_proposal(standing, proposal),
        "can_write": is_open and policies.can_write_proposal(standing, proposal),
        "is_team": policies.can_handle_people(standing, proposal),
        "can_call": is_open and policies.can_start_consensus_call(standing, proposal),
        "can_join": is_open and standing.has_seat and not is_author(standing, proposal),
        "can_create_meeting": is_accepted and meeting is None and policies.can_create_meeting(standing, proposal),
        "meeting": meeting,
    }


@require_GET
def proposal_checks(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    proposal = get_proposal_or_404(request, coalition, pk)
    shown = build_proposal_page(proposal, timezone.now())
    can_write = not proposal.is_submitted and policies.can_write_proposal(request.standing, proposal)
    context = {
        "proposal": proposal,
        "call": shown.call,
        "shown": shown,
        "binding": sort_open_checks_first(shown.binding_checks),
        "liked": sort_open_checks_first(shown.preferred_checks),
        "can_write": can_write,
    }
    return render_page(request, "proposals/proposal_checks.html", context)


@require_http_methods(["GET", "POST"])
def proposal_facts(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Questions about rules that only people can answer."""
    shown = get_editable_proposal_page_or_404(request, coalition, pk)
    form = ProposalFactsForm(get_form_data(request), call=shown.call, proposal_facts=shown.proposal.facts)
    return form_view(
        request,
        form,
        template="proposals/proposal_facts.html",
        context={"proposal": shown.proposal, "call": shown.call},
        action=lambda: actions.save_proposal_facts(
            actor=request.user,
            proposal=shown.proposal,
            proposal_facts=form.get_facts(),
            seen_fingerprint=form.cleaned_data["seen"],
        ),
        current_values=lambda conflict: _get_current_facts(form, conflict.current.facts),
        success_message=_("Answers saved."),
        redirect_to=lambda _saved: f"{shown.proposal.get_absolute_url()}checks/",
    )


def _get_current_facts(form: ProposalFactsForm, proposal_facts: dict[str, Any]) -> dict[str, Any]:
    return dict.fromkeys(form.fields, "") | get_fact_values(proposal_facts)


@require_POST
def proposal_join(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    proposal = get_proposal_or_404(request, coalition, pk)
    return form_view(
        request,
        action=lambda: actions.join_proposal_team(actor=request.user, proposal=proposal),
        success_message=_("You have joined the team. You can now edit every field of the proposal."),
        redirect_to=proposal,
    )
