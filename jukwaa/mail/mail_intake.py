"""Receive email: by LMTP from the local mail server, or from a folder of .eml files.

What is done with a mail is the affair of a handler from above: `handler(raw, recipients)`. A handler may see a mail
twice (a server that was cut off delivers again), so it asks `actions.is_new(message_id)` in the transaction of its
deed. It raises EmailRejectedError for an email that nobody can take.
"""

import asyncio
import logging
from collections.abc import Callable
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import getaddresses
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP
from django.conf import settings
from django.db import close_old_connections

from jukwaa.mail.email_parsing import MAX_EMAIL_BYTES

type Handler = Callable[[bytes, list[str]], None]

logger = logging.getLogger("jukwaa.mail")

LMTP_ACCEPTED_RESPONSE = "250 taken"
LMTP_RETRY_RESPONSE = "451 could not be taken now, try again later"
RECIPIENT_HEADERS = ("X-Original-To", "Delivered-To", "To", "Cc")


class EmailRejectedError(Exception):
    """The email can't be taken, now or later. The message is a sentence for its sender."""


class _LmtpHandler:
    """What the LMTP server calls, in the names that it looks for."""

    def __init__(self, email_handler: Handler) -> None:
        self.handler = email_handler

    async def handle_RCPT(self, smtp_server: Any, session: Any, smtp_envelope: Any, address: str, options: Any) -> str:  # noqa: ARG002, N802 - the library's
        if not address.lower().endswith(f"@{settings.MAIL_DOMAIN}".lower()):
            return "550 no such address here"
        smtp_envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, smtp_server: Any, lmtp_session: Any, smtp_envelope: Any) -> str:  # noqa: ARG002, N802 - the library's
        """LMTP answers once for each recipient (RFC 2033, 4.2); here they share one fate."""
        status = await asyncio.to_thread(self._deliver_raw_email, smtp_envelope.content, list(smtp_envelope.rcpt_tos))
        return "\r\n".join([status] * len(smtp_envelope.rcpt_tos))

    def _deliver_raw_email(self, raw_email: bytes, recipients: list[str]) -> str:
        close_old_connections()
        try:
            self.handler(raw_email, recipients)
        except EmailRejectedError as error:
            logger.warning("An email was rejected: %s", error)
            return f"550 5.6.0 {error}"
        except Exception:
            # Whatever went wrong, the mail server keeps the mail and comes again.
            logger.exception("A mail that came in by LMTP could not be taken")
            return LMTP_RETRY_RESPONSE
        else:
            return LMTP_ACCEPTED_RESPONSE
        finally:
            close_old_connections()


class LmtpServer(Controller):
    """On the loopback alone, in a thread of its own: `start()`, `stop()`."""

    def factory(self) -> LMTP:
        return LMTP(self.handler, data_size_limit=MAX_EMAIL_BYTES, ident="Jukwaa", enable_SMTPUTF8=True)


def start_lmtp_server(email_handler: Handler, *, port: int) -> LmtpServer:
    """Starts the server at settings.LMTP_PORT, where one is set; the caller stops it."""
    server = LmtpServer(_LmtpHandler(email_handler), hostname="127.0.0.1", port=port)
    server.start()
    return server


def process_eml_folder(folder_path: Path, email_handler: Handler) -> int:
    """Takes every .eml in the folder, by name: to done/, or to failed/ if it can't. Says how many it took."""
    taken = 0
    for path in sorted(folder_path.glob("*.eml")):
        raw = path.read_bytes()
        try:
            email_handler(raw, _parse_recipient_addresses(raw))
        except EmailRejectedError as error:
            logger.warning("An email was rejected: %s: %s", path.name, error)
            _move_to_folder(path, folder_path / "failed")
        except Exception:
            # One bad mail must not stop those behind it.
            logger.exception("A mail in the folder could not be taken: %s", path.name)
            _move_to_folder(path, folder_path / "failed")
        else:
            _move_to_folder(path, folder_path / "done")
            taken += 1
    return taken


def _move_to_folder(path: Path, folder_path: Path) -> None:
    folder_path.mkdir(exist_ok=True)
    path.rename(folder_path / path.name)


def _parse_recipient_addresses(raw_email: bytes) -> list[str]:
    headers = BytesHeaderParser(policy=compat32).parsebytes(raw_email[:MAX_EMAIL_BYTES])
    values = [str(value) for name in RECIPIENT_HEADERS for value in headers.get_all(name, [])]
    return list(dict.fromkeys(address.lower() for _, address in getaddresses(values) if "@" in address))
