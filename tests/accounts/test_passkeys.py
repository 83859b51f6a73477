"""A whole passkey journey is walked in Chromium (test_journeys.py); here is what happens at its edges."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as site
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jukwaa.accounts import actions
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

# A public key for the tests alone, as a browser would have sent it; nobody has its other half.
CREDENTIAL = {"id": "AA", "rawId": "AA", "type": "public-key", "response": {}, "clientExtensionResults": {}}


def passkey_of(person, name="phone"):
    return Authenticator.objects.create(
        user=person, type=Authenticator.Type.WEBAUTHN, data={"name": name, "credential": CREDENTIAL}
    )


@pytest.fixture
def person():
    return PersonFactory(email="a@example.org")


@pytest.fixture
def fresh(person):
    """Somebody who came through the door a moment ago."""
    client = Client()
    client.post(actions.build_sign_in_link(person).removeprefix(site.SITE_URL))
    return client


def test_who_signed_in_long_ago_confirms_by_mail_before_changing_passkeys(client, person, letters):
    passkey = passkey_of(person)
    client.force_login(person)
    confirm = "/account/confirm/?next=%2Faccount%2Fpasskeys%2F"

    for name in ("accounts:passkey_rename", "accounts:passkey_remove"):
        for response in (client.get(reverse(name, args=[passkey.pk])), client.post(reverse(name, args=[passkey.pk]))):
            assert response.headers["Location"] == confirm
    begin = client.post(reverse("accounts:passkey_begin_adding"), headers={"Accept": "application/json"})
    assert (begin.status_code, "confirm that it is you" in begin.json()["problem"]) == (403, True)
    assert "a@example.org" in client.get(confirm).text

    page = client.post("/account/confirm/", {"next": "/account/passkeys/"}).headers["Location"]
    assert client.post(page, {"code": letters()[-1].code}).headers["Location"] == "/account/passkeys/"
    assert (
        client.post(reverse("accounts:passkey_remove", args=[passkey.pk])).headers["Location"] == "/account/passkeys/"
    )
    assert not Authenticator.objects.exists()


def test_a_passkey_gets_another_name_and_the_name_may_not_be_empty(fresh, person):
    passkey = passkey_of(person)
    url = reverse("accounts:passkey_rename", args=[passkey.pk])

    assert fresh.post(url, {"name": " "}).status_code == 422
    assert fresh.post(url, {"name": "work laptop"}).status_code == 302
    assert str(Authenticator.objects.get()) == "work laptop"


def test_nobody_touches_the_passkeys_of_others(fresh):
    other = passkey_of(PersonFactory())

    for name in ("accounts:passkey_rename", "accounts:passkey_remove"):
        url = reverse(name, args=[other.pk])
        assert (fresh.get(url).status_code, fresh.post(url, {"name": "mine"}).status_code) == (404, 404)
    assert str(Authenticator.objects.get()) == "phone"


def test_an_answer_that_fits_no_challenge_adds_nothing_and_lets_nobody_in(fresh, person):
    for credential in ("{}", "not json", '{"id": "AA", "response": {"userHandle": "MQ"}}', "[]", "null"):
        fresh.post(reverse("accounts:passkey_add"), {"credential": credential, "name": "x"})
        visitor = Client()
        visitor.post(reverse("accounts:passkey_begin_sign_in"))
        response = visitor.post(reverse("accounts:passkey_sign_in"), {"credential": credential})
        assert (response.status_code, response.headers["Location"]) == (302, "/account/sign-in/?next=%2F")
        assert "_auth_user_id" not in visitor.session

    assert not Authenticator.objects.exists()


def test_asking_for_challenges_too_often_is_refused_in_words():
    answers = [Client().post(reverse("accounts:passkey_begin_sign_in")) for _ in range(31)]

    assert [answer.status_code for answer in answers] == [200] * 30 + [429]
    assert "Try again in 10 minutes." in answers[-1].json()["problem"]


def test_a_challenge_is_never_made_by_looking(client, person):
    client.force_login(person)

    for name in ("passkey_begin_sign_in", "passkey_begin_adding", "passkey_add", "passkey_sign_in"):
        assert client.get(reverse(f"accounts:{name}")).status_code == 405


def test_pages_opened_by_a_number_say_that_passkeys_need_a_name(fresh):
    by_number, by_name = (
        fresh.get(reverse("accounts:passkeys"), headers={"Host": host}) for host in ("127.0.0.1", "localhost")
    )

    assert ("instead of an IP address" in by_number.text, "data-passkey" in by_number.text) == (True, False)
    assert ("instead of an IP address" in by_name.text, "data-passkey" in by_name.text) == (False, True)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_passkeys_costs_the_same_however_long_it_is(fresh, person, django_assert_num_queries, count):
    for number in range(count):
        passkey_of(person, f"phone {number}")

    with django_assert_num_queries(3):
        text = fresh.get(reverse("accounts:passkeys")).text
    assert text.count("not used yet") == count


def test_half_an_hour_after_signing_in_one_confirms_by_mail_again(fresh, person, time_machine):
    remove = reverse("accounts:passkey_remove", args=[passkey_of(person).pk])
    assert fresh.get(remove).status_code == 200
    time_machine.move_to(timezone.now() + timedelta(minutes=31))

    assert fresh.post(remove).headers["Location"].startswith("/account/confirm/")
    assert Authenticator.objects.count() == 1
