from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from jukwaa.accounts import actions, limits
from jukwaa.accounts.models import Limit, Person, SignInRequest
from jukwaa.mail.models import Message

LOGIN = "/account/sign-in/"


@pytest.mark.django_db
def test_asking_too_often_for_one_address_is_refused_whoever_asks(ask):
    for number in range(5):
        ask(Client(REMOTE_ADDR=f"192.0.2.{number}"), "a@example.org")

    response = Client(REMOTE_ADDR="198.51.100.7").post(LOGIN, {"email": "A@example.org", "next": "/account/settings/"})

    assert response.status_code == 429
    assert "There were too many tries in a short time. Try again in 15 minutes." in response.text
    assert 0 < int(response.headers["Retry-After"]) <= 900
    assert 'value="A@example.org"' in response.text
    assert 'name="next" value="/account/settings/"' in response.text
    assert Message.objects.count() == 5
    assert Client().post(LOGIN, {"email": "b@example.org"}).status_code == 302


@pytest.mark.django_db
def test_asking_too_often_from_one_place_is_refused_whatever_the_address():
    answers = [Client().post(LOGIN, {"email": f"a{n}@example.org"}).status_code for n in range(21)]

    assert answers == [302] * 20 + [429]


@pytest.mark.django_db
def test_the_same_household_counts_as_one_place(rf):
    request = rf.get("/", REMOTE_ADDR="2001:db8:1:2:3::4")

    assert limits.here(request) == "2001:db8:1:2::"
    assert limits.here(rf.get("/", REMOTE_ADDR="192.0.2.1")) == "192.0.2.1"


@pytest.mark.django_db
def test_trying_codes_too_often_is_refused_with_what_was_typed(ask):
    for _ in range(20):
        limits.count(limits.TRY_FOR_ADDRESS, "a@example.org")
    page, letter = ask(Client(), "a@example.org")

    response = Client().post(page, {"code": letter.code})

    assert response.status_code == 429
    assert "Try again in 60 minutes." in response.text
    assert f'value="{letter.code}"' in response.text


@pytest.mark.django_db
def test_when_the_time_has_passed_one_may_try_again(time_machine):
    rate = limits.Rate("x", 2, timedelta(minutes=1))
    time_machine.move_to("2026-01-01T10:00:00Z", tick=False)
    limits.count(rate, "me")
    limits.count(rate, "ME")
    with pytest.raises(limits.TooManyTries, match="Try again in a minute"):
        limits.count(rate, "me")

    time_machine.move_to("2026-01-01T10:01:01Z", tick=False)
    limits.count(rate, "me")

    assert [limit.count for limit in Limit.objects.all()] == [1]
    time_machine.move_to("2026-01-01T10:03:00Z", tick=False)
    actions.forget_old()
    assert not Limit.objects.exists()


def at_once(deed, workers):
    """So many threads, each with a connection of its own, as different workers have."""
    barrier, results = Barrier(workers), []

    def work():
        barrier.wait()
        try:
            results.append(deed())
        except (limits.TooManyTries, actions.Ended, actions.WrongCode) as reason:
            results.append(type(reason).__name__)
        finally:
            connection.close()

    threads = [Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(map(str, results))


@pytest.mark.usefixtures("transactional_db")
def test_workers_that_count_at_the_same_time_let_through_no_more_than_the_limit():
    rate = limits.Rate("x", 3, timedelta(minutes=1))

    assert at_once(lambda: limits.count(rate, "me"), 8) == ["None"] * 3 + ["TooManyTries"] * 5
    assert Limit.objects.get().count == 3


@pytest.mark.usefixtures("transactional_db")
def test_workers_that_try_codes_at_the_same_time_share_five_tries():
    asked = actions.ask_to_sign_in(email="a@example.org")

    results = at_once(lambda: actions.try_code(key=asked.key, code="wrong"), 8)

    assert results == ["Ended"] * results.count("Ended") + ["WrongCode"] * results.count("WrongCode")
    assert results.count("WrongCode") <= 4
    assert SignInRequest.objects.get().tries == 5


@pytest.mark.usefixtures("transactional_db")
def test_workers_that_bring_the_same_link_at_the_same_time_let_one_in():
    person = Person.objects.create_user("a@example.org")
    token = actions.sign_in_link(person).rstrip("/").rsplit("/", 1)[-1]

    assert at_once(lambda: actions.follow_link(token)[0].email, 4) == ["Ended"] * 3 + ["a@example.org"]


def test_the_names_in_these_tests_are_those_of_the_pages():
    assert reverse("account_login") == LOGIN
