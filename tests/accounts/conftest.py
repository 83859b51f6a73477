"""How a person gets in, as tests do it: by reading the mail that was sent."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from jukwaa.mail.actions import send_waiting_emails


@dataclass(frozen=True)
class SignInEmail:
    to: str
    subject: str
    body: str

    @property
    def code(self) -> str:
        return re.search(r"^ {4}(\d{6,9})$", self.body, re.MULTILINE)[1]

    @property
    def path(self) -> str:
        return re.search(r"https?://[^/\s]+(/account/link/\S+)", self.body)[1]


@pytest.fixture
def read_sign_in_emails() -> Callable[[], list[SignInEmail]]:
    """Every mail that left so far."""

    def parse_sign_in_emails() -> list[SignInEmail]:
        send_waiting_emails()
        return [SignInEmail(message.to[0], message.subject, message.body) for message in mail.outbox]

    return parse_sign_in_emails


@pytest.fixture
def request_sign_in(read_sign_in_emails) -> Callable[..., tuple[str, SignInEmail]]:
    """Types the address; gives the page where the code goes, and the mail."""

    def request_sign_in_email(client: Client, email: str, **fields: str) -> tuple[str, SignInEmail]:
        response = client.post(reverse("account_login"), {"email": email, **fields})
        assert response.status_code == 302, response.text
        return response.headers["Location"], read_sign_in_emails()[-1]

    return request_sign_in_email
