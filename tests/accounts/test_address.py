"""Changing one's email address: both mailboxes confirm it, and an address that somebody has tells nothing."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as site
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jukwaa.accounts.actions import build_sign_in_link
from jukwaa.accounts.models import AddressChange, Person
from jukwaa.core.retention import remove_overdue_rows
from jukwaa.mail.actions import ReplyThread, queue_email
from jukwaa.mail.models import Message, ReplyAddress
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

PAGE = "/account/address/"


@pytest.fixture
def person():
    return PersonFactory(email="old@example.org", name="A person")


@pytest.fixture
def here(person):
    return signed_in(person)


def signed_in(person):
    """Through the door, so that the session is on the list."""
    client = Client()
    client.post(build_sign_in_link(person).removeprefix(site.SITE_URL))
    return client


@pytest.fixture
def change(here):
    """The paths of the links in both emails."""
    here.post(PAGE, {"email": "New@example.org"})
    return path_in("old@example.org"), path_in("new@example.org")


def path_in(address):
    body = Message.objects.filter(to=address).latest("pk").body
    return re.search(r"https?://[^/\s]+(/account/address/link/\S+)", body)[1]


def address_of(person):
    return Person.objects.get(pk=person.pk).email


def test_address_changes_once_both_mailboxes_have_confirmed_it(person, here, change):
    old, new = change
    phone = Client()
    answer = phone.post(old)

    assert "Now open the link in the email to the new address." in answer.text
    assert address_of(person) == "old@example.org"
    assert "Your current address has confirmed the change." in here.get(PAGE).text

    answer = phone.post(new)

    assert "Your email address has been changed" in answer.text
    assert address_of(person) == "new@example.org"
    assert not AddressChange.objects.exists()
    told = Message.objects.filter(to="old@example.org").latest("pk")
    assert (told.subject, "new@example.org" in told.body) == ("Your email address has been changed", True)


@pytest.mark.parametrize("first", [0, 1])
def test_one_mailbox_alone_changes_nothing(person, change, first):
    client = Client()

    assert client.post(change[first]).status_code == 200
    assert client.post(change[first]).status_code == 410

    assert address_of(person) == "old@example.org"


def test_opening_the_links_changes_nothing(person, change):
    client = Client()

    for link in change:
        assert "Confirm the change" in client.get(link).text
        assert client.get(link + "cancel/").status_code == 405

    assert address_of(person) == "old@example.org"
    assert AddressChange.objects.filter(old_confirmed_at=None, new_confirmed_at=None).count() == 1


@pytest.mark.parametrize("side", [0, 1])
def test_either_mailbox_stops_the_change(person, change, side):
    client = Client()

    assert "The change has been stopped" in client.post(change[side] + "cancel/").text

    assert [client.post(link).status_code for link in change] == [410, 410]
    assert address_of(person) == "old@example.org"


def test_person_stops_the_change_in_the_settings(here, change):
    answer = here.post(reverse("accounts:address_stop"), follow=True)

    assert "The change has been stopped." in answer.text
    assert not AddressChange.objects.exists()


def test_links_expire_after_two_days(person, change):
    AddressChange.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert [Client().get(link).status_code for link in change] == [410, 410]
    assert [Client().post(link).status_code for link in change] == [410, 410]
    remove_overdue_rows(timezone.now())
    assert not AddressChange.objects.exists()


def test_a_new_request_replaces_the_one_before(person, here, change):
    here.post(PAGE, {"email": "other@example.org"})

    assert [Client().post(link).status_code for link in change] == [410, 410]
    assert AddressChange.objects.get().address == "other@example.org"


def test_address_of_somebody_else_is_answered_in_the_same_way_and_its_owner_is_told(here):
    PersonFactory(email="taken@example.org", name="Another", language="en")
    here.get(PAGE)  # the greeting after signing in is read
    answers = [here.post(PAGE, {"email": f"{name}@example.org"}, follow=True) for name in ("free", "taken")]
    pages = [re.sub(r'value="[^"]+"', "", answer.text).replace("free@", "taken@") for answer in answers]

    assert pages[0] == pages[1]
    told = Message.objects.get(to="taken@example.org")
    assert "You already have an account with this address" in told.body
    assert "/account/address/link/" not in told.body
    assert Message.objects.filter(to="old@example.org").count() == 2


def test_address_that_somebody_got_in_the_meantime_is_refused(person, change):
    Client().post(change[1])
    PersonFactory(email="new@example.org")

    answer = Client().post(change[0])

    assert (answer.status_code, "can&#x27;t be used" in answer.text) == (410, True)
    assert address_of(person) == "old@example.org"


@pytest.mark.parametrize(("typed", "says"), [("OLD@example.org", "already"), ("no address", "whole email address")])
def test_what_can_not_be_the_new_address_is_said_at_the_field(here, typed, says):
    answer = here.post(PAGE, {"email": typed})

    assert (answer.status_code, says in answer.text) == (422, True)
    assert not AddressChange.objects.exists()


def test_requests_are_limited(here):
    answers = [here.post(PAGE, {"email": f"a{n}@example.org"}) for n in range(6)]

    assert [answer.status_code for answer in answers] == [302] * 5 + [422]
    assert "too many tries" in answers[-1].text


def test_sessions_elsewhere_end_and_the_own_one_stays(person, here, change):
    elsewhere, unlisted = signed_in(person), Client()
    unlisted.force_login(person)
    Client().post(change[0])

    here.post(change[1])

    assert [client.get(PAGE).status_code for client in (here, elsewhere, unlisted)] == [200, 302, 302]
    assert here.get(reverse("accounts:sessions")).text.count("this device") == 1


def test_all_sessions_end_if_another_browser_confirmed_last(person, here, change):
    for link in change:
        Client().post(link)

    assert here.get(PAGE).status_code == 302


def test_what_waits_for_the_person_and_what_they_may_answer_follows_them(person, change):
    EmailAddress.objects.create(user=person, email="old@example.org", verified=True, primary=True)
    queue_email(to="old@example.org", subject="News", body="…", key="n", held=True, scope="coalition:1",
          reply=ReplyThread("record:1", owner=f"person:{person.pk}"))  # fmt: skip
    code = Message.objects.create(to="old@example.org", subject="Code", body="…", key="c", message_id="c")
    for link in change:
        Client().post(link)

    assert Message.objects.get(key="n").to == "new@example.org"
    assert Message.objects.get(pk=code.pk).to == "old@example.org"
    assert ReplyAddress.objects.get().address == "new@example.org"
    row = EmailAddress.objects.values_list("user", "email", "verified", "primary").get()
    assert row == (person.pk, "new@example.org", True, True)


def test_person_without_an_address_confirms_the_new_one_alone():
    person = PersonFactory(email=None)
    client = Client()
    client.force_login(person)
    client.post(PAGE, {"email": "new@example.org"})

    Client().post(path_in("new@example.org"))

    assert address_of(person) == "new@example.org"


def test_operator_changes_the_address_of_a_lost_mailbox_and_both_are_told(person, here):
    out = StringIO()
    call_command("change-email", "OLD@example.org", "New@example.org", stdout=out)

    assert address_of(person) == "new@example.org"
    assert here.get(PAGE).status_code == 302
    assert {*Message.objects.values_list("to", flat=True)} == {"old@example.org", "new@example.org"}
    assert "signs in as new@example.org" in out.getvalue()


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("nobody@example.org", "new@example.org", "No account has the address"),
        ("old@example.org", "no address", "is not an email address"),
        ("old@example.org", "taken@example.org", "can't be used"),
    ],
)
def test_operator_is_told_what_was_wrong(person, old, new, why):
    PersonFactory(email="taken@example.org")

    with pytest.raises(CommandError, match=why):
        call_command("change-email", old, new)
    assert address_of(person) == "old@example.org"
