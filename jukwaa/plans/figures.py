"""What the coalition sees of national plans: how many countries say what, and nothing of any of them.

Read from what was counted when a month was over: nobody can watch a change, nor learn who agreed or took it back.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from jukwaa.coalitions.models import Coalition
from jukwaa.library.schema import Capability, CapabilityState, Framework, get_frameworks, localize_schema_text
from jukwaa.plans.disclosure_control import CountryAnswers
from jukwaa.plans.models import CountedMonth

MAX_PUBLISHED_FIGURE_AGE = timedelta(days=370)  # so long numbers are shown that were not told anew


@dataclass(frozen=True)
class CapabilityFigureRow:
    """`numbers` are by the framework's states, in its order, at the end of the month of `day`; None where untold."""

    capability: Capability
    numbers: list[tuple[CapabilityState, int]] | None = None
    day: date | None = None


@dataclass(frozen=True)
class FrameworkFigures:
    framework: Framework
    groups: list[tuple[str, list[CapabilityFigureRow]]]

    @property
    def states(self) -> list[CapabilityState]:
        return list_answer_states(self.framework)

    @property
    def columns(self) -> int:
        """Of a row of which nothing is told: its numbers and their month."""
        return len(self.states) + 1


def load_framework_figures(coalition: Coalition) -> list[FrameworkFigures]:
    """Of each framework of which anything can be told. One query."""
    published_answers = _load_published_answers(coalition)
    found = []
    for framework in get_frameworks():
        groups = [
            (localize_schema_text(named), [_build_capability_row(framework, part, published_answers) for part in parts])
            for named, parts in framework.groups
        ]
        if any(row.numbers is not None for _named, rows in groups for row in rows):
            found.append(FrameworkFigures(framework, groups))
    return found


def list_answer_states(framework: Framework) -> list[CapabilityState]:
    """What counts as an answer: all but that nobody has looked at it."""
    return [state for state in framework.states if state.meaning != "unknown"]


def _load_published_answers(coalition: Coalition) -> dict[str, tuple[date, CountryAnswers]]:
    """Each capability as it was told last."""
    months = CountedMonth.objects.filter(coalition=coalition, day__gt=timezone.localdate() - MAX_PUBLISHED_FIGURE_AGE)
    return {name: (month.day, said) for month in months.order_by("day") for name, said in month.answers.items()}


def _build_capability_row(
    framework: Framework, capability: Capability, published_answers: Mapping[str, tuple[date, CountryAnswers]]
) -> CapabilityFigureRow:
    if capability.value not in published_answers:
        return CapabilityFigureRow(capability)
    day, said = published_answers[capability.value]
    numbers = Counter(said.values())
    return CapabilityFigureRow(
        capability, [(state, numbers[state.value]) for state in list_answer_states(framework)], day
    )
