"""Silence procedures of the demo: one ends in three days, one has become a decision, one goes to the next meeting.

What they say is written for the demo, and only organisations that are made up respond. Time alone is lent to them.
"""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from jukwaa.drafting.actions import PositionContent, declare_call_outcome, take_call_position
from jukwaa.drafting.models import Call
from jukwaa.drafting.positions import get_decision_rules
from jukwaa.meetings.actions.silence_procedures import propose_silence_decision
from jukwaa.meetings.models import Meeting
from jukwaa.records.demo_parts import Demo, read_demo_data
from jukwaa.records.models import State

DEMO_CALL_PERIOD = timedelta(days=14)


def create_demo_silence_procedures(demo: Demo) -> None:
    demo.say("Deciding in writing ...")
    held = Meeting.objects.filter(coalition=demo.coalition, state=State.PUBLISHED, cancelled_at=None)
    meeting = held.filter(starts_on__lt=timezone.localdate()).order_by("-order_day")[0]
    meeting.coalition = demo.coalition
    for row in read_demo_data("jukwaa.meetings", "decisions.toml")["procedures"]:
        _create_silence_procedure(demo, meeting, row)


def _create_silence_procedure(demo: Demo, meeting: Meeting, demo_row: dict[str, Any]) -> None:
    days = timedelta(days=get_decision_rules(demo.coalition).decision_days)
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    call = propose_silence_decision(
        actor=demo.coordinator, meeting=meeting, text=demo_row["text"], closes_at=midnight + days
    )
    speakers = list(demo.speakers.values())
    for position in demo_row.get("positions", []):
        person, organisation = speakers[position["number"]]
        stand = PositionContent(position["stance"], position.get("reason", ""))
        take_call_position(actor=person, call=call, organisation=organisation, stand=stand)
    _backdate_procedure_call(call, midnight + timedelta(days=demo_row["ends_in_days"]))
    if outcome := demo_row.get("outcome"):
        declare_call_outcome(actor=demo.coordinator, call=call, outcome=outcome, reason=demo_row["reason"])


def _backdate_procedure_call(consensus_call: Call, closes_at: datetime) -> None:
    """Move the start of a call back by a full period."""
    began = closes_at - DEMO_CALL_PERIOD
    Call.objects.filter(pk=consensus_call.pk).update(opens_at=began, closes_at=closes_at)
    consensus_call.positions.update(at=min(began + DEMO_CALL_PERIOD / 2, timezone.now()))
    consensus_call.refresh_from_db(fields=["opens_at", "closes_at"])
