"""What the record shows of a year: all numbers, the parts of members and attendance, and the public records to name."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Count, OuterRef, QuerySet, Subquery

from jukwaa.accounts.models import Person
from jukwaa.coalitions.caching import get_or_build_cached
from jukwaa.coalitions.display_names import MIN_SHOWN_PEOPLE_COUNT, VOICE_CAPACITY_FIELDS, get_public_name
from jukwaa.coalitions.models import Coalition
from jukwaa.core.prepared import execute_prepared
from jukwaa.drafting.models import Edition, Position
from jukwaa.eligibility.annual_report import meeting_statistics, member_statistics, sharing_statistics, text_statistics
from jukwaa.eligibility.annual_report.all_statistics import ONGOING_STATISTIC_KEYS, STATISTICS_BY_KEY
from jukwaa.eligibility.annual_report.number_markers import format_number_marker
from jukwaa.eligibility.annual_report.period import ReportPeriod
from jukwaa.eligibility.annual_report.statistic import build_public_record_q, build_statistic_counts
from jukwaa.meetings.models import Dissent, Entry, Meeting
from jukwaa.places.regions import RegionalGroup, StakeholderGroup

MAX_LISTED_RECORDS = 30  # records that a section names; the page of its number lists all of them
CHOICES_BY_GROUPING = {"group": StakeholderGroup, "region": RegionalGroup}
LISTED_MEETING_FIELDS = ("title", "language", "starts_on", "ends_on", "precision", "forum")
LISTED_DISSENT_FIELDS = (
    *("kind", "statement", "entry__text"),
    *(f"capacity__{name}" for name in VOICE_CAPACITY_FIELDS),
)
SMALL_GROUPS_VALUE = "small"  # stands for all groups that are too small to be told apart

type Counts = Counter[str]


@dataclass(frozen=True)
class GroupNumbers:
    """A stakeholder group or region with its numbers, by the key of the statistic. `value` narrows the list to it."""

    value: str
    name: str
    numbers: dict[str, int]


class YearCounts(NamedTuple):
    """Every number, and of those that can be told apart the number of each pair of a group and a region."""

    numbers: dict[str, int]
    by_groups: dict[str, list[tuple[str, str, int]]]


def _build_year_counts_query(
    coalition: Coalition, year: int, today: date, time_zone: str
) -> QuerySet[Any, tuple[str, str, str, int]]:
    return build_statistic_counts(STATISTICS_BY_KEY, ReportPeriod(coalition, year, today, time_zone))


def _count_year_statistics(period: ReportPeriod) -> YearCounts:
    """A year that is over has no condition on the present moment, so its query can be kept compiled."""
    given = (period.coalition, period.year, period.today, period.time_zone)
    rows = execute_prepared(_build_year_counts_query, *given) if period.is_over else _build_year_counts_query(*given)
    counts: dict[str, list[tuple[str, str, int]]] = {key: [] for key in STATISTICS_BY_KEY}
    for keys, group, region, number in rows:
        for key in keys.split():
            counts[key].append((group, region, number))
    numbers = {key: sum(number for _group, _region, number in rows) for key, rows in counts.items()}
    return YearCounts(numbers, {key: counts[key] for key, statistic in STATISTICS_BY_KEY.items() if statistic.by})


@dataclass
class ReportFacts:
    """A list is empty without a query where its number is 0: the number covers more than what everyone can read."""

    period: ReportPeriod

    @cached_property
    def _year_counts(self) -> "YearCounts":
        """Of a year that is over they change with the record alone; this year they also change with the hour."""
        if not self.period.is_over:
            return _count_year_statistics(self.period)
        name = f"annual-report-{self.period.year}"
        return get_or_build_cached(self.period.coalition, name, lambda: _count_year_statistics(self.period))

    @property
    def values_by_key(self) -> dict[str, int]:
        return self._year_counts.numbers

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened. Members and open commitments may be there all the same."""
        return not any(number for key, number in self.values_by_key.items() if key not in ONGOING_STATISTIC_KEYS)

    def has_any(self, *keys: str) -> bool:
        return any(self.values_by_key[key] for key in keys)

    def format_marked_number(self, statistic_key: str) -> str:
        return format_number_marker(STATISTICS_BY_KEY[statistic_key], self.values_by_key[statistic_key])

    def count_by_grouping(self, statistic_key: str, grouping_key: str) -> Counts:
        """Return how many rows of a statistic each group or region has."""
        counted: Counts = Counter()
        for group, region, number in self._year_counts.by_groups.get(statistic_key, ()):
            counted[{"group": group, "region": region}[grouping_key]] += number
        return counted

    def get_member_parts(self, grouping_key: str) -> list[GroupNumbers]:
        keys = ("members", "joined", "left")
        counts = {key: self.count_by_grouping(key, grouping_key) for key in keys}
        parts = [
            GroupNumbers(value, str(label), {key: counts[key][value] for key in keys})
            for value, label in CHOICES_BY_GROUPING[grouping_key].choices
        ]
        return [part for part in parts if any(part.numbers.values())]

    def get_attendance_parts(self, grouping_key: str) -> list[GroupNumbers]:
        """Groups with few attendances stand together, so that nobody is found by them.

        There are no parts of a year that is not over: two numbers of different days would tell who came in between.
        """
        if not self.period.is_over:
            return []
        counts = self.count_by_grouping("attendances", grouping_key)
        small = find_small_groups(counts)
        parts = [
            GroupNumbers(value, str(label), {"attendances": counts[value]})
            for value, label in CHOICES_BY_GROUPING[grouping_key].choices
            if counts[value] and value not in small
        ]
        if (together := sum(counts[value] for value in small)) >= MIN_SHOWN_PEOPLE_COUNT:
            parts.append(GroupNumbers(SMALL_GROUPS_VALUE, "", {"attendances": together}))
        return parts

    # The records that everyone can read, and which a report names.

    @cached_property
    def coordinators(self) -> list[Person]:
        """Those who chose to be named to everyone."""
        if not self.has_any("coordinators"):
            return []
        found = member_statistics.find_coordinators_in_period(self.period).order_by("name", "pk")
        return [person for person in found if get_public_name(person, None)]

    @cached_property
    def meetings(self) -> list[Meeting]:
        """Each with the number of its attendances, as `attended`."""
        if not self.has_any("meetings"):
            return []
        attended = build_related_count_subquery(meeting_statistics.find_counted_attendances(), "meeting")
        found = meeting_statistics.find_meetings_in_period(self.period).filter(build_public_record_q())
        named = found.only(*LISTED_MEETING_FIELDS).annotate(attended=attended).order_by("order_day", "pk")
        return list(named[: MAX_LISTED_RECORDS + 1])

    @cached_property
    def forum_sessions(self) -> list[Meeting]:
        if not self.has_any("sessions"):
            return []
        if len(self.meetings) <= MAX_LISTED_RECORDS:
            return [meeting for meeting in self.meetings if meeting.forum]
        found = meeting_statistics.find_sessions_in_period(self.period).filter(build_public_record_q())
        return list(found.order_by("order_day", "pk")[: MAX_LISTED_RECORDS + 1])

    @cached_property
    def decisions(self) -> list[Entry]:
        if not self.has_any("decisions"):
            return []
        return self._list_public_entry_titles(
            meeting_statistics.find_decisions_in_period(self.period), "meeting__order_day"
        )

    @cached_property
    def kept_commitments(self) -> list[Entry]:
        if not self.has_any("commitments-kept"):
            return []
        return self._list_public_entry_titles(
            meeting_statistics.find_fulfilled_commitments(self.period), "commitment__closed_on"
        )

    def _list_public_entry_titles(self, found_entries: QuerySet[Entry], day_field_name: str) -> list[Entry]:
        public = found_entries.filter(build_public_record_q(), build_public_record_q("meeting"))
        named = public.only("title", "language").order_by(day_field_name, "position", "pk")
        return list(named[: MAX_LISTED_RECORDS + 1])

    def list_dissents(self, max_count: int | None) -> list[Dissent]:
        """Statements on public decisions: none under the Chatham House Rule, and none of a person under 18."""
        if not self.has_any("decisions-with-dissent"):
            return []
        decisions = meeting_statistics.find_decisions_in_period(self.period).filter(
            build_public_record_q(), build_public_record_q("meeting")
        )
        rows = Dissent.objects.filter(decisions.exists_for("entry")).exclude(entry__part__chatham=True)
        rows = rows.exclude(capacity__person__is_minor=True)
        named = rows.select_related("entry", "capacity__person", "capacity__organisation").only(*LISTED_DISSENT_FIELDS)
        return list(named.order_by("entry", "pk")[:max_count])

    @cached_property
    def published_outputs(self) -> list[Edition]:
        if not self.has_any("outputs"):
            return []
        return self._list_public_edition_titles(text_statistics.find_outputs_in_period(self.period))

    @cached_property
    def published_briefs(self) -> list[Edition]:
        if not self.has_any("briefs"):
            return []
        return self._list_public_edition_titles(STATISTICS_BY_KEY["briefs"].find(self.period))

    def _list_public_edition_titles(self, found_editions: QuerySet[Edition]) -> list[Edition]:
        public = found_editions.filter(build_public_record_q("text")).select_related("text")
        return list(public.order_by("at", "pk")[: MAX_LISTED_RECORDS + 1])

    @cached_property
    def positions_by_call(self) -> dict[int, list[Position]]:
        """What is printed with each public output, by the number of its call."""
        if not self.has_any("statements"):
            return {}
        calls = {edition.call_id for edition in self.published_outputs if edition.call_id}
        rows = text_statistics.find_dissenting_positions().filter(call__in=calls).exclude(person__is_minor=True)
        found: dict[int, list[Position]] = {}
        for position in rows.select_related("capacity__organisation", "capacity__person").order_by("at", "pk"):
            found.setdefault(position.call_id, []).append(position)
        return found

    @cached_property
    def consultations(self) -> list[Any]:
        """Each with the number of its inputs, as `received`, and of those that were answered, as `answered`."""
        if not self.has_any("consultations"):
            return []
        inputs = {
            "received": text_statistics.find_inputs_in_period(self.period),
            "answered": STATISTICS_BY_KEY["inputs-answered"].find(self.period),
        }
        counted = {name: build_related_count_subquery(rows, "consultation") for name, rows in inputs.items()}
        found = (
            text_statistics.find_consultations_in_period(self.period)
            .filter(build_public_record_q("text"))
            .select_related("text")
        )
        return list(found.annotate(**counted).order_by("opens_at", "pk")[: MAX_LISTED_RECORDS + 1])

    @cached_property
    def shared_items(self) -> list[Any]:
        if not self.has_any("items"):
            return []
        found = sharing_statistics.find_items_in_period(self.period).filter(build_public_record_q())
        return list(found.order_by("published_at", "pk")[: MAX_LISTED_RECORDS + 1])

    @cached_property
    def used_items(self) -> list[Any]:
        """Items that were used, each with the number of its uses, as `times`."""
        if not self.has_any("items-used"):
            return []
        found = sharing_statistics.find_used_items(self.period).filter(build_public_record_q())
        times = build_related_count_subquery(sharing_statistics.find_uses_in_period(self.period), "item")
        return list(found.annotate(times=times).order_by("title", "pk")[: MAX_LISTED_RECORDS + 1])

    @cached_property
    def published_offers(self) -> list[Any]:
        if not self.has_any("offers"):
            return []
        found = sharing_statistics.find_offers_in_period(self.period).filter(build_public_record_q())
        return list(found.order_by("published_at", "pk")[: MAX_LISTED_RECORDS + 1])

    @cached_property
    def published_needs(self) -> list[Any]:
        if not self.has_any("needs"):
            return []
        found = sharing_statistics.find_needs_in_period(self.period).filter(build_public_record_q())
        return list(found.order_by("published_at", "pk")[: MAX_LISTED_RECORDS + 1])

    @cached_property
    def outreach_plans(self) -> list[Any]:
        if not self.has_any("outreach"):
            return []
        found = sharing_statistics.find_outreach_plans_in_period(self.period).filter(build_public_record_q())
        return list(found.order_by("on", "pk")[: MAX_LISTED_RECORDS + 1])


def build_related_count_subquery(counted_rows: QuerySet[Any], relation_path: str) -> Subquery:
    """Return how many of these rows lead to a row, for an annotation."""
    of_one = counted_rows.order_by().filter(**{relation_path: OuterRef("pk")}).values(relation_path)
    return Subquery(of_one.annotate(number=Count("pk")).values("number"))


def find_small_groups(group_counts: Counts) -> set[str]:
    """Return the groups to be put together: those with few, and one more if there would still be few of them."""
    ordered = sorted((number, value) for value, number in group_counts.items() if number)
    few = [value for number, value in ordered if number < MIN_SHOWN_PEOPLE_COUNT]
    if few and sum(group_counts[value] for value in few) < MIN_SHOWN_PEOPLE_COUNT:
        few = [value for _number, value in ordered[: len(few) + 1]]
    return set(few)
