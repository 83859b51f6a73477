"""Lists of the library, read by key."""

from django.db.models import QuerySet
from django.db.models.fields.json import KT
from django.utils.translation import get_language

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.keyset_pagination import KeysetPage, PageCursor, build_page, filter_page_rows
from jukwaa.core.prepared import execute_prepared
from jukwaa.library.models import Item
from jukwaa.library.schema import kinds
from jukwaa.records.models import NEWEST_FIRST, Record, State
from jukwaa.records.translations import filter_preferred_language

MAX_DRAFTS = 10
MAX_EARLIER_ANSWERS = 200


def get_item_page(viewer: Viewer, coalition: Coalition, kind: str, place: PageCursor) -> KeysetPage[Item]:
    """What is published, the newest first, of one kind or of all, each in the language of the page if it can be."""
    asked = (viewer, coalition, kind, get_language() or "en")
    if kind:
        return build_page(list(_query_items(*asked, place.before, place.after)), place)
    return build_page(execute_prepared(_query_items, *asked, *place.opened), place)


def _query_items(
    viewer: Viewer, coalition: Coalition, kind: str, language: str, before: int | None, after: int | None
) -> QuerySet[Item]:
    """Found among all records, whose index has their order: sorting the items would read each of them."""
    chosen = [kind] if kind else [known.name for known in kinds()]
    published = Record.objects.visible_to(viewer).of(coalition).filter(state=State.PUBLISHED, kind__in=chosen)
    found = filter_page_rows(
        filter_preferred_language(published, viewer, language), NEWEST_FIRST, before, after
    ).values("pk")
    rows = Item.objects.filter(pk__in=found).order_by(*NEWEST_FIRST)
    return rows.prefetch_related("authorships__capacity")


def find_earlier_answers(viewer: Viewer, coalition: Coalition, kind: str, field: str) -> list[str]:
    """How others answered a line of the long form, as far as this viewer may read them: what is alike gets one name."""
    published = Item.objects.visible_to(viewer).of(coalition).filter(kind=kind, state=State.PUBLISHED)
    said = published.order_by("-published_at").annotate(said=KT(f"details__{field}")).values_list("said", flat=True)
    return sorted({words for words in said[:MAX_EARLIER_ANSWERS] if words})


def load_own_drafts(viewer: Viewer, coalition: Coalition) -> list[Item]:
    """What this person began and has not published."""
    if not viewer.is_authenticated:
        return []
    waiting = (State.DRAFT, State.SUBMITTED, State.SAFEGUARDING)
    own = Item.objects.visible_to(viewer).of(coalition).filter(authorships__person=viewer.pk, state__in=waiting)
    return list(own.order_by("-created_at", "-pk").prefetch_related("authorships__capacity")[:MAX_DRAFTS])
