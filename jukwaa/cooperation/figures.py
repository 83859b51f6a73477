"""Who offers, who needs, who pledges, who works together: organisations counted by group, and none of them named."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.coalitions.caching import kept
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.cooperation.models import JointWork, Need, Offer, Party, Signature
from jukwaa.cooperation.models.help import still_open
from jukwaa.events.models import Event, Pledge
from jukwaa.places.regions import RegionalGroup, StakeholderGroup
from jukwaa.records.models import State

YEAR = timedelta(days=365)
GROUPS = ("organisation__regional_group", "organisation__stakeholder_group")

type Table = tuple[str, list[tuple[str, dict[str, int]]]]


def tables(viewer: Viewer, coalition: Coalition) -> Iterator[Table]:
    """A heading, and for each group in which there is anybody its name and its numbers.

    All that counts is looked at, so that the numbers are kept for each reader until something is written.
    """
    counted = kept(coalition, f"together-figures-{viewer.pk}", lambda: _all(viewer, coalition))
    for place, heading, choices in (
        (0, _("By regional group"), RegionalGroup),
        (1, _("By stakeholder group"), StakeholderGroup),
    ):
        numbers = {name: _summed(groups, place) for name, groups in counted.items()}
        each = [
            (str(label), {name: found[value] for name, found in numbers.items()}) for value, label in choices.choices
        ]
        yield heading, [(label, row) for label, row in each if any(row.values())]


def _all(viewer: Viewer, coalition: Coalition) -> dict[str, dict[tuple[str, str], int]]:
    return {name: _counted(rows) for name, rows in _sides(viewer, coalition)}


def _sides(viewer: Viewer, coalition: Coalition) -> Iterator[tuple[str, QuerySet[Any]]]:
    """What is open today; what was pledged for a day of the last year, or to come; what is under way, and was signed.

    A party that others named and that has signed nothing is not counted.
    """
    for model in (Offer, Need):
        rows = model.objects.visible_to(viewer).of(coalition)
        yield model.SIDE, rows.filter(still_open(), organisation__isnull=False)
    events = Event.objects.visible_to(viewer).of(coalition).filter(state=State.PUBLISHED)
    since = timezone.localdate() - YEAR
    yield "pledge", Pledge.objects.standing().filter(occurrence__event__in=events, occurrence__ends_on__gte=since)
    works = JointWork.objects.visible_to(viewer).of(coalition)
    running = works.filter(state=State.PUBLISHED, stage=JointWork.Stage.UNDER_WAY)
    signed = Signature.objects.filter(party=OuterRef("pk"), charter__in_force_since__isnull=False)
    yield "work", Party.objects.filter(Exists(signed), work__in=running, left_at__isnull=True)


def _counted(rows: QuerySet[Any]) -> dict[tuple[str, str], int]:
    """Organisations by regional and stakeholder group: each is in one of either, so the numbers add up."""
    found = rows.order_by().values_list(*GROUPS).annotate(n=Count("organisation", distinct=True))
    return {(region, group): number for region, group, number in found}


def _summed(groups: dict[tuple[str, str], int], place: int) -> Counter[str]:
    summed: Counter[str] = Counter()
    for names, number in groups.items():
        summed[names[place]] += number
    return summed
