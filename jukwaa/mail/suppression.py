"""Addresses that must not be written to: the apps above say which."""

from collections.abc import Callable

from jukwaa.core.registry import Registry

type Suppression = Callable[[str, str], bool]  # takes an address, and the scope of the email

suppression_registry: Registry[str, Suppression] = Registry("reasons not to write to an address")


def is_address_suppressed(address: str, sender_scope: str) -> bool:
    return any(applies(address, sender_scope) for applies in suppression_registry.values())
