"""What the coalition sees of national plans: how many countries say what, and nothing of any of them.

Counted are plans whose lead agreed before the end of last month, as they stood then, and a capability only where at
least five countries have answered for it. Nobody can watch a change, nor learn who agreed.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from jukwaa.coalitions.models import Coalition
from jukwaa.library.schema import Capability, CapabilityState, Framework, frameworks, in_language
from jukwaa.places.countries import COUNTRIES
from jukwaa.plans.models import Assessment, CarriedOver, Plan
from jukwaa.plans.progress import month_end

LEAST = 5  # countries that answered; below that nothing is told


@dataclass(frozen=True)
class Row:
    """`numbers` are by the framework's states, in its order; None where too few countries have answered."""

    capability: Capability
    numbers: list[tuple[CapabilityState, int]] | None


@dataclass(frozen=True)
class Figures:
    framework: Framework
    groups: list[tuple[str, list[Row]]]

    @property
    def states(self) -> list[CapabilityState]:
        return _answers(self.framework)


def figures(coalition: Coalition) -> list[Figures]:
    """Of each framework of which anything can be told. One query."""
    counted = _counted(coalition)
    found = []
    for framework in frameworks():
        groups = [
            (in_language(named), [_row(framework, part, counted[part.value]) for part in parts])
            for named, parts in framework.groups
        ]
        if any(row.numbers is not None for _named, rows in groups for row in rows):
            found.append(Figures(framework, groups))
    return found


def _answers(framework: Framework) -> list[CapabilityState]:
    return [state for state in framework.states if state.meaning != "unknown"]


def _row(framework: Framework, part: Capability, said: dict[str, set[str]]) -> Row:
    numbers = [(state, len(said.get(state.value, ()))) for state in _answers(framework)]
    told = sum(number for _state, number in numbers) >= LEAST
    return Row(part, numbers if told else None)


def _counted(coalition: Coalition) -> dict[str, dict[str, set[str]]]:
    """Countries by capability and state."""
    moment = month_end(timezone.localdate().replace(day=1) - timedelta(days=1))
    crossed = CarriedOver.objects.filter(plan=OuterRef("plan"), at__gt=moment).order_by("at").values("framework")[:1]
    awake = Plan.objects.living().exclude(pk__in=Plan.objects.asleep().values("pk"))
    agreed = awake.filter(pk=OuterRef("plan"), coalition=coalition, consented_at__lte=moment, country__in=COUNTRIES)
    rows = Assessment.objects.standing_at(moment).filter(Exists(agreed)).order_by()
    over = rows.annotate(over=Coalesce(Subquery(crossed), F("plan__framework")))
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for country, framework, capability, state in over.values_list("plan__country", "over", "capability", "state"):
        if capability.rpartition("/")[0] == framework:
            found[capability][state].add(country)
    return found
