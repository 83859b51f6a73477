"""Who takes part, read for pages: numbers, countries, groups, and the voices of the year before."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Sum

from jukwaa.coalitions.caching import get_or_build_cached
from jukwaa.coalitions.models import Organisation
from jukwaa.events.models import Event, Feedback, Occurrence, Pledge
from jukwaa.places.count_graphics import BeadRow, choose_bead_value, draw_bead_row
from jukwaa.places.countries import COUNTRIES_BY_CODE
from jukwaa.places.regions import RegionalGroup, StakeholderGroup

MAX_FEEDBACK_QUOTES = 4
MAX_FEEDBACK_SHOWN = 20
FEEDBACK_QUESTIONS = ("was_worth_it", "had_what_was_needed", "would_again")


@dataclass(frozen=True)
class CountTableRow:
    """A row of a table: its name, a number, and the number as beads."""

    name: str
    number: int
    beads: BeadRow


@dataclass(frozen=True)
class QuestionResult:
    """One of the three, and how often each answer was given."""

    name: str
    asked: str
    rows: list[CountTableRow]
    answered: int


def find_occurrence_pledges(occurrence: Occurrence) -> QuerySet[Pledge]:
    return Pledge.objects.filter(occurrence=occurrence.pk).standing()


def get_previous_pledge_id(pledge: Pledge) -> int | None:
    """Return the id of the pledge before this one in the list, or None."""
    rows = Pledge.objects.standing().filter(occurrence=pledge.occurrence_id)
    earlier = rows.filter(Q(country__lt=pledge.country) | Q(country=pledge.country, pk__lt=pledge.pk))
    return earlier.order_by("-country", "-pk").values_list("pk", flat=True).first()


def build_participation_counts(occurrence: Occurrence) -> dict[str, int]:
    found: QuerySet[Pledge, Any] = (
        find_occurrence_pledges(occurrence)
        .order_by()
        .values("occurrence")
        .annotate(
            pledges=Count("pk"),
            organisations=Count("organisation", distinct=True),
            countries=Count("country", distinct=True, filter=~Q(country="")),
        )
    )
    return next(iter(found), {"pledges": 0, "organisations": 0, "countries": 0})


def select_mapped_countries(country_counts: Counter[str]) -> dict[str, int]:
    """Return the counts of the countries that the map has a tile for."""
    return {code: number for code, number in country_counts.items() if code in COUNTRIES_BY_CODE}


@dataclass(frozen=True)
class ParticipationCounts:
    """Who takes part: pledges by country, organisations by group, and how many of each there are; in two queries."""

    countries: Counter[str]
    regions: list[CountTableRow]
    groups: list[CountTableRow]

    @property
    def numbers(self) -> dict[str, int]:
        known = len(self.countries) - ("" in self.countries)
        organisations = sum(row.number for row in self.regions)
        return {"pledges": self.countries.total(), "organisations": organisations, "countries": known}


def count_by_country_and_group(occurrence: Occurrence) -> ParticipationCounts:
    """Count pledges by country and organisations by group. Cached until something is written."""
    by_country, by_groups = get_or_build_cached(
        occurrence.event.coalition,
        f"tally-{occurrence.pk}",
        lambda: (list(_count_by_country(occurrence)), list(_count_by_group(occurrence))),
    )
    regions, stakeholders = Counter[str](), Counter[str]()
    for region, group, number in by_groups:
        regions[region] += number
        stakeholders[group] += number
    return ParticipationCounts(
        Counter(dict(by_country)),
        build_table_rows(RegionalGroup.choices, regions),
        build_table_rows(StakeholderGroup.choices, stakeholders),
    )


def _count_by_country(occurrence: Occurrence) -> QuerySet[Pledge, Any]:
    return find_occurrence_pledges(occurrence).order_by().values_list("country").annotate(n=Count("pk"))


def _count_by_group(occurrence: Occurrence) -> QuerySet[Pledge, Any]:
    """Count each organisation in the group that it had on the day of its latest pledge."""
    latest = (
        find_occurrence_pledges(occurrence)
        .order_by()
        .values("organisation")
        .annotate(latest=Max("pk"))
        .values("latest")
    )
    fields = ("capacity__regional_group", "capacity__stakeholder_group")
    return Pledge.objects.filter(pk__in=latest).order_by().values_list(*fields).annotate(n=Count("pk"))


def build_table_rows(value_choices: Iterable[tuple[Any, Any]], count_by_value: Counter[Any]) -> list[CountTableRow]:
    """Return a table row for each choice; “unknown” only if it occurs."""
    each = choose_bead_value(count_by_value.values())
    rows = [
        (value, CountTableRow(str(name), count_by_value[value], draw_bead_row(count_by_value[value], bead_value=each)))
        for value, name in value_choices
    ]
    return [row for value, row in rows if row.number or value not in (RegionalGroup.UNKNOWN, StakeholderGroup.UNKNOWN)]


def find_occurrence_feedback(occurrence: Occurrence) -> QuerySet[Feedback]:
    return Feedback.objects.filter(pledge__occurrence=occurrence.pk, pledge__withdrawn_at=None)


def count_feedback_by_answer(occurrence: Occurrence) -> dict[str, Any]:
    """Return how many gave feedback, how many people they reached, and the number of each answer."""
    found = get_or_build_cached(
        occurrence.event.coalition, f"told-{occurrence.pk}", lambda: list(_query_feedback_counts(occurrence))
    )
    return found[0] if found else {"told": 0, "reached": None}


def _query_feedback_counts(occurrence: Occurrence) -> QuerySet[Feedback, Any]:
    wanted: dict[str, Any] = {
        f"{name}_{value}": Count("pk", filter=Q(**{name: value}))
        for name in FEEDBACK_QUESTIONS
        for value in Feedback.Answer.values
    }
    rows = find_occurrence_feedback(occurrence).order_by().values("pledge__occurrence")
    return rows.annotate(told=Count("pk"), reached=Sum("reached"), **wanted)


def build_question_results(answers_by_question: dict[str, Any]) -> list[QuestionResult]:
    """Build the results of the feedback questions from `count_feedback`."""
    values = Feedback.Answer.values
    made = []
    for name in FEEDBACK_QUESTIONS:
        counted = Counter({value: answers_by_question.get(f"{name}_{value}", 0) for value in values})
        asked = str(Feedback._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # noqa: SLF001 - public by Django's word
        rows = build_table_rows(list(reversed(Feedback.Answer.choices)), counted)
        made.append(QuestionResult(name, asked, rows, counted.total()))
    return made


def find_previous_occurrence(occurrence: Occurrence) -> Occurrence | None:
    """Return the latest earlier occurrence in which somebody took part."""
    taken_part_in = Pledge.objects.standing().filter(occurrence=OuterRef("pk"))
    earlier = Occurrence.objects.filter(event=occurrence.event_id, starts_on__lt=occurrence.starts_on)
    return earlier.filter(Exists(taken_part_in)).order_by("-starts_on").first()


def list_latest_feedback(occurrence: Occurrence) -> list[Feedback]:
    """Return the latest feedback, the newest first."""
    return list(
        _take_first_feedback_rows(find_occurrence_feedback(occurrence), "-at", "-pk", max_rows=MAX_FEEDBACK_SHOWN)
    )


def list_quotable_feedback(occurrence: Occurrence | None) -> list[Feedback]:
    """Return feedback that may be quoted."""
    if occurrence is None:
        return []
    quotable = find_occurrence_feedback(occurrence).filter(may_be_quoted=True).exclude(words="")
    return list(
        _take_first_feedback_rows(
            quotable, F("would_again").desc(nulls_last=True), "-at", "-pk", max_rows=MAX_FEEDBACK_QUOTES
        )
    )


def _take_first_feedback_rows(feedback_rows: QuerySet[Feedback], *order: Any, max_rows: int) -> QuerySet[Feedback]:
    """Return the first rows in this order. Sorting ids alone keeps long texts out of the sort."""
    found = Feedback.objects.filter(pk__in=feedback_rows.order_by(*order).values("pk")[:max_rows])
    return found.select_related("pledge__organisation").order_by(*order)


def find_former_participants(event: Event, occurrence: Occurrence) -> QuerySet[Organisation]:
    """Return the organisations that took part in this event before; they are asked first."""
    took_part = Pledge.objects.standing().filter(
        occurrence__event=event.pk, occurrence__starts_on__lt=occurrence.starts_on
    )
    return Organisation.objects.filter(pk__in=took_part.values("organisation"), merged_into=None)
