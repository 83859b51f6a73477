"""Emails about the people of a proposal: to its team, and to those who submit it."""

from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity
from jukwaa.coalitions.standing import Standing
from jukwaa.proposals.models import Participant, Proposal
from jukwaa.proposals.people import get_name
from jukwaa.proposals.people_urls import get_participant_path
from jukwaa.updates.letters import News, Text, render_email
from jukwaa.updates.models import Topic
from jukwaa.updates.recipients import actor_of, coordinators
from jukwaa.updates.registries import notifications


@notifications.register(("participant", "flagged-participant"))
def notify_participant_flagged(activity: Activity) -> Iterator[News]:
    """Somebody has declined or withdrawn, holds two roles at one time, or is in too many sessions."""
    rows = Participant.objects.with_problems().filter(pk=activity.object_id)
    participant = rows.select_related("person", "proposal__coalition", "proposal__submission").first()
    if participant is None:
        return
    proposal = participant.proposal

    def write_to(reader: Person) -> Text:
        return _write(participant, Standing(reader, proposal.coalition))

    yield News(
        coalition=proposal.coalition,
        people=find_team(proposal),
        topic=Topic.CONCERNS,
        write=lambda: _write(participant, Standing(AnonymousUser(), proposal.coalition)),
        write_to=write_to,
        record=proposal,
        once=f"flagged-participant:{participant.pk}:{participant.problem}:{participant.problem_at:%Y%m%dT%H%M%S}",
        but=actor_of(activity),
    )


def _write(participant: Participant, standing: Standing) -> Text:
    proposal = participant.proposal
    return render_email(
        "proposals/email/participant_problem.txt",
        get_participant_path(participant),
        problem=Participant.Problem(participant.problem).label,
        name=get_name(participant, standing),
        proposal=proposal,
        is_submitted=proposal.is_submitted,
        is_gone=participant.is_gone,
    )


def find_team(proposal: Proposal) -> list[Person]:
    """Return those who write the proposal, and the coordinators once they have submitted it."""
    team = [row.person for row in proposal.authorships.select_related("person")]
    submitting: list[Person] = coordinators(proposal.coalition) if proposal.is_submitted or not team else []
    return list(dict.fromkeys([*team, *submitting]))
