"""Who may do what with a meeting. When it may be done is the action's affair."""

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.meetings.models import Commitment, Entry, Meeting
from jukwaa.records.policies import can_read, can_withdraw


def can_keep_minutes(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_rapporteur


def can_see_joining_link(viewer: ViewerContext, meeting: Meeting) -> bool:
    """Members, and everyone where the coalition opened the call to all."""
    return meeting.joining_link_is_public or viewer.standing(meeting).is_inside


def can_withdraw_entry(viewer: ViewerContext, entry: Entry) -> bool:
    """Minutes that a predecessor wrote, too: what a role may do survives a change of person."""
    return viewer.standing(entry).is_rapporteur or can_withdraw(viewer, entry)


def can_set_progress(viewer: ViewerContext, commitment: Commitment) -> bool:
    return speaks_for_the_owner(viewer, commitment) or viewer.standing(commitment.entry).is_rapporteur


def speaks_for_the_owner(viewer: ViewerContext, commitment: Commitment) -> bool:
    owner = commitment.owner
    if owner is None:
        return False
    if owner.organisation_id is None:
        return viewer.is_person(owner.person_id)
    return owner.organisation_id in viewer.standing(commitment.entry).speaks_for


def can_reply_to_invitation(viewer: ViewerContext, meeting: Meeting) -> bool:
    """Members reply, for themselves or for the organisation they represent; people under 18 attend unnamed."""
    return viewer.standing(meeting).has_seat and can_read(viewer, meeting)
