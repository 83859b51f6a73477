"""Requests as the tests of this folder make them."""

import re

import pytest
from django.urls import reverse

from jukwaa.privacy.actions import (
    DataRequestInput,
    request_name_redaction,
)
from tests.factories import DocumentFactory

REDACTED_NAME = "Maria Testova"
REDACTION_FORM_DATA = {
    "kind": "redaction",
    "name": REDACTED_NAME,
    "words": "I no longer work there.",
    "email": "maria@example.org",
}


@pytest.fixture
def document(coalition):
    return DocumentFactory(coalition=coalition, title="A report", text=f"{REDACTED_NAME} opened.", published=True)


@pytest.fixture
def redaction_request(coalition, member, document):
    return create_redaction_request(member, coalition, document)


def create_redaction_request(actor, coalition, record=None, **more):
    words = DataRequestInput(
        name=REDACTED_NAME, words="I no longer work there.", record=record, email="maria@example.org"
    )
    return request_name_redaction(actor=actor, coalition=coalition, asked=words, **more)


def get_request_url(data_request, route_name="request_detail"):
    return reverse(f"privacy:{route_name}", args=["ours", data_request.pk])


def find_link_in_email(email_message):
    return re.search(r"https?://[^/\s]+(/ours/data-requests/link/\S+)", email_message.body)[1]
