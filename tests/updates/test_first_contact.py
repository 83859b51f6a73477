"""No email reaches people whom others have entered without saying so, by whom, and how to be removed."""

import pytest
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import PersonFacts, add_person
from jukwaa.mail.models import Message
from jukwaa.updates.actions import release_all_mail
from jukwaa.updates.models import FirstMail, Letter, Topic
from jukwaa.updates.notification_emails import EmailText, NotificationEmail, send_notification
from jukwaa.updates.welcome_emails import send_welcome_emails
from tests.updates.mails import find_link_path


@pytest.fixture
def entered_person(coalition, organisation, coordinator):
    facts = PersonFacts(name="Entered", email="entered@example.org")
    return add_person(actor=coordinator, coalition=coalition, facts=facts, organisation=organisation)


def notify(coalition, person, key="news"):
    text = EmailText("Next meeting", "It is on Monday.", "/")
    news = NotificationEmail(coalition=coalition, people=[person], topic=Topic.REMINDERS, write=lambda: text)
    assert send_notification(news, key=key) == 1
    return Message.objects.latest("pk")


def test_first_notification_says_who_keeps_what_and_how_to_be_removed(client, coalition, coordinator, entered_person):
    release_all_mail(actor=coordinator, coalition=coalition)
    message = notify(coalition, entered_person)
    body = message.body
    assert "It is on Monday." in body
    assert "Your email address: entered@example.org." in body
    assert client.get(find_link_path(message, "/remove-me/")).status_code == 200
    entered_person.refresh_from_db()
    assert entered_person.has_been_informed
    assert "We keep this information" not in notify(coalition, entered_person, "more news").body
    assert send_welcome_emails() == 0


def test_held_notification_informs_person_when_it_is_released(coalition, coordinator, entered_person):
    notify(coalition, entered_person)
    entered_person.refresh_from_db()
    assert not entered_person.has_been_informed
    assert Letter.objects.get().is_first
    release_all_mail(actor=coordinator, coalition=coalition)
    entered_person.refresh_from_db()
    assert entered_person.has_been_informed


def test_people_who_signed_in_are_told_nothing_more(coalition, entered_person):
    Person.objects.filter(pk=entered_person.pk).update(last_login=timezone.now())
    entered_person.refresh_from_db()
    assert "We keep this information" not in notify(coalition, entered_person).body
    assert not FirstMail.objects.exists()
