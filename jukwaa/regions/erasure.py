"""What others said to an observation, and what hangs on a brief, goes with it."""

from typing import Any

from django.utils.translation import gettext as _

from jukwaa.records.models import Record
from jukwaa.regions.models import BriefQuestion, BriefUse, Delivery, Voice


def erase_record_voices(record: Record, **_signal: Any) -> None:
    """Of an observation that was purged: words of people about what is gone."""
    Voice.objects.filter(item=record.pk).delete()


def erase_record_deliveries(record: Record, **_signal: Any) -> None:
    """Who received a brief that was purged, what they asked, and what shows its use."""
    gone = _("deleted permanently")
    deliveries = Delivery.objects.filter(edition__text=record.pk)
    BriefQuestion.objects.filter(delivery__in=deliveries).exclude(answer="").update(answer=gone)
    BriefQuestion.objects.filter(delivery__in=deliveries).update(words=gone)
    deliveries.exclude(body="").update(body=gone)
    BriefUse.objects.filter(edition__text=record.pk).update(url="")
