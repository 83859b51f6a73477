"""What the coalition sees of national plans: how many countries say what, and nothing of any of them.

Read from what was counted when a month was over: nobody can watch a change, nor learn who agreed or took it back.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from jukwaa.coalitions.models import Coalition
from jukwaa.library.schema import Capability, CapabilityState, Framework, frameworks, in_language
from jukwaa.plans.hiding import Said
from jukwaa.plans.models import CountedMonth

A_YEAR = timedelta(days=370)  # so long numbers are shown that were not told anew


@dataclass(frozen=True)
class Row:
    """`numbers` are by the framework's states, in its order, at the end of the month of `day`; None where untold."""

    capability: Capability
    numbers: list[tuple[CapabilityState, int]] | None = None
    day: date | None = None


@dataclass(frozen=True)
class Figures:
    framework: Framework
    groups: list[tuple[str, list[Row]]]

    @property
    def states(self) -> list[CapabilityState]:
        return answers_of(self.framework)

    @property
    def columns(self) -> int:
        """Of a row of which nothing is told: its numbers and their month."""
        return len(self.states) + 1


def figures(coalition: Coalition) -> list[Figures]:
    """Of each framework of which anything can be told. One query."""
    told = _told(coalition)
    found = []
    for framework in frameworks():
        groups = [
            (in_language(named), [_row(framework, part, told) for part in parts]) for named, parts in framework.groups
        ]
        if any(row.numbers is not None for _named, rows in groups for row in rows):
            found.append(Figures(framework, groups))
    return found


def answers_of(framework: Framework) -> list[CapabilityState]:
    """What counts as an answer: all but that nobody has looked at it."""
    return [state for state in framework.states if state.meaning != "unknown"]


def _told(coalition: Coalition) -> dict[str, tuple[date, Said]]:
    """Each capability as it was told last."""
    months = CountedMonth.objects.filter(coalition=coalition, day__gt=timezone.localdate() - A_YEAR)
    return {name: (month.day, said) for month in months.order_by("day") for name, said in month.answers.items()}


def _row(framework: Framework, part: Capability, told: Mapping[str, tuple[date, Said]]) -> Row:
    if part.value not in told:
        return Row(part)
    day, said = told[part.value]
    numbers = Counter(said.values())
    return Row(part, [(state, numbers[state.value]) for state in answers_of(framework)], day)
