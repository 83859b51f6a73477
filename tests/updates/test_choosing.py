"""What mail one gets: chosen in the settings, ended with one click."""

import pytest
from django.test import Client
from django.urls import reverse

from jukwaa.mail.models import Message
from jukwaa.records.actions import add_comment
from jukwaa.updates.activity_notifications import notify_untold_activities
from jukwaa.updates.models import MailChoice, Topic
from tests.conftest import seated
from tests.factories import CoalitionFactory, MembershipFactory
from tests.updates.mails import link_in


@pytest.fixture
def message(document, rapporteur):
    add_comment(actor=rapporteur, record=document, body="Said.")
    notify_untold_activities()
    return Message.objects.get()


def chosen():
    return set(MailChoice.objects.filter(wanted=False).values_list("person__email", "topic"))


def test_a_mail_program_ends_the_mail_with_one_post_and_no_cookie(message, member):
    """RFC 8058: no cookie, no CSRF token, no question."""
    path = message.headers["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8000")
    answer = Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})

    assert message.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert answer.status_code == 200
    assert chosen() == {(member.email, "comments")}


def test_opening_the_link_ends_nothing_and_its_button_does(client, message, member):
    path = link_in(message, "/unsubscribe/")

    assert client.get(path).status_code == 200
    assert chosen() == set()
    assert client.post(path).status_code == 200
    assert chosen() == {(member.email, "comments")}


def test_the_same_page_ends_everything_but_sign_in(client, message, member):
    path = link_in(message, "/unsubscribe/")
    assert client.post(f"{path}all/").status_code == 200

    assert chosen() == {(member.email, topic) for topic in Topic.values}


def test_a_link_that_is_not_ours_leads_nowhere(client, db):
    statuses = [
        client.get(reverse(f"updates:{name}", args=["made-up"])).status_code
        for name in ("unsubscribe", "confirm", "take_out")
    ]

    assert statuses == [404, 404, 404]


def test_one_chooses_by_coalition_and_topic(client, released, other_coalition, member):
    client.force_login(member)
    answer = client.post(reverse("updates:mail_settings"), {"ours-wanted": ["news", "concerns"]})

    assert answer.headers["Location"] == reverse("updates:mail_settings")
    assert dict(MailChoice.objects.filter(person=member).values_list("topic", "wanted")) == {
        **dict.fromkeys(Topic.values, False),
        "concerns": True,
        "news": True,
    }


def test_what_is_not_a_topic_is_refused_and_nothing_kept(client, released, member):
    client.force_login(member)

    assert client.post(reverse("updates:mail_settings"), {"ours-wanted": ["everything"]}).status_code == 422
    assert MailChoice.objects.count() == 0


def test_nothing_but_sign_in_is_one_button(client, released, member):
    client.force_login(member)
    client.post(reverse("updates:mail_nothing"))

    assert chosen() == {(member.email, topic) for topic in Topic.values}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_choices_costs_the_same_for_one_and_for_three(client, member, django_assert_num_queries, rows):
    for _ in range(rows - 1):
        MembershipFactory(coalition=CoalitionFactory(), organisation=None, person=member)
    client.force_login(member)
    with django_assert_num_queries(4):
        client.get(reverse("updates:mail_settings"))


def test_who_is_in_no_coalition_is_shown_where_they_are(client, db):
    person = seated(CoalitionFactory(), "Somebody")
    person.memberships.all().delete()
    client.force_login(person)

    assert reverse("home:coalition_list") in client.get(reverse("updates:mail_settings")).content.decode()
