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

from jukwaa.coalitions.caching import get_or_build_cached
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.standing import Standing
from jukwaa.cooperation.actions.offers import HELP_KIND_BY_MODEL, build_has_left_condition
from jukwaa.cooperation.help_matching import MAX_HELP_SUGGESTIONS, HelpFacts, rank_help_suggestions
from jukwaa.cooperation.match_reasons import describe_match_reason
from jukwaa.cooperation.models import Match, Need, Offer
from jukwaa.cooperation.models.help import build_open_help_condition
from jukwaa.cooperation.schema import get_help_type, load_help_types
from jukwaa.places.countries import COUNTRIES_BY_CODE
from jukwaa.records import index
from jukwaa.records.models import Record

MAX_SIMILAR, MAX_BY_WORDS = 60, 40  # candidates: by their sort and areas, and by their words
LOWEST_SUGGESTION_RANK = 9  # what shares nothing of it
MAX_NEARBY_HELP_TYPES = 8  # sorts of help that are near to one
COMPARED_HELP_COLUMNS = (
    *("pk", "organisation_id", "sort", "countries", "languages", "terms"),
    *("starts_on", "until", "confirmed_on", "has_left"),
)
DISPLAYED_HELP_COLUMNS = ("pk", "kind", "sort", "title", "language", "whose")
RELATED_HELP_COLUMNS = ("organisation__name", "shared")


@dataclass(frozen=True)
class SuggestedHelp:
    """A row for a list, as far as the list shows it, with why."""

    given: Any
    reasons: list[str]


def get_help_suggestions(
    help_record: Offer | Need, area_names: Mapping[int, str], viewer_standing: Standing
) -> list[SuggestedHelp]:
    """What this viewer may read that fits, without what was brought together with it already.

    `area_names` are its own: names by number.
    """
    key = f"suggested-{help_record.pk}-{viewer_standing.viewer.pk}-{get_language()}"
    return get_or_build_cached(
        help_record.coalition, key, lambda: find_help_suggestions(help_record, area_names, viewer_standing.viewer)
    )


def find_help_suggestions(
    help_record: Offer | Need, area_names: Mapping[int, str], viewer: Viewer
) -> list[SuggestedHelp]:
    """Find suggestions without the cache; also for an offer or need that has not been saved (number 0)."""
    model = Need if isinstance(help_record, Offer) else Offer
    rows = {row["pk"]: row for row in _load_help_candidates(help_record, model, viewer)}
    found = rank_help_suggestions(
        build_help_facts(help_record, area_names),
        map(_build_facts_from_row, rows.values()),
        timezone.localdate(),
        max_suggestions=MAX_HELP_SUGGESTIONS,
    )
    return [
        SuggestedHelp(
            _build_displayed_help(model, rows[each.pk]),
            [describe_match_reason(reason, dict(area_names)) for reason in each.reasons],
        )
        for each in found
    ]


def _build_displayed_help(help_model: type[Offer | Need], help_row: Mapping[str, Any]) -> Offer | Need:
    given = help_model(**{name: help_row[name] for name in DISPLAYED_HELP_COLUMNS})
    if help_row["organisation_id"]:
        given.organisation = Organisation(pk=help_row["organisation_id"], name=help_row["organisation__name"])
    return given


def build_help_facts(help_record: Offer | Need, area_ids: Collection[int]) -> HelpFacts:
    row = {name: getattr(help_record, name) for name in COMPARED_HELP_COLUMNS if name != "has_left"}
    return _build_candidate_facts({**row, "has_left": False}, area_ids, include_closed=help_record.is_closed)


def find_help_candidates(help_record: Offer | Need, help_model: type[Offer | Need], viewer: Viewer) -> list[HelpFacts]:
    return [_build_facts_from_row(row) for row in _load_help_candidates(help_record, help_model, viewer)]


def _build_facts_from_row(help_row: Mapping[str, Any]) -> HelpFacts:
    return _build_candidate_facts(help_row, [int(number) for number in (help_row["shared"] or "").split()])


def _load_help_candidates(help_record: Offer | Need, help_model: type[Offer | Need], viewer: Viewer) -> list[Any]:
    """Two queries, however many there are: those alike in words, and with them those alike in columns."""
    by_words = index.find_records_with_any_word(
        help_record.coalition,
        viewer,
        " ".join(dict.fromkeys(help_record.terms.values())),
        language=help_record.language,
        record_kind=HELP_KIND_BY_MODEL[help_model],
        max_results=MAX_BY_WORDS,
    )
    near = {*help_record.about.near, *(sort.name for sort in load_help_types() if help_record.sort in sort.near)}
    return list(_query_similar_help(help_record, help_model, viewer, near, by_words))


def _query_similar_help(
    help_record: Offer | Need,
    help_model: type[Offer | Need],
    viewer: Viewer,
    nearby_help_types: Collection[str],
    matching_by_words: Collection[int],
) -> QuerySet[Any, Any]:
    """Those first that share the most of what a column tells; what is shown is read of these alone."""
    areas = Record.areas.through.objects.filter(record=help_record.pk).values("areaofwork")
    shared = Record.areas.through.objects.filter(record=OuterRef("pk"), areaofwork__in=areas)
    own_sort, own_area = Q(sort=help_record.sort), Q(Exists(shared))
    orders = [own_sort & own_area, Q(pk__in=matching_by_words), own_sort, own_area, Q(sort__in=nearby_help_types)]
    whens = [When(condition, then=Value(order)) for order, condition in enumerate(orders)]
    order = Case(*whens, default=Value(LOWEST_SUGGESTION_RANK), output_field=IntegerField())
    open_ones = _query_open_help(help_record, help_model, viewer).exclude(organisation=help_record.organisation_id or 0)
    alike = open_ones.alias(order=order).filter(order__lt=LOWEST_SUGGESTION_RANK).order_by("order", "-pk")
    numbers: Any = shared.values("record").annotate(all=StringAgg(Cast("areaofwork", TextField()), Value(" ")))
    sides: Any = help_model
    rows = sides.objects.filter(pk__in=alike.values("pk")[: MAX_SIMILAR + MAX_BY_WORDS])
    told = rows.annotate(
        shared=Subquery(numbers.values("all"), output_field=TextField()), has_left=build_has_left_condition()
    )
    return told.values(*{*COMPARED_HELP_COLUMNS, *DISPLAYED_HELP_COLUMNS, *RELATED_HELP_COLUMNS})  # type: ignore[no-any-return]  # of Any


def _query_open_help(help_record: Offer | Need, side_model: type[Offer | Need], viewer: Viewer) -> QuerySet[Any]:
    """Without those that were brought together with it: these have a page of their own."""
    met = Match.objects.filter(**{help_record.SIDE: help_record.pk, side_model.SIDE: OuterRef("pk")})
    model: Any = side_model
    rows = model.objects.visible_to(viewer).of(help_record.coalition)
    return rows.filter(build_open_help_condition(), ~Exists(met), kind=HELP_KIND_BY_MODEL[model])  # type: ignore[no-any-return]  # of Any


def _build_candidate_facts(
    help_row: Mapping[str, Any], area_ids: Collection[int], *, include_closed: bool = False
) -> HelpFacts:
    # One that is no more is no place to meet.
    known = [COUNTRIES_BY_CODE[code] for code in help_row["countries"] if code in COUNTRIES_BY_CODE]
    return HelpFacts(
        pk=help_row["pk"],
        organisation=help_row["organisation_id"],
        sort=help_row["sort"],
        near=get_help_type(help_row["sort"]).near,
        areas=frozenset(area_ids),
        countries=frozenset(country.code for country in known),
        subregions=frozenset(country.subregion for country in known),
        regions=frozenset(str(country.group) for country in known),
        languages=frozenset(tag.partition("-")[0] for tag in help_row["languages"]),
        terms=help_row["terms"],
        starts_on=help_row["starts_on"],
        until=help_row["until"],
        confirmed_on=help_row["confirmed_on"],
        closed=include_closed,
        left=help_row["has_left"],
    )
