"""What features register, and in which order it is found."""

import pytest

from jukwaa.core.registry import Registry


def test_function_is_registered_under_each_key():
    notifications = Registry[tuple[str, str], object]("notifications")

    @notifications.register(("call", "opened"), ("call", "restarted"))
    def get_opened_handler() -> str:
        return "opened"

    assert get_opened_handler() == "opened"
    assert dict(notifications) == {("call", "opened"): get_opened_handler, ("call", "restarted"): get_opened_handler}


def test_registering_key_twice_is_refused():
    kinds = Registry[str, str]("kinds of records")
    kinds.register("offer")("Offer")
    kinds.register("offer")("Offer")

    with pytest.raises(ValueError, match="Two of the kinds of records are registered as 'offer'"):
        kinds.register("offer")("Help")
    assert kinds["offer"] == "Offer"


def test_registry_keeps_order():
    jobs = Registry[str, int]("jobs")
    for number, name in enumerate(["seal", "welcome", "tell"]):
        jobs.register(name)(number)

    assert list(jobs) == ["seal", "welcome", "tell"]
