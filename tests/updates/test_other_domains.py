"""Email that the mail server delivers here although its domain is not ours: it is logged, and answered once."""

import logging

import pytest

from jukwaa.mail.models import Message
from tests.updates.emails import AUTOMATIC_HEADERS, deliver_email, list_written_emails

pytestmark = pytest.mark.django_db
OTHER_DOMAIN_ADDRESS = "ours@elsewhere.example"


@pytest.fixture(autouse=True)
def set_mail_domain(settings):
    settings.MAIL_DOMAIN = "jukwaa.example"


def test_sender_gets_explanation_of_domain_addresses_once(mailing_coalition):
    deliver_email("Hello", to=OTHER_DOMAIN_ADDRESS, message_id="<1@example.org>")
    deliver_email("Hello again", to=OTHER_DOMAIN_ADDRESS, message_id="<2@example.org>")

    assert list_written_emails() == [("person@example.org", "How to use these email addresses")]
    assert "join+ours@jukwaa.example" in Message.objects.get().body


def test_operator_is_warned_in_log(mailing_coalition, caplog):
    with caplog.at_level(logging.WARNING, "jukwaa.updates"):
        deliver_email("Hello", to=OTHER_DOMAIN_ADDRESS)

    assert [record.getMessage() for record in caplog.records] == [
        (
            "An email came for elsewhere.example, but this site receives email at jukwaa.example. "
            "Set JUKWAA_MAIL_DOMAIN, or change what your mail server delivers here."
        )
    ]
    assert "person@" not in caplog.text


@pytest.mark.parametrize("email_headers", [AUTOMATIC_HEADERS, {"List-Post": "<mailto:list@elsewhere.example>"}])
def test_machine_and_mailing_list_get_no_answer(mailing_coalition, email_headers):
    deliver_email("Hello", to="list@elsewhere.example", **email_headers)

    assert list_written_emails() == []
