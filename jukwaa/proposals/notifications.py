"""Emails about the people of a proposal: to its team, and to those who submit it."""

from collections.abc import Iterator
from functools import partial

from django.contrib.auth.models import AnonymousUser

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity
from jukwaa.coalitions.standing import Standing
from jukwaa.meetings.models import Meeting
from jukwaa.proposals import correspondence_emails as correspondence
from jukwaa.proposals.invitations import is_open_for_email, write_text
from jukwaa.proposals.models import Participant, Proposal
from jukwaa.proposals.origins import find_meetings
from jukwaa.proposals.people import get_name
from jukwaa.proposals.people_urls import get_participant_path
from jukwaa.records.models import State
from jukwaa.updates.letters import News, Text, render_email
from jukwaa.updates.models import Topic
from jukwaa.updates.recipients import actor_of, coordinators, find_members
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


@notifications.register(("session-proposal", "became-meeting"))
def notify_session_planned(activity: Activity) -> Iterator[News]:
    """To the people of the proposal who are coming. Members are invited to the meeting itself."""
    proposals = Proposal.objects.select_related("coalition").filter(state=State.PUBLISHED)
    proposal = proposals.filter(pk=activity.object_id).first()
    meeting = find_meetings(proposal).first() if proposal else None
    if proposal is None or meeting is None or not is_open_for_email(proposal):
        return
    members = [person.pk for person in find_members(proposal.coalition)]
    coming = Participant.objects.filter(proposal=proposal, person__isnull=False, status__in=Participant.COMING)
    for participant in coming.exclude(person__in=members).select_related("person__adult_contact"):
        participant.proposal = proposal
        yield News(
            coalition=proposal.coalition,
            people=[participant.person] if participant.person else [],
            topic=Topic.CONCERNS,
            write=partial(_write_planned, participant, meeting),
            once=f"session-planned:{participant.pk}:{meeting.pk}",
        )


def _write_planned(participant: Participant, meeting: Meeting) -> Text:
    """The link leads to a page that needs no account: the meeting, or else the coalition."""
    is_public = Meeting.objects.visible_to(AnonymousUser()).filter(pk=meeting.pk).exists()
    page = meeting if is_public else participant.coalition
    return write_text(participant, "proposals/email/session_planned.txt", page.get_absolute_url(), meeting=meeting)


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
    """Return those who write the proposal and have a seat, and the coordinators once they have submitted it."""
    seats = {person.pk for person in find_members(proposal.coalition)}
    team = [row.person for row in proposal.authorships.select_related("person") if row.person_id in seats]
    submitting: list[Person] = coordinators(proposal.coalition) if proposal.is_submitted or not team else []
    return list(dict.fromkeys([*team, *submitting]))


notifications.register(("correspondencemessage", "filed-message"))(correspondence.notify_message_filed)
notifications.register(("correspondencemessage", "held-message"))(correspondence.notify_message_held)
notifications.register(("correspondencedraft", "asked-review"))(correspondence.notify_review_requested)
notifications.register(("correspondencedraft", "reviewed-draft"))(correspondence.notify_reviewed)
