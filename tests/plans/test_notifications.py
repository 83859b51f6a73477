"""Mails about plans: that somebody was named, asks to lead one, or was answered; no word of a plan in any of them."""

import pytest

from jukwaa.mail.models import Message
from jukwaa.plans.actions import add_team_member, answer_claim, claim_plan, leave_team
from jukwaa.plans.models import TeamMember
from jukwaa.updates.actions import stop_topic
from jukwaa.updates.activity_notifications import notify_untold_activities
from jukwaa.updates.models import Topic
from tests.factories import AffiliationFactory
from tests.plans.planning import url
from tests.plans.test_team import gone
from tests.updates.mails import written

NAMED = "[Our Coalition] You have been added to the team of a national plan"


def told():
    while notify_untold_activities():
        pass
    return written()


def test_whoever_is_named_hears_that_they_were_and_no_word_of_the_plan(client, plan, lead, writer):
    assert told() == [(writer.email, NAMED)]
    message = Message.objects.get()
    assert url("plan_detail", plan) in message.body
    assert message.held is False  # while the mail of this coalition waits to be seen by a coordinator
    assert not [word for word in (plan.title, "Fiji", "island", lead.name) if word in message.body]
    client.logout()

    assert client.get(url("plan_detail", plan)).status_code == 302


def test_whoever_is_gone_again_or_wants_no_such_mail_gets_none(coalition, plan, lead, writer, reader):
    leave_team(actor=lead, member=TeamMember.objects.get(person=writer))
    stop_topic(person=reader, coalition=coalition, topic=Topic.CONCERNS)

    assert told() == []


@pytest.mark.parametrize(("granted", "says"), [(True, "You now lead the plan"), (False, "has not confirmed")])
def test_a_coordinator_hears_that_somebody_asks_to_lead_and_who_asked_hears_the_answer(
    plan, lead, ministry, coordinator, granted, says
):
    asks = AffiliationFactory(organisation=ministry, may_speak=True, person__name="Who comes after").person
    gone(lead)
    claim = claim_plan(actor=asks, plan=plan)
    assert told() == [(coordinator.email, "[Our Coalition] Please answer a request to lead a national plan")]
    answer_claim(actor=coordinator, claim=claim, granted=granted)

    assert told()[1:] == [(asks.email, "[Our Coalition] Your request to lead a national plan")]
    bodies = Message.objects.order_by("pk").values_list("body", flat=True)
    assert says in bodies[1]
    assert not [word for word in (plan.title, "Fiji", "Who leads") for body in bodies if word in body]


def test_who_was_answered_before_anybody_was_told_waits_for_nobody(plan, lead, ministry, coordinator):
    asks = AffiliationFactory(organisation=ministry, may_speak=True).person
    gone(lead)
    claim = claim_plan(actor=asks, plan=plan)
    answer_claim(actor=coordinator, claim=claim, granted=False)

    assert [to for to, _subject in told()] == [asks.email]


def test_whoever_takes_a_lead_by_themselves_is_told_nothing(plan, lead, writer, ministry):
    told()
    before = Message.objects.count()
    add_team_member(actor=lead, plan=plan, person=writer, role="leads")

    assert len(told()) == before
