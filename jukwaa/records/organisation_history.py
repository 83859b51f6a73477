"""The record of an organisation: what it said, promised, signed, offered and was asked, as far as a viewer may read it.

Each app registers its sources in its `organisation_record.py`. There are two versions of a record. The one for the
representatives of the organisation holds what they may read. The public one holds what everyone may read, without
requests that wait for an answer and without anything that tells of lateness: see `_build_public_line`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.standing import Standing
from jukwaa.core.dates import format_partial_date, format_partial_iso_date
from jukwaa.core.registry import Registry
from jukwaa.core.row_urls import reverse_row_url
from jukwaa.records.models import Document, Label, Source, State

MAX_LINES_PER_SOURCE = 500  # the newest
LABELS_BY_STRICTNESS = list(Label)


class HistorySection(TextChoices):
    """The parts of a record, in their order."""

    OPEN = "open", _("Open items")
    SAID = "said", _("Contributions")
    PROMISED = "promised", _("Commitments and pledges")
    SIGNED = "signed", _("Signatures and positions")
    OFFERED = "offered", _("Offers and needs")
    ASKED = "asked", _("Requests to the organisation")


class PromiseProgress(Enum):
    """Of what was promised or asked. `ENDED`: nothing came of it, and nobody waits for it any more."""

    NONE = "none"
    OPEN = "open"
    DONE = "done"
    ENDED = "ended"


@dataclass(frozen=True, kw_only=True)
class RecordLine:
    """One thing that the organisation said, promised, signed, offered or was asked.

    `day` is when; None if that is not known. `source` is where it was said, such as a meeting, and `record` the number
    of the record whose documents are shown as its sources. `label` is that of the record by which it is read; a source
    raises it where fewer people may read the line.
    """

    section: HistorySection
    what: str | Promise  # a comment, a commitment
    title: str
    url: str
    label: str
    words: str = ""
    language: str = ""
    day: date | None = None
    last_day: date | None = None  # of what took several days
    precision: str = "day"  # or "month" or "year"
    progress: PromiseProgress = PromiseProgress.NONE
    status: str | Promise = ""
    due: date | None = None
    source: str = ""
    source_url: str = ""
    record: int | None = None
    documents: tuple[tuple[str, str], ...] = ()  # title and address

    @property
    def when(self) -> str:
        return format_partial_date(self.day, self.precision, self.last_day) if self.day else str(_("date not known"))

    @property
    def iso_date(self) -> str:
        return format_partial_iso_date(self.day, self.precision) if self.day else ""

    @property
    def is_open(self) -> bool:
        return self.progress == PromiseProgress.OPEN

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due is not None and self.due < timezone.localdate()


@dataclass(frozen=True)
class HistoryQuery:
    """Whose record is asked for, and by whom. `is_own`: by somebody who represents the organisation.

    A source reads only what the viewer may read, in a number of queries that does not grow with the rows.
    """

    organisation: Organisation
    standing: Standing
    is_own: bool = False

    @classmethod
    def for_public(cls, organisation: Organisation) -> "HistoryQuery":
        coalition = organisation.coalition
        return cls(organisation, Standing.known(coalition, AnonymousUser(), frozenset(), has_seat=False))

    @property
    def viewer(self) -> Viewer:
        return self.standing.viewer

    @property
    def coalition(self) -> Coalition:
        return self.standing.coalition


type FindLines = Callable[[HistoryQuery], Iterable[RecordLine]]

# By their order among lines of one day.
history_line_registry: Registry[int, FindLines] = Registry("sources of the record of an organisation")


@dataclass(frozen=True)
class SectionLines:
    section: HistorySection
    lines: list[RecordLine]

    @property
    def count(self) -> int:
        return len(self.lines)

    @property
    def is_open(self) -> bool:
        return self.section == HistorySection.OPEN


@dataclass(frozen=True)
class OrganisationHistory:
    """All lines of a version of a record, those that are due first and then the newest first."""

    query: HistoryQuery
    lines: list[RecordLine]
    is_cut: bool  # of some source only the newest lines

    @property
    def is_own(self) -> bool:
        return self.query.is_own

    @cached_property
    def sections(self) -> list[SectionLines]:
        """The parts that hold anything. What is open is in a part of its own as well."""
        found = [SectionLines(section, self._list_section(section)) for section in HistorySection]
        return [each for each in found if each.lines]

    def _list_section(self, history_section: HistorySection) -> list[RecordLine]:
        if history_section != HistorySection.OPEN:
            return [line for line in self.lines if line.section == history_section]
        waiting = [line for line in self.lines if line.is_open]
        return sorted(waiting, key=lambda line: line.due or date.max)

    @property
    def label(self) -> str:
        """The strictest label of its lines. What is open is for members at most, whatever it is about."""
        least = Label.GREEN if self.is_own else Label.CLEAR
        return get_strictest_label(least, *(line.label for line in self.lines))

    @property
    def period(self) -> tuple[RecordLine, RecordLine] | None:
        """The first and the last line whose day is known."""
        dated = [line for line in self.lines if line.day]
        return (dated[-1], dated[0]) if dated else None


def get_strictest_label(*labels: str) -> str:
    return max((Label(label) for label in labels), key=LABELS_BY_STRICTNESS.index)


def load_organisation_history(history_query: HistoryQuery) -> OrganisationHistory:
    """Return the lines of all sources: one or two queries for each source, and one for the documents."""
    by_source = [list(history_line_registry[order](history_query)) for order in sorted(history_line_registry)]
    lines = [line for found in by_source for line in found]
    if not history_query.is_own:
        lines = list(_iter_public_lines(lines))
    lines.sort(key=lambda line: line.day or date.min, reverse=True)
    is_cut = any(len(found) >= MAX_LINES_PER_SOURCE for found in by_source)
    return OrganisationHistory(history_query, _add_source_documents(lines, history_query), is_cut)


def _iter_public_lines(record_lines: Iterable[RecordLine]) -> Iterator[RecordLine]:
    for line in record_lines:
        if line.label == Label.CLEAR and (
            line.section != HistorySection.ASKED or line.progress == PromiseProgress.DONE
        ):
            yield _build_public_line(line)


def _build_public_line(record_line: RecordLine) -> RecordLine:
    """Return the line without what tells of lateness: the status while it is open, and a due date that has passed."""
    is_past = record_line.due is not None and record_line.due < timezone.localdate()
    record_line = replace(record_line, due=None) if is_past else record_line
    return replace(record_line, status="", progress=PromiseProgress.NONE) if record_line.is_open else record_line


def _add_source_documents(record_lines: list[RecordLine], history_query: HistoryQuery) -> list[RecordLine]:
    records = {line.record for line in record_lines if line.record}
    if not records:
        return record_lines
    documents = (
        Document.objects.visible_to(history_query.viewer).of(history_query.coalition).filter(state=State.PUBLISHED)
    )
    readable = documents.exists_for("document")
    rows = Source.objects.filter(readable, record__in=records).order_by("pk")
    found: dict[int, dict[tuple[str, str], None]] = {}
    for record, document, title in rows.values_list("record", "document", "document__title"):
        url = reverse_row_url("records:document_detail", history_query.coalition.slug, document)
        found.setdefault(record, {})[title, url] = None
    return [replace(line, documents=tuple(found.get(line.record or 0, ()))) for line in record_lines]
