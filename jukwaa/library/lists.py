"""Lists of the library, read by key."""

from django.db.models import QuerySet
from django.db.models.fields.json import KT
from django.utils.translation import get_language

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.keyset import Page, Place, page_of, rows_at
from jukwaa.core.prepared import prepared
from jukwaa.library.models import Item
from jukwaa.library.schema import kinds
from jukwaa.records.models import NEWEST_FIRST, Record, State
from jukwaa.records.translations import each_once

MOST_DRAFTS = 10
MOST_SAID = 200


def items(viewer: Viewer, coalition: Coalition, kind: str, place: Place) -> Page[Item]:
    """What is published, the newest first, of one kind or of all, each in the language of the page if it can be."""
    asked = (viewer, coalition, kind, get_language() or "en")
    if kind:
        return page_of(list(_items(*asked, place.before, place.after)), place)
    return page_of(prepared(_items, *asked, *place.opened), place)


def _items(
    viewer: Viewer, coalition: Coalition, kind: str, language: str, before: int | None, after: int | None
) -> QuerySet[Item]:
    """Found among all records, whose index has their order: sorting the items would read each of them."""
    chosen = [kind] if kind else [known.name for known in kinds()]
    published = Record.objects.visible_to(viewer).of(coalition).filter(state=State.PUBLISHED, kind__in=chosen)
    found = rows_at(each_once(published, viewer, language), NEWEST_FIRST, before, after).values("pk")
    rows = Item.objects.filter(pk__in=found).order_by(*NEWEST_FIRST)
    return rows.prefetch_related("authorships__capacity")


def said_before(viewer: Viewer, coalition: Coalition, kind: str, field: str) -> list[str]:
    """How others answered a line of the long form, as far as this viewer may read them: what is alike gets one name."""
    published = Item.objects.visible_to(viewer).of(coalition).filter(kind=kind, state=State.PUBLISHED)
    said = published.order_by("-published_at").annotate(said=KT(f"details__{field}")).values_list("said", flat=True)
    return sorted({words for words in said[:MOST_SAID] if words})


def own_drafts(viewer: Viewer, coalition: Coalition) -> list[Item]:
    """What this person began and has not published."""
    if not viewer.is_authenticated:
        return []
    waiting = (State.DRAFT, State.SUBMITTED, State.SAFEGUARDING)
    own = Item.objects.visible_to(viewer).of(coalition).filter(authorships__person=viewer.pk, state__in=waiting)
    return list(own.order_by("-created_at", "-pk").prefetch_related("authorships__capacity")[:MOST_DRAFTS])
