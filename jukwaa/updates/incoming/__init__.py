"""Incoming email: a reply, an application, a resignation, a draft or a list post; anything else gets an explanation.

`take` is the handler of the LMTP server and of the folder. Every email passes the safeguarding check here, before a
handler sees it. What is written in an email raises EmailRejectedError at most; another error means that the database is
away, and the mail server keeps the email and delivers it again.
"""

import hashlib
import logging

from django.conf import settings
from django.utils import timezone

from jukwaa.coalitions.activities import action
from jukwaa.mail import actions as mail
from jukwaa.mail.incoming import parse
from jukwaa.mail.receiving import EmailRejectedError
from jukwaa.records.models import Held
from jukwaa.updates.incoming.attached import inspect_files
from jukwaa.updates.incoming.came import Came, read
from jukwaa.updates.incoming.listposts import keep_post
from jukwaa.updates.incoming.members import ask_to_join, ask_to_leave
from jukwaa.updates.incoming.replies import take_reply
from jukwaa.updates.incoming.routes import Kind, Route, routes_of
from jukwaa.updates.incoming.safeguarding import find_reasons, quarantine_email
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

WITHOUT_SENDER = (Kind.REPLY, Kind.LIST)  # a reply is confirmed by its owner; a list answers for its posts

__all__ = ["forget_pending", "take"]


def take(raw: bytes, recipients: list[str]) -> None:
    """Do what each of the addresses stands for, once, in a transaction of its own.

    Raises EmailRejectedError if the email does not say who sent it, and was neither quarantined nor held.
    """
    came = read(raw, parse(raw, authority=settings.MAIL_AUTHORITY), recipients)
    routes, reasons = routes_of(came), list(find_reasons(came))
    came = inspect_files(came, routes)
    outcomes = [_take_one(came, route, reasons) for route in routes]
    if routes and not any(outcomes):
        raise EmailRejectedError(came.sender_error)


@action
def _take_one(came: Came, route: Route, reasons: list[Held.Why]) -> bool:
    """Return whether there was an outcome."""
    identity = came.message_id or hashlib.sha256(came.raw).hexdigest()
    if not mail.is_new(f"{route.key} {identity}") or quarantine_email(came, route.coalition, reasons):
        return True
    if came.is_from_a_machine:
        logger.info("Email from a machine was not answered")
        return True
    if came.sender or route.kind in WITHOUT_SENDER:
        HANDLERS[route.kind](came, route)
        return True
    return False


def forget_pending() -> None:
    """For the clock: what nobody confirmed, and what was done."""
    PendingMail.objects.filter(expires_at__lte=timezone.now()).delete()
