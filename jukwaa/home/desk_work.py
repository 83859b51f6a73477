"""What joint work puts on a desk: a text to sign, and what was promised and is due."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.coalitions.standing import Standing
from jukwaa.cooperation.models import Deliverable, JointWork, Party, Signature
from jukwaa.cooperation.quiet import OPEN
from jukwaa.coalitions.task_queries import Item, Row, Waits, teller
from jukwaa.records.models import State

SOON = timedelta(days=14)


def joint_work(standing: Standing) -> Iterator[Waits]:
    if standing.viewer.is_authenticated and standing.speaks_for:
        yield from _to_sign(standing)
        yield from _due(standing)


def _to_sign(standing: Standing) -> Iterator[Waits]:
    """Texts that wait for the signature of an organisation for which the viewer speaks."""
    works = _works(standing)
    waiting = Q(
        work__charters__proposed_at__isnull=False,
        work__charters__in_force_since__isnull=True,
        work__charters__dropped_at__isnull=True,
    )
    own = Party.objects.filter(waiting, work__in=works, organisation__in=standing.speaks_for, left_at__isnull=True)
    open_ones = Q(charter__in_force_since__isnull=True, charter__dropped_at__isnull=True)
    signed = Signature.objects.filter(open_ones, party__in=own).values("party")
    unsigned = own.exclude(pk__in=signed).order_by("pk")
    yield Waits(unsigned, _tell_to_sign, of="work", title="work__title", more="capacity__name")


@teller
def _tell_to_sign(standing: Standing, row: Row) -> Item:
    return Item(
        deed=_("Read and sign “%(title)s” for %(name)s") % {"title": row.title, "name": row.more},
        why=_("No work starts before all have signed."),
        url=reverse("cooperation:charter_sign", args=[standing.coalition.slug, row.of, row.pk]),
    )


def _works(standing: Standing) -> QuerySet[JointWork]:
    return JointWork.objects.visible_to(standing.viewer).of(standing.coalition).filter(state=State.PUBLISHED)


def _due(standing: Standing) -> Iterator[Waits]:
    """What their organisation delivers, from two weeks before its day."""
    works = _works(standing).filter(stage=JointWork.Stage.UNDER_WAY)
    until = timezone.localdate() + SOON
    own = Deliverable.objects.filter(
        Q(expected_on__lte=until) | Q(expected_on__isnull=True, promised_for__lte=until),
        work__in=works,
        state__in=OPEN,
        party__organisation__in=standing.speaks_for,
        party__left_at__isnull=True,
    )
    day = Coalesce("expected_on", "promised_for")
    yield Waits(own.order_by("promised_for", "pk"), _tell_due, of="work", title="what", due=day)


@teller
def _tell_due(standing: Standing, row: Row) -> Item:
    return Item(
        due=row.due,
        deed=_("Say how “%(what)s” stands") % {"what": row.title},
        why=_("Your organisation delivers it. A delay with its reason is no shame."),
        url=reverse("cooperation:deliverable_report", args=[standing.coalition.slug, row.of, row.pk]),
    )
