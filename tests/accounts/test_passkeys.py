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
PASSKEY_CREDENTIAL = {"id": "AA", "rawId": "AA", "type": "public-key", "response": {}, "clientExtensionResults": {}}


def create_passkey(person, passkey_name="phone"):
    return Authenticator.objects.create(
        user=person, type=Authenticator.Type.WEBAUTHN, data={"name": passkey_name, "credential": PASSKEY_CREDENTIAL}
    )


@pytest.fixture
def person():
    return PersonFactory(email="a@example.org")


@pytest.fixture
def recently_signed_in_client(person):
    """Return the client of a person who has just signed in."""
    client = Client()
    client.post(actions.build_sign_in_link(person).removeprefix(site.SITE_URL))
    return client


def test_old_session_is_reauthenticated_before_changing_passkeys(client, person, read_sign_in_emails):
    passkey = create_passkey(person)
    client.force_login(person)
    confirm = "/account/confirm/?next=%2Faccount%2Fpasskeys%2F"

    for name in ("accounts:passkey_rename", "accounts:passkey_remove"):
        for response in (client.get(reverse(name, args=[passkey.pk])), client.post(reverse(name, args=[passkey.pk]))):
            assert response.headers["Location"] == confirm
    begin = client.post(reverse("accounts:passkey_begin_adding"), headers={"Accept": "application/json"})
    assert (begin.status_code, "confirm that it is you" in begin.json()["problem"]) == (403, True)
    assert "a@example.org" in client.get(confirm).text

    page = client.post("/account/confirm/", {"next": "/account/passkeys/"}).headers["Location"]
    assert client.post(page, {"code": read_sign_in_emails()[-1].code}).headers["Location"] == "/account/passkeys/"
    assert (
        client.post(reverse("accounts:passkey_remove", args=[passkey.pk])).headers["Location"] == "/account/passkeys/"
    )
    assert not Authenticator.objects.exists()


def test_passkey_is_renamed_and_name_is_required(recently_signed_in_client, person):
    passkey = create_passkey(person)
    url = reverse("accounts:passkey_rename", args=[passkey.pk])

    assert recently_signed_in_client.post(url, {"name": " "}).status_code == 422
    assert recently_signed_in_client.post(url, {"name": "work laptop"}).status_code == 302
    assert str(Authenticator.objects.get()) == "work laptop"


def test_passkeys_of_others_cannot_be_changed(recently_signed_in_client):
    other = create_passkey(PersonFactory())

    for name in ("accounts:passkey_rename", "accounts:passkey_remove"):
        url = reverse(name, args=[other.pk])
        assert (
            recently_signed_in_client.get(url).status_code,
            recently_signed_in_client.post(url, {"name": "mine"}).status_code,
        ) == (404, 404)
    assert str(Authenticator.objects.get()) == "phone"


def test_response_without_matching_challenge_is_refused(recently_signed_in_client, person):
    for credential in ("{}", "not json", '{"id": "AA", "response": {"userHandle": "MQ"}}', "[]", "null"):
        recently_signed_in_client.post(reverse("accounts:passkey_add"), {"credential": credential, "name": "x"})
        visitor = Client()
        visitor.post(reverse("accounts:passkey_begin_sign_in"))
        response = visitor.post(reverse("accounts:passkey_sign_in"), {"credential": credential})
        assert (response.status_code, response.headers["Location"]) == (302, "/account/sign-in/?next=%2F")
        assert "_auth_user_id" not in visitor.session

    assert not Authenticator.objects.exists()


def test_challenge_requests_are_rate_limited():
    answers = [Client().post(reverse("accounts:passkey_begin_sign_in")) for _ in range(31)]

    assert [answer.status_code for answer in answers] == [200] * 30 + [429]
    assert "Try again in 10 minutes." in answers[-1].json()["problem"]


def test_get_request_creates_no_challenge(client, person):
    client.force_login(person)

    for name in ("passkey_begin_sign_in", "passkey_begin_adding", "passkey_add", "passkey_sign_in"):
        assert client.get(reverse(f"accounts:{name}")).status_code == 405


def test_site_at_ip_address_explains_passkeys_need_domain(recently_signed_in_client):
    by_number, by_name = (
        recently_signed_in_client.get(reverse("accounts:passkeys"), headers={"Host": host})
        for host in ("127.0.0.1", "localhost")
    )

    assert ("instead of an IP address" in by_number.text, "data-passkey" in by_number.text) == (True, False)
    assert ("instead of an IP address" in by_name.text, "data-passkey" in by_name.text) == (False, True)


@pytest.mark.parametrize("count", [1, 3])
def test_passkey_list_query_count_is_constant(recently_signed_in_client, person, django_assert_num_queries, count):
    for number in range(count):
        create_passkey(person, f"phone {number}")

    with django_assert_num_queries(3):
        text = recently_signed_in_client.get(reverse("accounts:passkeys")).text
    assert text.count("not used yet") == count


def test_reauthentication_is_needed_after_half_an_hour(recently_signed_in_client, person, time_machine):
    remove = reverse("accounts:passkey_remove", args=[create_passkey(person).pk])
    assert recently_signed_in_client.get(remove).status_code == 200
    time_machine.move_to(timezone.now() + timedelta(minutes=31))

    assert recently_signed_in_client.post(remove).headers["Location"].startswith("/account/confirm/")
    assert Authenticator.objects.count() == 1
