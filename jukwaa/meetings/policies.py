"""Who may do what with a meeting. When it may be done is the action's affair."""

from jukwaa.coalitions.models import Capacity, Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.meetings.commitment_ownership import has_active_owner, is_known_person, is_organisation_represented
from jukwaa.meetings.invitations import has_guardian_consent
from jukwaa.meetings.models import (
    Commitment,
    Entry,
    Idea,
    Meeting,
    MemberUpdate,
    MergeRequest,
    TimePoll,
)
from jukwaa.meetings.session_people import find_session_guests
from jukwaa.records.policies import can_read, can_withdraw_record


def can_manage_minutes(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_rapporteur


def can_propose_decision(viewer: ViewerContext, coalition: Coalition) -> bool:
    """Ask all members in writing. Who may do this also declares the outcome: `drafting.policies.can_manage_call`."""
    standing = viewer.standing(coalition)
    return standing.is_coordinator or standing.is_chair


def can_set_quorum(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_coordinator


def can_see_joining_link(viewer: ViewerContext, meeting: Meeting) -> bool:
    """Members, and everyone where the coalition opened the call to all; under 18, with the consent of an adult."""
    if meeting.joining_link_is_public:
        return True
    person = viewer.viewer
    return viewer.standing(meeting).is_inside and (person.is_anonymous or has_guardian_consent(person, meeting))


def can_withdraw_entry(viewer: ViewerContext, entry: Entry) -> bool:
    """Minutes that a predecessor wrote, too: what a role may do survives a change of person."""
    return viewer.standing(entry).is_rapporteur or can_withdraw_record(viewer, entry)


def can_edit_decision_register(viewer: ViewerContext, decision: Entry) -> bool:
    """How a decision was reached, who disagreed, and whether it is still in force."""
    return viewer.standing(decision).is_rapporteur


def can_set_progress(viewer: ViewerContext, commitment: Commitment) -> bool:
    return is_owner_representative(viewer, commitment) or viewer.standing(commitment.entry).is_rapporteur


def can_confirm_owner(viewer: ViewerContext, commitment: Commitment) -> bool:
    """The proposed owner; a coordinator where nobody here can answer for it, but never in the name of a person."""
    if is_proposed_owner_representative(viewer, commitment):
        return True
    coalition = commitment.entry.coalition
    if not (commitment.proposed_name and viewer.standing(coalition).is_coordinator):
        return False
    if commitment.proposed is None:
        return commitment.proposed_person is None and not is_known_person(commitment.proposed_name, coalition)
    return not is_organisation_represented(commitment.proposed)


def can_decline_owner(viewer: ViewerContext, commitment: Commitment) -> bool:
    if commitment.proposed_name:
        return can_confirm_owner(viewer, commitment)
    return is_owner_representative(viewer, commitment)


def can_propose_owner(viewer: ViewerContext, commitment: Commitment) -> bool:
    return commitment.is_open and can_set_progress(viewer, commitment)


def can_take_over(viewer: ViewerContext, commitment: Commitment) -> bool:
    """Adult members, where nobody owns it now and nobody has been asked to."""
    standing = viewer.standing(commitment.entry)
    if not (standing.is_inside and commitment.is_open) or commitment.proposed_name or has_active_owner(commitment):
        return False
    return not standing.viewer.is_minor and can_read(viewer, commitment.entry)  # type: ignore[union-attr]  # inside: signed in


def can_take_up_offer_or_request(viewer: ViewerContext, entry: Entry) -> bool:
    """Return whether the viewer may take up an offer or a request: adult members may."""
    standing = viewer.standing(entry)
    return standing.is_inside and not standing.viewer.is_minor  # type: ignore[union-attr]  # inside: signed in


def can_close_offer_or_request(viewer: ViewerContext, entry: Entry) -> bool:
    """Also those who made the offer or the request."""
    return viewer.standing(entry).is_rapporteur or any(
        is_representative_of_capacity(viewer, entry, speaker) for speaker in entry.speakers.all()
    )


def is_owner_representative(viewer: ViewerContext, commitment: Commitment) -> bool:
    return commitment.owner is not None and is_representative_of_capacity(viewer, commitment.entry, commitment.owner)


def is_representative_of_capacity(viewer: ViewerContext, entry: Entry, capacity: Capacity) -> bool:
    """Whether they are who spoke in this capacity, or may speak for its organisation today."""
    if capacity.organisation_id is None:
        return viewer.is_person(capacity.person_id)
    return capacity.organisation_id in viewer.standing(entry).speaks_for


def is_proposed_owner_representative(viewer: ViewerContext, commitment: Commitment) -> bool:
    standing = viewer.standing(commitment.entry)
    if (proposed := commitment.proposed) is not None:
        return proposed.pk in standing.speaks_for
    person = commitment.proposed_person
    return person is not None and not person.is_minor and viewer.is_person(person.pk) and standing.is_inside


def can_send_update(viewer: ViewerContext, meeting: Meeting) -> bool:
    """People under 18 are named in no meeting: an adult of their organisation sends its update."""
    return is_adult_member(viewer, meeting) and can_read(viewer, meeting)


def is_adult_member(viewer: ViewerContext, meeting: Meeting) -> bool:
    person = viewer.viewer
    is_adult = person.is_authenticated and not person.is_minor
    return is_adult and viewer.standing(meeting).has_seat


def can_check_in(viewer: ViewerContext, meeting: Meeting) -> bool:
    """As for updates: people under 18 attend unnamed."""
    return can_send_update(viewer, meeting)


def can_correct_minutes(viewer: ViewerContext, meeting: Meeting) -> bool:
    """As for updates: people under 18 are named in no meeting."""
    return can_send_update(viewer, meeting)


def can_remove_update(viewer: ViewerContext, member_update: MemberUpdate) -> bool:
    return viewer.is_person(member_update.author_id) or viewer.standing(member_update.meeting).is_rapporteur


def can_suggest_idea(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).has_seat


def can_support_idea(viewer: ViewerContext, idea: Idea) -> bool:
    return viewer.standing(idea).has_seat and can_read(viewer, idea)


def can_answer_idea(viewer: ViewerContext, idea: Idea) -> bool:
    return can_manage_minutes(viewer, idea.coalition)


def can_decide_merge(viewer: ViewerContext, request: MergeRequest) -> bool:
    """A coordinator, or the author of the other idea where the author of one of them has asked."""
    decided = MergeRequest.objects.decided_by_author(viewer.viewer.pk).filter(pk=request.pk)
    return viewer.standing(request).is_coordinator or decided.exists()


def can_reply_to_invitation(viewer: ViewerContext, meeting: Meeting) -> bool:
    """Members reply, for themselves or for the organisation they represent; people under 18 attend unnamed.

    The people of a session reply too, who need not be members.
    """
    return _is_invited_member(viewer, meeting) or any(map(viewer.is_person, _list_guest_ids(meeting)))


def _is_invited_member(viewer: ViewerContext, meeting: Meeting) -> bool:
    return viewer.standing(meeting).has_seat and can_read(viewer, meeting)


def _list_guest_ids(meeting: Meeting) -> list[int]:
    return [person.pk for person in find_session_guests(meeting)]


def can_answer_poll(viewer: ViewerContext, poll: TimePoll) -> bool:
    """Members: nobody learns who gave which answer."""
    return _is_invited_member(viewer, poll.meeting)
