"""Emails about plans: added to a team, requests to lead and their answers. None contains text of a plan."""

import pytest

from jukwaa.mail.models import Message
from jukwaa.plans.actions import add_team_member, answer_plan_claim, claim_inactive_plan, leave_plan_team
from jukwaa.plans.models import TeamMember
from jukwaa.updates.actions import stop_emails_of_topic
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from jukwaa.updates.models import EmailTopic
from tests.factories import AffiliationFactory
from tests.plans.plan_steps import build_plan_url
from tests.plans.test_team import end_affiliation
from tests.updates.emails import list_written_emails

TEAM_EMAIL_SUBJECT = "[Our Coalition] You have been added to the team of a national plan"


def list_plan_emails():
    while send_pending_activity_notifications():
        pass
    return list_written_emails()


def test_new_team_member_is_notified_without_plan_content(client, plan, plan_lead, team_writer):
    assert list_plan_emails() == [(team_writer.email, TEAM_EMAIL_SUBJECT)]
    message = Message.objects.get()
    assert build_plan_url("plan_detail", plan) in message.body
    assert message.held is False  # while the mail of this coalition waits to be seen by a coordinator
    assert not [word for word in (plan.title, "Fiji", "island", plan_lead.name) if word in message.body]
    client.logout()

    assert client.get(build_plan_url("plan_detail", plan)).status_code == 302


def test_removed_or_unsubscribed_person_is_not_notified(coalition, plan, plan_lead, team_writer, team_reader):
    leave_plan_team(actor=plan_lead, team_member=TeamMember.objects.get(person=team_writer))
    stop_emails_of_topic(person=team_reader, coalition=coalition, topic=EmailTopic.CONCERNS)

    assert list_plan_emails() == []


@pytest.mark.parametrize(
    ("is_request_accepted", "email_text"), [(True, "You now lead the national plan"), (False, "has declined")]
)
def test_request_to_lead_notifies_coordinator_and_requester(
    plan, plan_lead, ministry, coordinator, is_request_accepted, email_text
):
    asks = AffiliationFactory(organisation=ministry, may_speak=True, person__name="Who comes after").person
    end_affiliation(plan_lead)
    claim = claim_inactive_plan(actor=asks, plan=plan)
    assert list_plan_emails() == [
        (coordinator.email, "[Our Coalition] Someone has asked to lead a national plan: please review the request")
    ]
    answer_plan_claim(actor=coordinator, plan_claim=claim, is_granted=is_request_accepted)

    assert list_plan_emails()[1:] == [(asks.email, "[Our Coalition] Your request to lead a national plan")]
    bodies = Message.objects.order_by("pk").values_list("body", flat=True)
    assert email_text in bodies[1]
    assert not [word for word in (plan.title, "Fiji", "Who leads") for body in bodies if word in body]


def test_answered_request_is_not_notified(plan, plan_lead, ministry, coordinator):
    asks = AffiliationFactory(organisation=ministry, may_speak=True).person
    end_affiliation(plan_lead)
    claim = claim_inactive_plan(actor=asks, plan=plan)
    answer_plan_claim(actor=coordinator, plan_claim=claim, is_granted=False)

    assert [to for to, _subject in list_plan_emails()] == [asks.email]


def test_becoming_lead_directly_sends_no_email(plan, plan_lead, team_writer, ministry):
    list_plan_emails()
    before = Message.objects.count()
    add_team_member(actor=plan_lead, plan=plan, person=team_writer, role="leads")

    assert len(list_plan_emails()) == before
