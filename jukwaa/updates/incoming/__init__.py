"""Mail that comes in: to a comment, an application, a farewell, a draft, a list post, or an answer that explains.

`take` is the handler of the LMTP server and of the folder. It never raises for what stands in a mail; where the
database is away it raises, and the mail server keeps the mail and comes again.
"""

import hashlib
import logging

from django.conf import settings
from django.utils import timezone

from jukwaa.coalitions.activities import action
from jukwaa.mail import actions as mail
from jukwaa.mail.incoming import parse
from jukwaa.updates.incoming.came import Came, read
from jukwaa.updates.incoming.listposts import keep_post
from jukwaa.updates.incoming.members import ask_to_join, ask_to_leave
from jukwaa.updates.incoming.replies import take_reply
from jukwaa.updates.incoming.routes import Kind, Route, routes_of
from jukwaa.updates.incoming.sharing import take_shared
from jukwaa.updates.incoming.unknown import explain
from jukwaa.updates.models import PendingMail

logger = logging.getLogger("jukwaa.updates")

HANDLERS = {
    Kind.REPLY: take_reply,
    Kind.JOIN: ask_to_join,
    Kind.LEAVE: ask_to_leave,
    Kind.LIST: keep_post,
    Kind.SHARE: take_shared,
    Kind.UNKNOWN: explain,
}

__all__ = ["forget_pending", "take"]


def take(raw: bytes, recipients: list[str]) -> None:
    """Do what each of the addresses stands for, once, in a transaction of its own."""
    came = read(raw, parse(raw, authority=settings.MAIL_AUTHORITY), recipients)
    if came.is_from_a_machine:
        logger.info("Mail from a machine was not answered")
        return
    for route in routes_of(came):
        _take_one(came, route)


@action
def _take_one(came: Came, route: Route) -> None:
    identity = came.message_id or hashlib.sha256(came.raw).hexdigest()
    if mail.is_new(f"{route.key} {identity}"):
        HANDLERS[route.kind](came, route)


def forget_pending() -> None:
    """For the clock: what nobody confirmed, and what was done."""
    PendingMail.objects.filter(expires_at__lte=timezone.now()).delete()
