"""The balance of a proposal, and candidates for its gaps."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import render_page
from jukwaa.proposals import policies
from jukwaa.proposals.balance_page import BalancePage
from jukwaa.proposals.candidates import CandidateSearch
from jukwaa.proposals.forms import CandidateSearchForm
from jukwaa.proposals.invitations import is_open_to_people_changes
from jukwaa.proposals.participant_models import ParticipantRole
from jukwaa.proposals.proposal_page import build_proposal_page
from jukwaa.proposals.views.proposals import get_proposal_or_404


@require_GET
def proposal_balance(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    proposal = get_proposal_or_404(request, coalition, pk)
    if not policies.can_see_balance(request.standing, proposal):
        raise PermissionDenied(_("Only members can see the balance of people in this proposal."))
    balance = BalancePage(build_proposal_page(proposal, timezone.now()))
    can_find = is_open_to_people_changes(proposal) and policies.can_find_candidates(request.standing, proposal)
    context = {"proposal": proposal, "call": balance.call, "balance": balance, "can_find": can_find}
    return render_page(request, "proposals/proposal_balance.html", context)


@require_GET
def candidate_list(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Whom the coalition knows, by the groups and languages that the address asks for."""
    proposal = get_proposal_or_404(request, coalition, pk)
    if not (is_open_to_people_changes(proposal) and policies.can_find_candidates(request.standing, proposal)):
        raise PermissionDenied(
            _(
                "Only coordinators, chairs, rapporteurs and the team of the proposal can look for people to invite,"
                " while the proposal is open."
            )
        )
    form = CandidateSearchForm(request.GET, coalition=coalition, interface_language=get_language() or "en")
    asked = proposal.participants.filter(person__isnull=False)
    search = CandidateSearch(
        request.standing, form.candidate_filter, asked.values("person"), request.GET.get("page", "")
    )
    context = {
        "proposal": proposal,
        "form": form,
        "rows": search.find_candidates(),
        "page": search.candidate_page,
        "role": form.requested_role,
        "role_label": ParticipantRole(form.requested_role).label,
    }
    return render_page(request, "proposals/candidate_list.html", context)
