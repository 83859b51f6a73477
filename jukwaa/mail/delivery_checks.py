"""Emails that must not be sent any more: they may have waited for approval, or for the mail server."""

from collections.abc import Callable, Collection

from jukwaa.core.registry import Registry

# Each returns those of the emails with these ids that are outdated. They are asked at the approval and at each attempt.
delivery_checks: Registry[str, Callable[[Collection[int]], set[int]]] = Registry("checks before delivery")


def find_outdated_email_ids(message_ids: Collection[int]) -> set[int]:
    return set[int]().union(*(find_outdated(message_ids) for find_outdated in delivery_checks.values()))
