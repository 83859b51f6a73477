"""What an address of ours stands for."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from jukwaa.coalitions.models import Coalition
from jukwaa.mail import actions as mail
from jukwaa.mail.models import ReplyAddress
from jukwaa.updates.incoming.addresses import AddressHandler, address_handler_registry
from jukwaa.updates.incoming.combined_replies import find_combined_email
from jukwaa.updates.incoming.inbound_email import InboundEmail
from jukwaa.updates.incoming.replies import ReplyQuestion, find_question
from jukwaa.updates.incoming.sender_trust import is_trusted_sender

logger = logging.getLogger("jukwaa.updates")

JOIN, LIST = "join", "list"
OTHER_DOMAIN_ROUTE = "other domain"


@dataclass(frozen=True)
class EmailRoute:
    """An address of a coalition, a reply address, or neither: what is explained."""

    key: str
    handler: AddressHandler | None = None
    coalition: Coalition | None = None  # whose safeguarding lead is notified of a disclosure
    reply: ReplyAddress | None = None
    question: ReplyQuestion[Any] | None = None

    @property
    def needs_sender(self) -> bool:
        """A reply without one is confirmed by the owner of its address."""
        return self.handler.needs_sender if self.handler else self.reply is None

    def ignores_email(self, inbound_email: InboundEmail) -> bool:
        """Whether nothing is done with an email: a machine wrote it, or a mailing list sent it to another domain."""
        if self.key == OTHER_DOMAIN_ROUTE and inbound_email.list_post:
            return True
        return inbound_email.is_automatic and not (self.handler and self.handler.accepts_automatic)

    def keeps_files(self, inbound_email: InboundEmail) -> bool:
        """Whether a handler may keep them. Nobody else shall keep us busy with inspecting files."""
        if self.ignores_email(inbound_email):
            return False
        if self.reply:
            return is_trusted_sender(inbound_email, self.reply.address)
        return self.handler is not None and self.handler.keeps_files(inbound_email)


def find_email_routes(inbound_email: InboundEmail) -> list[EmailRoute]:
    """Each deed once, whatever the number of addresses that lead to it; an explanation only if there is no deed."""
    found = {
        route.key: route
        for address in inbound_email.recipients
        for route in _resolve_route_address(inbound_email, address)
    }
    if not found:
        _log_other_domains(inbound_email)
        return [EmailRoute(OTHER_DOMAIN_ROUTE, None, get_only_coalition())]
    deeds = [route for route in found.values() if route.handler or route.reply]
    return deeds or list(found.values())[:1]


def _log_other_domains(inbound_email: InboundEmail) -> None:
    """For the operator: the mail server delivers a domain here that Jukwaa does not know. People are not named."""
    domains = sorted({address.rpartition("@")[2] for address in inbound_email.recipients})
    logger.warning(
        "An email came for %s, but this site receives email at %s. Set JUKWAA_MAIL_DOMAIN, or change what your mail "
        "server delivers here.",
        ", ".join(domains) or "no address",
        settings.MAIL_DOMAIN,
    )


def _resolve_route_address(inbound_email: InboundEmail, address: str) -> Iterator[EmailRoute]:
    local, _at, domain = address.rpartition("@")
    if domain != settings.MAIL_DOMAIN.lower():
        return
    if local.startswith(mail.REPLY_ADDRESS_PREFIX):
        yield _resolve_reply_address(address)
        return
    verb, _plus, slug = local.rpartition("+")
    handler = address_handler_registry.get(verb or JOIN)
    coalition = Coalition.objects.filter(slug=slug).first() if handler else None
    if handler is None or coalition is None:
        yield _build_unknown_route()
    else:
        verb = LIST if handler.is_for_members and is_list_post(inbound_email, coalition) else verb or JOIN
        yield EmailRoute(f"{verb}+{slug}", address_handler_registry[verb], coalition)


def _resolve_reply_address(address: str) -> EmailRoute:
    reply = mail.find_reply_address([address])
    if reply is None:
        return _build_unknown_route()
    question, combined = find_question(reply.subject), find_combined_email(reply.subject)
    named = question or combined
    coalition = named.coalition if named else get_only_coalition()
    return EmailRoute(f"reply {reply.pk}", None, coalition, reply, question)


def _build_unknown_route() -> EmailRoute:
    return EmailRoute("unknown", None, get_only_coalition())


def get_only_coalition() -> Coalition | None:
    """Return the coalition of an installation that has one; where there are more, an unknown address names none."""
    found = list(Coalition.objects.order_by("pk")[:2])
    return found[0] if len(found) == 1 else None


def is_list_post(inbound_email: InboundEmail, coalition: Coalition) -> bool:
    """Addressed to the coalition's list, or sent out by it: a copy to us is no application."""
    address = coalition.list_address.lower()
    return bool(address) and (address in inbound_email.named or inbound_email.list_post == address)
