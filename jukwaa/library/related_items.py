"""How an item travels: its uses, the tree of its adaptations, and what others do elsewhere in the same area of work."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from jukwaa.coalitions.models import AreaOfWork, Coalition, Organisation
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.standing import Standing
from jukwaa.library.item_languages import ItemLanguages, get_item_languages
from jukwaa.library.models import Item, Use, WebLink
from jukwaa.places.countries import get_regional_group
from jukwaa.places.regions import RegionalGroup
from jukwaa.records.models import NEWEST_RECORD_FIRST, Authorship, Link, Record, State
from jukwaa.records.translations import filter_preferred_language

ADAPTED_FROM_RELATION = Link.Relation.ADAPTED_FROM
MAX_ITEMS_ELSEWHERE = 3  # on the page of an item
MAX_RELATED_CANDIDATES = 40  # of the same area, the newest, among which those from elsewhere are sought
MAX_ITEM_USES = 100
MAX_LATEST_USES = 2  # uses on the page of an item; the rest stand on a page of their own
MAX_ADAPTATION_DEPTH = 5  # steps that are drawn; what was adapted further on stands beside the last of them


def load_item_uses(item: Item, viewer: Viewer, max_count: int = MAX_ITEM_USES) -> list[Use]:
    """The latest first. What was adapted is named only to whoever may read it: see `adaptation_is_open`."""
    readable = Record.objects.visible_to(viewer).exists_for("adaptation")
    uses = Use.objects.filter(item=item.pk).readable_by(viewer).annotate(adaptation_is_open=readable)
    return list(uses.select_related("capacity__person", "adaptation").order_by("-year", "-pk")[:max_count])


def find_possible_adaptations(item: Item, viewer: Viewer) -> QuerySet[Item]:
    """What this person wrote themselves, and so may name as what they made of it."""
    own = Item.objects.visible_to(viewer).of(item.coalition).filter(authorships__person=viewer.pk)
    return own.exclude(pk=item.pk).exclude(state=State.WITHDRAWN).order_by("title")


@dataclass
class AdaptationNode:
    """A record in the tree, and what was adapted from it."""

    record: Record
    is_here: bool
    branches: list["AdaptationNode"] = field(default_factory=list)


def build_adaptation_tree(item: Item, viewer: Viewer) -> list[AdaptationNode]:
    """From the origins outwards, as far as the viewer reads from one to the next. Empty where nothing was adapted."""
    family = Link.objects.all().get_connected_ids(item.pk, ADAPTED_FROM_RELATION)
    if len(family) == 1:
        return []
    readable = Record.objects.visible_to(viewer).filter(pk__in=family).prefetch_related("authorships__capacity__person")
    records = {record.pk: record for record in readable}
    ties = Link.objects.filter(relation=ADAPTED_FROM_RELATION, from_record__in=records, to_record__in=records)
    pairs = list(ties.order_by("from_record").values_list("to_record", "from_record"))
    near = _find_reachable_items(item.pk, [*pairs, *[(child, parent) for parent, child in pairs]])
    if len(near) == 1:
        return []
    for record in records.values():
        record.coalition = item.coalition
    return _nest_adaptation_nodes({pk: AdaptationNode(records[pk], pk == item.pk) for pk in near}, pairs)


def _find_reachable_items(start_item_id: int, adaptation_pairs: list[tuple[int, int]]) -> set[int]:
    found, at = {start_item_id}, {start_item_id}
    while at:
        at = {to for begin, to in adaptation_pairs if begin in at} - found
        found |= at
    return found


def _nest_adaptation_nodes(
    nodes_by_item: dict[int, AdaptationNode], item_pairs: list[tuple[int, int]]
) -> list[AdaptationNode]:
    """The origins. What was adapted from two of them stands under the first alone."""
    children = {child for _parent, child in item_pairs}
    origins = [node for pk, node in sorted(nodes_by_item.items()) if pk not in children]
    placed = {node.record.pk for node in origins}
    beside: dict[int, list[AdaptationNode]] = {}
    at, depth = list(origins), 0
    while at:
        depth += 1
        further = []
        for node in at:
            below = node.branches if depth <= MAX_ADAPTATION_DEPTH else beside[node.record.pk]
            for parent, child in item_pairs:
                if parent == node.record.pk and child not in placed:
                    placed.add(child)
                    below.append(nodes_by_item[child])
                    beside[child] = below
                    further.append(nodes_by_item[child])
        at = further
    return origins


def get_regions_of_countries(country_codes: Iterable[str], regional_groups: Iterable[str]) -> frozenset[str]:
    """Where something was done; where no country is named, where those who wrote it come from."""
    known = {str(get_regional_group(code)) for code in country_codes} or set(regional_groups)
    return frozenset(known - {"", str(RegionalGroup.UNKNOWN)})


def find_items_of_other_regions(
    item: Item, viewer: Viewer, language: str, excluded_record_ids: Collection[int] = ()
) -> list[Item]:
    """Beside an item: a few others of the same areas of work from other regions, each region once if it can be."""
    groups = [author.capacity.regional_group for author in item.authorships.all() if author.capacity]
    own = get_regions_of_countries(item.countries, groups)
    areas = AreaOfWork.objects.filter(records=item.pk).values("pk")
    found = _find_items_in_areas_of_work(viewer, item.coalition, areas, language).exclude(pk=item.pk)[
        :MAX_RELATED_CANDIDATES
    ]
    far = [
        other
        for other in found
        if other.pk not in excluded_record_ids and (region := _get_item_regions(other)) and not region & own
    ]
    seen: set[str] = set()
    first_of_each = []
    for other in far:
        if not _get_item_regions(other) & seen:
            seen |= _get_item_regions(other)
            first_of_each.append(other)
    return [*first_of_each, *[other for other in far if other not in first_of_each]][:MAX_ITEMS_ELSEWHERE]


def _get_item_regions(item: Item) -> frozenset[str]:
    return get_regions_of_countries(item.countries, [getattr(item, "group", None) or ""])


def _find_items_in_areas_of_work(
    viewer: Viewer, coalition: Coalition, areas_of_work: QuerySet[AreaOfWork, Any], language: str
) -> QuerySet[Item]:
    """What is published in any of these areas, the newest first, each with the regional group of who wrote it."""
    tied = Item.areas.through.objects.filter(record=OuterRef("pk"), areaofwork__in=areas_of_work)
    group = Authorship.objects.filter(record=OuterRef("pk"), capacity__isnull=False).values("capacity__regional_group")
    items = Item.objects.visible_to(viewer).of(coalition).filter(Exists(tied), state=State.PUBLISHED)
    items = items.annotate(group=Subquery(group.order_by("pk")[:1]))
    return filter_preferred_language(items, viewer, language).order_by(*NEWEST_RECORD_FIRST)


@dataclass(frozen=True)
class ItemsOfSharedAreas:
    """What others do on what one works on: from other regions first, then from one's own."""

    areas: list[AreaOfWork]
    far: list[Item]
    near: list[Item]


def load_items_of_shared_areas(viewer_standing: Standing, language: str) -> ItemsOfSharedAreas:
    """By the areas of work of one's organisations; what one shared oneself is left out."""
    organisations = viewer_standing.organisations
    areas = list(AreaOfWork.objects.filter(organisations__in=organisations).distinct()) if organisations else []
    if not areas:
        return ItemsOfSharedAreas([], [], [])
    own = _get_organisation_regions(organisations)
    chosen = AreaOfWork.objects.filter(pk__in=[area.pk for area in areas]).values("pk")
    found = _find_items_in_areas_of_work(viewer_standing.viewer, viewer_standing.coalition, chosen, language)
    found = found.exclude(authorships__person=viewer_standing.viewer.pk).prefetch_related("authorships__capacity")
    items = list(found[:MAX_RELATED_CANDIDATES])
    far = [item for item in items if (region := _get_item_regions(item)) and not region & own]
    return ItemsOfSharedAreas(areas, far, [item for item in items if item not in far])


def _get_organisation_regions(organisations: Iterable[Organisation]) -> frozenset[str]:
    return get_regions_of_countries([], [organisation.regional_group for organisation in organisations])


@dataclass(frozen=True)
class ItemSidebar:
    """What its page shows beside what an item says itself: nothing of it depends on who may change what."""

    areas: list[AreaOfWork]
    web_links: list[WebLink]
    languages: ItemLanguages
    own: Record | None  # the same in the reader's language, if they have another before them
    uses: list[Use]
    has_more_uses: bool
    elsewhere: list[Item]


def load_item_sidebar(item: Item, viewer: Viewer, language: str) -> ItemSidebar:
    """Six queries at most, and kept. Who used it, and what others do, is a matter of what is published."""
    languages = get_item_languages(item, viewer)
    is_open = item.state == State.PUBLISHED
    uses = load_item_uses(item, viewer, MAX_LATEST_USES + 1) if is_open else []
    same = {record.pk for record in languages.all}
    return ItemSidebar(
        areas=list(item.areas.all()),
        web_links=list(item.web_links.all()),
        languages=languages,
        own=languages.in_language(language),
        uses=uses[:MAX_LATEST_USES],
        has_more_uses=len(uses) > MAX_LATEST_USES,
        elsewhere=find_items_of_other_regions(item, viewer, language, same) if is_open else [],
    )
