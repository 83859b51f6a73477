"""The minutes of a long meeting in pages: which entries stand on which page, and what is counted over all of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jukwaa.meetings.models import Entry, EntryKind, EntryQuerySet, Meeting, Part
from jukwaa.records.models import Document, Source

OUTLINE_ENTRIES_PER_PAGE = 100  # entries on a page
AGREEMENT_ENTRY_KINDS = (EntryKind.DECISION, EntryKind.RECOMMENDATION, EntryKind.NEXT_MEETING)


@dataclass(frozen=True)
class MinutesOutlineHeading:
    """A part of the minutes: where it begins, and how many entries it has."""

    name: str | Promise
    anchor: str
    page: int
    number: int


@dataclass(frozen=True)
class SourceEntryCount:
    """A document, how many entries were made from it, and whether the reader may open it."""

    document: int
    entries: int
    is_open: bool


class MinutesOutline:
    """All entries that the reader may read, in the order of the page: part by part, then what was agreed, promised.

    Two pages are as good as one: what an entry says is read for those of one page alone.
    """

    def __init__(self, outline_rows: Iterable[tuple[int, str, int | None, int]], agenda_items: Sequence[Part]) -> None:
        groups: list[tuple[str | Promise, str, list[int]]] = [
            (_("Entries without an agenda item"), "minutes", []),
            *((part.title, f"part-{part.pk}", list[int]()) for part in agenda_items),
            (_("Decisions and recommendations"), "decisions", []),
            (_("Commitments"), "commitments", []),
        ]
        places = {part.pk: place for place, part in enumerate(agenda_items, start=1)}
        self.changes = 0
        for number, kind, part, version in outline_rows:
            place = places.get(part or 0, 0)
            if kind in AGREEMENT_ENTRY_KINDS:
                place = -2
            elif kind == EntryKind.COMMITMENT:
                place = -1
            groups[place][2].append(number)
            self.changes += version - 1
        self.numbers = [number for _name, _anchor, numbers in groups for number in numbers]
        self._places = {number: place for place, number in enumerate(self.numbers)}
        self.headings = [
            MinutesOutlineHeading(name, anchor, self.get_page_number(numbers[0]), len(numbers))
            for name, anchor, numbers in groups
            if numbers
        ]

    def get_page_number(self, entry: int) -> int:
        """Return the number of the page on which an entry stands; 1 for an entry that is not here."""
        return self._places.get(entry, 0) // OUTLINE_ENTRIES_PER_PAGE + 1

    def get_page(self, page_number: str | int | None) -> "Page[int]":
        """Return the numbers of the entries on a page; of the first or last one where there is no such page."""
        return Paginator(self.numbers, OUTLINE_ENTRIES_PER_PAGE).get_page(page_number)


def find_outline_rows(entries: EntryQuerySet) -> QuerySet[Any, Any]:
    """Return the rows of an outline, without commitments that promise nothing."""
    empty = Q(kind=EntryKind.COMMITMENT, commitment__isnull=True)
    return entries.exclude(empty).values_list("pk", "kind", "part", "version")


def find_entry_speakers(entries: EntryQuerySet) -> QuerySet[Any, Any]:
    """Return (organisation, name, stakeholder group) of everyone who is named as a speaker of these entries, once."""
    spoken = Entry.speakers.through.objects.filter(entries.exists_for("entry"))
    columns = (F("capacity__organisation"), F("capacity__name"), F("capacity__stakeholder_group"))
    return spoken.order_by().values_list(*columns).distinct()


def count_sources_by_document(
    readable_documents: QuerySet[Document], entries: EntryQuerySet, meeting: Meeting
) -> list[SourceEntryCount]:
    """Return the documents from which the meeting or any of these entries were made."""
    sources = Source.objects.filter(Q(record=meeting.pk) | entries.exists_for("record")).order_by("document")
    made = Count("record", distinct=True, filter=~Q(record=meeting.pk))
    is_open = Exists(readable_documents.filter(pk=OuterRef("document")))
    rows = sources.values("document").annotate(made=made, is_open=is_open)
    return [SourceEntryCount(row["document"], row["made"], row["is_open"]) for row in rows]
