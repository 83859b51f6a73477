"""How far a plan was at the end of each month: read from assessments that are never overwritten."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from string import ascii_uppercase

from django.utils import timezone

from jukwaa.library.schema import STATE_MEANINGS, Framework, get_framework_or_placeholder
from jukwaa.plans.models import Assessment, Baseline, Plan

MAX_PROGRESS_POINTS = 12  # points of a picture
POINT_WIDTH, CHART_HEIGHT, COLUMN_WIDTH = 46, 120, 20  # units of the picture


@dataclass(frozen=True)
class ChartBar:
    """A part of a column: how many mean the same."""

    meaning: str
    number: int
    y: int
    height: int

    @property
    def middle(self) -> int:
        return self.y + self.height // 2 + 3


@dataclass(frozen=True)
class ProgressPoint:
    """How many capabilities meant what at one moment."""

    day: date
    name: str  # of a baseline; empty for the end of a month, and for today
    numbers: Counter[str]
    place: int
    highest: int  # of all columns of the picture
    mark: str = ""  # of a baseline, in the picture

    @property
    def done_count(self) -> int:
        return self.numbers["done"]

    @property
    def under_way_count(self) -> int:
        return self.numbers["under-way"]

    @property
    def needed_count(self) -> int:
        return self.numbers["needed"]

    @property
    def unknown_count(self) -> int:
        return self.numbers["unknown"]

    @property
    def x(self) -> int:
        return self.place * POINT_WIDTH

    @property
    def middle(self) -> int:
        return self.x + COLUMN_WIDTH // 2

    @property
    def bars(self) -> list[ChartBar]:
        """From the ground up, without what nobody has looked at."""
        found, top = [], CHART_HEIGHT
        for meaning in STATE_MEANINGS[:-1]:
            if number := self.numbers[meaning]:
                height = CHART_HEIGHT * number // self.highest
                top -= height
                found.append(ChartBar(meaning, number, top, height))
        return found


def build_progress_points(
    plan: Plan, baselines: Sequence[Baseline], assessments: Sequence[Assessment]
) -> list[ProgressPoint]:
    """The ends of the last months since it was opened, each baseline, and today. One query, for its editions."""
    now = timezone.now()
    moments = dict.fromkeys(_list_month_ends(plan.opened_at, now)[-MAX_PROGRESS_POINTS:], "")
    moments |= {baseline.at: baseline.name for baseline in baselines[:MAX_PROGRESS_POINTS]} | {now: ""}
    editions = list(plan.editions.values_list("at", "framework"))
    marks = dict(zip((moment for moment in sorted(moments) if moments[moment]), ascii_uppercase, strict=False))
    numbers = {
        moment: _count_states_by_meaning(assessments, _get_framework_at(plan, editions, moment), moment)
        for moment in sorted(moments)
    }
    highest = max(1, *(counted.total() - counted["unknown"] for counted in numbers.values()))
    return [
        ProgressPoint(timezone.localdate(moment), moments[moment], counted, place, highest, marks.get(moment, ""))
        for place, (moment, counted) in enumerate(numbers.items())
    ]


def _list_month_ends(first_time: datetime, last_time: datetime) -> list[datetime]:
    """The last moments of the months from one to the other that are over."""
    found = []
    month = timezone.localdate(first_time).replace(day=1)
    while (end := get_month_end(month)) < last_time:
        found.append(end)
        month = (month + timedelta(days=32)).replace(day=1)
    return found


def get_month_end(month_day: date) -> datetime:
    """The last moment of the month of this day."""
    following = (month_day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return timezone.make_aware(datetime.combine(following, time())) - timedelta(microseconds=1)


def _get_framework_at(plan: Plan, framework_editions: Sequence[tuple[datetime, str]], at_moment: datetime) -> Framework:
    """The edition that the plan was over then: that before the first crossing that came later."""
    name = next((framework for at, framework in framework_editions if at > at_moment), plan.framework)
    return get_framework_or_placeholder(name)


def _count_states_by_meaning(
    assessments: Iterable[Assessment], framework: Framework, at_moment: datetime
) -> Counter[str]:
    own = {part.value for part in framework.capabilities}
    counted = Counter(
        framework.state(each.state).meaning
        for each in assessments
        if each.capability in own
        and each.at <= at_moment
        and (each.replaced_at is None or each.replaced_at > at_moment)
    )
    counted["unknown"] += len(own) - counted.total()
    return counted
