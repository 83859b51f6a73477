"""No email reaches people whom others have entered without saying so, by whom, and how to be removed."""

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import PersonFacts, add_person
from jukwaa.coalitions.models import Coalition
from jukwaa.mail.models import Message
from jukwaa.records.actions import add_comment
from jukwaa.updates.actions import approve_held_letters, approve_record_emails, discard_held_letters, release_all_mail
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from jukwaa.updates.models import EmailTopic, FirstMail, Letter
from jukwaa.updates.notification_emails import EmailText, NotificationEmail, send_notification
from jukwaa.updates.welcome_emails import send_welcome_emails
from tests.factories import DocumentFactory


@pytest.fixture
def entered_person(coalition, organisation, coordinator):
    facts = PersonFacts(name="Entered", email="entered@example.org")
    return add_person(actor=coordinator, coalition=coalition, facts=facts, organisation=organisation)


def send_next_meeting_notification(coalition, person, message_key="news"):
    text = EmailText("Next meeting", "It is on Monday.", "/")
    news = NotificationEmail(coalition=coalition, people=[person], topic=EmailTopic.REMINDERS, write=lambda: text)
    assert send_notification(news, key=message_key) == 1
    return Message.objects.latest("pk")


def list_sent_messages():
    return list(Message.objects.order_by("pk").values_list("to", "key"))


def test_first_email_is_sent_before_first_notification(coalition, coordinator, entered_person):
    release_all_mail(actor=coordinator, coalition=coalition)
    send_next_meeting_notification(coalition, entered_person)
    first, news = Message.objects.order_by("pk")
    assert (first.key, "It is on Monday." in news.body) == (f"first:{entered_person.pk}", True)
    assert "Your email address: entered@example.org." in first.body
    entered_person.refresh_from_db()
    assert entered_person.has_been_informed
    send_next_meeting_notification(coalition, entered_person, "more news")
    assert (Message.objects.count(), send_welcome_emails()) == (3, 0)


def test_first_email_remains_held_when_notification_is_discarded(coalition, coordinator, entered_person):
    send_next_meeting_notification(coalition, entered_person)
    held = Letter.objects.get(is_first=False)
    discard_held_letters(actor=coordinator, coalition=coalition, message_ids=[held.pk])
    entered_person.refresh_from_db()
    assert not entered_person.has_been_informed
    assert list_sent_messages() == [("entered@example.org", f"first:{entered_person.pk}")]
    release_all_mail(actor=coordinator, coalition=coalition)
    entered_person.refresh_from_db()
    assert entered_person.has_been_informed


def test_adult_contact_is_informed_about_minor_before_first_notification(coalition, coordinator, organisation, member):
    facts = PersonFacts(name="Young", email="young@example.org", is_minor=True, adult_contact=member)
    minor = add_person(actor=coordinator, coalition=coalition, facts=facts, organisation=organisation)
    send_next_meeting_notification(coalition, minor)
    first = Message.objects.get(key=f"first:{minor.pk}")
    assert (first.to, "because you are the adult contact for Young" in first.body) == (member.email, True)


def test_people_who_have_signed_in_get_no_first_email(coalition, entered_person):
    Person.objects.filter(pk=entered_person.pk).update(last_login=timezone.now())
    entered_person.refresh_from_db()
    send_next_meeting_notification(coalition, entered_person)
    assert (Message.objects.count(), FirstMail.objects.exists()) == (1, False)


def list_emails_sent_to(address):
    return list(Message.objects.filter(to=address, held=False).order_by("pk").values_list("key", flat=True))


def test_approval_of_notification_sends_first_email_before_it(coalition, coordinator, entered_person):
    send_next_meeting_notification(coalition, entered_person)
    news = Letter.objects.get(is_first=False)

    approve_held_letters(actor=coordinator, coalition=coalition, message_ids=[news.pk])

    assert list_emails_sent_to(entered_person.email) == [f"first:{entered_person.pk}", f"news:{entered_person.pk}"]
    entered_person.refresh_from_db()
    assert entered_person.has_been_informed


def test_approval_of_one_email_leaves_first_emails_to_others(coalition, coordinator, entered_person, organisation):
    facts = PersonFacts(name="Other", email="other@example.org")
    other = add_person(actor=coordinator, coalition=coalition, facts=facts, organisation=organisation)
    for person in (entered_person, other):
        send_next_meeting_notification(coalition, person)
    news = Letter.objects.get(is_first=False, person=entered_person)

    approve_held_letters(actor=coordinator, coalition=coalition, message_ids=[news.pk])

    assert (len(list_emails_sent_to(entered_person.email)), list_emails_sent_to(other.email)) == (2, [])


def test_email_approved_before_it_is_written_comes_after_first_email(coalition, coordinator, entered_person, member):
    record = DocumentFactory(coalition=coalition, label="TLP:GREEN", published=True, author=entered_person)
    add_comment(actor=member, record=record, body="When is it due?")
    approve_record_emails(actor=coordinator, record=record)

    send_pending_activity_notifications()

    first, _comment = list_emails_sent_to(entered_person.email)
    assert first == f"first:{entered_person.pk}"
    entered_person.refresh_from_db()
    assert entered_person.has_been_informed


def test_emails_to_people_without_language_are_in_language_of_coalition(coalition, coordinator, entered_person):
    Coalition.objects.update(language="fr")
    coalition.refresh_from_db()
    release_all_mail(actor=coordinator, coalition=coalition)
    send_next_meeting_notification(coalition, entered_person)

    assert entered_person.language == ""
    assert set(Letter.objects.values_list("language", flat=True)) == {"fr"}
    assert "a ajouté votre nom" in Message.objects.earliest("pk").subject


@pytest.mark.parametrize(("posted", "language"), [("fr", ""), ("es", "es")])
def test_corrected_name_is_no_choice_of_language(client, coalition, coordinator, entered_person, posted, language):
    Coalition.objects.update(language="fr")
    client.force_login(coordinator)
    url = reverse("coalitions:person_change", args=[coalition.slug, entered_person.pk])
    client.post(url, {"name": "Another Name", "email": "", "language": posted})
    entered_person.refresh_from_db()

    assert (entered_person.name, entered_person.language) == ("Another Name", language)


def test_chosen_language_precedes_that_of_coalition(coalition, coordinator, entered_person):
    Coalition.objects.update(language="fr")
    coalition.refresh_from_db()
    Person.objects.filter(pk=entered_person.pk).update(language="es")
    entered_person.refresh_from_db()
    send_next_meeting_notification(coalition, entered_person)

    assert Letter.objects.get(is_first=False).language == "es"
