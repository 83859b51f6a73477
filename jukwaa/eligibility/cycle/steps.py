"""A step of the forum's year, and how the page shows it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from jukwaa.eligibility.evidence_links import EvidenceLink
from jukwaa.eligibility.self_check import CheckedCondition
from jukwaa.meetings.time_formatting import TimeLine


class Status(StrEnum):
    OPEN = "open"  # goes on by itself: never the next step
    DONE = "done"
    PASSED = "passed"  # its date has passed, and no record shows whether it was done
    MISSED = "missed"
    NEXT = "next"
    TO_DO = "to-do"  # of what goes on all year
    LATER = "later"
    NOT_NEEDED = "not-needed"


STATUS_LABELS: Mapping[Status, Promise] = {
    Status.OPEN: pgettext_lazy("step", "Open"),
    Status.DONE: pgettext_lazy("step", "Done"),
    Status.PASSED: pgettext_lazy("step", "Date has passed"),
    Status.MISSED: pgettext_lazy("step", "Missed"),
    Status.NEXT: pgettext_lazy("step", "Next step"),
    Status.TO_DO: pgettext_lazy("step", "To do"),
    Status.LATER: pgettext_lazy("step", "Later"),
    Status.NOT_NEEDED: pgettext_lazy("step", "Not needed"),
}
STATUS_STYLES: Mapping[Status, str] = {
    Status.OPEN: "good",
    Status.DONE: "good",
    Status.NEXT: "waits",
    Status.TO_DO: "waits",
    Status.MISSED: "waits",
}
FINISHED_STATUSES = frozenset({Status.DONE, Status.PASSED, Status.MISSED, Status.NOT_NEEDED})
UNKNOWN_DATE = _("The date is not known.")


@dataclass(frozen=True, kw_only=True)
class Step:
    """`when` has its dates, each as a line; `done` what was done or is missing; `who` takes it."""

    name: str
    title: str | Promise
    status: Status = Status.LATER
    when: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    conditions: tuple[CheckedCondition, ...] = ()  # of the self-check
    links: tuple[EvidenceLink, ...] = ()
    who: str = ""

    @property
    def label(self) -> Promise:
        return STATUS_LABELS[self.status]

    @property
    def look(self) -> str:
        return STATUS_STYLES.get(self.status, "gone")

    @property
    def is_over(self) -> bool:
        return self.status in FINISHED_STATUSES

    @property
    def is_next(self) -> bool:
        return self.status is Status.NEXT

    @property
    def dates(self) -> tuple[str | Promise, ...]:
        return self.when or (UNKNOWN_DATE,)


def format_time_line(line: TimeLine) -> str:
    return gettext("%(time)s, %(zone)s") % {"time": line.time, "zone": line.zone}


def mark_next_step(steps: Iterable[Step]) -> list[Step]:
    """Return the steps with the first one that is neither over nor open by itself marked as the next."""
    found = list(steps)
    waiting = (number for number, step in enumerate(found) if not step.is_over and step.status is not Status.OPEN)
    position = next(waiting, None)
    if position is not None:
        found[position] = replace(found[position], status=Status.NEXT)
    return found
