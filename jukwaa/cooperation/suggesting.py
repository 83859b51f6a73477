"""What could help, for one who looks: offers beside a need, needs beside an offer. Reads; `matching.py` decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import get_language

from jukwaa.coalitions.caching import kept
from jukwaa.coalitions.models import AreaOfWork
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
COLUMNS = (
    *("pk", "organisation_id", "sort", "countries", "languages", "terms"),
    *("starts_on", "until", "confirmed_on", "has_left"),
)


@dataclass(frozen=True)
class Suggested:
    """A row for a list, with why."""

    given: Any
    reasons: list[str]


def suggested(given: Offer | Need, areas: list[AreaOfWork], standing: Standing) -> list[Suggested]:
    """What this viewer may read that fits, without what was brought together with it already. `areas` are its own."""
    key = f"suggested-{given.pk}-{standing.viewer.pk}-{get_language()}"
    return kept(given.coalition, key, lambda: _suggested(given, areas, standing.viewer))


def _suggested(given: Offer | Need, areas: list[AreaOfWork], viewer: Viewer) -> list[Suggested]:
    model = Need if isinstance(given, Offer) else Offer
    names = {area.pk: area.name for area in areas}
    found = suggest(plain(given, set(names)), candidates(given, names, model, viewer), timezone.localdate(), most=MOST)
    if not found:
        return []
    rows = model.objects.filter(pk__in=[each.pk for each in found]).select_related("organisation").defer("terms")
    by_number: dict[int, Any] = {row.pk: row for row in rows}
    return [Suggested(by_number[each.pk], [in_words(reason, names) for reason in each.reasons]) for each in found]


def plain(given: Offer | Need, areas: set[int]) -> Plain:
    row = (
        *(given.pk, given.organisation_id, given.sort, given.countries, given.languages, given.terms),
        *(given.starts_on, given.until, given.confirmed_on, False),
    )
    return _plain(row, areas, closed=given.is_closed)


def candidates(given: Offer | Need, areas: Iterable[int], model: type[Offer | Need], viewer: Viewer) -> list[Plain]:
    """Three queries, however many there are: those alike in words, those alike in columns as well, and their areas."""
    by_words = index.any_words(
        given.coalition,
        viewer,
        " ".join(dict.fromkeys(given.terms.values())),
        language=given.language,
        kind=KINDS[model],
        most=BY_WORDS,
    )
    readable = _open(model, viewer, given).annotate(order=_order(given, list(areas), by_words))
    rows = list(readable.filter(order__lt=LAST).order_by("order", "-pk").values_list(*COLUMNS)[: ALIKE + BY_WORDS])
    shared: dict[int, set[int]] = {row[0]: set() for row in rows}
    through = Record.areas.through.objects.filter(record__in=shared, areaofwork__in=areas)
    for record, area in through.values_list("record", "areaofwork"):
        shared[record].add(area)
    return [_plain(row, shared[row[0]]) for row in rows]


def _open(model: type[Offer | Need], viewer: Viewer, given: Offer | Need) -> Any:
    met = Match.objects.filter(**{given.SIDE: given.pk, model.SIDE: OuterRef("pk")})  # these have a page of their own
    rows = model.objects.visible_to(viewer).of(given.coalition).filter(still_open(), ~Exists(met))
    own = Q(organisation=given.organisation_id) if given.organisation_id else Q(pk__in=[])
    return rows.exclude(own).annotate(has_left=whose_left())


def _order(given: Offer | Need, areas: list[int], by_words: list[int]) -> Case:
    """Those first that share the most of what a column tells."""
    near = {*given.about.near, *(sort.name for sort in sorts() if given.sort in sort.near)}
    through = Record.areas.through.objects.filter(record=OuterRef("pk"), areaofwork__in=areas)
    own_sort, own_area = Q(sort=given.sort), Q(Exists(through))
    orders = [own_sort & own_area, Q(pk__in=by_words), own_sort, own_area, Q(sort__in=near)]
    whens = [When(condition, then=Value(order)) for order, condition in enumerate(orders)]
    return Case(*whens, default=Value(LAST), output_field=IntegerField())


def _plain(row: tuple[Any, ...], areas: set[int], *, closed: bool = False) -> Plain:
    pk, organisation, sort, countries, languages, terms, starts_on, until, confirmed_on, has_left = row
    known = [COUNTRIES[code] for code in countries if code in COUNTRIES]  # one that is no more is no place to meet
    return Plain(
        pk=pk,
        organisation=organisation,
        sort=sort,
        near=sort_called(sort).near,
        areas=frozenset(areas),
        countries=frozenset(country.code for country in known),
        subregions=frozenset(country.subregion for country in known),
        regions=frozenset(str(country.group) for country in known),
        languages=frozenset(tag.partition("-")[0] for tag in languages),
        terms=terms,
        starts_on=starts_on,
        until=until,
        confirmed_on=confirmed_on,
        closed=closed,
        left=has_left,
    )
