"""The owner of an address can always sign in, and nobody can guess a code, whatever strangers attempt."""

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client, RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st

from jukwaa.accounts import rate_limits
from jukwaa.accounts.actions import SIGN_IN_CODE_VALIDITY
from jukwaa.accounts.models import Limit, SignInRequest
from jukwaa.mail.models import Message
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

LOGIN_URL = "/account/sign-in/"
OWNER_EMAIL = "a@example.org"
START_TIME = datetime(2026, 1, 1, tzinfo=UTC)
EMAIL_SENT_SENTENCE = "We have just sent several emails to this address. Open the link in the latest one"


def create_client_in_network(client_network: int) -> Client:
    return Client(REMOTE_ADDR=f"198.51.{client_network // 250}.{client_network % 250 + 1}")


def request_code(client_network, email_address=OWNER_EMAIL):
    return create_client_in_network(client_network).post(
        LOGIN_URL, {"email": email_address, "next": "/account/settings/"}
    )


def build_request_from_network(network_number):
    return RequestFactory().get("/", REMOTE_ADDR=f"10.{network_number // 250}.{network_number % 250}.1")


def list_sent_emails(set_clock, minute, client_networks):
    """Ask at this minute from each of the networks; return the minute once for each email that may be sent."""
    set_clock(minute)
    found = []
    for network in client_networks:
        with suppress(rate_limits.TooManyAttemptsError):
            rate_limits.limit_sign_in_requests(build_request_from_network(network), OWNER_EMAIL)
            found.append(minute)
    return found


def build_wrong_code(sign_in_email):
    return f"{(int(sign_in_email.code) + 1) % 10 ** len(sign_in_email.code):0{len(sign_in_email.code)}}"


def is_signed_in(client):
    return "_auth_user_id" in client.session


@pytest.fixture(autouse=True)
def owner_of_address():
    return PersonFactory(email=OWNER_EMAIL)


@pytest.fixture
def move_clock():
    """A frozen clock; call the fixture with the minutes since START."""
    with time_machine.travel(START_TIME, tick=False) as clock:
        yield lambda minutes: clock.move_to(START_TIME + timedelta(minutes=minutes))


def test_one_network_cannot_exhaust_limit_of_another():
    answers = [request_code(1).status_code for _ in range(8)]

    assert answers == [302] * 5 + [429] * 3
    assert request_code(2).status_code == 302


def test_limited_requester_sees_retry_time_and_keeps_input():
    for _ in range(5):
        request_code(1)
    answer = request_code(1, "A@Example.org")

    assert answer.status_code == 429
    assert "Try again in 15 minutes. There have been too many attempts in a short time." in answer.text
    assert 0 < int(answer.headers["Retry-After"]) <= 900
    assert 'value="A@Example.org"' in answer.text
    assert 'name="next" value="/account/settings/"' in answer.text
    assert Message.objects.count() == 5
    assert request_code(1, "b@example.org").status_code == 302


def test_one_network_cannot_exhaust_address_in_a_day(move_clock):
    sent = [at for minute in range(0, 23 * 60, 16) for at in list_sent_emails(move_clock, minute, [1] * 5)]

    assert len(sent) == 20
    assert request_code(2).status_code == 302


def test_owner_can_sign_in_with_code_during_attack(request_sign_in):
    owner = create_client_in_network(1)
    page, letter = request_sign_in(owner, OWNER_EMAIL)
    for network in range(2, 12):
        attacker = create_client_in_network(network)
        attacked, other = request_sign_in(attacker, OWNER_EMAIL)
        for _ in range(6):
            attacker.post(attacked, {"code": build_wrong_code(other)})
    for _ in range(30):
        create_client_in_network(1).post(LOGIN_URL, {"email": OWNER_EMAIL})

    assert owner.post(page, {"code": letter.code}).status_code == 302
    assert is_signed_in(owner)


def test_owner_is_referred_to_latest_email_whose_link_works(read_sign_in_emails):
    for network in range(20):
        request_code(network)
    owner = create_client_in_network(99)
    answer = owner.post(LOGIN_URL, {"email": OWNER_EMAIL})

    assert (answer.status_code, EMAIL_SENT_SENTENCE in answer.text) == (429, True)
    assert "Sign in as" in owner.get(read_sign_in_emails()[-1].path).text
    assert owner.post(read_sign_in_emails()[-1].path).status_code == 302
    assert is_signed_in(owner)


@settings(max_examples=3)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 5)), min_size=40, max_size=50), st.randoms())
def test_latest_link_is_valid_whenever_email_is_withheld(sign_in_steps, random_generator):
    """Hours of an attack from more networks than any limit counts."""
    Limit.objects.all().delete()
    minute, sent = 0, []
    with time_machine.travel("2026-01-01T00:00:00Z", tick=False) as clock:
        for pause, networks in sign_in_steps:
            minute += pause
            clock.move_to(START_TIME + timedelta(minutes=minute))
            for _ in range(networks):
                try:
                    rate_limits.limit_sign_in_requests(
                        build_request_from_network(random_generator.randrange(10_000)), OWNER_EMAIL
                    )
                except rate_limits.EmailSentAlreadyError:
                    assert minute - sent[-1] < SIGN_IN_CODE_VALIDITY // timedelta(minutes=1)
                except rate_limits.TooManyAttemptsError:
                    continue
                else:
                    sent.append(minute)
    assert all(sum(day * 1440 <= at < (day + 1) * 1440 for at in sent) <= 156 for day in range(3))


def test_address_gets_at_most_156_emails_a_day(move_clock):
    sent = [at for minute in range(0, 1440, 7) for at in list_sent_emails(move_clock, minute, [minute, minute + 1])]

    assert 60 < len(sent) <= 156


def test_guessing_lengthens_code_without_lockout(request_sign_in):
    for network in range(2):
        attacker = create_client_in_network(network)
        page, letter = request_sign_in(attacker, OWNER_EMAIL)
        for _ in range(5):
            attacker.post(page, {"code": build_wrong_code(letter)})
    owner = create_client_in_network(9)
    page, letter = request_sign_in(owner, OWNER_EMAIL)

    assert len(letter.code) == rate_limits.CODE_LENGTH_WHEN_GUESSED
    assert owner.post(page, {"code": letter.code}).status_code == 302
    assert len(request_sign_in(create_client_in_network(9), "b@example.org")[1].code) == rate_limits.CODE_LENGTH


def test_guessing_many_addresses_lengthens_codes_of_network(request_sign_in):
    attacker = create_client_in_network(1)
    for number in range(6):
        page, letter = request_sign_in(attacker, f"p{number}@example.org")
        for _ in range(5):
            attacker.post(page, {"code": build_wrong_code(letter)})

    assert len(request_sign_in(attacker, OWNER_EMAIL)[1].code) == 9
    assert len(request_sign_in(create_client_in_network(2), "b@example.org")[1].code) == 6


def test_each_code_allows_five_tries_across_networks(request_sign_in):
    page, letter = request_sign_in(create_client_in_network(1), OWNER_EMAIL)
    answers = [
        create_client_in_network(network).post(page, {"code": build_wrong_code(letter)}).status_code
        for network in range(8)
    ]

    assert answers == [422] * 4 + [410] * 4
    assert SignInRequest.objects.get().tries == 5


def test_limits_store_no_address_or_network(request_sign_in):
    request_sign_in(create_client_in_network(1), OWNER_EMAIL)

    assert all(re.fullmatch("[0-9a-f]{64}", key) for key in Limit.objects.values_list("key", flat=True))


def test_code_is_longer_from_fourth_request(request_sign_in):
    lengths = [len(request_sign_in(create_client_in_network(number), OWNER_EMAIL)[1].code) for number in range(5)]

    assert lengths == [6, 6, 6, 9, 9]
