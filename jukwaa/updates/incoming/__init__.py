"""Incoming email: a reply, or an email to an address of a coalition; anything else gets an explanation.

Features register what they take in their `inbound.py`: replies (`replies.py`) and addresses (`addresses.py`).

`process_email` is the handler of the LMTP server and of the folder. Every email passes the safeguarding check here
before a handler sees it. What is written in an email raises EmailRejectedError at most; another error means that the
database is away, and the mail server keeps the email and delivers it again.
"""

import hashlib
import logging

from django.conf import settings
from django.utils import timezone

from jukwaa.coalitions.activities import action
from jukwaa.mail import actions as mail
from jukwaa.mail.bounces import mark_message_bounced
from jukwaa.mail.email_parsing import parse_raw_email
from jukwaa.mail.mail_intake import EmailRejectedError
from jukwaa.records.models import Held
from jukwaa.updates.incoming import comments, members  # they register what they take
from jukwaa.updates.incoming.attachments import inspect_email_attachments
from jukwaa.updates.incoming.explanations import send_address_explanation
from jukwaa.updates.incoming.inbound_email import InboundEmail, build_inbound_email
from jukwaa.updates.incoming.replies import process_reply
from jukwaa.updates.incoming.routes import EmailRoute, find_email_routes
from jukwaa.updates.incoming.safeguarding import find_quarantine_reasons, quarantine_email
from jukwaa.updates.models import PendingMail

logger = logging.getLogger("jukwaa.updates")

__all__ = ["process_email"]


def process_email(raw_email: bytes, recipients: list[str]) -> None:
    """Do what each of the addresses stands for, once, in a transaction of its own.

    Raises EmailRejectedError if the email does not say who sent it, and was neither quarantined nor held.
    """
    parsed = parse_raw_email(raw_email, authority=settings.MAIL_AUTHORITY)
    if parsed.bounced:
        mark_message_bounced(parsed.bounced)
    came = build_inbound_email(raw_email, parsed, recipients)
    routes, reasons = find_email_routes(came), list(find_quarantine_reasons(came))
    if any(route.keeps_files(came) for route in routes):
        came = inspect_email_attachments(came)
    outcomes = [_process_email_route(came, route, reasons) for route in routes]
    if routes and not any(outcomes):
        raise EmailRejectedError(came.sender_error)


@action
def _process_email_route(
    inbound_email: InboundEmail, email_route: EmailRoute, quarantine_reasons: list[Held.Why]
) -> bool:
    """Return whether there was an outcome."""
    identity = inbound_email.message_id or hashlib.sha256(inbound_email.raw).hexdigest()
    if not mail.record_received_message_id(f"{email_route.key} {identity}") or quarantine_email(
        inbound_email, email_route.coalition, quarantine_reasons
    ):
        return True
    if email_route.ignores_email(inbound_email):
        logger.info("Email from a machine was not answered")
        return True
    if not inbound_email.sender and email_route.needs_sender:
        return False
    _dispatch_to_route(inbound_email, email_route)
    return True


def _dispatch_to_route(inbound_email: InboundEmail, email_route: EmailRoute) -> None:
    if email_route.reply:
        process_reply(inbound_email, email_route.reply, email_route.question)
    elif email_route.handler and email_route.coalition:
        email_route.handler.take(inbound_email, email_route.coalition)
    else:
        send_address_explanation(inbound_email)
