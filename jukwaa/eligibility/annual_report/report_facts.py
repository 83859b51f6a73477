"""What the record shows of a year: all numbers, the parts of members and attendance, and the public records to name."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from jukwaa.accounts.models import Person
from jukwaa.coalitions.display_names import MIN_SHOWN_COUNT, get_public_name
from jukwaa.drafting.models import Edition, Position
from jukwaa.eligibility.annual_report import meeting_statistics, member_statistics, sharing_statistics, text_statistics
from jukwaa.eligibility.annual_report.all_statistics import ONGOING_STATISTICS, STATISTICS_BY_KEY
from jukwaa.eligibility.annual_report.number_markers import mark
from jukwaa.eligibility.annual_report.period import ReportPeriod
from jukwaa.eligibility.annual_report.statistic import build_public_q, count_statistics_in_period
from jukwaa.meetings.models import Dissent, Entry, Meeting
from jukwaa.places.regions import RegionalGroup, StakeholderGroup

MAX_LISTED_RECORDS = 30  # records that a section names; the page of its number lists all of them
GROUPING_CHOICES = {"group": StakeholderGroup, "region": RegionalGroup}
SMALL_GROUPS_KEY = "small"  # stands for all groups that are too small to be told apart

type Counts = Counter[str]


@dataclass(frozen=True)
class GroupNumbers:
    """A stakeholder group or region with its numbers, by the key of the statistic. `value` narrows the list to it."""

    value: str
    name: str
    numbers: dict[str, int]


@dataclass
class ReportFacts:
    period: ReportPeriod

    @cached_property
    def numbers(self) -> dict[str, int]:
        return count_statistics_in_period(STATISTICS_BY_KEY, self.period)

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened. Members and open commitments may be there all the same."""
        return not any(number for key, number in self.numbers.items() if key not in ONGOING_STATISTICS)

    def has(self, *keys: str) -> bool:
        return any(self.numbers[key] for key in keys)

    def mark(self, key: str) -> str:
        return mark(STATISTICS_BY_KEY[key], self.numbers[key])

    def count_by(self, key: str, by: str) -> Counts:
        """Return how many rows of a statistic each group or region has."""
        counted: Counts = Counter()
        for group, region, number in self._count_by_groups(key):
            counted[{"group": group, "region": region}[by]] += number
        return counted

    def _count_by_groups(self, key: str) -> list[tuple[str, str, int]]:
        known: dict[str, list[tuple[str, str, int]]] = self.__dict__.setdefault("_tallied", {})
        if key not in known:
            statistic = STATISTICS_BY_KEY[key]
            rows = statistic.find(self.period).order_by()
            known[key] = list(rows.values_list(statistic.by["group"], statistic.by["region"]).annotate(Count("pk")))
        return known[key]

    def get_member_parts(self, by: str) -> list[GroupNumbers]:
        keys = ("members", "joined", "left")
        counts = {key: self.count_by(key, by) for key in keys}
        parts = [
            GroupNumbers(value, str(label), {key: counts[key][value] for key in keys})
            for value, label in GROUPING_CHOICES[by].choices
        ]
        return [part for part in parts if any(part.numbers.values())]

    def get_attendance_parts(self, by: str) -> list[GroupNumbers]:
        """Groups with few attendances stand together, so that nobody is found by them.

        There are no parts of a year that is not over: two numbers of different days would tell who came in between.
        """
        if not self.period.is_over:
            return []
        counts = self.count_by("attendances", by)
        small = find_small_groups(counts)
        parts = [
            GroupNumbers(value, str(label), {"attendances": counts[value]})
            for value, label in GROUPING_CHOICES[by].choices
            if counts[value] and value not in small
        ]
        if (together := sum(counts[value] for value in small)) >= MIN_SHOWN_COUNT:
            parts.append(GroupNumbers(SMALL_GROUPS_KEY, "", {"attendances": together}))
        return parts

    # The records that everyone can read, and which a report names.

    @cached_property
    def coordinators(self) -> list[Person]:
        """Those who chose to be named to everyone."""
        found = member_statistics.find_coordinators_in_period(self.period).order_by("name", "pk")
        return [person for person in found if get_public_name(person, None)]

    @cached_property
    def meetings(self) -> list[Meeting]:
        """Each with the number of its attendances, as `attended`."""
        attended = build_count_subquery(meeting_statistics.find_attendances_in_period(self.period), "meeting")
        found = meeting_statistics.find_meetings_in_period(self.period).filter(build_public_q())
        return list(found.annotate(attended=attended).order_by("order_day", "pk")[: MAX_LISTED_RECORDS + 1])

    @cached_property
    def sessions(self) -> list[Meeting]:
        found = meeting_statistics.find_sessions_in_period(self.period).filter(build_public_q())
        return list(found.order_by("order_day", "pk")[: MAX_LISTED_RECORDS + 1])

    @cached_property
    def decisions(self) -> list[Entry]:
        return self._list_public_entry_titles(
            meeting_statistics.find_decisions_in_period(self.period), "meeting__order_day"
        )

    @cached_property
    def kept(self) -> list[Entry]:
        return self._list_public_entry_titles(
            meeting_statistics.find_kept_commitments(self.period), "commitment__closed_on"
        )

    def _list_public_entry_titles(self, found: QuerySet[Entry], day: str) -> list[Entry]:
        public = found.filter(build_public_q(), build_public_q("meeting"))
        return list(public.order_by(day, "position", "pk")[: MAX_LISTED_RECORDS + 1])

    @cached_property
    def dissents(self) -> list[Dissent]:
        """Statements on public decisions: none under the Chatham House Rule, and none of somebody under 18."""
        decisions = meeting_statistics.find_decisions_in_period(self.period).filter(
            build_public_q(), build_public_q("meeting")
        )
        rows = Dissent.objects.filter(entry__in=decisions.values("pk")).exclude(entry__part__chatham=True)
        rows = rows.exclude(capacity__person__is_minor=True)
        return list(rows.select_related("entry", "capacity__organisation", "capacity__person").order_by("entry", "pk"))

    @cached_property
    def outputs(self) -> list[Edition]:
        return self._list_public_edition_titles(text_statistics.find_outputs_in_period(self.period))

    @cached_property
    def briefs(self) -> list[Edition]:
        return self._list_public_edition_titles(text_statistics.find_briefs_in_period(self.period))

    def _list_public_edition_titles(self, found: QuerySet[Edition]) -> list[Edition]:
        public = found.filter(build_public_q("text")).select_related("text")
        return list(public.order_by("at", "pk")[: MAX_LISTED_RECORDS + 1])

    @cached_property
    def statements(self) -> dict[int, list[Position]]:
        """What is printed with each public output, by the number of its call."""
        calls = {edition.call_id for edition in self.outputs if edition.call_id}
        rows = text_statistics.find_dissenting_positions().filter(call__in=calls).exclude(person__is_minor=True)
        found: dict[int, list[Position]] = {}
        for position in rows.select_related("capacity__organisation", "capacity__person").order_by("at", "pk"):
            found.setdefault(position.call_id, []).append(position)
        return found

    @cached_property
    def consultations(self) -> list[Any]:
        """Each with the number of its inputs, as `received`, and of those that were answered, as `answered`."""
        inputs = {
            "received": text_statistics.find_inputs_in_period(self.period),
            "answered": text_statistics.find_answered_inputs(self.period),
        }
        counted = {name: build_count_subquery(rows, "consultation") for name, rows in inputs.items()}
        found = (
            text_statistics.find_consultations_in_period(self.period)
            .filter(build_public_q("text"))
            .select_related("text")
        )
        return list(found.annotate(**counted).order_by("opens_at", "pk")[: MAX_LISTED_RECORDS + 1])

    @cached_property
    def items(self) -> list[Any]:
        found = sharing_statistics.find_items_in_period(self.period).filter(build_public_q())
        return list(found.order_by("published_at", "pk")[: MAX_LISTED_RECORDS + 1])

    @cached_property
    def used(self) -> list[Any]:
        """Items that were used, each with the number of its uses, as `times`."""
        found = sharing_statistics.find_used_items(self.period).filter(build_public_q())
        times = build_count_subquery(sharing_statistics.find_uses_in_period(self.period), "item")
        return list(found.annotate(times=times).order_by("title", "pk")[: MAX_LISTED_RECORDS + 1])

    @cached_property
    def offers(self) -> list[Any]:
        found = sharing_statistics.find_offers_in_period(self.period).filter(build_public_q())
        return list(found.order_by("published_at", "pk")[: MAX_LISTED_RECORDS + 1])

    @cached_property
    def needs(self) -> list[Any]:
        found = sharing_statistics.find_needs_in_period(self.period).filter(build_public_q())
        return list(found.order_by("published_at", "pk")[: MAX_LISTED_RECORDS + 1])

    @cached_property
    def outreach(self) -> list[Any]:
        found = sharing_statistics.find_outreach_plans_in_period(self.period).filter(build_public_q())
        return list(found.order_by("on", "pk")[: MAX_LISTED_RECORDS + 1])


def build_count_subquery(rows: QuerySet[Any], reference: str) -> Subquery:
    """Return how many of these rows lead to a row, for an annotation."""
    of_one = rows.order_by().filter(**{reference: OuterRef("pk")}).values(reference)
    return Subquery(of_one.annotate(number=Count("pk")).values("number"))


def find_small_groups(counts: Counts) -> set[str]:
    """Return the groups to be put together: those with few, and one more if there would still be few of them."""
    ordered = sorted((number, value) for value, number in counts.items() if number)
    few = [value for number, value in ordered if number < MIN_SHOWN_COUNT]
    if few and sum(counts[value] for value in few) < MIN_SHOWN_COUNT:
        few = [value for _number, value in ordered[: len(few) + 1]]
    return set(few)
