"""Correspondence of the demo: made-up messages, each marked as one, from addresses that cannot exist."""

import hashlib
from datetime import timedelta
from typing import Any

from django.utils import timezone, translation

from jukwaa.core.dates import format_long_date
from jukwaa.proposals.actions import (
    file_correspondence_message,
    request_draft_review,
    save_secretariat_addresses,
    write_correspondence_draft,
)
from jukwaa.proposals.correspondence_deadlines import find_deadlines_in_text
from jukwaa.proposals.correspondence_models import CorrespondenceMessage
from jukwaa.proposals.models import Proposal
from jukwaa.records.demo_parts import Demo, Row, read_demo_data

DEADLINE_OFFSET = timedelta(days=12)
Kind, Why = CorrespondenceMessage.Kind, CorrespondenceMessage.Why


def add_demo_correspondence(demo: Demo) -> None:
    demo.say("Filing messages of a secretariat ...")
    said = read_demo_data("jukwaa.proposals", "correspondence.toml")
    proposal = Proposal.objects.of(demo.coalition).in_progress().latest("pk")
    proposal.coalition = demo.coalition
    save_secretariat_addresses(actor=demo.coordinator, coalition=demo.coalition, email_addresses=[said["secretariat"]])
    sender = {"sender": said["secretariat"], "sender_name": said["name"], "proposal": proposal}
    messages = [_file_demo_message(demo, row, kind=Kind.RECEIVED, **sender) for row in said["message"]]
    held = said["held"]
    _file_demo_message(
        demo, held, kind=Kind.RECEIVED, held_because=Why.STRANGER, sender=held["sender"], sender_name=held["name"]
    )
    draft = write_correspondence_draft(
        actor=demo.coordinator,
        coalition=demo.coalition,
        proposal=proposal,
        answers=messages[-1],
        recipient=said["secretariat"],
        subject=said["draft"]["subject"],
        text=said["draft"]["text"].strip(),
    )
    request_draft_review(actor=demo.coordinator, message_draft=draft, reviewer=demo.rapporteur)


def _file_demo_message(demo: Demo, demo_row: Row, **facts: Any) -> CorrespondenceMessage:
    at = timezone.now() - timedelta(days=demo_row.get("days_ago", 1))
    with translation.override("en"):
        text = demo_row["text"].strip().replace("{deadline}", format_long_date(timezone.localdate() + DEADLINE_OFFSET))
    return file_correspondence_message(
        coalition=demo.coalition,
        email_digest=hashlib.sha256(text.encode()).hexdigest(),
        message_values=facts
        | {"subject": demo_row["subject"], "text": text, "at": at, "received_at": at, "language": "en"}
        | {"is_automatic": demo_row.get("automatic", False)},
        found_deadlines=find_deadlines_in_text(text, timezone.localdate(at)),
    )
