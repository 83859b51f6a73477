"""What features register, and in which order it is found."""

import pytest

from jukwaa.core.registry import Registry


def test_a_function_is_registered_under_each_of_its_keys():
    notifications = Registry[tuple[str, str], object]("notifications")

    @notifications.register(("call", "opened"), ("call", "restarted"))
    def opened() -> str:
        return "opened"

    assert opened() == "opened"
    assert dict(notifications) == {("call", "opened"): opened, ("call", "restarted"): opened}


def test_two_features_cannot_take_one_key():
    kinds = Registry[str, str]("kinds of records")
    kinds.register("offer")("Offer")
    kinds.register("offer")("Offer")

    with pytest.raises(ValueError, match="Two of the kinds of records are registered as 'offer'"):
        kinds.register("offer")("Help")
    assert kinds["offer"] == "Offer"


def test_what_is_registered_keeps_its_order():
    jobs = Registry[str, int]("jobs")
    for number, name in enumerate(["seal", "welcome", "tell"]):
        jobs.register(name)(number)

    assert list(jobs) == ["seal", "welcome", "tell"]
