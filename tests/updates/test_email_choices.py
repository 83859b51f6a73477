"""What mail one gets: chosen in the settings, ended with one click."""

import pytest
from django.test import Client
from django.urls import reverse

from jukwaa.mail.models import Message
from jukwaa.records.actions import add_comment
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from jukwaa.updates.models import EmailTopic, MailChoice
from tests.conftest import create_seated_person
from tests.factories import CoalitionFactory, MembershipFactory
from tests.updates.emails import find_link_path


@pytest.fixture
def email_about_comment(document, rapporteur):
    add_comment(actor=rapporteur, record=document, body="Said.")
    send_pending_activity_notifications()
    return Message.objects.get()


def list_unsubscribed_topics():
    return set(MailChoice.objects.filter(wanted=False).values_list("person__email", "topic"))


def test_one_click_unsubscribe_needs_no_cookie(email_about_comment, member):
    """RFC 8058: no cookie, no CSRF token, no question."""
    path = email_about_comment.headers["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8000")
    answer = Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})

    assert email_about_comment.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert answer.status_code == 200
    assert list_unsubscribed_topics() == {(member.email, "comments")}


def test_unsubscribe_link_needs_button(client, email_about_comment, member):
    path = find_link_path(email_about_comment, "/unsubscribe/")

    assert client.get(path).status_code == 200
    assert list_unsubscribed_topics() == set()
    assert client.post(path).status_code == 200
    assert list_unsubscribed_topics() == {(member.email, "comments")}


def test_unsubscribe_page_ends_all_optional_email(client, email_about_comment, member):
    path = find_link_path(email_about_comment, "/unsubscribe/")
    assert client.post(f"{path}all/").status_code == 200

    assert list_unsubscribed_topics() == {(member.email, topic) for topic in EmailTopic.values}


def test_invalid_unsubscribe_link_is_not_found(client, db):
    statuses = [
        client.get(reverse(f"updates:{name}", args=["made-up"])).status_code
        for name in ("unsubscribe", "confirm", "take_out")
    ]

    assert statuses == [404, 404, 404]


def test_email_is_chosen_by_coalition_and_topic(client, mailing_coalition, other_coalition, member):
    client.force_login(member)
    answer = client.post(reverse("updates:mail_settings"), {"ours-wanted": ["news", "concerns"]})

    assert answer.headers["Location"] == reverse("updates:mail_settings")
    assert dict(MailChoice.objects.filter(person=member).values_list("topic", "wanted")) == {
        **dict.fromkeys(EmailTopic.values, False),
        "concerns": True,
        "news": True,
    }


def test_unknown_topic_is_refused(client, mailing_coalition, member):
    client.force_login(member)

    assert client.post(reverse("updates:mail_settings"), {"ours-wanted": ["everything"]}).status_code == 422
    assert MailChoice.objects.count() == 0


def test_one_button_unsubscribes_from_all_optional_email(client, mailing_coalition, member):
    client.force_login(member)
    client.post(reverse("updates:mail_nothing"))

    assert list_unsubscribed_topics() == {(member.email, topic) for topic in EmailTopic.values}


@pytest.mark.parametrize("row_count", [1, 3])
def test_email_choices_query_count_is_constant(client, member, django_assert_num_queries, row_count):
    for _ in range(row_count - 1):
        MembershipFactory(coalition=CoalitionFactory(), organisation=None, person=member)
    client.force_login(member)
    with django_assert_num_queries(4):
        client.get(reverse("updates:mail_settings"))


def test_person_without_coalition_sees_explanation(client, db):
    person = create_seated_person(CoalitionFactory(), "Somebody")
    person.memberships.all().delete()
    client.force_login(person)

    assert reverse("home:coalition_list") in client.get(reverse("updates:mail_settings")).content.decode()
