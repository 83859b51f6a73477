"""Who offers, who needs, who pledges, who works together: organisations counted by group, and none of them named."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.coalitions.caching import get_or_build_cached
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.cooperation.models import JointWork, Need, Offer, Party, Signature
from jukwaa.cooperation.models.help import build_open_help_condition
from jukwaa.events.models import Event, Pledge
from jukwaa.places.regions import RegionalGroup, StakeholderGroup
from jukwaa.records.models import State

PLEDGE_COUNTING_PERIOD = timedelta(days=365)
ORGANISATION_GROUP_FIELDS = ("organisation__regional_group", "organisation__stakeholder_group")

type Table = tuple[str, list[tuple[str, dict[str, int]]]]


def build_figure_tables(viewer: Viewer, coalition: Coalition) -> Iterator[Table]:
    """A heading, and for each group in which there is anybody its name and its numbers.

    All that counts is looked at, so that the numbers are kept for each reader until something is written.
    """
    counted = get_or_build_cached(
        coalition, f"together-figures-{viewer.pk}", lambda: _count_by_dimension(viewer, coalition)
    )
    for place, heading, choices in (
        (0, _("By regional group"), RegionalGroup),
        (1, _("By stakeholder group"), StakeholderGroup),
    ):
        numbers = {name: _sum_by_group(groups, place) for name, groups in counted.items()}
        each = [
            (str(label), {name: found[value] for name, found in numbers.items()}) for value, label in choices.choices
        ]
        yield heading, [(label, row) for label, row in each if any(row.values())]


def _count_by_dimension(viewer: Viewer, coalition: Coalition) -> dict[str, dict[tuple[str, str], int]]:
    return {name: _count_by_group(rows) for name, rows in _iter_figure_querysets(viewer, coalition)}


def _iter_figure_querysets(viewer: Viewer, coalition: Coalition) -> Iterator[tuple[str, QuerySet[Any]]]:
    """What is open today; what was pledged for a day of the last year, or to come; what is under way, and was signed.

    A party that others named and that has signed nothing is not counted.
    """
    for model in (Offer, Need):
        rows = model.objects.visible_to(viewer).of(coalition)
        yield model.SIDE, rows.filter(build_open_help_condition(), organisation__isnull=False)
    events = Event.objects.visible_to(viewer).of(coalition).filter(state=State.PUBLISHED)
    since = timezone.localdate() - PLEDGE_COUNTING_PERIOD
    yield "pledge", Pledge.objects.standing().filter(occurrence__event__in=events, occurrence__ends_on__gte=since)
    works = JointWork.objects.visible_to(viewer).of(coalition)
    running = works.filter(state=State.PUBLISHED, stage=JointWork.Stage.UNDER_WAY)
    signed = Signature.objects.filter(party=OuterRef("pk"), charter__in_force_since__isnull=False)
    yield "work", Party.objects.filter(Exists(signed), work__in=running, left_at__isnull=True)


def _count_by_group(counted_rows: QuerySet[Any]) -> dict[tuple[str, str], int]:
    """Organisations by regional and stakeholder group: each is in one of either, so the numbers add up."""
    found = (
        counted_rows.order_by().values_list(*ORGANISATION_GROUP_FIELDS).annotate(n=Count("organisation", distinct=True))
    )
    return {(region, group): number for region, group, number in found}


def _sum_by_group(counts_by_group: dict[tuple[str, str], int], group_index: int) -> Counter[str]:
    summed: Counter[str] = Counter()
    for names, number in counts_by_group.items():
        summed[names[group_index]] += number
    return summed
