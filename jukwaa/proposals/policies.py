"""Who may do what with calls for proposals, and with proposals."""

from jukwaa.coalitions.models import Coalition, Role
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.proposals.correspondence_models import CorrespondenceDraft, CorrespondenceMessage
from jukwaa.proposals.models import Proposal
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
    return is_author(viewer, proposal) or can_start_proposal(viewer, proposal.coalition)


def can_submit_proposal(viewer: ViewerContext, proposal: Proposal) -> bool:
    """Coordinators and chairs: they speak for the coalition. They record the outcome too."""
    standing = viewer.standing(proposal)
    return standing.is_coordinator or Role.Kind.CHAIR in standing.roles


def can_handle_correspondence(viewer: ViewerContext, coalition: Coalition) -> bool:
    """Those who start proposals: they approve held messages and file what is not clear."""
    return can_start_proposal(viewer, coalition)


def can_write_message(viewer: ViewerContext, proposal: Proposal) -> bool:
    """The team of the proposal, as long as its members have a seat, and those in charge."""
    standing = viewer.standing(proposal)
    in_team = standing.has_seat and is_author(viewer, proposal)
    return can_read(viewer, proposal) and (in_team or can_handle_correspondence(viewer, proposal.coalition))


def can_change_message(viewer: ViewerContext, message: CorrespondenceMessage) -> bool:
    """Share it, file it with another proposal, and decide about its deadlines."""
    if message.held_because or message.proposal is None:
        return can_handle_correspondence(viewer, message.coalition)
    return can_write_message(viewer, message.proposal)


def can_change_draft(viewer: ViewerContext, draft: CorrespondenceDraft) -> bool:
    if draft.proposal is None:
        return can_handle_correspondence(viewer, draft.coalition)
    return can_write_message(viewer, draft.proposal)


def can_send_message(viewer: ViewerContext, coalition: Coalition) -> bool:
    """Coordinators and chairs: they speak for the coalition."""
    standing = viewer.standing(coalition)
    return standing.is_coordinator or Role.Kind.CHAIR in standing.roles


def can_edit_secretariat(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_coordinator
