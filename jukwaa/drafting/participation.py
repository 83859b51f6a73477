"""Whose voice is in a consultation: by regional group, stakeholder group and language; and who has not spoken.

Organisations are counted as they are. People on their own are counted together, and folded below five.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter

from django.db.models import Count as Number
from django.db.models import Q, QuerySet, Sum
from django.utils.translation import get_language

from jukwaa.coalitions.display_names import MIN_SHOWN_PEOPLE_COUNT
from jukwaa.coalitions.models import Organisation
from jukwaa.drafting.consultation_audience import (
    find_current_inputs,
    find_invited_organisations,
    find_organisations_without_input,
)
from jukwaa.drafting.models import Consultation, Input
from jukwaa.places.count_graphics import BeadRow, choose_bead_value, draw_bead_row
from jukwaa.places.languages import get_language_name
from jukwaa.places.regions import RegionalGroup, StakeholderGroup

MAX_NAMED_ORGANISATIONS = 200

type CountsByGroup = dict[str, tuple[int, int, int]]  # organisations, inputs and words, of each group


@dataclass(frozen=True)
class GroupParticipation:
    """A group: how many organisations of it spoke (in beads, too), how many inputs they gave, and of how many words."""

    name: str
    number: int
    beads: BeadRow
    inputs: int
    words: int


@dataclass(frozen=True)
class RegionTurnout:
    """Of a group, how many organisations were asked, and how many of them have spoken."""

    name: str
    asked: int
    spoke: int


@dataclass(frozen=True)
class ConsultationParticipation:
    organisations: int
    inputs: int
    words: int
    people: int  # on their own, and those who are known by role alone
    people_inputs: int
    by_region: list[GroupParticipation]
    by_stakeholder: list[GroupParticipation]
    by_language: list[GroupParticipation]

    @property
    def shows_individuals(self) -> bool:
        """Whether there are so many that what they said together gives nobody away."""
        return self.people >= MIN_SHOWN_PEOPLE_COUNT


def count_consultation_participation(consultation: Consultation) -> ConsultationParticipation:
    """Four queries, whatever their number."""
    said = find_current_inputs(consultation)
    for_one, own = Q(capacity__organisation__isnull=False), Q(capacity__organisation__isnull=True)
    whole = said.aggregate(
        organisations=Number("capacity__organisation", distinct=True),
        inputs=Number("pk", filter=for_one),
        words=Sum("words", filter=for_one, default=0),
        people_inputs=Number("pk", filter=own),
        authors=Number("author", distinct=True, filter=own),
        named=Number("capacity__name", distinct=True, filter=own),
    )
    authors, named = whole.pop("authors"), whole.pop("named")
    through = said.filter(for_one)
    by_language = _count_inputs_by_field(through, "language")
    languages = [(each, get_language_name(each, get_language() or "en")) for each in by_language]
    return ConsultationParticipation(
        **whole,
        people=max(authors, named),
        by_region=_build_group_rows(RegionalGroup.choices, _count_inputs_by_field(through, "capacity__regional_group")),
        by_stakeholder=_build_group_rows(
            StakeholderGroup.choices, _count_inputs_by_field(through, "capacity__stakeholder_group")
        ),
        by_language=_build_group_rows(sorted(languages, key=itemgetter(1)), by_language),
    )


def count_turnout_by_region(consultation: Consultation) -> list[RegionTurnout]:
    """By regional group, of the organisations that were asked."""
    asked = _count_by_region(find_invited_organisations(consultation))
    silent = _count_by_region(find_organisations_without_input(consultation))
    return [
        RegionTurnout(str(name), asked[region], asked[region] - silent.get(region, 0))
        for region, name in RegionalGroup.choices
        if region in asked
    ]


def list_organisations_without_input(consultation: Consultation) -> list[Organisation]:
    """By name: for those who ask, and for nobody else."""
    return list(find_organisations_without_input(consultation).order_by("name")[:MAX_NAMED_ORGANISATIONS])


def _count_by_region(organisations: QuerySet[Organisation]) -> dict[str, int]:
    return dict(organisations.order_by().values_list("regional_group").annotate(number=Number("pk", distinct=True)))


def _count_inputs_by_field(counted_inputs: QuerySet[Input], group_field: str) -> CountsByGroup:
    rows = counted_inputs.order_by().values_list(group_field)
    numbers = {"inputs": Number("pk"), "words": Sum("words")}
    counted = rows.annotate(organisations=Number("capacity__organisation", distinct=True), **numbers)
    return {value: (organisations, inputs, words) for value, organisations, inputs, words in counted}


def _build_group_rows(
    group_choices: Iterable[tuple[str, object]], counts_by_group: CountsByGroup
) -> list[GroupParticipation]:
    """In the order of the choices; a group that nobody spoke for shows its gap, but for the unknown ones."""
    each = choose_bead_value(numbers[0] for numbers in counts_by_group.values())
    return [
        GroupParticipation(str(name), number, draw_bead_row(number, bead_value=each), inputs, words)
        for value, name in group_choices
        for number, inputs, words in [counts_by_group.get(value, (0, 0, 0))]
        if number or value not in (RegionalGroup.UNKNOWN, StakeholderGroup.UNKNOWN, StakeholderGroup.OTHER)
    ]
