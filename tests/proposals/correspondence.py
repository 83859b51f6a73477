"""Emails to the secretariat address of the coalition, as the mail server hands them over."""

from jukwaa.proposals.correspondence_models import CorrespondenceMessage, SecretariatAddress
from tests.updates.mails import at, deliver

AUTHORITY = "mx.example.org"
SECRETARIAT = "office@forum.example"
ADDRESS = at("secretariat+ours")
FORWARDED = """Please see below.

---------- Forwarded message ---------
From: The Office <office@forum.example>
Date: Mon, 4 May 2026 at 10:04
Subject: Your session
To: A member <member@example.org>

Please confirm the speakers no later than 15 May 2099.
"""


def add_secretariat_address(coalition, address=SECRETARIAT):
    return SecretariatAddress.objects.create(coalition=coalition, address=address)


def receive(text="Please confirm.", *, sender=SECRETARIAT, proven=True, message_id="<one@forum.example>", **more):
    """An email to the role address; our mail server vouches for its sender if `proven`. Return what is kept."""
    result = "pass" if proven else "fail"
    found = f"{AUTHORITY}; dmarc={result} header.from={sender.rpartition('@')[2]}"
    deliver(text, to=ADDRESS, sender=sender, message_id=message_id, Authentication_Results=found, **more)
    return CorrespondenceMessage.objects.order_by("-pk").first()
