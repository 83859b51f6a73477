from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from jukwaa.accounts import actions, rate_limits
from jukwaa.accounts.models import Limit, Person, SignInRequest

LOGIN_URL = "/account/sign-in/"


@pytest.mark.django_db
def test_code_requests_are_limited_per_network():
    answers = [Client().post(LOGIN_URL, {"email": f"a{n}@example.org"}).status_code for n in range(21)]

    assert answers == [302] * 20 + [429]


@pytest.mark.django_db
def test_ipv6_network_is_limited_as_one(rf):
    request = rf.get("/", REMOTE_ADDR="2001:db8:1:2:3::4")

    assert rate_limits.get_client_network(request) == "2001:db8:1:2::"
    assert rate_limits.get_client_network(rf.get("/", REMOTE_ADDR="192.0.2.1")) == "192.0.2.1"


@pytest.mark.django_db
def test_limit_resets_after_period(time_machine):
    rate = rate_limits.RateLimit("x", 2, timedelta(minutes=1))
    time_machine.move_to("2026-01-01T10:00:00Z", tick=False)
    rate_limits.count_attempt(rate, "me")
    rate_limits.count_attempt(rate, "ME")
    with pytest.raises(rate_limits.TooManyAttemptsError, match="Try again in 1 minute"):
        rate_limits.count_attempt(rate, "me")

    time_machine.move_to("2026-01-01T10:01:01Z", tick=False)
    rate_limits.count_attempt(rate, "me")

    assert [limit.count for limit in Limit.objects.all()] == [1]
    time_machine.move_to("2026-01-01T10:03:00Z", tick=False)
    actions.delete_expired_rate_limits()
    assert not Limit.objects.exists()


def run_concurrently(action, worker_count):
    """Run the function in several threads, each with its own database connection, like separate workers."""
    barrier, results = Barrier(worker_count), []

    def run_worker_action():
        barrier.wait()
        try:
            results.append(action())
        except (rate_limits.TooManyAttemptsError, actions.SignInExpiredError, actions.WrongCodeError) as reason:
            results.append(type(reason).__name__)
        finally:
            connection.close()

    threads = [Thread(target=run_worker_action) for _ in range(worker_count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(map(str, results))


@pytest.mark.usefixtures("transactional_db")
def test_concurrent_requests_do_not_exceed_limit():
    rate = rate_limits.RateLimit("x", 3, timedelta(minutes=1))

    assert (
        run_concurrently(lambda: rate_limits.count_attempt(rate, "me"), 8)
        == ["None"] * 3 + ["TooManyAttemptsError"] * 5
    )
    assert Limit.objects.get().count == 3


@pytest.mark.usefixtures("transactional_db")
def test_concurrent_code_attempts_share_five_tries():
    asked = actions.request_sign_in(email="a@example.org")

    results = run_concurrently(lambda: actions.redeem_sign_in_code(sign_in_key=asked.key, code="wrong"), 8)

    assert results == ["SignInExpiredError"] * results.count("SignInExpiredError") + ["WrongCodeError"] * results.count(
        "WrongCodeError"
    )
    assert results.count("WrongCodeError") <= 4
    assert SignInRequest.objects.get().tries == 5


@pytest.mark.usefixtures("transactional_db")
def test_concurrent_use_of_link_signs_in_once():
    person = Person.objects.create_user("a@example.org")
    token = actions.build_sign_in_link(person).rstrip("/").rsplit("/", 1)[-1]

    assert run_concurrently(lambda: actions.redeem_sign_in_link(token)[0].email, 4) == ["SignInExpiredError"] * 3 + [
        "a@example.org"
    ]


def test_url_constants_match_pages():
    assert reverse("account_login") == LOGIN_URL
