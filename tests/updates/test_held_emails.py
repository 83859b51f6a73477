"""No mail leaves before a coordinator has seen it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import PersonFacts, add_person, add_to_mailing_list
from jukwaa.coalitions.models import Activity, Affiliation, Membership
from jukwaa.mail.models import Message
from jukwaa.records.actions import add_comment
from jukwaa.updates.actions import approve_held_letters, discard_held_letters, release_all_mail
from jukwaa.updates.activity_notifications import rewrite_held_emails, send_pending_activity_notifications
from jukwaa.updates.letters import queue_letter
from jukwaa.updates.models import Letter
from jukwaa.updates.setup_steps import build_email_step
from jukwaa.updates.welcome_emails import send_welcome_emails
from tests.factories import DocumentFactory
from tests.updates.emails import find_link_path


@pytest.fixture
def person_entered_by_coordinator(coalition, organisation, coordinator):
    """Somebody whom a coordinator entered, and told so in a mail that waits."""
    facts = PersonFacts(name="Entered", email="entered@example.org")
    person = add_person(actor=coordinator, coalition=coalition, facts=facts, organisation=organisation)
    send_welcome_emails()
    return person


def test_email_waits_for_release_by_coordinator(coalition, coordinator, person_entered_by_coordinator):
    first = Message.objects.get()
    assert (first.to, first.held, Person.objects.get(pk=person_entered_by_coordinator.pk).told_at) == (
        "entered@example.org",
        True,
        None,
    )

    assert release_all_mail(actor=coordinator, coalition=coalition) == 1
    assert release_all_mail(actor=coordinator, coalition=coalition) == 0

    assert list(Message.objects.values_list("held", flat=True)) == [False]
    assert Person.objects.get(pk=person_entered_by_coordinator.pk).told_at is not None
    assert Activity.objects.filter(verb="released-mail").count() == 1


def test_email_after_release_is_sent_immediately(coalition, coordinator, organisation):
    release_all_mail(actor=coordinator, coalition=coalition)
    facts = PersonFacts(name="Entered", email="entered@example.org")
    person = add_person(actor=coordinator, coalition=coalition, facts=facts, organisation=organisation)

    assert (send_welcome_emails(), send_welcome_emails()) == (1, 0)
    assert Message.objects.get().held is False
    assert Person.objects.get(pk=person.pk).told_at is not None


def test_first_email_names_author_stored_data_and_removal(coalition, person_entered_by_coordinator, organisation):
    body = Message.objects.get().body

    said = [
        "A coordinator added you to the directory of Our Coalition",
        "- Your name: Entered.",
        "- Your email address: entered@example.org.",
        f"- Your affiliation with {organisation}.",
        "/mail/remove-me/",
        reverse("account_login"),
    ]
    assert [part for part in said if part not in body] == []


def test_people_added_by_list_get_welcome_email_and_applicants_do_not(coalition, coordinator):
    add_to_mailing_list(actor=coordinator, coalition=coalition, email="listed@example.org")
    Person.objects.create_user("by.herself@example.org", last_login=timezone.now())
    Person.objects.create_user("in.no.coalition@example.org")

    assert send_welcome_emails() == 1
    assert Message.objects.get().to == "listed@example.org"


def test_adult_contact_of_minor_gets_welcome_email(coalition, coordinator, organisation, member):
    facts = PersonFacts(name="Young", email="young@example.org", is_minor=True, adult_contact=member)
    add_person(actor=coordinator, coalition=coalition, facts=facts, organisation=organisation)
    send_welcome_emails()

    told = list(Message.objects.order_by("pk").values_list("to", "held"))
    assert told == [(member.email, False), (member.email, True)]  # asked for consent at once; the first email is held


def test_welcome_email_link_opens_removal_page_with_button(client, person_entered_by_coordinator):
    path = find_link_path(Message.objects.get(), "/remove-me/")

    assert client.get(path).status_code == 200
    assert Affiliation.objects.in_force().filter(person=person_entered_by_coordinator).count() == 1
    assert client.post(path).status_code == 200
    assert Affiliation.objects.in_force().filter(person=person_entered_by_coordinator).count() == 0
    assert Person.objects.get(pk=person_entered_by_coordinator.pk).erased_at is not None


def test_discarded_email_is_not_queued_again(coalition, coordinator, person_entered_by_coordinator):
    letter = Letter.objects.get()

    assert discard_held_letters(actor=coordinator, coalition=coalition, message_ids=[letter.pk]) == 1
    assert (send_welcome_emails(), Message.objects.count()) == (0, 0)


def test_emails_can_be_released_individually(coalition, coordinator, person_entered_by_coordinator):
    add_to_mailing_list(actor=coordinator, coalition=coalition, email="listed@example.org")
    send_welcome_emails()
    one = Letter.objects.get(message__to="listed@example.org")

    assert approve_held_letters(actor=coordinator, coalition=coalition, message_ids=[one.pk]).sent_count == 1
    assert list(Message.objects.filter(held=True).values_list("to", flat=True)) == ["entered@example.org"]


def test_email_about_unreadable_record_is_never_sent(coalition, coordinator, member, rapporteur):
    record = DocumentFactory(coalition=coalition, label="TLP:GREEN", published=True, author=rapporteur)
    add_comment(actor=member, record=record, body="First.")
    send_pending_activity_notifications()
    Message.objects.all().delete()
    add_comment(actor=rapporteur, record=record, body="Second.")
    send_pending_activity_notifications()
    assert Message.objects.filter(held=True).count() == 1
    Membership.objects.filter(person=member).update(standing="left", ends_on=timezone.localdate() - timedelta(days=1))

    assert (release_all_mail(actor=coordinator, coalition=coalition), Message.objects.count()) == (0, 0)


def test_only_coordinators_release_email(client, coalition, member, outsider, person_entered_by_coordinator):
    for person in (member, outsider):
        with pytest.raises(PermissionDenied):
            release_all_mail(actor=person, coalition=coalition)
        client.force_login(person)
        assert client.get(reverse("updates:held_mail", args=["ours"])).status_code == 403
        assert client.post(reverse("updates:held_open", args=["ours"])).status_code == 403
    assert Message.objects.get().held is True


@pytest.mark.parametrize(("is_known", "button"), [(False, "Send these 2 emails"), (True, "Send this email")])
def test_button_counts_first_emails_that_are_sent_too(
    client, coalition, coordinator, person_entered_by_coordinator, is_known, button
):
    person = person_entered_by_coordinator
    if is_known:
        Person.objects.filter(pk=person.pk).update(told_at=timezone.now())
    facts = {"to": person.email, "subject": "Spring call", "body": "Hello", "held": True, "batch": "7"}
    queue_letter(coalition=coalition, person=person, key="7:1", **facts)
    client.force_login(coordinator)
    path = reverse("updates:held_mail", args=["ours"])

    assert [button in client.get(path + query).text for query in ("", "?group=7")] == [True, True]


def test_held_mail_page_hides_link_tokens(client, coordinator, person_entered_by_coordinator):
    client.force_login(coordinator)
    page = client.get(reverse("updates:held_mail", args=["ours"])).content.decode()

    assert "entered@example.org" in page
    assert "/mail/remove-me/…" in page
    assert "the email that says so is sent together with the first email that you approve" in page
    assert find_link_path(Message.objects.get(), "/remove-me/") not in page


def test_held_mail_buttons_release_discard_and_open(client, coalition, coordinator, person_entered_by_coordinator):
    client.force_login(coordinator)
    for name, left in [("held_release", 1), ("held_discard", 1), ("held_release_all", 0), ("held_open", 0)]:
        answer = client.post(reverse(f"updates:{name}", args=["ours"]))
        assert answer.headers["Location"] == reverse("updates:held_mail", args=["ours"])
        assert Message.objects.filter(held=True).count() == left
    coalition.refresh_from_db()
    assert coalition.mail_released_at is not None


@pytest.mark.parametrize("row_count", [1, 3])
def test_held_mail_page_query_count_is_constant(client, coalition, coordinator, django_assert_num_queries, row_count):
    for number in range(row_count):
        add_to_mailing_list(actor=coordinator, coalition=coalition, email=f"listed{number}@example.org")
    send_welcome_emails()
    client.force_login(coordinator)
    with django_assert_num_queries(10):
        client.get(reverse("updates:held_mail", args=["ours"]))


def test_welcome_link_expires_after_sign_in(client, person_entered_by_coordinator):
    path = find_link_path(Message.objects.get(), "/remove-me/")
    Person.objects.filter(pk=person_entered_by_coordinator.pk).update(last_login=timezone.now())
    answer = client.post(path)

    assert (answer.status_code, "sign in and open your own page" in answer.text) == (422, True)
    assert Affiliation.objects.in_force().filter(person=person_entered_by_coordinator).count() == 1


def test_held_email_is_rewritten_in_chosen_language(coalition, member, rapporteur):
    record = DocumentFactory(coalition=coalition, label="TLP:GREEN", published=True, author=rapporteur)
    add_comment(actor=member, record=record, body="First.")
    send_pending_activity_notifications()
    before = Message.objects.get(to=rapporteur.email)
    Person.objects.filter(pk=rapporteur.pk).update(language="fr")

    assert (rewrite_held_emails(), rewrite_held_emails()) == (1, 0)

    after = Message.objects.get(to=rapporteur.email)
    assert (after.key, after.held, Letter.objects.get(message=after).language) == (before.key, True, "fr")
    assert after.subject != before.subject
    assert "First." in after.body


def test_held_email_is_rewritten_in_new_language_of_coalition(coalition, member, rapporteur):
    Person.objects.filter(pk=rapporteur.pk).update(language="")
    record = DocumentFactory(coalition=coalition, label="TLP:GREEN", published=True, author=rapporteur)
    add_comment(actor=member, record=record, body="First.")
    send_pending_activity_notifications()
    assert (rewrite_held_emails(), Letter.objects.get().language) == (0, "en")
    type(coalition).objects.update(language="fr")

    assert (rewrite_held_emails(), rewrite_held_emails()) == (1, 0)
    assert Letter.objects.get().language == "fr"


def test_released_email_is_not_rewritten(coalition, coordinator, member, rapporteur):
    record = DocumentFactory(coalition=coalition, label="TLP:GREEN", published=True, author=rapporteur)
    add_comment(actor=member, record=record, body="First.")
    send_pending_activity_notifications()
    release_all_mail(actor=coordinator, coalition=coalition)
    Person.objects.filter(pk=rapporteur.pk).update(language="fr")

    assert rewrite_held_emails() == 0
    assert Message.objects.filter(to=rapporteur.email).count() == 1


def test_emails_to_people_who_want_none_are_not_counted(client, coalition, coordinator, person_entered_by_coordinator):
    add_to_mailing_list(actor=coordinator, coalition=coalition, email="listed@example.org")
    send_welcome_emails()
    client.force_login(coordinator)
    path, sentence = reverse("updates:held_mail", args=["ours"]), "We will not send 1 email, because"
    before = client.get(path).text
    Affiliation.objects.filter(person=person_entered_by_coordinator).update(
        no_invitations=Affiliation.InvitationObjection.OPTED_OUT
    )
    after = client.get(path).text
    client.post(reverse("updates:held_release_all", args=["ours"]))

    assert ["entered@example.org" in page for page in (before, after)] == [True, False]
    assert ["Send all 2 emails" in before, "Send 1 email" in after] == [True, True]
    assert [page.count(sentence) for page in (before, after)] == [0, 1]
    assert list(Message.objects.values_list("to", "held")) == [("listed@example.org", False)]


@pytest.mark.parametrize("objection", Affiliation.InvitationObjection.values)
def test_emails_that_will_not_be_sent_can_be_deleted(
    client, coalition, coordinator, person_entered_by_coordinator, objection
):
    Affiliation.objects.filter(person=person_entered_by_coordinator).update(no_invitations=objection)
    client.force_login(coordinator)
    path = reverse("updates:held_mail", args=["ours"])
    page = client.get(path).text
    sentence = "We will not send 1 email, because this person gets no emails according to an imported list."
    expected = (sentence, "No emails are waiting", "Delete this email")
    assert [text for text in expected if text not in page] == []
    assert build_email_step(coalition).explanation == "0 emails are waiting."

    add_to_mailing_list(actor=coordinator, coalition=coalition, email="listed@example.org")
    send_welcome_emails()
    page = client.post(reverse("updates:held_discard", args=["ours"]), {"unsendable": "all"}, follow=True).text
    assert "1 email deleted" in page
    assert sentence not in page
    assert list(Message.objects.values_list("to", "held")) == [("listed@example.org", True)]
    assert build_email_step(coalition).explanation == "1 email is waiting."
