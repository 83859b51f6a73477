"""Incoming email: a reply, or an email to an address of a coalition; anything else gets an explanation.

Features register what they take in their `inbound.py`: replies (`replies.py`) and addresses (`addresses.py`).

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
from jukwaa.mail.bounces import mark_bounced
from jukwaa.mail.incoming import parse
from jukwaa.mail.receiving import EmailRejectedError
from jukwaa.records.models import Held
from jukwaa.updates.incoming import comments, members  # they register what they take
from jukwaa.updates.incoming.attached import inspect_files
from jukwaa.updates.incoming.came import Came, read
from jukwaa.updates.incoming.replies import take_reply
from jukwaa.updates.incoming.routes import Route, routes_of
from jukwaa.updates.incoming.safeguarding import find_reasons, quarantine_email
from jukwaa.updates.incoming.unknown import explain
from jukwaa.updates.models import PendingMail

logger = logging.getLogger("jukwaa.updates")

__all__ = ["take"]


def take(raw: bytes, recipients: list[str]) -> None:
    """Do what each of the addresses stands for, once, in a transaction of its own.

    Raises EmailRejectedError if the email does not say who sent it, and was neither quarantined nor held.
    """
    parsed = parse(raw, authority=settings.MAIL_AUTHORITY)
    if parsed.bounced:
        mark_bounced(parsed.bounced)
    came = read(raw, parsed, recipients)
    routes, reasons = routes_of(came), list(find_reasons(came))
    if any(route.keeps_files(came) for route in routes):
        came = inspect_files(came)
    outcomes = [_take_one(came, route, reasons) for route in routes]
    if routes and not any(outcomes):
        raise EmailRejectedError(came.sender_error)


@action
def _take_one(came: Came, route: Route, reasons: list[Held.Why]) -> bool:
    """Return whether there was an outcome."""
    identity = came.message_id or hashlib.sha256(came.raw).hexdigest()
    if not mail.is_new(f"{route.key} {identity}") or quarantine_email(came, route.coalition, reasons):
        return True
    if route.ignores(came):
        logger.info("Email from a machine was not answered")
        return True
    if not came.sender and route.needs_sender:
        return False
    _handle(came, route)
    return True


def _handle(came: Came, route: Route) -> None:
    if route.reply:
        take_reply(came, route.reply, route.question)
    elif route.handler and route.coalition:
        route.handler.take(came, route.coalition)
    else:
        explain(came)
