"""What of briefs waits for a person: see `desk.py`."""

from typing import Any

from django.db.models import Count, QuerySet, Value

from jukwaa.coalitions.standing import Standing
from jukwaa.records.models import State
from jukwaa.regions.models import BriefQuestion, Delivery


def questions_by_brief(standing: Standing) -> QuerySet[Any, Any]:
    """What policy makers asked of those to whom this person handed a brief, by brief: how many wait for an answer."""
    sent = Delivery.objects.visible_to(standing.viewer).filter(
        by=standing.viewer.pk, edition__text__coalition=standing.coalition, edition__text__state=State.PUBLISHED
    )
    waiting = BriefQuestion.objects.filter(delivery__in=sent.order_by().values("pk"), answer="").order_by()
    of = "delivery__edition__text"
    counted: QuerySet[Any, Any] = waiting.values_list(of, f"{of}__title", Value("question")).annotate(n=Count("pk"))
    return counted
