"""What an address of ours stands for."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings

from jukwaa.coalitions.models import Coalition
from jukwaa.mail import actions as mail
from jukwaa.mail.models import ReplyAddress
from jukwaa.updates.incoming.came import Came
from jukwaa.updates.incoming.questions import Question, find_question


class Kind(StrEnum):
    REPLY = "reply"
    JOIN = "join"
    LEAVE = "leave"
    LIST = "list"
    SHARE = "share"
    UNKNOWN = "unknown"


VERBS = {"", Kind.JOIN, Kind.LEAVE, Kind.LIST, Kind.SHARE}


@dataclass(frozen=True)
class Route:
    kind: Kind
    key: str
    coalition: Coalition | None = None  # whose safeguarding lead is notified of a disclosure
    reply: ReplyAddress | None = None
    question: Question | None = None


def routes_of(came: Came) -> list[Route]:
    """Each deed once, whatever the number of addresses that lead to it; an explanation only if there is no deed."""
    found = {route.key: route for address in came.recipients for route in _route(came, address)}
    deeds = [route for route in found.values() if route.kind != Kind.UNKNOWN]
    return deeds or list(found.values())[:1]


def _route(came: Came, address: str) -> Iterator[Route]:
    local, _at, domain = address.rpartition("@")
    if domain != settings.MAIL_DOMAIN.lower():
        return
    if local.startswith(mail.REPLY):
        yield _route_reply(address)
        return
    verb, _plus, slug = local.rpartition("+")
    coalition = Coalition.objects.filter(slug=slug).first() if verb in VERBS else None
    if coalition is None:
        yield _route_unknown()
    elif verb == Kind.SHARE:  # also of a mail that goes to the list as well: its writer asked for both
        yield Route(Kind.SHARE, f"share+{slug}", coalition)
    elif verb == "list" or is_list_post(came, coalition):
        yield Route(Kind.LIST, f"list+{slug}", coalition)
    else:
        kind = Kind.LEAVE if verb == "leave" else Kind.JOIN
        yield Route(kind, f"{kind}+{slug}", coalition)


def _route_reply(address: str) -> Route:
    reply = mail.find_reply_address([address])
    if reply is None:
        return _route_unknown()
    question = find_question(reply)
    coalition = question.coalition if question else get_only_coalition()
    return Route(Kind.REPLY, f"reply {reply.pk}", coalition, reply, question)


def _route_unknown() -> Route:
    return Route(Kind.UNKNOWN, "unknown", get_only_coalition())


def get_only_coalition() -> Coalition | None:
    """Return the coalition of an installation that has one; where there are more, an unknown address names none."""
    found = list(Coalition.objects.order_by("pk")[:2])
    return found[0] if len(found) == 1 else None


def is_list_post(came: Came, coalition: Coalition) -> bool:
    """Addressed to the coalition's list, or sent out by it: a copy to us is no application."""
    address = coalition.list_address.lower()
    return bool(address) and (address in came.named or came.list_post == address)
