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
from jukwaa.updates.actions import approve_letters, discard_letters, release_all_mail
from jukwaa.updates.activity_notifications import notify_untold_activities
from jukwaa.updates.models import Letter
from jukwaa.updates.welcome_emails import send_welcome_emails
from tests.factories import DocumentFactory
from tests.updates.mails import link_in


@pytest.fixture
def entered(coalition, organisation, coordinator):
    """Somebody whom a coordinator entered, and told so in a mail that waits."""
    facts = PersonFacts(name="Entered", email="entered@example.org")
    person = add_person(actor=coordinator, coalition=coalition, facts=facts, organisation=organisation)
    send_welcome_emails()
    return person


def test_mail_waits_until_a_coordinator_lets_it_leave_by_itself(coalition, coordinator, entered):
    first = Message.objects.get()
    assert (first.to, first.held, Person.objects.get(pk=entered.pk).told_at) == ("entered@example.org", True, None)

    assert release_all_mail(actor=coordinator, coalition=coalition) == 1
    assert release_all_mail(actor=coordinator, coalition=coalition) == 0

    assert list(Message.objects.values_list("held", flat=True)) == [False]
    assert Person.objects.get(pk=entered.pk).told_at is not None
    assert Activity.objects.filter(verb="released-mail").count() == 1


def test_what_comes_after_the_release_leaves_at_once(coalition, coordinator, organisation):
    release_all_mail(actor=coordinator, coalition=coalition)
    facts = PersonFacts(name="Entered", email="entered@example.org")
    person = add_person(actor=coordinator, coalition=coalition, facts=facts, organisation=organisation)

    assert (send_welcome_emails(), send_welcome_emails()) == (1, 0)
    assert Message.objects.get().held is False
    assert Person.objects.get(pk=person.pk).told_at is not None


def test_the_first_mail_says_who_entered_one_what_is_kept_and_how_to_go(coalition, entered, organisation):
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


def test_people_of_the_list_are_told_too_and_whoever_came_by_themselves_is_not(coalition, coordinator):
    add_to_mailing_list(actor=coordinator, coalition=coalition, email="listed@example.org")
    Person.objects.create_user("by.herself@example.org", last_login=timezone.now())
    Person.objects.create_user("in.no.coalition@example.org")

    assert send_welcome_emails() == 1
    assert Message.objects.get().to == "listed@example.org"


def test_for_somebody_under_18_the_adult_contact_is_told(coalition, coordinator, organisation, member):
    facts = PersonFacts(name="Young", email="young@example.org", is_minor=True, adult_contact=member)
    add_person(actor=coordinator, coalition=coalition, facts=facts, organisation=organisation)
    send_welcome_emails()

    told = list(Message.objects.order_by("pk").values_list("to", "held"))
    assert told == [(member.email, False), (member.email, True)]  # asked for consent at once; the first email is held


def test_the_link_of_the_first_mail_opens_a_page_whose_button_takes_one_out(client, entered):
    path = link_in(Message.objects.get(), "/remove-me/")

    assert client.get(path).status_code == 200
    assert Affiliation.objects.in_force().filter(person=entered).count() == 1
    assert client.post(path).status_code == 200
    assert Affiliation.objects.in_force().filter(person=entered).count() == 0
    assert Person.objects.get(pk=entered.pk).erased_at is not None


def test_a_mail_that_was_thrown_away_is_not_written_again(coalition, coordinator, entered):
    letter = Letter.objects.get()

    assert discard_letters(actor=coordinator, coalition=coalition, pks=[letter.pk]) == 1
    assert (send_welcome_emails(), Message.objects.count()) == (0, 0)


def test_some_can_leave_while_others_wait(coalition, coordinator, entered):
    add_to_mailing_list(actor=coordinator, coalition=coalition, email="listed@example.org")
    send_welcome_emails()
    one = Letter.objects.get(message__to="listed@example.org")

    assert approve_letters(actor=coordinator, coalition=coalition, pks=[one.pk]) == 1
    assert list(Message.objects.filter(held=True).values_list("to", flat=True)) == ["entered@example.org"]


def test_what_its_reader_may_no_longer_see_never_leaves(coalition, coordinator, member, rapporteur):
    record = DocumentFactory(coalition=coalition, label="TLP:GREEN", published=True, author=rapporteur)
    add_comment(actor=member, record=record, body="First.")
    notify_untold_activities()
    Message.objects.all().delete()
    add_comment(actor=rapporteur, record=record, body="Second.")
    notify_untold_activities()
    assert Message.objects.filter(held=True).count() == 1
    Membership.objects.filter(person=member).update(standing="left", ends_on=timezone.localdate() - timedelta(days=1))

    assert (release_all_mail(actor=coordinator, coalition=coalition), Message.objects.count()) == (0, 0)


def test_only_coordinators_let_mail_go(client, coalition, member, outsider, entered):
    for person in (member, outsider):
        with pytest.raises(PermissionDenied):
            release_all_mail(actor=person, coalition=coalition)
        client.force_login(person)
        assert client.get(reverse("updates:held_mail", args=["ours"])).status_code == 403
        assert client.post(reverse("updates:held_open", args=["ours"])).status_code == 403
    assert Message.objects.get().held is True


def test_the_page_shows_what_waits_without_the_keys_of_its_readers(client, coordinator, entered):
    client.force_login(coordinator)
    page = client.get(reverse("updates:held_mail", args=["ours"])).content.decode()

    assert "entered@example.org" in page
    assert "/mail/remove-me/…" in page
    assert link_in(Message.objects.get(), "/remove-me/") not in page


def test_buttons_let_go_throw_away_and_open(client, coalition, coordinator, entered):
    client.force_login(coordinator)
    for name, left in [("held_release", 1), ("held_discard", 1), ("held_release_all", 0), ("held_open", 0)]:
        answer = client.post(reverse(f"updates:{name}", args=["ours"]))
        assert answer.headers["Location"] == reverse("updates:held_mail", args=["ours"])
        assert Message.objects.filter(held=True).count() == left
    coalition.refresh_from_db()
    assert coalition.mail_released_at is not None


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_held_mail_costs_the_same_for_one_and_for_three(
    client, coalition, coordinator, django_assert_num_queries, rows
):
    for number in range(rows):
        add_to_mailing_list(actor=coordinator, coalition=coalition, email=f"listed{number}@example.org")
    send_welcome_emails()
    client.force_login(coordinator)
    with django_assert_num_queries(5):
        client.get(reverse("updates:held_mail", args=["ours"]))


def test_link_of_the_first_email_takes_nobody_out_who_has_signed_in_since(client, entered):
    path = link_in(Message.objects.get(), "/remove-me/")
    Person.objects.filter(pk=entered.pk).update(last_login=timezone.now())
    answer = client.post(path)

    assert (answer.status_code, "sign in and open your own page" in answer.text) == (422, True)
    assert Affiliation.objects.in_force().filter(person=entered).count() == 1
