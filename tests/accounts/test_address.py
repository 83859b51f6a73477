"""Change of email address: both mailboxes confirm it, and a taken address is not revealed."""

import re
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
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

ADDRESS_PAGE_URL = "/account/address/"


@pytest.fixture
def person():
    return PersonFactory(email="old@example.org", name="A person")


@pytest.fixture
def signed_in_client(person):
    return create_signed_in_client(person)


def create_signed_in_client(person):
    """Through the door, so that the session is on the list."""
    client = Client()
    client.post(build_sign_in_link(person).removeprefix(site.SITE_URL))
    return client


@pytest.fixture
def address_change(signed_in_client):
    """The paths of the links in both emails."""
    signed_in_client.post(ADDRESS_PAGE_URL, {"email": "New@example.org"})
    return get_link_path("old@example.org"), get_link_path("new@example.org")


def get_link_path(email_address):
    body = Message.objects.filter(to=email_address).latest("pk").body
    return re.search(r"https?://[^/\s]+(/account/address/link/\S+)", body)[1]


def get_current_address(person):
    return Person.objects.get(pk=person.pk).email


def test_address_changes_once_both_mailboxes_have_confirmed_it(person, signed_in_client, address_change):
    old, new = address_change
    phone = Client()
    answer = phone.post(old)

    assert "Now open the link in the email to the new address." in answer.text
    assert get_current_address(person) == "old@example.org"
    assert "The change has been confirmed from your current address." in signed_in_client.get(ADDRESS_PAGE_URL).text

    answer = phone.post(new)

    assert "Your email address has been changed" in answer.text
    assert get_current_address(person) == "new@example.org"
    assert not AddressChange.objects.exists()
    told = Message.objects.filter(to="old@example.org").latest("pk")
    assert (told.subject, "new@example.org" in told.body) == ("Your email address has been changed", True)


@pytest.mark.parametrize("first_link_index", [0, 1])
def test_single_confirmation_does_not_change_address(person, address_change, first_link_index):
    client = Client()

    assert client.post(address_change[first_link_index]).status_code == 200
    assert client.post(address_change[first_link_index]).status_code == 410

    assert get_current_address(person) == "old@example.org"


def test_opening_links_does_not_change_address(person, address_change):
    client = Client()

    for link in address_change:
        assert "Confirm the change" in client.get(link).text
        assert client.get(link + "cancel/").status_code == 405

    assert get_current_address(person) == "old@example.org"
    assert AddressChange.objects.filter(old_confirmed_at=None, new_confirmed_at=None).count() == 1


@pytest.mark.parametrize("mailbox_index", [0, 1])
def test_either_mailbox_can_cancel_change(person, address_change, mailbox_index):
    client = Client()

    assert "The change has been stopped" in client.post(address_change[mailbox_index] + "cancel/").text

    assert [client.post(link).status_code for link in address_change] == [410, 410]
    assert get_current_address(person) == "old@example.org"


def test_person_cancels_change_in_settings(signed_in_client, address_change):
    answer = signed_in_client.post(reverse("accounts:address_stop"), follow=True)

    assert "The change has been stopped." in answer.text
    assert not AddressChange.objects.exists()


def test_address_links_expire_after_two_days(person, address_change):
    AddressChange.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert [Client().get(link).status_code for link in address_change] == [410, 410]
    assert [Client().post(link).status_code for link in address_change] == [410, 410]
    remove_overdue_rows(timezone.now())
    assert not AddressChange.objects.exists()


def test_new_request_replaces_previous_request(person, signed_in_client, address_change):
    signed_in_client.post(ADDRESS_PAGE_URL, {"email": "other@example.org"})

    assert [Client().post(link).status_code for link in address_change] == [410, 410]
    assert AddressChange.objects.get().address == "other@example.org"


def test_taken_address_gets_same_response_and_owner_is_notified(signed_in_client):
    PersonFactory(email="taken@example.org", name="Another", language="en")
    signed_in_client.get(ADDRESS_PAGE_URL)  # the greeting after signing in is read
    with time_machine.travel(timezone.now(), tick=False):  # the page says until when
        answers = [
            signed_in_client.post(ADDRESS_PAGE_URL, {"email": f"{name}@example.org"}, follow=True)
            for name in ("free", "taken")
        ]
    pages = [re.sub(r'value="[^"]+"', "", answer.text).replace("free@", "taken@") for answer in answers]

    assert pages[0] == pages[1]
    told = Message.objects.get(to="taken@example.org")
    assert "You already have an account with this address" in told.body
    assert "/account/address/link/" not in told.body
    assert Message.objects.filter(to="old@example.org").count() == 2


def test_address_taken_before_confirmation_is_refused(person, address_change):
    Client().post(address_change[1])
    PersonFactory(email="new@example.org")

    answer = Client().post(address_change[0])

    assert (answer.status_code, "can&#x27;t be used" in answer.text) == (410, True)
    assert get_current_address(person) == "old@example.org"


@pytest.mark.parametrize(
    ("typed_address", "error_text"), [("OLD@example.org", "already"), ("no address", "full email address")]
)
def test_invalid_new_address_shows_field_error(signed_in_client, typed_address, error_text):
    answer = signed_in_client.post(ADDRESS_PAGE_URL, {"email": typed_address})

    assert (answer.status_code, error_text in answer.text) == (422, True)
    assert not AddressChange.objects.exists()


def test_address_change_requests_are_rate_limited(signed_in_client):
    answers = [signed_in_client.post(ADDRESS_PAGE_URL, {"email": f"a{n}@example.org"}) for n in range(6)]

    assert [answer.status_code for answer in answers] == [302] * 5 + [422]
    assert "too many attempts" in answers[-1].text


def test_address_change_ends_other_sessions(person, signed_in_client, address_change):
    elsewhere, unlisted = create_signed_in_client(person), Client()
    unlisted.force_login(person)
    Client().post(address_change[0])

    signed_in_client.post(address_change[1])

    assert [client.get(ADDRESS_PAGE_URL).status_code for client in (signed_in_client, elsewhere, unlisted)] == [
        200,
        302,
        302,
    ]
    assert signed_in_client.get(reverse("accounts:sessions")).text.count("this device") == 1


def test_all_sessions_end_if_confirmed_in_another_browser(person, signed_in_client, address_change):
    for link in address_change:
        Client().post(link)

    assert signed_in_client.get(ADDRESS_PAGE_URL).status_code == 302


def test_pending_emails_and_reply_addresses_follow_new_address(person, address_change):
    EmailAddress.objects.create(user=person, email="old@example.org", verified=True, primary=True)
    queue_email(to="old@example.org", subject="News", body="…", key="n", held=True, sender_scope="coalition:1",
          reply_thread=ReplyThread("record:1", owner=f"person:{person.pk}"))  # fmt: skip
    code = Message.objects.create(to="old@example.org", subject="Code", body="…", key="c", message_id="c")
    for link in address_change:
        Client().post(link)

    assert Message.objects.get(key="n").to == "new@example.org"
    assert Message.objects.get(pk=code.pk).to == "old@example.org"
    assert ReplyAddress.objects.get().address == "new@example.org"
    row = EmailAddress.objects.values_list("user", "email", "verified", "primary").get()
    assert row == (person.pk, "new@example.org", True, True)


def test_person_without_address_confirms_only_new_one():
    person = PersonFactory(email=None)
    client = Client()
    client.force_login(person)
    client.post(ADDRESS_PAGE_URL, {"email": "new@example.org"})

    Client().post(get_link_path("new@example.org"))

    assert get_current_address(person) == "new@example.org"


def test_operator_changes_address_and_both_mailboxes_are_notified(person, signed_in_client):
    out = StringIO()
    call_command("change-email", "OLD@example.org", "New@example.org", stdout=out)

    assert get_current_address(person) == "new@example.org"
    assert signed_in_client.get(ADDRESS_PAGE_URL).status_code == 302
    assert {*Message.objects.values_list("to", flat=True)} == {"old@example.org", "new@example.org"}
    assert "signs in as new@example.org" in out.getvalue()


@pytest.mark.parametrize(
    ("old_address", "new_address", "reason"),
    [
        ("nobody@example.org", "new@example.org", "No account has the address"),
        ("old@example.org", "no address", "is not an email address"),
        ("old@example.org", "taken@example.org", "can't be used"),
    ],
)
def test_command_explains_invalid_address_change(person, old_address, new_address, reason):
    PersonFactory(email="taken@example.org")

    with pytest.raises(CommandError, match=reason):
        call_command("change-email", old_address, new_address)
    assert get_current_address(person) == "old@example.org"
