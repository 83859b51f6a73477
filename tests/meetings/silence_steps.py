"""What the tests of silence procedures share."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.core.refusals import ActionRefused
from jukwaa.drafting import actions as drafting
from jukwaa.drafting.actions import PositionContent, declare_call_outcome, take_call_position
from jukwaa.drafting.models import Call
from jukwaa.meetings.actions.silence_procedures import propose_silence_decision
from tests.drafting.consensus import get_moment_days_from_now

DECISION_WORDING = "The coalition publishes its minutes within a month."


def propose_silence_call(coordinator, meeting, text=DECISION_WORDING, days=14, **more) -> Call:
    return propose_silence_decision(
        actor=coordinator, meeting=meeting, text=text, closes_at=get_moment_days_from_now(days), **more
    )


def take_silence_position(actor, call, organisation, stance, reason=""):
    return take_call_position(actor=actor, call=call, organisation=organisation, stand=PositionContent(stance, reason))


def end_silence_call(call: Call) -> Call:
    """The time to respond is over."""
    Call.objects.filter(pk=call.pk).update(
        opens_at=timezone.now() - timedelta(days=20), closes_at=timezone.now() - timedelta(days=1)
    )
    call.refresh_from_db()
    return call


def declare_silence_outcome(coordinator, call, outcome, reason="No member objected."):
    return declare_call_outcome(actor=coordinator, call=call, outcome=outcome, reason=reason)


def get_action_refusal_text(action, *args, **kwargs):
    with pytest.raises(ActionRefused) as refused:
        action(*args, **kwargs)
    return str(refused.value)


def get_page_url(call):
    return reverse("drafting:call_detail", args=["ours", call.text_id, call.pk])


def update_call_rules(coordinator, **changed):
    return drafting.set_decision_rules(
        actor=coordinator, coalition=changed.pop("coalition"), silence="support", days=14, **changed
    )
