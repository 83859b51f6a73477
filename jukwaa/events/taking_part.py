"""Who takes part, read for pages: numbers, countries, groups, and the voices of the year before."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Sum

from jukwaa.coalitions.caching import kept
from jukwaa.coalitions.models import Organisation
from jukwaa.events.models import Event, Feedback, Occurrence, Pledge
from jukwaa.places.countries import COUNTRIES
from jukwaa.places.pictures import BeadRow, beads_stand_for, tally_bar
from jukwaa.places.regions import RegionalGroup, StakeholderGroup

VOICES = 4
SHOWN = 20
QUESTIONS = ("was_worth_it", "had_what_was_needed", "would_again")


@dataclass(frozen=True)
class Row:
    """A row of a table: its name, a number, and the number as beads."""

    name: str
    number: int
    beads: BeadRow


@dataclass(frozen=True)
class Question:
    """One of the three, and how often each answer was given."""

    name: str
    asked: str
    rows: list[Row]
    answered: int


def pledges_of(occurrence: Occurrence) -> QuerySet[Pledge]:
    return Pledge.objects.filter(occurrence=occurrence.pk).standing()


def one_before(pledge: Pledge) -> int | None:
    """The number of the one that stands before it in the list, by country."""
    rows = Pledge.objects.standing().filter(occurrence=pledge.occurrence_id)
    earlier = rows.filter(Q(country__lt=pledge.country) | Q(country=pledge.country, pk__lt=pledge.pk))
    return earlier.order_by("-country", "-pk").values_list("pk", flat=True).first()


def numbers(occurrence: Occurrence) -> dict[str, int]:
    found: QuerySet[Pledge, Any] = (
        pledges_of(occurrence)
        .order_by()
        .values("occurrence")
        .annotate(
            pledges=Count("pk"),
            organisations=Count("organisation", distinct=True),
            countries=Count("country", distinct=True, filter=~Q(country="")),
        )
    )
    return next(iter(found), {"pledges": 0, "organisations": 0, "countries": 0})


def drawn(counts: Counter[str]) -> dict[str, int]:
    """Those that the map has a tile for."""
    return {code: number for code, number in counts.items() if code in COUNTRIES}


@dataclass(frozen=True)
class Tally:
    """Who takes part: pledges by country, organisations by group, and how many of each there are; in two queries."""

    countries: Counter[str]
    regions: list[Row]
    groups: list[Row]

    @property
    def numbers(self) -> dict[str, int]:
        known = len(self.countries) - ("" in self.countries)
        organisations = sum(row.number for row in self.regions)
        return {"pledges": self.countries.total(), "organisations": organisations, "countries": known}


def tally(occurrence: Occurrence) -> Tally:
    """No country is "", and some codes may be no country's any more. Counted anew when something was written."""
    by_country, by_groups = kept(
        occurrence.event.coalition,
        f"tally-{occurrence.pk}",
        lambda: (list(_by_country(occurrence)), list(_by_groups(occurrence))),
    )
    regions, stakeholders = Counter[str](), Counter[str]()
    for region, group, number in by_groups:
        regions[region] += number
        stakeholders[group] += number
    return Tally(
        Counter(dict(by_country)),
        rows_of(RegionalGroup.choices, regions),
        rows_of(StakeholderGroup.choices, stakeholders),
    )


def _by_country(occurrence: Occurrence) -> QuerySet[Pledge, Any]:
    return pledges_of(occurrence).order_by().values_list("country").annotate(n=Count("pk"))


def _by_groups(occurrence: Occurrence) -> QuerySet[Pledge, Any]:
    """An organisation is counted as it was on the day of its latest pledge."""
    latest = pledges_of(occurrence).order_by().values("organisation").annotate(latest=Max("pk")).values("latest")
    fields = ("capacity__regional_group", "capacity__stakeholder_group")
    return Pledge.objects.filter(pk__in=latest).order_by().values_list(*fields).annotate(n=Count("pk"))


def rows_of(choices: Iterable[tuple[Any, Any]], counted: Counter[Any]) -> list[Row]:
    """In the order of the choices; “unknown” only where there is any."""
    each = beads_stand_for(counted.values())
    rows = [
        (value, Row(str(name), counted[value], tally_bar(counted[value], stands_for=each))) for value, name in choices
    ]
    return [row for value, row in rows if row.number or value not in (RegionalGroup.UNKNOWN, StakeholderGroup.UNKNOWN)]


def feedback_of(occurrence: Occurrence) -> QuerySet[Feedback]:
    return Feedback.objects.filter(pledge__occurrence=occurrence.pk, pledge__withdrawn_at=None)


def told(occurrence: Occurrence) -> dict[str, Any]:
    """How many told what they did, how many people they reached as far as they can tell, and each answer's number."""
    found = kept(occurrence.event.coalition, f"told-{occurrence.pk}", lambda: list(_told(occurrence)))
    return found[0] if found else {"told": 0, "reached": None}


def _told(occurrence: Occurrence) -> QuerySet[Feedback, Any]:
    wanted: dict[str, Any] = {
        f"{name}_{value}": Count("pk", filter=Q(**{name: value}))
        for name in QUESTIONS
        for value in Feedback.Answer.values
    }
    rows = feedback_of(occurrence).order_by().values("pledge__occurrence")
    return rows.annotate(told=Count("pk"), reached=Sum("reached"), **wanted)


def questions(answers: dict[str, Any]) -> list[Question]:
    """From what `told` counted."""
    values = Feedback.Answer.values
    made = []
    for name in QUESTIONS:
        counted = Counter({value: answers.get(f"{name}_{value}", 0) for value in values})
        asked = str(Feedback._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # noqa: SLF001 - public by Django's word
        rows = rows_of(list(reversed(Feedback.Answer.choices)), counted)
        made.append(Question(name, asked, rows, counted.total()))
    return made


def before(occurrence: Occurrence) -> Occurrence | None:
    """The latest time before this one in which somebody took part."""
    taken_part_in = Pledge.objects.standing().filter(occurrence=OuterRef("pk"))
    earlier = Occurrence.objects.filter(event=occurrence.event_id, starts_on__lt=occurrence.starts_on)
    return earlier.filter(Exists(taken_part_in)).order_by("-starts_on").first()


def done(occurrence: Occurrence) -> list[Feedback]:
    """What was told last."""
    return list(_first(feedback_of(occurrence), "-at", "-pk", most=SHOWN))


def voices(occurrence: Occurrence | None) -> list[Feedback]:
    """Words that may be quoted, of those who took part."""
    if occurrence is None:
        return []
    quotable = feedback_of(occurrence).filter(may_be_quoted=True).exclude(words="")
    return list(_first(quotable, F("would_again").desc(nulls_last=True), "-at", "-pk", most=VOICES))


def _first(rows: QuerySet[Feedback], *order: Any, most: int) -> QuerySet[Feedback]:
    """The texts are read of these alone: sorting all of them would carry each along."""
    found = Feedback.objects.filter(pk__in=rows.order_by(*order).values("pk")[:most])
    return found.select_related("pledge__organisation").order_by(*order)


def former(event: Event, occurrence: Occurrence) -> QuerySet[Organisation]:
    """Those that took part in this event before: they are asked first."""
    took_part = Pledge.objects.standing().filter(
        occurrence__event=event.pk, occurrence__starts_on__lt=occurrence.starts_on
    )
    return Organisation.objects.filter(pk__in=took_part.values("organisation"), merged_into=None)
