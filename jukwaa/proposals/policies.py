"""Who may do what with calls for proposals, and with proposals."""

from jukwaa.coalitions.models import Coalition, Role
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.meetings.policies import can_manage_minutes
from jukwaa.proposals.correspondence_models import CorrespondenceDraft, CorrespondenceMessage
from jukwaa.proposals.models import Proposal, ProposalSettings
from jukwaa.proposals.settings import get_proposal_settings
from jukwaa.records.policies import can_read, is_author


def can_read_calls(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_inside


def can_edit_calls(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_coordinator


def can_start_proposal(viewer: ViewerContext, coalition: Coalition) -> bool:
    """Coordinators, rapporteurs and chairs."""
    standing = viewer.standing(coalition)
    return standing.is_rapporteur or Role.Kind.CHAIR in standing.roles


def can_join_proposal(viewer: ViewerContext, proposal: Proposal) -> bool:
    """Members who can read it and are not in its team yet."""
    return viewer.standing(proposal).has_seat and not is_author(viewer, proposal) and can_read(viewer, proposal)


def can_write_proposal(viewer: ViewerContext, proposal: Proposal) -> bool:
    """Its team, and those who start proposals."""
    return _is_in_team(viewer, proposal) or can_start_proposal(viewer, proposal.coalition)


def _is_in_team(viewer: ViewerContext, proposal: Proposal) -> bool:
    """Those who write it, as long as they have a seat."""
    return viewer.standing(proposal).has_seat and is_author(viewer, proposal)


def can_handle_people(viewer: ViewerContext, proposal: Proposal) -> bool:
    """See who was invited, and invite: the team, as long as its members have a seat, and those who start proposals."""
    in_team = is_author(viewer, proposal) and viewer.standing(proposal).has_seat
    return in_team or can_start_proposal(viewer, proposal.coalition)


def can_submit_proposal(viewer: ViewerContext, proposal: Proposal) -> bool:
    """Coordinators always; chairs and the team as the coalition has decided. They record the outcome too."""
    standing = viewer.standing(proposal)
    is_chair, is_own = Role.Kind.CHAIR in standing.roles, _is_in_team(viewer, proposal)
    if standing.is_coordinator or not (is_chair or is_own):
        return standing.is_coordinator
    match get_proposal_settings(proposal.coalition).submitters:
        case ProposalSettings.Submitters.TEAM:
            return True
        case ProposalSettings.Submitters.CHAIRS:
            return is_chair
        case _:
            return False


def can_change_settings(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_coordinator


def can_create_meeting(viewer: ViewerContext, proposal: Proposal) -> bool:
    """Those who prepare meetings: coordinators and rapporteurs."""
    return can_manage_minutes(viewer, proposal.coalition)


def can_import_sessions(viewer: ViewerContext, coalition: Coalition) -> bool:
    return can_start_proposal(viewer, coalition)


def can_start_consensus_call(viewer: ViewerContext, proposal: Proposal) -> bool:
    """Start a consensus call: coordinators, as for any text."""
    return viewer.standing(proposal).is_coordinator


def can_see_balance(viewer: ViewerContext, proposal: Proposal) -> bool:
    """Members who can read it."""
    return viewer.standing(proposal).is_inside and can_read(viewer, proposal)


def can_see_session_people(viewer: ViewerContext, proposal: Proposal) -> bool:
    """See who has confirmed, in the meeting that the proposal became: members who can read it, as it names them too.

    Whether they can read the proposal is known.
    """
    return viewer.standing(proposal).is_inside


def can_find_candidates(viewer: ViewerContext, proposal: Proposal) -> bool:
    """Those who can invite, as long as they belong to the coalition. Whether they can read the proposal is known."""
    return viewer.standing(proposal).is_inside and can_handle_people(viewer, proposal)


def can_handle_correspondence(viewer: ViewerContext, coalition: Coalition) -> bool:
    """Those who start proposals: they approve held messages and file what is not clear."""
    return can_start_proposal(viewer, coalition)


def can_write_message(viewer: ViewerContext, proposal: Proposal) -> bool:
    """The team of the proposal, as long as its members have a seat, and those in charge."""
    in_team = _is_in_team(viewer, proposal)
    return can_read(viewer, proposal) and (in_team or can_handle_correspondence(viewer, proposal.coalition))


def can_change_message(viewer: ViewerContext, message: CorrespondenceMessage) -> bool:
    """Approve it, share it, file it with another proposal, and decide about its deadlines."""
    if message.proposal is None:
        return can_handle_correspondence(viewer, message.coalition)
    return can_write_message(viewer, message.proposal)


def can_change_draft(viewer: ViewerContext, message_draft: CorrespondenceDraft) -> bool:
    if message_draft.proposal is None:
        return can_handle_correspondence(viewer, message_draft.coalition)
    return can_write_message(viewer, message_draft.proposal)


def can_send_message(viewer: ViewerContext, coalition: Coalition) -> bool:
    """Coordinators and chairs: they speak for the coalition."""
    standing = viewer.standing(coalition)
    return standing.is_coordinator or Role.Kind.CHAIR in standing.roles


def can_edit_secretariat(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_coordinator
