"""A step of the forum's year, and how the page shows it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from jukwaa.eligibility.evidence_links import EvidenceLink
from jukwaa.eligibility.self_check import CheckedCondition
from jukwaa.meetings.time_formatting import MeetingTimeLine


class StepStatus(StrEnum):
    OPEN = "open"  # goes on by itself: never the next step
    DONE = "done"
    PASSED = "passed"  # its date has passed, and no record shows whether it was done
    MISSED = "missed"
    NEXT = "next"
    TO_DO = "to-do"  # of what goes on all year
    LATER = "later"
    NOT_NEEDED = "not-needed"


STEP_STATUS_LABELS: Mapping[StepStatus, Promise] = {
    StepStatus.OPEN: pgettext_lazy("step", "Open"),
    StepStatus.DONE: pgettext_lazy("step", "Done"),
    StepStatus.PASSED: pgettext_lazy("step", "Date has passed"),
    StepStatus.MISSED: pgettext_lazy("step", "Missed"),
    StepStatus.NEXT: pgettext_lazy("step", "Next step"),
    StepStatus.TO_DO: pgettext_lazy("step", "To do"),
    StepStatus.LATER: pgettext_lazy("step", "Later"),
    StepStatus.NOT_NEEDED: pgettext_lazy("step", "Not needed"),
}
STEP_STATUS_STYLES: Mapping[StepStatus, str] = {
    StepStatus.OPEN: "good",
    StepStatus.DONE: "good",
    StepStatus.NEXT: "waits",
    StepStatus.TO_DO: "waits",
    StepStatus.MISSED: "waits",
}
FINISHED_STEP_STATUSES = frozenset({StepStatus.DONE, StepStatus.PASSED, StepStatus.MISSED, StepStatus.NOT_NEEDED})
UNKNOWN_DATE_TEXT = _("The date is not known.")


@dataclass(frozen=True, kw_only=True)
class ForumYearStep:
    """`when` has its dates, each as a line; `done` what was done or is missing; `who` takes it."""

    name: str
    title: str | Promise
    status: StepStatus = StepStatus.LATER
    when: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    conditions: tuple[CheckedCondition, ...] = ()  # of the self-check
    links: tuple[EvidenceLink, ...] = ()
    who: str = ""

    @property
    def label(self) -> Promise:
        return STEP_STATUS_LABELS[self.status]

    @property
    def style_class(self) -> str:
        return STEP_STATUS_STYLES.get(self.status, "gone")

    @property
    def is_over(self) -> bool:
        return self.status in FINISHED_STEP_STATUSES

    @property
    def is_next(self) -> bool:
        return self.status is StepStatus.NEXT

    @property
    def dates(self) -> tuple[str | Promise, ...]:
        return self.when or (UNKNOWN_DATE_TEXT,)


def format_time_line(time_line: MeetingTimeLine) -> str:
    return gettext("%(time)s, %(zone)s") % {"time": time_line.time, "zone": time_line.zone}


def mark_next_step(year_steps: Iterable[ForumYearStep]) -> list[ForumYearStep]:
    """Return the steps with the first one that is neither over nor open by itself marked as the next."""
    found = list(year_steps)
    waiting = (number for number, step in enumerate(found) if not step.is_over and step.status is not StepStatus.OPEN)
    position = next(waiting, None)
    if position is not None:
        found[position] = replace(found[position], status=StepStatus.NEXT)
    return found
