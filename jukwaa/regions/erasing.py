"""What others said to an observation goes with it."""

from typing import Any

from jukwaa.records.models import Record
from jukwaa.regions.models import Voice


def erase_voices(record: Record, **_signal: Any) -> None:
    """Of an observation that was purged: words of people about what is gone."""
    Voice.objects.filter(item=record.pk).delete()
