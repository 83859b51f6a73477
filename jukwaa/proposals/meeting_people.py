"""The people of an accepted proposal are those of the meeting that it became."""

from collections.abc import Iterator

from jukwaa.coalitions.standing import Standing
from jukwaa.meetings.models import Meeting
from jukwaa.meetings.session_people import SessionPeopleSource, SessionPerson, session_people_sources
from jukwaa.proposals import policies
from jukwaa.proposals.invitations import does_person_want_email
from jukwaa.proposals.models import Participant, Proposal
from jukwaa.proposals.participant_lookups import get_participant_sort_key, sort_role_names
from jukwaa.proposals.participant_models import ParticipantRole
from jukwaa.proposals.proposal_results import BEGAN_AS_RELATION
from jukwaa.records.models import State


def find_people_of_meeting(meeting: Meeting) -> Iterator[SessionPerson]:
    """Return those who have confirmed, at least provisionally."""
    rows = Participant.objects.confirmed().filter(
        proposal__links_in__from_record=meeting.pk, proposal__links_in__relation=BEGAN_AS_RELATION
    )
    rows = rows.filter(proposal__state=State.PUBLISHED).select_related("person__adult_contact")
    for row in sorted(rows, key=get_participant_sort_key):
        roles = tuple(ParticipantRole(role).label for role in sort_role_names(row.roles))
        yield SessionPerson(roles, row.person, row.name, row.organisation)


def are_people_shown_to(meeting: Meeting, viewer_standing: Standing) -> bool:
    readable = Proposal.objects.visible_to(viewer_standing.viewer)
    proposals = readable.filter(links_in__from_record=meeting.pk, links_in__relation=BEGAN_AS_RELATION)
    proposal = proposals.select_related("coalition").first()
    return proposal is not None and policies.can_see_session_people(viewer_standing, proposal)


session_people_sources.register("proposals")(
    SessionPeopleSource(find_people_of_meeting, are_people_shown_to, does_person_want_email)
)
