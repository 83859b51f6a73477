"""What of briefs waits for a person: see `desk.py`."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.coalitions.standing import Standing
from jukwaa.coalitions.task_queries import Item, Row, Waits, teller
from jukwaa.records.models import State
from jukwaa.regions.models import BriefQuestion, Delivery


def questions(standing: Standing) -> Iterator[Waits]:
    """What policy makers asked of those to whom this person handed a brief, by brief."""
    sent = Delivery.objects.visible_to(standing.viewer).filter(
        by=standing.viewer.pk, edition__text__coalition=standing.coalition, edition__text__state=State.PUBLISHED
    )
    waiting = BriefQuestion.objects.filter(delivery__in=sent.order_by().values("pk"), answer="")
    text = "delivery__edition__text"
    yield Waits(waiting, _tell_questions, title=f"{text}__title", counted_by=text)


@teller
def _tell_questions(standing: Standing, row: Row) -> Item:
    deed = ngettext(
        "Answer one question that was asked about “%(title)s”",
        "Answer %(n)s questions that were asked about “%(title)s”",
        row.number,
    )
    return Item(
        deed=deed % {"n": row.number, "title": row.title},
        why=_("Those to whom you handed the brief asked. Write down what they were answered."),
        url=reverse("regions:brief_detail", args=[standing.coalition.slug, row.pk]),
    )
