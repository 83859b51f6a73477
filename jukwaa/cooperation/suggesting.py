"""What could help, for one who looks: offers beside a need, needs beside an offer. Reads; `matching.py` decides."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    StringAgg,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import get_language

from jukwaa.coalitions.caching import kept
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.standing import Standing
from jukwaa.cooperation.actions.offers import KINDS, whose_left
from jukwaa.cooperation.matching import MOST, Plain, suggest
from jukwaa.cooperation.models import Match, Need, Offer
from jukwaa.cooperation.models.help import still_open
from jukwaa.cooperation.reasons import in_words
from jukwaa.cooperation.schema import sort_called, sorts
from jukwaa.places.countries import COUNTRIES
from jukwaa.records import index
from jukwaa.records.models import Record

ALIKE, BY_WORDS = 60, 40  # candidates: by their sort and areas, and by their words
LAST = 9  # what shares nothing of it
MOST_NEAR = 8  # sorts of help that are near to one
COLUMNS = (
    *("pk", "organisation_id", "sort", "countries", "languages", "terms"),
    *("starts_on", "until", "confirmed_on", "has_left"),
)
SHOWN = ("pk", "kind", "sort", "title", "language", "whose")
OTHERS = ("organisation__name", "shared")


@dataclass(frozen=True)
class Suggested:
    """A row for a list, as far as the list shows it, with why."""

    given: Any
    reasons: list[str]


def suggested(given: Offer | Need, areas: Mapping[int, str], standing: Standing) -> list[Suggested]:
    """What this viewer may read that fits, without what was brought together with it already.

    `areas` are its own: names by number.
    """
    key = f"suggested-{given.pk}-{standing.viewer.pk}-{get_language()}"
    return kept(given.coalition, key, lambda: could_help(given, areas, standing.viewer))


def could_help(given: Offer | Need, areas: Mapping[int, str], viewer: Viewer) -> list[Suggested]:
    """The same, asked anew; also of what nobody has said yet, whose number is 0."""
    model = Need if isinstance(given, Offer) else Offer
    rows = {row["pk"]: row for row in _candidates(given, model, viewer)}
    found = suggest(plain(given, areas), map(_of_row, rows.values()), timezone.localdate(), most=MOST)
    return [
        Suggested(_shown(model, rows[each.pk]), [in_words(reason, dict(areas)) for reason in each.reasons])
        for each in found
    ]


def _shown(model: type[Offer | Need], row: Mapping[str, Any]) -> Offer | Need:
    given = model(**{name: row[name] for name in SHOWN})
    if row["organisation_id"]:
        given.organisation = Organisation(pk=row["organisation_id"], name=row["organisation__name"])
    return given


def plain(given: Offer | Need, areas: Collection[int]) -> Plain:
    row = {name: getattr(given, name) for name in COLUMNS if name != "has_left"}
    return _plain({**row, "has_left": False}, areas, closed=given.is_closed)


def candidates(given: Offer | Need, model: type[Offer | Need], viewer: Viewer) -> list[Plain]:
    return [_of_row(row) for row in _candidates(given, model, viewer)]


def _of_row(row: Mapping[str, Any]) -> Plain:
    return _plain(row, [int(number) for number in (row["shared"] or "").split()])


def _candidates(given: Offer | Need, model: type[Offer | Need], viewer: Viewer) -> list[Any]:
    """Two queries, however many there are: those alike in words, and with them those alike in columns."""
    by_words = index.any_words(
        given.coalition,
        viewer,
        " ".join(dict.fromkeys(given.terms.values())),
        language=given.language,
        kind=KINDS[model],
        most=BY_WORDS,
    )
    near = {*given.about.near, *(sort.name for sort in sorts() if given.sort in sort.near)}
    return list(_alike(given, model, viewer, near, by_words))


def _alike(
    given: Offer | Need, model: type[Offer | Need], viewer: Viewer, near: Collection[str], by_words: Collection[int]
) -> QuerySet[Any, Any]:
    """Those first that share the most of what a column tells; what is shown is read of these alone."""
    areas = Record.areas.through.objects.filter(record=given.pk).values("areaofwork")
    shared = Record.areas.through.objects.filter(record=OuterRef("pk"), areaofwork__in=areas)
    own_sort, own_area = Q(sort=given.sort), Q(Exists(shared))
    orders = [own_sort & own_area, Q(pk__in=by_words), own_sort, own_area, Q(sort__in=near)]
    whens = [When(condition, then=Value(order)) for order, condition in enumerate(orders)]
    order = Case(*whens, default=Value(LAST), output_field=IntegerField())
    open_ones = _open(given, model, viewer).exclude(organisation=given.organisation_id or 0)
    alike = open_ones.alias(order=order).filter(order__lt=LAST).order_by("order", "-pk")
    numbers: Any = shared.values("record").annotate(all=StringAgg(Cast("areaofwork", TextField()), Value(" ")))
    sides: Any = model
    rows = sides.objects.filter(pk__in=alike.values("pk")[: ALIKE + BY_WORDS])
    told = rows.annotate(shared=Subquery(numbers.values("all"), output_field=TextField()), has_left=whose_left())
    return told.values(*{*COLUMNS, *SHOWN, *OTHERS})  # type: ignore[no-any-return]  # of Any


def _open(given: Offer | Need, side: type[Offer | Need], viewer: Viewer) -> QuerySet[Any]:
    """Without those that were brought together with it: these have a page of their own."""
    met = Match.objects.filter(**{given.SIDE: given.pk, side.SIDE: OuterRef("pk")})
    model: Any = side
    rows = model.objects.visible_to(viewer).of(given.coalition)
    return rows.filter(still_open(), ~Exists(met), kind=KINDS[model])  # type: ignore[no-any-return]  # of Any


def _plain(row: Mapping[str, Any], areas: Collection[int], *, closed: bool = False) -> Plain:
    # One that is no more is no place to meet.
    known = [COUNTRIES[code] for code in row["countries"] if code in COUNTRIES]
    return Plain(
        pk=row["pk"],
        organisation=row["organisation_id"],
        sort=row["sort"],
        near=sort_called(row["sort"]).near,
        areas=frozenset(areas),
        countries=frozenset(country.code for country in known),
        subregions=frozenset(country.subregion for country in known),
        regions=frozenset(str(country.group) for country in known),
        languages=frozenset(tag.partition("-")[0] for tag in row["languages"]),
        terms=row["terms"],
        starts_on=row["starts_on"],
        until=row["until"],
        confirmed_on=row["confirmed_on"],
        closed=closed,
        left=row["has_left"],
    )
