"""Whose voice is in a consultation: by regional group, stakeholder group and language; and who has not spoken.

Organisations are counted as they are. People on their own are counted together, and folded below five.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter

from django.db.models import Count as Number
from django.db.models import Q, QuerySet, Sum
from django.utils.translation import get_language

from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.names import FEW
from jukwaa.drafting.asked import asked_organisations, inputs_that_stand, silent_organisations
from jukwaa.drafting.models import Consultation, Input
from jukwaa.places.languages import language_name
from jukwaa.places.pictures import BeadRow, beads_stand_for, tally_bar
from jukwaa.places.regions import RegionalGroup, StakeholderGroup

MOST_NAMED = 200

type Counted = dict[str, tuple[int, int, int]]  # organisations, inputs and words, of each group


@dataclass(frozen=True)
class Voice:
    """A group: how many organisations of it spoke (in beads, too), how many inputs they gave, and of how many words."""

    name: str
    number: int
    beads: BeadRow
    inputs: int
    words: int


@dataclass(frozen=True)
class Turnout:
    """Of a group, how many organisations were asked, and how many of them have spoken."""

    name: str
    asked: int
    spoke: int


@dataclass(frozen=True)
class Voices:
    organisations: int
    inputs: int
    words: int
    people: int  # on their own, and those who are known by role alone
    people_inputs: int
    by_region: list[Voice]
    by_stakeholder: list[Voice]
    by_language: list[Voice]

    @property
    def tells_people(self) -> bool:
        """Whether there are so many that what they said together gives nobody away."""
        return self.people >= FEW


def voices_in(consultation: Consultation) -> Voices:
    """Four queries, whatever their number."""
    said = inputs_that_stand(consultation)
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
    by_language = _counted(through, "language")
    languages = [(each, language_name(each, get_language() or "en")) for each in by_language]
    return Voices(
        **whole,
        people=max(authors, named),
        by_region=_voices(RegionalGroup.choices, _counted(through, "capacity__regional_group")),
        by_stakeholder=_voices(StakeholderGroup.choices, _counted(through, "capacity__stakeholder_group")),
        by_language=_voices(sorted(languages, key=itemgetter(1)), by_language),
    )


def turnout(consultation: Consultation) -> list[Turnout]:
    """By regional group, of the organisations that were asked."""
    asked = _by_region(asked_organisations(consultation))
    silent = _by_region(silent_organisations(consultation))
    return [
        Turnout(str(name), asked[region], asked[region] - silent.get(region, 0))
        for region, name in RegionalGroup.choices
        if region in asked
    ]


def silent_ones(consultation: Consultation) -> list[Organisation]:
    """By name: for those who ask, and for nobody else."""
    return list(silent_organisations(consultation).order_by("name")[:MOST_NAMED])


def _by_region(rows: QuerySet[Organisation]) -> dict[str, int]:
    return dict(rows.order_by().values_list("regional_group").annotate(number=Number("pk", distinct=True)))


def _counted(said: QuerySet[Input], by: str) -> Counted:
    rows = said.order_by().values_list(by)
    numbers = {"inputs": Number("pk"), "words": Sum("words")}
    counted = rows.annotate(organisations=Number("capacity__organisation", distinct=True), **numbers)
    return {value: (organisations, inputs, words) for value, organisations, inputs, words in counted}


def _voices(choices: Iterable[tuple[str, object]], found: Counted) -> list[Voice]:
    """In the order of the choices; a group that nobody spoke for shows its gap, but for the unknown ones."""
    each = beads_stand_for(numbers[0] for numbers in found.values())
    return [
        Voice(str(name), number, tally_bar(number, stands_for=each), inputs, words)
        for value, name in choices
        for number, inputs, words in [found.get(value, (0, 0, 0))]
        if number or value not in (RegionalGroup.UNKNOWN, StakeholderGroup.UNKNOWN, StakeholderGroup.OTHER)
    ]
