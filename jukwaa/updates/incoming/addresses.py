"""Addresses of a coalition that do something, such as join+NAME@: features register theirs in their `inbound.py`."""

from collections.abc import Callable
from dataclasses import dataclass

from jukwaa.coalitions.models import Coalition
from jukwaa.core.registry import Registry
from jukwaa.updates.incoming.inbound_email import InboundEmail


@dataclass(frozen=True, kw_only=True)
class AddressHandler:
    """What is done with an email to an address: `take(came, coalition)` does it."""

    take: Callable[[InboundEmail, Coalition], None]
    explanation: str = ""  # the template that explains the address to whoever writes to a wrong one
    is_for_members: bool = False  # a person's own affair: a post of the mailing list that comes here is none
    needs_sender: bool = True
    accepts_automatic: bool = False  # it sees what machines send, and writes nothing back to them
    keeps_files: Callable[[InboundEmail], bool] = lambda _came: False  # whether it is worth inspecting them


address_handler_registry: Registry[str, AddressHandler] = Registry("address handlers")
