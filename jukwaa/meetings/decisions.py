"""The register of decisions, as its reader may see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.keyset_pagination import KeysetPage, PageCursor
from jukwaa.meetings.meeting_lists import MINUTES_ENTRY_ORDER, find_latest_entries, get_entry_page, parse_year
from jukwaa.meetings.models import Decision, Dissent, Entry, EntryKind, Meeting, SilenceProcedure
from jukwaa.meetings.silence_procedures import find_silence_procedure
from jukwaa.records.models import State

MAX_QUERY_LENGTH = 100
MAX_SUCCESSOR_CHOICES = 100
# What the register says of each. Whole rows of all that hangs on an entry have a hundred columns.
LISTED_DECISION_FIELDS = (
    *("kind", "language", "text", "decision__status", "decision__method"),
    *(f"meeting__{name}" for name in ("title", "language", "starts_on", "ends_on", "precision")),
)
DECISION_FILTER_CHOICES = {"status": Decision.Status.values, "method": Decision.Method.values}


def parse_decision_filters(query_values: Mapping[str, str]) -> dict[str, str]:
    """Return the filters that an address sets; unknown values are left out."""
    chosen = {
        name: query_values.get(name, "")
        for name, values in DECISION_FILTER_CHOICES.items()
        if query_values.get(name, "") in values
    }
    year = parse_year(query_values.get("year", ""))
    typed = {"q": query_values.get("q", "").strip()[:MAX_QUERY_LENGTH], "year": str(year or "")}
    return {"status": "", "method": "", **chosen, **typed}


def find_decision_entries(viewer: Viewer, coalition: Coalition, decision_filters: Mapping[str, str]) -> QuerySet[Entry]:
    """Return the published decisions that the viewer may read, those of the latest meeting first."""
    decisions = Entry.objects.visible_to(viewer).of(coalition)
    decisions = decisions.filter(kind=EntryKind.DECISION, state=State.PUBLISHED, meeting__state=State.PUBLISHED)
    return decisions.filter(_build_decision_filter_condition(decision_filters)).select_related("meeting", "decision")


def _build_decision_filter_condition(decision_filters: Mapping[str, str]) -> Q:
    matching = Q()
    if status := decision_filters.get("status"):
        unrecorded = Q(decision__isnull=True) if status == Decision.Status.IN_FORCE else Q()
        matching &= Q(decision__status=status) | unrecorded
    if method := decision_filters.get("method"):
        matching &= Q(decision__method=method)
    if year := decision_filters.get("year"):
        matching &= Q(meeting__starts_on__year=int(year))
    for word in decision_filters.get("q", "").split():
        matching &= Q(text__icontains=word)
    return matching


def get_decision_page(
    viewer: Viewer, coalition: Coalition, decision_filters: Mapping[str, str], page_cursor: PageCursor
) -> KeysetPage[Entry]:
    """Return a page of them, those of the latest meeting first."""
    entries = find_decision_entries(viewer, coalition, decision_filters).only(*LISTED_DECISION_FIELDS)
    return get_entry_page(entries, coalition, page_cursor)


def find_possible_successors(viewer: Viewer, entry: Entry, chosen_entry_id: int | None) -> QuerySet[Entry]:
    """Return the decisions that a form offers as the one that replaced this one, the latest first.

    They are in force, or were made later. The one that is `chosen_entry_id` already is always among them.
    """
    decisions = find_decision_entries(viewer, entry.coalition, {}).exclude(pk=entry.pk).select_related(None)
    later = Q(meeting__order_day__gte=entry.meeting.order_day)
    in_force = Q(decision__isnull=True) | Q(decision__status=Decision.Status.IN_FORCE)
    meetings = Meeting.objects.of(entry.coalition)
    latest = find_latest_entries(decisions.filter(later | in_force), meetings, MAX_SUCCESSOR_CHOICES)
    offered = [*latest.values_list("pk", flat=True), *([chosen_entry_id] if chosen_entry_id else [])]
    return decisions.filter(pk__in=offered).order_by(*MINUTES_ENTRY_ORDER).only("title")


@dataclass
class DecisionPage:
    """What the page of a decision says beside its text. Each part is read when the template asks for it."""

    entry: Entry
    viewer: Viewer

    @cached_property
    def decision_row(self) -> Decision | None:
        return getattr(self.entry, "decision", None)

    @cached_property
    def dissents(self) -> list[Dissent]:
        return list(
            Dissent.objects.filter(entry=self.entry).select_related("capacity__organisation", "capacity__person")
        )

    @cached_property
    def replacing_entry(self) -> Entry | None:
        """The decision that replaced this one, if the viewer may read it."""
        number = self.decision_row.superseded_by_id if self.decision_row else None
        return self._readable_entries.filter(pk=number).first() if number else None

    @cached_property
    def replaced_entries(self) -> list[Entry]:
        """The decisions that this one replaced, as far as the viewer may read them: mostly there are none."""
        if not self.entry.replaces_others:  # type: ignore[attr-defined]  # annotated
            return []
        return list(self._readable_entries.filter(decision__superseded_by=self.entry))

    @cached_property
    def silence_procedure(self) -> SilenceProcedure | None:
        is_written = self.decision_row is not None and self.decision_row.method == Decision.Method.SILENCE
        return find_silence_procedure(self.viewer, self.entry) if is_written else None

    @property
    def _readable_entries(self) -> QuerySet[Entry]:
        return find_decision_entries(self.viewer, self.entry.coalition, {})
