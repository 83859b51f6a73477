"""The people of a proposal: the list, one of them, adding, inviting, and what else the team does."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.accounts.models import Person
from jukwaa.coalitions.display_names import get_display_name
from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.known_people import get_known_people
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.core.row_numbers import parse_row_number
from jukwaa.proposals import actions, policies
from jukwaa.proposals.forms import (
    ParticipantEditForm,
    ParticipantNewForm,
    RecordedAnswerForm,
    get_participant_values,
    get_recorded_answer_values,
)
from jukwaa.proposals.invitations import is_open_to_people_changes
from jukwaa.proposals.models import Participant, Proposal
from jukwaa.proposals.participant_lookups import (
    compare_people_with_form,
    find_proposal_participants,
    get_participant_name,
)
from jukwaa.proposals.participant_models import ParticipantRole
from jukwaa.proposals.people_page import build_participant_row, build_people_page, describe_participant_change_rules
from jukwaa.proposals.people_urls import get_participant_path, get_proposal_people_path
from jukwaa.proposals.subject import load_call_for_proposal
from jukwaa.proposals.views.proposals import get_proposal_or_404
from jukwaa.updates.letters import is_mail_held


def get_team_proposal_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> Proposal:
    """403 for those who may read it and do not work on it: they do not see who was invited."""
    proposal = get_proposal_or_404(request, coalition, pk)
    if not policies.can_handle_people(request.standing, proposal):
        raise PermissionDenied(
            _(
                "Only coordinators, chairs, rapporteurs and the team of this proposal can see and change its list of"
                " people."
            )
        )
    return proposal


def get_participant_or_404(request: MemberRequest, coalition: Coalition, pk: int, participant: int) -> Participant:
    proposal = get_team_proposal_or_404(request, coalition, pk)
    rows = Participant.objects.filter(proposal=proposal).select_related("person")
    found = get_object_or_404(rows, pk=participant)
    found.proposal = proposal
    return found


@require_GET
def participant_list(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    proposal = get_team_proposal_or_404(request, coalition, pk)
    people = build_people_page(proposal, request.standing, timezone.now())
    return render_page(request, "proposals/participant_list.html", {"proposal": proposal, "people": people})


@require_GET
def participant_detail(request: MemberRequest, coalition: Coalition, pk: int, participant: int) -> HttpResponse:
    found = get_participant_or_404(request, coalition, pk, participant)
    context = {
        "proposal": found.proposal,
        "row": build_participant_row(found, request.standing),
        "problem_seen": actions.hash_participant_problem(found),
        "is_open": is_open_to_people_changes(found.proposal),
        "notice": describe_participant_change_rules(found.proposal, timezone.localdate()),
    }
    return render_page(request, "proposals/participant_detail.html", context)


@require_http_methods(["GET", "POST"])
def participant_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """`?person=7` is somebody known here, `?organisation=7` or `?name=` who else it is, `?role=speaker` their role."""
    proposal = get_team_proposal_or_404(request, coalition, pk)
    person = _get_known_person(request, coalition)
    form = ParticipantNewForm(
        get_form_data(request), person=person, initial=_get_initial_participant(request, coalition)
    )
    return form_view(
        request,
        form,
        template="proposals/participant_new.html",
        context=lambda: {
            "proposal": proposal,
            "name": get_display_name(person, request.standing) if person else "",
            "notice": describe_participant_change_rules(proposal, timezone.localdate()),
        },
        action=lambda: _add_participant_from_form(request, proposal, form),
        success_message=lambda added: (
            _format_invitation_sent_message(coalition)
            if added.invited_at
            else _("Person added. They have not been invited yet.")
        ),
        redirect_to=get_proposal_people_path(proposal),
    )


def _format_invitation_sent_message(coalition: Coalition) -> str:
    if is_mail_held(coalition):
        return _("Invitation saved. We will send it after a coordinator has approved it.")
    return _("Invitation sent.")


def _add_participant_from_form(request: MemberRequest, proposal: Proposal, form: ParticipantNewForm) -> Participant:
    facts, token = form.get_facts(), form.cleaned_data["token"]
    if form.cleaned_data["invites"]:
        return actions.invite_participant(actor=request.user, proposal=proposal, participant_facts=facts, token=token)
    return actions.add_participant(actor=request.user, proposal=proposal, participant_facts=facts, token=token)


def _get_known_person(request: MemberRequest, coalition: Coalition) -> Person | None:
    if not request.GET.get("person"):
        return None
    number = parse_row_number(request.GET["person"])
    person: Person | None = get_known_people(coalition).filter(pk=number).first() if number else None
    if person is None:
        raise Http404
    return person


def _get_initial_participant(request: MemberRequest, coalition: Coalition) -> dict[str, Any]:
    asked = request.GET
    number = parse_row_number(asked.get("organisation", ""))
    organisation = Organisation.objects.of(coalition).filter(pk=number).first() if number else None
    return {
        "name": asked.get("name", "")[:120],
        "organisation": organisation.name if organisation else "",
        "roles": [role for role in asked.getlist("role") if role in ParticipantRole],
    }


@require_http_methods(["GET", "POST"])
def participant_edit(request: MemberRequest, coalition: Coalition, pk: int, participant: int) -> HttpResponse:
    found = get_participant_or_404(request, coalition, pk, participant)
    form = ParticipantEditForm(get_form_data(request), participant=found)
    return form_view(
        request,
        form,
        template="proposals/participant_edit.html",
        context=lambda: (
            {"proposal": found.proposal, "row": build_participant_row(found, request.standing), "title": _("Edit")}
        ),
        action=lambda: actions.change_participant(
            actor=request.user, participant=found, facts=form.get_facts(), seen=form.cleaned_data["seen"]
        ),
        current_values=lambda conflict: get_participant_values(conflict.current),
        success_message=_("Changes saved."),
        redirect_to=get_participant_path(found),
    )


@require_http_methods(["GET", "POST"])
def participant_record(request: MemberRequest, coalition: Coalition, pk: int, participant: int) -> HttpResponse:
    """An answer that came by phone or in person."""
    found = get_participant_or_404(request, coalition, pk, participant)
    form = RecordedAnswerForm(get_form_data(request), participant=found)
    return form_view(
        request,
        form,
        template="proposals/participant_edit.html",
        context=lambda: (
            {
                "proposal": found.proposal,
                "row": build_participant_row(found, request.standing),
                "title": _("Record an answer"),
            }
        ),
        action=lambda: actions.record_participant_answer(
            actor=request.user,
            participant=found,
            participant_answer=form.cleaned_data["answer"],
            seen_fingerprint=form.cleaned_data["seen"] or None,
        ),
        current_values=lambda conflict: get_recorded_answer_values(conflict.current),
        success_message=_("Answer recorded."),
        redirect_to=get_participant_path(found),
    )


@require_POST
def participant_invite(request: MemberRequest, coalition: Coalition, pk: int, participant: int) -> HttpResponse:
    found = get_participant_or_404(request, coalition, pk, participant)
    return form_view(
        request,
        action=lambda: actions.send_invitation(actor=request.user, participant=found),
        success_message=_format_invitation_sent_message(coalition),
        redirect_to=get_participant_path(found),
    )


@require_POST
def participant_remind(request: MemberRequest, coalition: Coalition, pk: int, participant: int) -> HttpResponse:
    found = get_participant_or_404(request, coalition, pk, participant)
    return form_view(
        request,
        action=lambda: actions.remind_participant(actor=request.user, participant=found),
        success_message=_format_invitation_sent_message(coalition),
        redirect_to=get_participant_path(found),
    )


@require_POST
def participant_settle(request: MemberRequest, coalition: Coalition, pk: int, participant: int) -> HttpResponse:
    found = get_participant_or_404(request, coalition, pk, participant)
    return form_view(
        request,
        action=lambda: actions.mark_problem_handled(
            actor=request.user, participant=found, seen=request.POST.get("seen") or None
        ),
        success_message=_("Problem marked as resolved."),
        redirect_to=get_participant_path(found),
    )


@require_http_methods(["GET", "POST"])
def participant_remove(request: MemberRequest, coalition: Coalition, pk: int, participant: int) -> HttpResponse:
    found = get_participant_or_404(request, coalition, pk, participant)
    row = build_participant_row(found, request.standing)
    if request.method == "GET":
        return render_page(request, "proposals/participant_remove.html", {"proposal": found.proposal, "row": row})
    return form_view(
        request,
        action=lambda: actions.remove_participant(actor=request.user, participant=found),
        success_message=_("Person removed from the proposal."),
        redirect_to=get_proposal_people_path(found.proposal),
    )


@require_POST
def participant_names_copy(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    proposal = get_team_proposal_or_404(request, coalition, pk)
    return form_view(
        request,
        action=lambda: actions.copy_names_to_form(actor=request.user, proposal=proposal),
        success_message=lambda copied: _format_names_copied_message(copied, request.standing),
        redirect_to=get_proposal_people_path(proposal),
    )


def _format_names_copied_message(proposal: Proposal, viewer_standing: Standing) -> str:
    """Return what was done, who was left out, and whether lines about nobody on the page are still in the form."""
    names = compare_people_with_form(
        load_call_for_proposal(proposal), proposal, list(find_proposal_participants(proposal))
    )
    done = _("Names copied to the form.")
    if names.left_out:
        left_out = join_with_separator(get_participant_name(row, viewer_standing) for row in names.left_out)
        done = _("Names copied to the form. Left out, because they have not confirmed yet: %(names)s.") % {
            "names": left_out
        }
    return f"{done} {_('Other lines are still in the form. Check them below.')}" if names.others else done
