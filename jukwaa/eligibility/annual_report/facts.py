"""What the record shows of a year: all numbers, the parts of members and attendance, and the public records to name."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from jukwaa.accounts.models import Person
from jukwaa.coalitions.names import FEW, public_name
from jukwaa.drafting.models import Edition, Position
from jukwaa.eligibility.annual_report import of_meetings, of_people, of_sharing, of_texts
from jukwaa.eligibility.annual_report.catalogue import STANDING, STATISTICS
from jukwaa.eligibility.annual_report.numbers_in_text import mark
from jukwaa.eligibility.annual_report.period import Period
from jukwaa.eligibility.annual_report.statistic import count_statistics, public_records
from jukwaa.meetings.models import Dissent, Entry, Meeting
from jukwaa.places.regions import RegionalGroup, StakeholderGroup

NAMED = 30  # records that a section names; the page of its number lists all of them
CHOICES = {"group": StakeholderGroup, "region": RegionalGroup}
SMALL = "small"  # stands for all groups that are too small to be told apart

type Counts = Counter[str]


@dataclass(frozen=True)
class Part:
    """A stakeholder group or region with its numbers, by the key of the statistic. `value` narrows the list to it."""

    value: str
    name: str
    numbers: dict[str, int]


@dataclass
class Facts:
    period: Period

    @cached_property
    def numbers(self) -> dict[str, int]:
        return count_statistics(STATISTICS, self.period)

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened. Members and open commitments may be there all the same."""
        return not any(number for key, number in self.numbers.items() if key not in STANDING)

    def has(self, *keys: str) -> bool:
        return any(self.numbers[key] for key in keys)

    def mark(self, key: str) -> str:
        return mark(STATISTICS[key], self.numbers[key])

    def count_by(self, key: str, by: str) -> Counts:
        """Return how many rows of a statistic each group or region has."""
        counted: Counts = Counter()
        for group, region, number in self._tallies(key):
            counted[{"group": group, "region": region}[by]] += number
        return counted

    def _tallies(self, key: str) -> list[tuple[str, str, int]]:
        known: dict[str, list[tuple[str, str, int]]] = self.__dict__.setdefault("_tallied", {})
        if key not in known:
            statistic = STATISTICS[key]
            rows = statistic.find(self.period).order_by()
            known[key] = list(rows.values_list(statistic.by["group"], statistic.by["region"]).annotate(Count("pk")))
        return known[key]

    def get_member_parts(self, by: str) -> list[Part]:
        keys = ("members", "joined", "left")
        counts = {key: self.count_by(key, by) for key in keys}
        parts = [
            Part(value, str(label), {key: counts[key][value] for key in keys}) for value, label in CHOICES[by].choices
        ]
        return [part for part in parts if any(part.numbers.values())]

    def get_attendance_parts(self, by: str) -> list[Part]:
        """Groups with few attendances stand together, so that nobody is found by them.

        There are no parts of a year that is not over: two numbers of different days would tell who came in between.
        """
        if not self.period.is_over:
            return []
        counts = self.count_by("attendances", by)
        small = find_small(counts)
        parts = [
            Part(value, str(label), {"attendances": counts[value]})
            for value, label in CHOICES[by].choices
            if counts[value] and value not in small
        ]
        if (together := sum(counts[value] for value in small)) >= FEW:
            parts.append(Part(SMALL, "", {"attendances": together}))
        return parts

    # The records that everyone can read, and which a report names.

    @cached_property
    def coordinators(self) -> list[Person]:
        """Those who chose to be named to everyone."""
        found = of_people.find_coordinators(self.period).order_by("name", "pk")
        return [person for person in found if public_name(person, None)]

    @cached_property
    def meetings(self) -> list[Meeting]:
        """Each with the number of its attendances, as `attended`."""
        attended = count_of(of_meetings.find_attendances(self.period), "meeting")
        found = of_meetings.find_meetings(self.period).filter(public_records())
        return list(found.annotate(attended=attended).order_by("order_day", "pk")[: NAMED + 1])

    @cached_property
    def sessions(self) -> list[Meeting]:
        found = of_meetings.find_sessions(self.period).filter(public_records())
        return list(found.order_by("order_day", "pk")[: NAMED + 1])

    @cached_property
    def decisions(self) -> list[Entry]:
        return self._entries(of_meetings.find_decisions(self.period), "meeting__order_day")

    @cached_property
    def kept(self) -> list[Entry]:
        return self._entries(of_meetings.find_kept(self.period), "commitment__closed_on")

    def _entries(self, found: QuerySet[Entry], day: str) -> list[Entry]:
        public = found.filter(public_records(), public_records("meeting"))
        return list(public.order_by(day, "position", "pk")[: NAMED + 1])

    @cached_property
    def dissents(self) -> list[Dissent]:
        """Statements on public decisions: none under the Chatham House Rule, and none of somebody under 18."""
        decisions = of_meetings.find_decisions(self.period).filter(public_records(), public_records("meeting"))
        rows = Dissent.objects.filter(entry__in=decisions.values("pk")).exclude(entry__part__chatham=True)
        rows = rows.exclude(capacity__person__is_minor=True)
        return list(rows.select_related("entry", "capacity__organisation", "capacity__person").order_by("entry", "pk"))

    @cached_property
    def outputs(self) -> list[Edition]:
        return self._editions(of_texts.find_outputs(self.period))

    @cached_property
    def briefs(self) -> list[Edition]:
        return self._editions(of_texts.find_briefs(self.period))

    def _editions(self, found: QuerySet[Edition]) -> list[Edition]:
        public = found.filter(public_records("text")).select_related("text")
        return list(public.order_by("at", "pk")[: NAMED + 1])

    @cached_property
    def statements(self) -> dict[int, list[Position]]:
        """What is printed with each public output, by the number of its call."""
        calls = {edition.call_id for edition in self.outputs if edition.call_id}
        rows = of_texts.find_against().filter(call__in=calls).exclude(person__is_minor=True)
        found: dict[int, list[Position]] = {}
        for position in rows.select_related("capacity__organisation", "capacity__person").order_by("at", "pk"):
            found.setdefault(position.call_id, []).append(position)
        return found

    @cached_property
    def consultations(self) -> list[Any]:
        """Each with the number of its inputs, as `received`, and of those that were answered, as `answered`."""
        inputs = {
            "received": of_texts.find_inputs(self.period),
            "answered": of_texts.find_answered(self.period),
        }
        counted = {name: count_of(rows, "consultation") for name, rows in inputs.items()}
        found = of_texts.find_consultations(self.period).filter(public_records("text")).select_related("text")
        return list(found.annotate(**counted).order_by("opens_at", "pk")[: NAMED + 1])

    @cached_property
    def items(self) -> list[Any]:
        found = of_sharing.find_items(self.period).filter(public_records())
        return list(found.order_by("published_at", "pk")[: NAMED + 1])

    @cached_property
    def used(self) -> list[Any]:
        """Items that were used, each with the number of its uses, as `times`."""
        found = of_sharing.find_used(self.period).filter(public_records())
        times = count_of(of_sharing.find_uses(self.period), "item")
        return list(found.annotate(times=times).order_by("title", "pk")[: NAMED + 1])

    @cached_property
    def offers(self) -> list[Any]:
        found = of_sharing.find_offers(self.period).filter(public_records())
        return list(found.order_by("published_at", "pk")[: NAMED + 1])

    @cached_property
    def needs(self) -> list[Any]:
        found = of_sharing.find_needs(self.period).filter(public_records())
        return list(found.order_by("published_at", "pk")[: NAMED + 1])

    @cached_property
    def outreach(self) -> list[Any]:
        found = of_sharing.find_outreach(self.period).filter(public_records())
        return list(found.order_by("on", "pk")[: NAMED + 1])


def count_of(rows: QuerySet[Any], reference: str) -> Subquery:
    """Return how many of these rows lead to a row, for an annotation."""
    of_one = rows.order_by().filter(**{reference: OuterRef("pk")}).values(reference)
    return Subquery(of_one.annotate(number=Count("pk")).values("number"))


def find_small(counts: Counts) -> set[str]:
    """Return the groups to be put together: those with few, and one more if there would still be few of them."""
    ordered = sorted((number, value) for value, number in counts.items() if number)
    few = [value for number, value in ordered if number < FEW]
    if few and sum(counts[value] for value in few) < FEW:
        few = [value for _number, value in ordered[: len(few) + 1]]
    return set(few)
