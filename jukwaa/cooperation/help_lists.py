"""Lists of offers and needs, read by key, narrowed to what is asked for."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, TextField
from django.db.models.functions import Cast

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.cooperation.actions.offers import HELP_KIND_BY_MODEL
from jukwaa.cooperation.models import Match, Need, Offer
from jukwaa.cooperation.models.help import build_open_help_condition
from jukwaa.core.keyset_pagination import KeysetPage, PageCursor, get_page
from jukwaa.records.models import NEWEST_RECORD_FIRST, State

TAKEN_UP_MATCH_STATES = (Match.State.INTRODUCED, *Match.FOR_ALL_READERS)
MAX_OVERVIEW_ROWS = 5

type HelpModel = type[Offer | Need]
HELP_MODEL_BY_SIDE: dict[str, HelpModel] = {"offer": Offer, "need": Need}


def get_help_page(
    help_model: HelpModel, viewer: Viewer, coalition: Coalition, filter_values: dict[str, str], page_cursor: PageCursor
) -> KeysetPage[Any]:
    """The newest first, with whose each is and whether somebody has taken it up."""
    return get_page(
        filter_help_records(get_readable_help(help_model, viewer, coalition), filter_values),
        NEWEST_RECORD_FIRST,
        page_cursor,
    )


def get_newest_help(
    help_model: HelpModel, viewer: Viewer, coalition: Coalition, *, only_untaken: bool = False
) -> list[Any]:
    rows = filter_help_records(
        get_readable_help(help_model, viewer, coalition), {"show": "untaken"} if only_untaken else {}
    )
    return list(rows.order_by(*NEWEST_RECORD_FIRST)[:MAX_OVERVIEW_ROWS])


def get_readable_help(help_model: HelpModel, viewer: Viewer, coalition: Coalition) -> Any:
    """The kind is named, since the index of records has the order of each: sorting would read them all."""
    rows = (
        help_model.objects.visible_to(viewer)
        .of(coalition)
        .filter(state=State.PUBLISHED, kind=HELP_KIND_BY_MODEL[help_model])
    )
    return (
        rows.annotate(is_taken=Exists(build_taken_up_matches_subquery(help_model)))
        .select_related("organisation")
        .defer("terms")
    )


def build_taken_up_matches_subquery(help_model: HelpModel) -> Any:
    """Matches that came to something, of a row of the query around it."""
    return Match.objects.filter(**{help_model.SIDE: OuterRef("pk")}, state__in=TAKEN_UP_MATCH_STATES)


def filter_help_records(help_records: Any, filter_values: dict[str, str]) -> Any:
    """What is offered anywhere, or in any language, is offered in this one too."""
    show = filter_values.get("show", "")
    help_records = (
        help_records.exclude(build_open_help_condition())
        if show == "closed"
        else help_records.filter(build_open_help_condition())
    )
    if show == "untaken":
        help_records = help_records.filter(is_taken=False)
    if sort := filter_values.get("sort"):
        help_records = help_records.filter(sort=sort)
    if organisation := filter_values.get("organisation"):
        help_records = help_records.filter(organisation=int(organisation))
    if area := filter_values.get("area"):
        help_records = help_records.filter(areas=int(area))
    for name, column in (("country", "countries"), ("language", "languages")):
        if value := filter_values.get(name):
            written = Cast(column, TextField())
            help_records = help_records.annotate(**{f"{column}_written": written})
            help_records = help_records.filter(Q(**{f"{column}_written__contains": f'"{value}"'}) | Q(**{column: []}))
    return help_records


def get_own_help(help_model: HelpModel, viewer: Viewer, coalition: Coalition, organisation_ids: list[int]) -> list[Any]:
    """Those of the organisations for which this person speaks, open or not."""
    if not organisation_ids:
        return []
    rows = get_readable_help(help_model, viewer, coalition).filter(organisation__in=organisation_ids)
    return list(rows.order_by(*NEWEST_RECORD_FIRST)[:20])
