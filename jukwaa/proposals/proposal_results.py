"""What came of a proposal: its meeting, and the consensus calls on it."""

from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from jukwaa.coalitions.models.people import Viewer
from jukwaa.drafting.models import Call, Text
from jukwaa.meetings.models import Meeting
from jukwaa.proposals.models import Proposal
from jukwaa.records.models import Link, State

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


def find_consensus_status(viewer: Viewer, proposal: Proposal) -> ConsensusStatus | None:
    """Return the latest call that the viewer may read."""
    readable = Text.objects.visible_to(viewer).filter(state=State.PUBLISHED)
    asked = Link.objects.filter(from_record=OuterRef("text"), to_record=proposal.pk, relation=BEGAN_AS_RELATION)
    calls = find_consensus_calls(proposal).filter(text__in=readable).select_related("text")
    call = calls.annotate(version=Subquery(asked.values("version")[:1])).first()
    if call is None:
        return None
    return ConsensusStatus(call, call.version != proposal.version)
