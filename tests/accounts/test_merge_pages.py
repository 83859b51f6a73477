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

from jukwaa.accounts.actions import build_sign_in_link, redeem_code, request_sign_in
from jukwaa.accounts.address_change import change_address_as_operator
from jukwaa.accounts.deletions import cancel_deletion
from jukwaa.accounts.earlier_addresses import find_person_by_address
from jukwaa.accounts.erasure import erase_person
from jukwaa.accounts.identity import compute_address_digest
from jukwaa.accounts.merge_links import confirm_merge
from jukwaa.accounts.models import AccountDeletion, Person
from jukwaa.core.refusals import ActionRefused
from jukwaa.mail.models import Message, UsedToken
from tests.factories import MembershipFactory, PersonFactory, RoleFactory

pytestmark = pytest.mark.django_db

PAGE = "/account/merge/"


@pytest.fixture
def kept():
    return PersonFactory(name="Ada", email="kept@example.org")


@pytest.fixture
def other(coalition):
    person = PersonFactory(name="A. Lovelace", email="other@example.org", language="en")
    RoleFactory(coalition=coalition, person=person, kind="editor")
    return person


def signed_in(person):
    client = Client()
    client.post(build_sign_in_link(person).removeprefix(site.SITE_URL))
    return client


@pytest.fixture
def here(kept):
    return signed_in(kept)


@pytest.fixture
def link(here, other):
    here.post(PAGE, {"email": "Other@example.org"})
    body = Message.objects.get(to="other@example.org").body
    return re.search(r"https?://[^/\s]+(/account/merge/\S+)", body)[1]


def test_settings_lead_to_the_page(here):
    assert PAGE in here.get(reverse("accounts:settings")).text


def test_link_shows_what_will_be_moved_and_its_button_moves_it(here, kept, other, link):
    tokens = UsedToken.objects.count()
    shown = here.get(link)

    assert "<b>Your roles</b>: 1" in shown.text
    assert Person.objects.get(pk=other.pk).merged_into is None
    assert UsedToken.objects.count() == tokens

    answer = here.post(link, follow=True)

    assert "Your accounts have been merged." in answer.text
    assert Person.objects.get(pk=other.pk).merged_into == kept
    assert kept.roles.get().kind == "editor"
    told = {(message.to, message.subject) for message in Message.objects.filter(key__startswith="merged:")}
    assert told == {
        ("kept@example.org", "Your accounts have been merged"),
        ("other@example.org", "Your account has been merged"),
    }


def test_link_works_once(here, link):
    here.post(link)

    assert [here.get(link).status_code, here.post(link).status_code] == [410, 410]


def test_link_expires(here, link, monkeypatch):
    monkeypatch.setattr("jukwaa.accounts.merge_links.LINK_VALIDITY", timedelta(seconds=-1))

    assert here.get(link).status_code == 410


def test_only_the_account_that_asked_can_open_the_link(other, link):
    answers = [Client().get(link), Client().post(link), signed_in(other).get(link), signed_in(other).post(link)]

    assert [answer.status_code for answer in answers] == [302, 403, 403, 403]
    assert "Sign in with the account that you want to keep" in answers[2].text
    assert Person.objects.get(pk=other.pk).merged_into is None


def test_confirming_is_refused_for_anybody_else(other, link):
    with pytest.raises(ActionRefused, match="used or has expired"):
        confirm_merge(actor=other, token=link.rstrip("/").rpartition("/")[2])

    assert Person.objects.get(pk=other.pk).merged_into is None


@pytest.mark.parametrize(
    "change", [erase_person, lambda person: change_address_as_operator(person=person, address="new@example.org")]
)
def test_link_is_over_once_the_other_account_has_changed(here, other, link, change):
    change(other)

    assert here.post(link).status_code == 410
    assert Person.objects.get(pk=other.pk).merged_into is None


def test_deletion_that_is_pending_is_named_and_stops_the_merge(here, other, link):
    AccountDeletion.objects.create(person=other, due_at=timezone.now() + timedelta(days=9))

    shown, answer = here.get(link), here.post(link)

    assert "Stop the deletion first" in shown.text
    assert "Merge the accounts" not in shown.text
    assert (answer.status_code, "Stop the deletion first" in answer.text) == (422, True)
    cancel_deletion(person=other)
    assert here.post(link).status_code == 302


def test_every_address_is_answered_in_the_same_way(here, other):
    PersonFactory(email="closed@example.org", is_active=False)
    erase_person(PersonFactory(email="erased@example.org"))
    here.get(PAGE)  # the greeting after signing in is read
    names = ["other", "unknown", "closed", "erased"]

    answers = [here.post(PAGE, {"email": f"{name}@example.org"}, follow=True) for name in names]

    pages = {re.sub(r'value="[^"]+"', "", answer.text) for answer in answers}
    assert len(pages) == 1
    for name in ("unknown", "closed"):
        told = Message.objects.get(to=f"{name}@example.org")
        assert (told.subject, "/account/merge/" in told.body) == ("No account with this address", False)
    assert not Message.objects.filter(to="erased@example.org").exists()


@pytest.mark.parametrize(("typed", "says"), [("KEPT@example.org", "signed in with this"), ("no", "whole email")])
def test_address_that_can_not_be_that_of_another_account_is_refused_at_the_field(here, typed, says):
    answer = here.post(PAGE, {"email": typed})

    assert (answer.status_code, says in answer.text) == (422, True)


def test_requests_are_limited(here):
    answers = [here.post(PAGE, {"email": f"a{n}@example.org"}) for n in range(6)]

    assert [answer.status_code for answer in answers] == [302] * 5 + [422]


def test_sessions_of_the_other_account_end_and_those_of_the_kept_one_stay(here, other, link):
    elsewhere, unlisted = signed_in(other), Client()
    unlisted.force_login(other)
    keys = [client.cookies[site.SESSION_COOKIE_NAME].value for client in (elsewhere, unlisted)]

    here.post(link)

    assert not Session.objects.filter(session_key__in=keys).exists()
    assert [client.get(PAGE).status_code for client in (here, elsewhere, unlisted)] == [200, 302, 302]


def test_who_signs_in_with_the_other_address_gets_a_new_account(here, kept, link):
    here.post(link)
    asked = request_sign_in(email="other@example.org")
    code = re.search(r"^ {4}(\d{6})$", Message.objects.get(key=f"sign-in:{asked.key}").body, re.MULTILINE)[1]

    person, _next_url = redeem_code(key=asked.key, code=code)

    assert person not in {kept, kept.merged_accounts.get()}
    assert not person.roles.exists()


def test_other_address_can_become_the_main_one(here, kept, link):
    here.post(link)

    change_address_as_operator(person=kept, address="other@example.org")

    assert find_person_by_address("other@example.org") == kept
    assert not kept.earlier_addresses.filter(digest=compute_address_digest("other@example.org")).exists()


def test_page_of_the_other_account_leads_to_the_person_who_stays(
    client, coalition, coordinator, here, kept, other, link
):
    MembershipFactory(coalition=coalition, organisation=None, person=kept)
    here.post(link)
    client.force_login(coordinator)

    answer = client.get(reverse("coalitions:person_detail", args=["ours", other.pk]))

    assert answer.headers["Location"] == reverse("coalitions:person_detail", args=["ours", kept.pk])


def test_operator_merges_the_accounts_of_somebody_who_has_lost_a_mailbox(kept, other):
    out = StringIO()
    call_command("merge-accounts", "kept@example.org", "OTHER@example.org", stdout=out)

    assert Person.objects.get(pk=other.pk).merged_into == kept
    assert "signs in as kept@example.org" in out.getvalue()
    assert {*Message.objects.values_list("to", flat=True)} == {"kept@example.org", "other@example.org"}


@pytest.mark.parametrize(
    ("pair", "says"), [(("kept@", "nobody@"), "No account"), (("kept@", "kept@"), "already the same account")]
)
def test_operator_is_told_why_accounts_are_not_merged(kept, pair, says):
    with pytest.raises(CommandError, match=says):
        call_command("merge-accounts", *(f"{name}example.org" for name in pair))
