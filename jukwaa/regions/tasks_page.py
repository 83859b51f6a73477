"""What letters to those who are invited put on a desk: the letter to be sent, and whoever said yes."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.coalitions.standing import Standing
from jukwaa.coalitions.task_queries import Item, Row, Waits, teller
from jukwaa.regions import policies
from jukwaa.regions.models import Prospect

STANDS = timedelta(
    days=7
)  # nobody says that the short letter was sent, so that it need not stand there until it is closed


def letters(standing: Standing) -> Iterator[Waits]:
    """Of their introducer: the letter, and the short one. A letter that is on its way asks for nothing."""
    if not standing.is_inside:
        return
    own = Prospect.objects.visible_to(standing.viewer).of(standing.coalition).filter(introducer=standing.viewer.pk)
    lately = timezone.localdate() - STANDS
    to_send = own.filter(Q(state=Prospect.State.NOTED) | Q(state=Prospect.State.REMINDED, reminded_on__gte=lately))
    yield Waits(to_send.order_by("at"), _tell_letters, title="name", more="state", due="reminded_on")


@teller
def _tell_letters(standing: Standing, row: Row) -> Item:
    deed = _("Send the letter to %(name)s")
    why = _("You write from your own mail, and their address stays with you.")
    if row.more == Prospect.State.REMINDED:
        deed = _("Send the short letter to %(name)s")
        why = _("No answer came in three weeks. It is the only reminder; then it is closed by itself.")
    return Item(due=row.due, deed=deed % {"name": row.title}, why=why, url=_page(standing, row))


def answers(standing: Standing) -> Iterator[Waits]:
    """Of those who run the coalition: whoever said yes, and has not been written to."""
    if not policies.leads(standing):
        return
    waiting = Prospect.objects.of(standing.coalition).filter(state=Prospect.State.YES, written_on=None)
    yield Waits(waiting.order_by("answered_on"), _tell_answers, title="name", due="answered_on")


@teller
def _tell_answers(standing: Standing, row: Row) -> Item:
    return Item(
        due=row.due,
        deed=_("Write to %(name)s, and invite them to apply") % {"name": row.title},
        why=_("They said yes, and gave the address to which you may write."),
        url=_page(standing, row),
    )


def _page(standing: Standing, row: Row) -> str:
    return reverse("regions:prospect_detail", args=[standing.coalition.slug, row.pk])
