"""What the pages of ideas show to one viewer: the list, and the page of one idea."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.display_names import DISPLAYED_NAME_FIELDS, VOICE_CAPACITY_FIELDS
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.standing import Standing
from jukwaa.core.keyset_pagination import ROWS_PER_KEYSET_PAGE, KeysetPage, Order, PageCursor, get_page
from jukwaa.meetings.models import (
    IDEA_RECORD_KIND,
    Idea,
    IdeaQuerySet,
    Meeting,
    MergeRequest,
    MergeRequestQuerySet,
    Support,
)
from jukwaa.places.count_graphics import BeadRow, choose_bead_value, draw_bead_row
from jukwaa.places.regions import RegionalGroup, StakeholderGroup
from jukwaa.records.models import NEWEST_RECORD_FIRST, Authorship, Record, State
from jukwaa.records.models.record import LABELS_OPEN_TO_ROLES
from jukwaa.records.policies import is_author

IDEA_ORDERS: dict[str, Order] = {
    "support": ("-support_count", "-published_at", "-pk"),
    "breadth": ("-breadth", "-support_count", "-pk"),
    "newest": NEWEST_RECORD_FIRST,
    "oldest": ("published_at", "pk"),
}
IDEA_SORT_LABELS = {
    "support": _("Most supporters"),
    "breadth": _("Most regions and groups"),
    "newest": _("Newest first"),
    "oldest": _("Oldest first"),
}
IDEA_STATUS_FILTERS = ("open", "answered", "all")
MAX_SUPPORTS_SHOWN = 50
# What the list says of an idea. Whole rows of all that it can have become have a hundred columns.
LISTED_IDEA_FIELDS = (
    *("kind", "language", "title", "summary", "label", "state", "is_example", "published_at", "timeframe"),
    *("support_count", "region_count", "group_count", "breadth", "declined_because"),
    *(f"agenda_item__meeting__{name}" for name in ("title", "state", "cancelled_at")),
    *("became__kind", "became__title", "merged_into__title"),
)
SHOWN_IDEA_FIELDS = ("language", "title", "support_count", "agenda_item__meeting", "agenda_item__position")
MAX_OPEN_IDEAS, MAX_IDEAS_READ = 5, 25  # open ideas on the page of a meeting, and all ideas there


def find_readable_ideas(viewer: Viewer, coalition: Coalition) -> IdeaQuerySet:
    """Return the published ideas."""
    return Idea.objects.visible_to(viewer).of(coalition).filter(state=State.PUBLISHED)


def get_idea_page(
    viewer: Viewer, coalition: Coalition, page_cursor: PageCursor, *, sort_order: str, shown_status: str
) -> KeysetPage[Idea]:
    """Return a page of the published ideas, and of each whether the viewer may read what it has become."""
    ideas = find_readable_ideas(viewer, coalition).select_answers().only(*LISTED_IDEA_FIELDS)
    if shown_status != "all":
        ideas = ideas.open() if shown_status == "open" else ideas.answered()
    page = get_page(ideas, IDEA_ORDERS[sort_order], page_cursor)
    mark_ideas_with_readable_answers(page.rows, viewer)
    return page


def mark_ideas_with_readable_answers(ideas: Sequence[Idea], viewer: Viewer) -> None:
    """Set on each idea whether the viewer may read what it has become. Open ideas cost no query."""
    found = [(idea, *_get_answer_record_ids(idea)) for idea in ideas]
    answers = {pk for _idea, *records in found for pk in records if pk is not None}
    readable = _find_readable_pks(viewer, answers) if answers else set()
    for idea, meeting, became, merged in found:
        idea.sees_meeting = meeting in readable  # type: ignore[attr-defined]  # for the page
        idea.sees_became = became in readable  # type: ignore[attr-defined]  # for the page
        idea.sees_merged = merged in readable  # type: ignore[attr-defined]  # for the page


def _find_readable_pks(viewer: Viewer, pks: set[int]) -> set[int]:
    return set(Record.objects.visible_to(viewer).filter(pk__in=pks).values_list("pk", flat=True))


def _get_answer_record_ids(idea: Idea) -> tuple[int | None, int | None, int | None]:
    """Return the meeting on whose agenda it is, the record it has become, and the idea it was merged into."""
    item = idea.agenda_item
    return item.meeting_id if item else None, idea.became_id, idea.merged_into_id


def find_draft_ideas(viewer: Viewer, coalition: Coalition) -> list[Idea]:
    """Return the viewer's own ideas that came by email and are not published, the newest first."""
    drafts = Authorship.objects.filter(person=viewer.pk, record__kind=IDEA_RECORD_KIND, record__state=State.DRAFT)
    own = list(drafts.filter(record__coalition=coalition).values_list("record", flat=True))
    if not own:
        return []
    ideas = Idea.objects.visible_to(viewer).of(coalition).filter(state=State.DRAFT, pk__in=own)
    return list(ideas.order_by("-pk")[:ROWS_PER_KEYSET_PAGE])


def annotate_merge_flags(ideas: IdeaQuerySet) -> IdeaQuerySet:
    """Annotate the ideas with open or accepted merges."""
    merged = Idea.objects.filter(merged_into=models.OuterRef("pk"))
    return ideas.select_answers().annotate(
        has_merged=models.Exists(merged), has_requests=models.Exists(_find_open_merge_requests(models.OuterRef("pk")))
    )


def _find_open_merge_requests(idea: models.OuterRef | int) -> MergeRequestQuerySet:
    return MergeRequest.objects.filter(models.Q(idea=idea) | models.Q(into=idea), closed_at=None)


@dataclass(frozen=True)
class SupportGroupCount:
    """How many supporters are from a region, or of a stakeholder group."""

    name: str
    number: int
    beads: BeadRow


@dataclass
class IdeaPage:
    """Each part is read when the template asks for it."""

    idea: Idea
    standing: Standing

    @cached_property
    def authors(self) -> list[Authorship]:
        found = list(_find_idea_authors().filter(record=self.idea.pk))
        self.standing.wrote[self.idea.pk] = self.standing.viewer.pk in [row.person_id for row in found]
        return found

    @cached_property
    def is_author(self) -> bool:
        return bool(self.authors) and is_author(self.standing, self.idea)

    @cached_property
    def _support_rows(self) -> list[Support]:
        """The first of its supports, the authors' own among them."""
        rows = _select_capacity_fields(self.idea.supports.all())
        return list(rows[: MAX_SUPPORTS_SHOWN + len(self.authors)])

    @property
    def supports(self) -> list[Support]:
        """Of others than the authors, the earliest first."""
        authors = {row.person_id for row in self.authors}
        return [row for row in self._support_rows if row.person_id not in authors]

    @property
    def remaining_supports_count(self) -> int:
        return max(self.idea.support_count - len(self._support_rows), 0)

    @cached_property
    def is_supported_by_viewer(self) -> bool:
        """Whether the viewer does."""
        viewer = self.standing.viewer
        if any(row.person_id == viewer.pk for row in self._support_rows):
            return True
        return bool(self.remaining_supports_count) and self.idea.supports.filter(person=viewer.pk).exists()

    @cached_property
    def _group_choices(self) -> Sequence[tuple[str, str]]:
        """The region and the stakeholder group of each supporter."""
        if self.remaining_supports_count:
            return list(self.idea.supports.values_list("capacity__regional_group", "capacity__stakeholder_group"))
        return [(row.capacity.regional_group, row.capacity.stakeholder_group) for row in self._support_rows]

    @property
    def supports_by_region(self) -> list[SupportGroupCount]:
        return _count_supports_by_group(RegionalGroup, (region for region, _group in self._group_choices))

    @property
    def supports_by_stakeholder_group(self) -> list[SupportGroupCount]:
        return _count_supports_by_group(StakeholderGroup, (group for _region, group in self._group_choices))

    @cached_property
    def merged_ideas(self) -> list[Idea]:
        """Ideas that were merged into this one, each with its authors."""
        if not self.idea.has_merged:  # type: ignore[attr-defined]  # annotated
            return []
        ideas = Idea.objects.visible_to(self.standing.viewer).filter(merged_into=self.idea, state=State.PUBLISHED)
        return list(ideas.prefetch_related(models.Prefetch("authorships", _find_idea_authors())).order_by("pk"))

    @cached_property
    def merge_requests(self) -> list[MergeRequest]:
        """Open requests to merge it, for members: each with `may_decide`."""
        if not (self.idea.has_requests and self.standing.has_seat):  # type: ignore[attr-defined]  # annotated
            return []
        readable = Idea.objects.visible_to(self.standing.viewer)
        rows = _find_open_merge_requests(self.idea.pk).filter(readable.exists_for("idea"), readable.exists_for("into"))
        decided = rows.decided_by_author(self.standing.viewer.pk).values("pk")
        everything = models.Value(self.standing.is_coordinator)
        rows = rows.annotate(may_decide=models.Case(models.When(pk__in=decided, then=True), default=everything))
        return list(rows.select_related("idea", "into"))

    @property
    def _can_participate(self) -> bool:
        return self.idea.state == State.PUBLISHED and self.idea.is_open and self.standing.has_seat

    @property
    def may_support(self) -> bool:
        return self._can_participate and not self.is_supported_by_viewer

    @property
    def may_withdraw_support(self) -> bool:
        return self._can_participate and self.is_supported_by_viewer and not self.is_author

    @property
    def may_request_merge(self) -> bool:
        return self._can_participate

    @property
    def may_publish(self) -> bool:
        return self.idea.state == State.DRAFT and self.is_author

    @property
    def may_change(self) -> bool:
        open_states = (State.DRAFT, State.PUBLISHED)
        return self.idea.state in open_states and self.idea.is_open and (self.is_author or self.standing.is_rapporteur)

    @property
    def may_answer(self) -> bool:
        return self.idea.state == State.PUBLISHED and self.standing.is_rapporteur

    @property
    def may_propose_idea(self) -> bool:
        """Whether the viewer can start a session proposal from it: see `policies.py` in `proposals`."""
        is_open = self.idea.state == State.PUBLISHED and self.idea.is_open and self.idea.label in LABELS_OPEN_TO_ROLES
        return is_open and (self.standing.is_rapporteur or self.standing.is_chair)


def _find_idea_authors() -> QuerySet[Authorship]:
    return _select_capacity_fields(Authorship.objects.order_by("pk"))


def _select_capacity_fields[R: models.Model](voice_rows: QuerySet[R]) -> QuerySet[R]:
    """Return rows of people in a capacity, with what pages show of both."""
    names = [f"person__{name}" for name in DISPLAYED_NAME_FIELDS]
    capacities = [f"capacity__{name}" for name in VOICE_CAPACITY_FIELDS]
    return voice_rows.select_related("person", "capacity__person").only(*names, *capacities)


def _count_supports_by_group(
    group_choices: type[models.TextChoices], support_groups: Iterable[str]
) -> list[SupportGroupCount]:
    """Return a count for each group that occurs, in the order of the groups."""
    counts = Counter(support_groups)
    named = [group for group in group_choices if counts[group] and group != "unknown"]
    each = choose_bead_value(counts[group] for group in named)
    return [
        SupportGroupCount(str(group.label), counts[group], draw_bead_row(counts[group], bead_value=each))
        for group in named
    ]


@dataclass
class IdeasOfMeeting:
    """Ideas for a planned meeting, on its page: those on its agenda, and those with the most support."""

    meeting: Meeting
    standing: Standing

    @cached_property
    def _meeting_ideas(self) -> list[Idea]:
        """Those on the agenda first, which are read together with open ones."""
        coalition = self.meeting.coalition
        on_agenda = models.Q(agenda_item__meeting=self.meeting)
        is_open = models.Q(pk__in=Idea.objects.of(coalition).open().values("pk"))
        readable = Idea.objects.visible_to(self.standing.viewer).of(coalition).filter(state=State.PUBLISHED)
        found = readable.filter(on_agenda | is_open).select_related("agenda_item").only(*SHOWN_IDEA_FIELDS)
        return list(
            found.order_by(
                models.Case(models.When(on_agenda, 0), default=1), *_get_order_field_names(IDEA_ORDERS["support"])
            )[:MAX_IDEAS_READ]
        )

    @cached_property
    def ideas_on_agenda(self) -> list[Idea]:
        """In the order of the agenda."""
        found = [(idea.agenda_item, idea) for idea in self._meeting_ideas if idea.agenda_item is not None]
        here = [(item.position, idea.pk, idea) for item, idea in found if item.meeting_id == self.meeting.pk]
        return [idea for _position, _pk, idea in sorted(here, key=lambda each: each[:2])]

    @cached_property
    def open_ideas(self) -> list[Idea]:
        return [idea for idea in self._meeting_ideas if idea not in self.ideas_on_agenda][:MAX_OPEN_IDEAS]


def _get_order_field_names(idea_order: Order) -> list[str]:
    return [key for key in idea_order if isinstance(key, str)]
