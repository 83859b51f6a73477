"""Emails that must not be sent any more: they may have waited for approval, or for the mail server."""

from collections.abc import Callable, Collection

from jukwaa.core.registry import Registry

# Each returns those of the emails with these ids that are outdated. They are asked at the approval and at each attempt.
delivery_checks: Registry[str, Callable[[Collection[int]], set[int]]] = Registry("checks before delivery")

# For the same names: a sentence that says of so many emails why they are not sent.
outdated_email_explanations: Registry[str, Callable[[int], str]] = Registry("explanations of outdated emails")


def find_outdated_email_ids(message_ids: Collection[int]) -> set[int]:
    return set[int]().union(*(find_outdated(message_ids) for find_outdated in delivery_checks.values()))


def explain_outdated_emails(message_ids: Collection[int]) -> list[str]:
    """Say of those of these emails that are outdated how many are not sent, and why: a sentence for each reason."""
    counts = {name: len(find_outdated(message_ids)) for name, find_outdated in delivery_checks.items()}
    return [outdated_email_explanations[name](count) for name, count in counts.items() if count]
