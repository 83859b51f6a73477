"""Emails to the secretariat address of the coalition, as the mail server hands them over."""

from jukwaa.proposals.correspondence_models import CorrespondenceMessage, SecretariatAddress
from tests.updates.emails import build_own_address, deliver_email

MAIL_AUTHORITY = "mx.example.org"
SECRETARIAT_ADDRESS = "office@forum.example"
COALITION_ADDRESS = build_own_address("secretariat+ours")
FORWARDED_EMAIL_TEXT = """Please see below.

---------- Forwarded message ---------
From: The Office <office@forum.example>
Date: Mon, 4 May 2026 at 10:04
Subject: Your session
To: A member <member@example.org>

Please confirm the speakers no later than 15 May 2099.
"""


def add_secretariat_address(coalition, email_address=SECRETARIAT_ADDRESS):
    return SecretariatAddress.objects.create(coalition=coalition, address=email_address)


def receive_email(
    text="Please confirm.",
    *,
    sender=SECRETARIAT_ADDRESS,
    is_authenticated=True,
    message_id="<one@forum.example>",
    **more,
):
    """Email the role address; our mail server vouches for its sender if `is_authenticated`. Return what is kept."""
    result = "pass" if is_authenticated else "fail"
    found = f"{MAIL_AUTHORITY}; dmarc={result} header.from={sender.rpartition('@')[2]}"
    deliver_email(
        text, to=COALITION_ADDRESS, sender=sender, message_id=message_id, Authentication_Results=found, **more
    )
    return CorrespondenceMessage.objects.order_by("-pk").first()
