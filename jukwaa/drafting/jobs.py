"""What the clock does about texts."""

from datetime import datetime

from jukwaa.drafting.actions import extend_silence_call
from jukwaa.drafting.models import Call, Form, Position
from jukwaa.records.models import State
from jukwaa.updates.clock import ClockPhase, register_job


@register_job("extend silence procedures", ClockPhase.PREPARE)
def extend_open_calls(now: datetime) -> int:
    """Extend those at whose end members await instructions. Without a period: their page says at once how it is."""
    ended = Call.objects.filter(outcome="", closes_at__lte=now, extended_at=None, text__form=Form.DECISION)
    waiting = Position.objects.filter(stands=True, stance=Position.Stance.AWAITING).values("call")
    found = ended.filter(pk__in=waiting, text__state=State.PUBLISHED).select_related("text__coalition")
    return sum(extend_silence_call(call=call, now=now) for call in found.order_by("pk"))
