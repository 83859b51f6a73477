"""The page before a call or a consultation is opened says how many people will be emailed, and who will not be."""

import pytest
from django.urls import reverse

from jukwaa.drafting.notifications.calls import find_call_respondents
from jukwaa.drafting.recipient_counts import count_call_recipients, count_consultation_recipients
from jukwaa.mail.models import Message
from jukwaa.updates.actions import set_wanted_topics
from tests.drafting.consensus import (
    create_open_text,
    create_spokesperson,
    open_consensus_call,
)
from tests.factories import AffiliationFactory, PersonFactory
from tests.meetings.planned_meetings import create_planned_meeting
from tests.updates.emails import send_notifications_after_delay


@pytest.fixture
def text(mailing_coalition, member):
    return create_open_text(mailing_coalition, member)


@pytest.fixture
def helpline(mailing_coalition):
    """A person who answers for a member, and two of the same organisation who get no email."""
    person, organisation = create_spokesperson(mailing_coalition, "A helpline")
    refusing, silent = PersonFactory(), PersonFactory()
    for each, objection in ((refusing, "opted-out"), (silent, "")):
        AffiliationFactory(person=each, organisation=organisation, may_speak=True, no_invitations=objection)
    set_wanted_topics(person=silent, coalition=mailing_coalition, wanted_topics=[])
    return person


def open_page(client, person, route_name, text):
    client.force_login(person)
    return client.get(reverse(f"drafting:{route_name}", args=["ours", text.pk])).text


def test_page_of_new_call_names_the_number_that_is_emailed(client, coordinator, text, helpline):
    number = count_call_recipients(text)
    page = open_page(client, coordinator, "call_new", text)
    assert f"When you open it, we will email {number} p" in page
    assert "1 member should not get emails, according to an imported list, so we will not email them." in page
    assert "a coordinator must approve the emails" not in page

    call = open_consensus_call(text, coordinator)
    send_notifications_after_delay()
    emailed = Message.objects.filter(subject__contains=text.title).values_list("to", flat=True)
    assert (len(emailed), helpline.email in emailed) == (number, True)
    assert len(find_call_respondents(call)) == number + 2


def test_page_of_new_consultation_names_the_number_of_members(client, member, text, helpline):
    page = open_page(client, member, "consultation_new", text)

    assert f"If you ask the members, we will email {count_consultation_recipients(text)} p" in page


def test_page_says_that_emails_wait_for_approval(client, coalition, coordinator, member):
    text = create_open_text(coalition, member)

    assert "Before they are sent, a coordinator must approve the emails." in open_page(
        client, coordinator, "call_new", text
    )


def test_page_of_new_decision_names_the_number_that_is_emailed(client, coordinator, rapporteur, text, helpline):
    create_planned_meeting(text.coalition, author=rapporteur, days=-3, label="TLP:GREEN")
    client.force_login(coordinator)
    page = client.get(reverse("meetings:decision_propose", args=["ours"])).text

    assert f"When you start it, we will email {count_call_recipients(text)} p" in page
