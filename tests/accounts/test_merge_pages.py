"""Asking for a merge and confirming it: the same answer for every address, and one person has to hold both accounts."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings as site
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jukwaa.accounts.actions import build_sign_in_link, redeem_sign_in_code, request_sign_in
from jukwaa.accounts.address_change import change_address_as_operator
from jukwaa.accounts.deletions import cancel_deletion
from jukwaa.accounts.earlier_addresses import find_person_by_address
from jukwaa.accounts.erasure import erase_person
from jukwaa.accounts.identity import compute_address_digest
from jukwaa.accounts.merge_links import confirm_account_merge
from jukwaa.accounts.models import AccountDeletion, Person
from jukwaa.core.refusals import ActionRefused
from jukwaa.mail.models import Message, UsedToken
from tests.factories import MembershipFactory, PersonFactory, RoleFactory

pytestmark = pytest.mark.django_db

MERGE_PAGE_URL = "/account/merge/"


@pytest.fixture
def kept_person():
    return PersonFactory(name="Ada", email="kept@example.org")


@pytest.fixture
def merged_person(coalition):
    person = PersonFactory(name="A. Lovelace", email="other@example.org", language="en")
    RoleFactory(coalition=coalition, person=person, kind="editor")
    return person


def create_signed_in_client(person):
    client = Client()
    client.post(build_sign_in_link(person).removeprefix(site.SITE_URL))
    return client


@pytest.fixture
def signed_in_client(kept_person):
    return create_signed_in_client(kept_person)


@pytest.fixture
def merge_link(signed_in_client, merged_person):
    signed_in_client.post(MERGE_PAGE_URL, {"email": "Other@example.org"})
    body = Message.objects.get(to="other@example.org").body
    return re.search(r"https?://[^/\s]+(/account/merge/\S+)", body)[1]


def test_settings_link_to_merge_page(signed_in_client):
    assert MERGE_PAGE_URL in signed_in_client.get(reverse("accounts:settings")).text


def test_merge_link_previews_and_merges_on_submit(signed_in_client, kept_person, merged_person, merge_link):
    tokens = UsedToken.objects.count()
    shown = signed_in_client.get(merge_link)

    assert "<b>Your roles</b>: 1" in shown.text
    assert Person.objects.get(pk=merged_person.pk).merged_into is None
    assert UsedToken.objects.count() == tokens

    answer = signed_in_client.post(merge_link, follow=True)

    assert "Your accounts have been merged." in answer.text
    assert Person.objects.get(pk=merged_person.pk).merged_into == kept_person
    assert kept_person.roles.get().kind == "editor"
    told = {(message.to, message.subject) for message in Message.objects.filter(key__startswith="merged:")}
    assert told == {
        ("kept@example.org", "Your accounts have been merged"),
        ("other@example.org", "Your account has been merged"),
    }


def test_merge_link_works_once(signed_in_client, merge_link):
    signed_in_client.post(merge_link)

    assert [signed_in_client.get(merge_link).status_code, signed_in_client.post(merge_link).status_code] == [410, 410]


def test_merge_link_expires(signed_in_client, merge_link, monkeypatch):
    monkeypatch.setattr("jukwaa.accounts.merge_links.MERGE_LINK_VALIDITY", timedelta(seconds=-1))

    assert signed_in_client.get(merge_link).status_code == 410


def test_only_requesting_account_can_open_merge_link(merged_person, merge_link):
    answers = [
        Client().get(merge_link),
        Client().post(merge_link),
        create_signed_in_client(merged_person).get(merge_link),
        create_signed_in_client(merged_person).post(merge_link),
    ]

    assert [answer.status_code for answer in answers] == [302, 403, 403, 403]
    assert "Sign in with the account that you want to keep" in answers[2].text
    assert Person.objects.get(pk=merged_person.pk).merged_into is None


def test_merge_cannot_be_confirmed_by_another_account(merged_person, merge_link):
    with pytest.raises(ActionRefused, match="used or has expired"):
        confirm_account_merge(actor=merged_person, token=merge_link.rstrip("/").rpartition("/")[2])

    assert Person.objects.get(pk=merged_person.pk).merged_into is None


@pytest.mark.parametrize(
    "change_other_account",
    [erase_person, lambda person: change_address_as_operator(person=person, address="new@example.org")],
)
def test_merge_link_is_invalid_after_other_account_changes(
    signed_in_client, merged_person, merge_link, change_other_account
):
    change_other_account(merged_person)

    assert signed_in_client.post(merge_link).status_code == 410
    assert Person.objects.get(pk=merged_person.pk).merged_into is None


def test_pending_deletion_prevents_merge(signed_in_client, merged_person, merge_link):
    AccountDeletion.objects.create(person=merged_person, due_at=timezone.now() + timedelta(days=9))

    shown, answer = signed_in_client.get(merge_link), signed_in_client.post(merge_link)

    assert "Stop the deletion first" in shown.text
    assert "Merge the accounts" not in shown.text
    assert (answer.status_code, "Stop the deletion first" in answer.text) == (422, True)
    cancel_deletion(person=merged_person)
    assert signed_in_client.post(merge_link).status_code == 302


def test_every_address_gets_same_response(signed_in_client, merged_person):
    PersonFactory(email="closed@example.org", is_active=False)
    erase_person(PersonFactory(email="erased@example.org"))
    signed_in_client.get(MERGE_PAGE_URL)  # the greeting after signing in is read
    names = ["other", "unknown", "closed", "erased"]

    answers = [signed_in_client.post(MERGE_PAGE_URL, {"email": f"{name}@example.org"}, follow=True) for name in names]

    pages = {re.sub(r'value="[^"]+"', "", answer.text) for answer in answers}
    assert len(pages) == 1
    for name in ("unknown", "closed"):
        told = Message.objects.get(to=f"{name}@example.org")
        assert (told.subject, "/account/merge/" in told.body) == ("No account with this address", False)
    assert not Message.objects.filter(to="erased@example.org").exists()


@pytest.mark.parametrize(
    ("typed_address", "error_text"), [("KEPT@example.org", "signed in with this"), ("no", "full email")]
)
def test_invalid_other_address_shows_field_error(signed_in_client, typed_address, error_text):
    answer = signed_in_client.post(MERGE_PAGE_URL, {"email": typed_address})

    assert (answer.status_code, error_text in answer.text) == (422, True)


def test_merge_requests_are_rate_limited(signed_in_client):
    answers = [signed_in_client.post(MERGE_PAGE_URL, {"email": f"a{n}@example.org"}) for n in range(6)]

    assert [answer.status_code for answer in answers] == [302] * 5 + [422]


def test_merge_ends_sessions_of_merged_account_only(signed_in_client, merged_person, merge_link):
    elsewhere, unlisted = create_signed_in_client(merged_person), Client()
    unlisted.force_login(merged_person)
    keys = [client.cookies[site.SESSION_COOKIE_NAME].value for client in (elsewhere, unlisted)]

    signed_in_client.post(merge_link)

    assert not Session.objects.filter(session_key__in=keys).exists()
    assert [client.get(MERGE_PAGE_URL).status_code for client in (signed_in_client, elsewhere, unlisted)] == [
        200,
        302,
        302,
    ]


def test_sign_in_with_merged_address_creates_new_account(signed_in_client, kept_person, merge_link):
    signed_in_client.post(merge_link)
    asked = request_sign_in(email="other@example.org")
    code = re.search(r"^ {4}(\d{6})$", Message.objects.get(key=f"sign-in:{asked.key}").body, re.MULTILINE)[1]

    person, _next_url = redeem_sign_in_code(sign_in_key=asked.key, code=code)

    assert person not in {kept_person, kept_person.merged_accounts.get()}
    assert not person.roles.exists()


def test_merged_address_can_become_main_address(signed_in_client, kept_person, merge_link):
    signed_in_client.post(merge_link)

    change_address_as_operator(person=kept_person, address="other@example.org")

    assert find_person_by_address("other@example.org") == kept_person
    assert not kept_person.earlier_addresses.filter(digest=compute_address_digest("other@example.org")).exists()


def test_page_of_merged_account_redirects_to_kept_person(
    client, coalition, coordinator, signed_in_client, kept_person, merged_person, merge_link
):
    MembershipFactory(coalition=coalition, organisation=None, person=kept_person)
    signed_in_client.post(merge_link)
    client.force_login(coordinator)

    answer = client.get(reverse("coalitions:person_detail", args=["ours", merged_person.pk]))

    assert answer.headers["Location"] == reverse("coalitions:person_detail", args=["ours", kept_person.pk])


def test_operator_merges_accounts_after_lost_mailbox(kept_person, merged_person):
    out = StringIO()
    call_command("merge-accounts", "kept@example.org", "OTHER@example.org", stdout=out)

    assert Person.objects.get(pk=merged_person.pk).merged_into == kept_person
    assert "signs in as kept@example.org" in out.getvalue()
    assert {*Message.objects.values_list("to", flat=True)} == {"kept@example.org", "other@example.org"}


@pytest.mark.parametrize(
    ("address_pair", "error_text"),
    [(("kept@", "nobody@"), "No account"), (("kept@", "kept@"), "already the same account")],
)
def test_command_explains_why_accounts_are_not_merged(kept_person, address_pair, error_text):
    with pytest.raises(CommandError, match=error_text):
        call_command("merge-accounts", *(f"{name}example.org" for name in address_pair))
