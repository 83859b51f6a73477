"""What the team of a proposal has to deal with: clashes, people who withdraw, invitations without an answer."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Role
from jukwaa.coalitions.standing import Standing
from jukwaa.home.tasks_page import get_tasks
from jukwaa.proposals import actions
from jukwaa.proposals.models import Participant
from tests.conftest import create_seated_person
from tests.factories import RoleFactory
from tests.proposals.speakers import add_speaker, invite_speaker, start_session
from tests.updates.emails import list_written_emails, send_notifications_after_delay


@pytest.fixture
def proposal(mailing_coalition, coordinator):
    return start_session(coordinator, mailing_coalition)


def build_proposal_url(route_name, *args):
    return reverse(f"proposals:{route_name}", args=["ours", *args])


FORM_DATA_BY_PROBLEM = {
    "two-roles": {"roles": ("speaker", "rapporteur")},
    "": {"roles": ("speaker", "organiser")},
}


@pytest.mark.parametrize("problem_name", FORM_DATA_BY_PROBLEM)
def test_incompatible_roles_of_participant_are_flagged(coordinator, proposal, problem_name):
    assert add_speaker(coordinator, proposal, **FORM_DATA_BY_PROBLEM[problem_name]).problem == problem_name


def test_too_many_sessions_are_flagged_until_resolved(coordinator, member, mailing_coalition, proposal):
    second = start_session(coordinator, mailing_coalition, "Another")
    first = add_speaker(coordinator, proposal, person=member)
    other = add_speaker(coordinator, second, person=member)
    flagged = [row.problem for row in Participant.objects.order_by("pk")]
    actions.remove_participant(actor=coordinator, participant=other)
    first.refresh_from_db()

    assert flagged == ["sessions", "sessions"]
    assert first.problem == ""


def test_different_role_in_another_session_is_allowed(coordinator, member, mailing_coalition, proposal):
    add_speaker(coordinator, proposal, person=member)

    assert (
        add_speaker(
            coordinator,
            start_session(coordinator, mailing_coalition, "B"),
            person=member,
            roles=("organiser",),
        ).problem
        == ""
    )


def test_withdrawal_after_submission_creates_task_and_email(client, coordinator, rapporteur, proposal):
    row = add_speaker(coordinator, proposal, address="")
    actions.record_participant_answer(actor=coordinator, participant=row, participant_answer="confirmed")
    actions.submit_proposal(actor=coordinator, proposal=proposal)
    actions.record_participant_answer(actor=rapporteur, participant=row, participant_answer="declined")
    send_notifications_after_delay()
    standing = Standing(coordinator, proposal.coalition)
    task = next(task for task in get_tasks(standing) if "Withdrew" in task.title)

    assert (coordinator.email, "[Our Coalition] Withdrew after confirming: Asha Speaker") in list_written_emails()
    client.force_login(coordinator)
    assert "Mark as resolved" in client.get(task.url).text
    assert (
        "Problem marked as resolved."
        in client.post(build_proposal_url("participant_settle", proposal.pk, row.pk), follow=True).text
    )
    proposal.coalition.refresh_from_db()
    assert not [task for task in get_tasks(standing) if "Withdrew" in task.title]


def test_overdue_invitation_is_a_task(coordinator, proposal):
    row = invite_speaker(coordinator, proposal)
    Participant.objects.update(answer_by=timezone.localdate() - timedelta(days=1))
    found = [task.url for task in get_tasks(Standing(coordinator, proposal.coalition)) if task.is_late]

    assert found == [build_proposal_url("participant_detail", proposal.pk, row.pk)]


def test_only_team_is_notified_of_problem(coordinator, rapporteur, member, proposal):
    chair = create_seated_person(proposal.coalition, "A chair", Role.Kind.CHAIR)
    RoleFactory(coalition=proposal.coalition, person=chair, kind="editor")
    actions.join_proposal_team(actor=member, proposal=proposal)
    row = add_speaker(coordinator, proposal, address="")
    actions.record_participant_answer(actor=coordinator, participant=row, participant_answer="declined")
    send_notifications_after_delay()

    assert [to for to, subject in list_written_emails() if "Declined" in subject] == [member.email]
