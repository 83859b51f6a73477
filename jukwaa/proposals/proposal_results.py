"""What came of a proposal: its meeting, and the consensus calls on it."""

from dataclasses import dataclass

from django.db.models import QuerySet

from jukwaa.coalitions.standing import Standing
from jukwaa.drafting.models import Call
from jukwaa.meetings.models import Meeting
from jukwaa.proposals.models import Proposal
from jukwaa.records.models import Link, Record, State
from jukwaa.records.provenance import LinkedRecord, get_cached_linked_records

MEETING_KIND = "meeting"
BEGAN_AS_RELATION = Link.Relation.BEGAN_AS


def find_meetings_of_proposal(proposal: Proposal) -> QuerySet[Meeting]:
    """Return the meetings that began as this proposal and have not been withdrawn."""
    made = Meeting.objects.filter(links_out__to_record=proposal.pk, links_out__relation=BEGAN_AS_RELATION)
    return made.exclude(state=State.WITHDRAWN).order_by("pk")


def find_consensus_calls(proposal: Proposal) -> QuerySet[Call]:
    """Return the consensus calls on texts that began as this proposal, the latest first."""
    texts = Link.objects.filter(to_record=proposal.pk, relation=BEGAN_AS_RELATION).values("from_record")
    return Call.objects.filter(text__in=texts).exclude(outcome=Call.Outcome.RESTARTED)


@dataclass(frozen=True)
class ConsensusStatus:
    """The latest consensus call. `is_outdated`: the proposal has been changed since the call began."""

    call: Call
    is_outdated: bool


def find_readable_results(viewer_standing: Standing, proposal: Proposal) -> list[LinkedRecord]:
    """Return what began as the proposal, as far as the viewer may read it: the links that its page shows."""
    links = get_cached_linked_records(proposal, viewer_standing)
    return [each for each in links if each.relation == BEGAN_AS_RELATION and not each.points]


def find_readable_meeting(viewer_standing: Standing, proposal: Proposal) -> Record | None:
    """Return the first meeting that began as the proposal and has not been withdrawn."""
    made = [each.record for each in find_readable_results(viewer_standing, proposal)]
    meetings = [each for each in made if each.kind == MEETING_KIND and each.state != State.WITHDRAWN]
    return min(meetings, key=lambda meeting: meeting.pk, default=None)


def find_consensus_status(viewer_standing: Standing, proposal: Proposal) -> ConsensusStatus | None:
    """Return the latest call that the viewer may read."""
    made = find_readable_results(viewer_standing, proposal)
    versions = {
        each.record.pk: each.version
        for each in made
        if each.record.kind != MEETING_KIND and each.record.state == State.PUBLISHED
    }
    call = find_consensus_calls(proposal).filter(text__in=versions).select_related("text").first()
    if call is None:
        return None
    return ConsensusStatus(call, versions[call.text_id] != proposal.version)
