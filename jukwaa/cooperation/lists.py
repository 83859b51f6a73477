"""Lists of offers and needs, read by key, narrowed to what is asked for."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, TextField
from django.db.models.functions import Cast

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.cooperation.actions.offers import KINDS
from jukwaa.cooperation.models import Match, Need, Offer
from jukwaa.cooperation.models.help import still_open
from jukwaa.core.keyset import Page, Place, page_at
from jukwaa.records.models import NEWEST_FIRST, State

TAKEN_UP = (Match.State.INTRODUCED, *Match.FOR_ALL_READERS)
FEW = 5

type Model = type[Offer | Need]
BY_SIDE: dict[str, Model] = {"offer": Offer, "need": Need}


def helps(model: Model, viewer: Viewer, coalition: Coalition, sought: dict[str, str], place: Place) -> Page[Any]:
    """The newest first, with whose each is and whether somebody has taken it up."""
    return page_at(narrowed(readable(model, viewer, coalition), sought), NEWEST_FIRST, place)


def first_few(model: Model, viewer: Viewer, coalition: Coalition, *, untaken: bool = False) -> list[Any]:
    rows = narrowed(readable(model, viewer, coalition), {"show": "untaken"} if untaken else {})
    return list(rows.order_by(*NEWEST_FIRST)[:FEW])


def readable(model: Model, viewer: Viewer, coalition: Coalition) -> Any:
    """The kind is named, since the index of records has the order of each: sorting would read them all."""
    rows = model.objects.visible_to(viewer).of(coalition).filter(state=State.PUBLISHED, kind=KINDS[model])
    return rows.annotate(is_taken=Exists(taken_up(model))).select_related("organisation").defer("terms")


def taken_up(model: Model) -> Any:
    """Matches that came to something, of a row of the query around it."""
    return Match.objects.filter(**{model.SIDE: OuterRef("pk")}, state__in=TAKEN_UP)


def narrowed(rows: Any, sought: dict[str, str]) -> Any:
    """What is offered anywhere, or in any language, is offered in this one too."""
    show = sought.get("show", "")
    rows = rows.exclude(still_open()) if show == "closed" else rows.filter(still_open())
    if show == "untaken":
        rows = rows.filter(is_taken=False)
    if sort := sought.get("sort"):
        rows = rows.filter(sort=sort)
    if organisation := sought.get("organisation"):
        rows = rows.filter(organisation=int(organisation))
    if area := sought.get("area"):
        rows = rows.filter(areas=int(area))
    for name, column in (("country", "countries"), ("language", "languages")):
        if value := sought.get(name):
            written = Cast(column, TextField())
            rows = rows.annotate(**{f"{column}_written": written})
            rows = rows.filter(Q(**{f"{column}_written__contains": f'"{value}"'}) | Q(**{column: []}))
    return rows


def own(model: Model, viewer: Viewer, coalition: Coalition, organisations: list[int]) -> list[Any]:
    """Those of the organisations for which this person speaks, open or not."""
    if not organisations:
        return []
    rows = readable(model, viewer, coalition).filter(organisation__in=organisations)
    return list(rows.order_by(*NEWEST_FIRST)[:20])
