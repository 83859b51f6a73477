"""Mail servers that behave badly, in the ways that real ones do."""

import smtplib
from collections.abc import Sequence
from typing import ClassVar

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class KilledError(BaseException):
    """What a process feels of SIGKILL: nothing of ours catches it."""


class KilledAfterSendingBackend(BaseEmailBackend):
    taken: ClassVar[list[str]] = []

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.taken.extend(message.subject for message in email_messages)
        raise KilledError


class UnreachableBackend(BaseEmailBackend):
    def open(self) -> None:
        raise ConnectionRefusedError("nobody listens")


class ConnectionLostBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise smtplib.SMTPServerDisconnected("the line broke")


class UnknownMailboxBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"no such mailbox")})
