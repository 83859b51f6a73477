"""Emails about the people of a proposal: to its team, and to those who submit it."""

from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity
from jukwaa.coalitions.standing import Standing
from jukwaa.meetings.invitations import build_invitation_path
from jukwaa.meetings.notifications import build_invitation_notification
from jukwaa.meetings.session_people import build_guest_emails
from jukwaa.proposals import correspondence_emails as correspondence
from jukwaa.proposals.models import Participant, Proposal
from jukwaa.proposals.participant_lookups import get_participant_name
from jukwaa.proposals.people_urls import get_participant_path
from jukwaa.proposals.proposal_results import find_meetings_of_proposal
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import EmailText, NotificationEmail, render_email
from jukwaa.updates.recipients import find_coalition_coordinators, find_people_with_seat, get_actor_ids
from jukwaa.updates.registries import notifications


@notifications.register(("participant", "flagged-participant"))
def notify_participant_flagged(activity: Activity) -> Iterator[NotificationEmail]:
    """Somebody has declined or withdrawn, holds two roles at one time, or is in too many sessions."""
    rows = Participant.objects.with_open_problems().filter(pk=activity.object_id)
    participant = rows.select_related("person", "proposal__coalition", "proposal__submission").first()
    if participant is None:
        return
    proposal = participant.proposal

    def render_email_for_reader(email_reader: Person) -> EmailText:
        return _render_participant_problem(participant, Standing(email_reader, proposal.coalition))

    yield NotificationEmail(
        coalition=proposal.coalition,
        people=find_team_members(proposal),
        topic=EmailTopic.CONCERNS,
        write=lambda: _render_participant_problem(participant, Standing(AnonymousUser(), proposal.coalition)),
        write_to=render_email_for_reader,
        record=proposal,
        once=f"flagged-participant:{participant.pk}:{participant.problem}:{participant.problem_at:%Y%m%dT%H%M%S}",
        but=get_actor_ids(activity),
    )


@notifications.register(("participant", "answered-invitation"), ("participant", "recorded-answer"))
def notify_late_guest(activity: Activity) -> Iterator[NotificationEmail]:
    """Invite somebody who confirms once the session is a meeting; everybody gets the invitation to it once."""
    confirmed = Participant.objects.confirmed().of_open_proposals().filter(pk=activity.object_id)
    participant = confirmed.select_related("proposal").first()
    meeting = find_meetings_of_proposal(participant.proposal).first() if participant else None
    if meeting is not None and meeting.is_planned and not meeting.is_cancelled:
        yield from build_guest_emails(build_invitation_notification(meeting, []), meeting, build_invitation_path)


def _render_participant_problem(participant: Participant, viewer_standing: Standing) -> EmailText:
    proposal = participant.proposal
    return render_email(
        "proposals/email/participant_problem.txt",
        get_participant_path(participant),
        problem=Participant.Problem(participant.problem).label,
        name=get_participant_name(participant, viewer_standing),
        proposal=proposal,
        is_submitted=proposal.is_submitted,
        is_gone=participant.is_gone,
    )


def find_team_members(proposal: Proposal) -> list[Person]:
    """Return those who write the proposal and have a seat, and the coordinators once they have submitted it."""
    seats = {person.pk for person in find_people_with_seat(proposal.coalition)}
    team = [row.person for row in proposal.authorships.select_related("person") if row.person_id in seats]
    submitting: list[Person] = (
        find_coalition_coordinators(proposal.coalition) if proposal.is_submitted or not team else []
    )
    return list(dict.fromkeys([*team, *submitting]))


notifications.register(("correspondencemessage", "filed-message"))(correspondence.notify_message_filed)
notifications.register(("correspondencemessage", "held-message"))(correspondence.notify_message_held)
notifications.register(("correspondencedraft", "asked-review"))(correspondence.notify_review_requested)
notifications.register(("correspondencedraft", "reviewed-draft"))(correspondence.notify_draft_reviewed)
