"""A brief as it is read and printed: in two pages or in five, with what was said against it and with its sources."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from jukwaa.core.dates import format_long_date
from jukwaa.core.documents.outgoing import Block, Document, Heading, Inline, InlineRun, NumberedList, Paragraph
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.drafting.edition_export import build_edition_blocks, describe_edition_agreement
from jukwaa.drafting.editions import ClauseLocation, EditionContent, EditionExtras
from jukwaa.drafting.models import Edition, Evidence, Placement, Position, Rest, Revision, Text
from jukwaa.drafting.unreadable_sources import CitedRecord, find_unreadable_citations, find_unreadable_record_ids
from jukwaa.library.exported_records import build_record_url, load_records_as_subclasses
from jukwaa.meetings.models import Entry
from jukwaa.places.languages import get_text_direction
from jukwaa.records.models import Record
from jukwaa.regions.addressees import format_addressee_list
from jukwaa.regions.brief_materials import format_source_reference, get_quote_title
from jukwaa.regions.models import BriefShape, Delivery
from jukwaa.regions.page_fitting import MAX_FULL_SOURCES_BY_LENGTH, shorten_brief_title

PAGE_LIMIT_BY_LENGTH = {Delivery.Length.TWO: 2, Delivery.Length.FIVE: 5}
DRAFT_VERSION_NAME = "draft"
RTL_MARK_CHARACTER = "\u200f"  # between two titles that run the other way, so that each mark stays before its own


def get_shape_at_step(text: Text, text_step: int) -> BriefShape:
    """As it was at this step; of a brief that nobody shaped yet, one that leaves nothing out."""
    found = BriefShape.objects.filter(text=text.pk, step__lte=text_step).first()
    if found is not None:
        return found
    numbers = Placement.objects.at(text, text_step).values_list("clause__number", flat=True)
    return BriefShape(text=text, step=0, addressed_to=[], short=list(numbers))


@dataclass(frozen=True)
class NumberedSource:
    """A record on which clauses rest, under its number in the list. None is one that can't be read any more."""

    number: int
    record: Record | None


class Brief(EditionContent):
    """One length of an edition, or of the brief in the making."""

    def __init__(self, edition: Edition, length: str) -> None:
        super().__init__(edition)
        self.length = length
        self.shape = get_shape_at_step(self.text, edition.revision.step)

    @classmethod
    def build_for_draft(cls, text: Text, brief_length: str) -> "Brief":
        """As its drafters have it now."""
        revision = Revision(text=text, number=0, step=text.step)
        return cls(Edition(text=text, revision=revision, major=0, minor=0, at=timezone.now()), brief_length)

    @property
    def is_draft(self) -> bool:
        return self.edition.pk is None

    @cached_property
    def places(self) -> list[ClauseLocation]:
        """What stands in it: a position on a clause that is left out stands at the end."""
        every: list[ClauseLocation] = EditionContent.places.func(self)  # type: ignore[attr-defined]  # of a cached property
        if self.length == Delivery.Length.FIVE:
            return every
        short = set(self.shape.short)
        return [place for place in every if place.number in short]

    def clauses(self, page: int | None = None) -> list[Placement]:  # noqa: ARG002 - it is printed as a whole
        numbers = {place.number for place in self.places}
        return [placement for placement in super().clauses() if placement.clause.number in numbers]

    @cached_property
    def dissenting_positions(self) -> Sequence[Position]:
        return [] if self.is_draft else EditionContent.dissenting_positions.func(self)  # type: ignore[attr-defined]  # as above

    @cached_property
    def unreadable_quotes(self) -> list[CitedRecord]:
        """A draft is handed on too: none of its files shows words of what was closed."""
        if self.is_draft:
            return find_unreadable_citations(self.text, self.cited)
        quotes: list[CitedRecord] = EditionContent.unreadable_quotes.func(self)  # type: ignore[attr-defined]  # as above
        return quotes

    @cached_property
    def _extras(self) -> EditionExtras:
        return self._build_extras() if self.is_draft else EditionContent._extras.func(self)  # type: ignore[attr-defined]  # noqa: SLF001 - as above

    @cached_property
    def cited(self) -> Sequence[CitedRecord]:
        """What its clauses rest on, in their order: an edition what it rested on when it was published."""
        here = {place.number for place in self.places}
        return [each for each in self._all_cited_records if each.clause.number in here]

    @cached_property
    def _all_cited_records(self) -> Sequence[CitedRecord]:
        """Of all clauses, also those that stand in the other length alone."""
        every: list[ClauseLocation] = EditionContent.places.func(self)  # type: ignore[attr-defined]  # as above
        order = {place.number: at for at, place in enumerate(every)}
        if self.is_draft:
            rows: list[CitedRecord] = [
                *Evidence.objects.filter(clause__text=self.text.pk).select_related("record", "clause")
            ]
        else:
            rests = Rest.objects.filter(revision=self.edition.revision.pk)
            rows = [*rests.select_related("record", "clause")]
        standing = [each for each in rows if each.clause.number in order]
        return sorted(standing, key=lambda each: (order[each.clause.number], each.pk))

    @cached_property
    def _all_sources(self) -> list[NumberedSource]:
        """Those of this length first."""
        cited = [*self.cited, *self._all_cited_records]
        gone = find_unreadable_record_ids(self.text, cited)
        records = {each.record_id: each.record for each in cited}
        for record in records.values():
            record.coalition = self.text.coalition
        told = load_records_as_subclasses([record for pk, record in records.items() if pk not in gone])
        prefetch_related_objects(told, "authorships__capacity")
        prefetch_related_objects([record for record in told if isinstance(record, Entry)], "meeting")
        whole = {record.pk: record for record in told}
        return [NumberedSource(at, whole.get(pk)) for at, pk in enumerate(records, 1)]

    @property
    def sources(self) -> list[NumberedSource]:
        return self._all_sources[: len({each.record_id for each in self.cited})]

    @property
    def others(self) -> list[NumberedSource]:
        """Of the long version alone: whoever holds the short one sees all that was chosen."""
        return self._all_sources[len(self.sources) :]

    @property
    def uses_compact_sources(self) -> bool:
        return len(self._all_sources) > MAX_FULL_SOURCES_BY_LENGTH[PAGE_LIMIT_BY_LENGTH[Delivery.Length(self.length)]]

    @cached_property
    def _source_numbers(self) -> dict[int, list[int]]:
        numbers = {pk: at for at, pk in enumerate(dict.fromkeys(each.record_id for each in self.cited), 1)}
        marks: dict[int, list[int]] = defaultdict(list)
        for each in self.cited:
            if numbers[each.record_id] not in marks[each.clause.number]:
                marks[each.clause.number].append(numbers[each.record_id])
        return marks

    def marks(self, number: int) -> str:
        return "".join(f"[S{at}]" for at in self._source_numbers.get(number, ()))

    def build_clause_address(self, number: int) -> str:
        return f"{self.text.get_absolute_url()}#c{number}" if self.is_draft else super().build_clause_address(number)

    @property
    def address(self) -> str:
        slug, version = self.text.coalition.slug, DRAFT_VERSION_NAME if self.is_draft else self.edition.number
        return f"{settings.SITE_URL}{reverse('regions:brief_read', args=[slug, self.text.pk, version, self.length])}"


def build_brief_document(brief: Brief) -> Document:
    """The whole of one length, in the language of the brief."""
    text = brief.text
    with translation.override(text.language):
        return Document(
            title=text.title,
            subtitle=text.summary,
            blocks=[*build_edition_blocks(brief), *_build_source_blocks(brief)],
            language=text.language,
            direction=get_text_direction(text.language),
            label=text.label,
            meta=list(_build_brief_metadata(brief)),
            masthead=_("Draft, not published: %(coalition)s") % {"coalition": text.coalition.name}
            if brief.is_draft
            else text.coalition.name,
            masthead_note=text.coalition.forum,
        )


def _build_brief_metadata(brief: Brief) -> Iterator[tuple[str, Inline]]:
    edition = brief.edition
    if brief.shape.addressed_to:
        yield _("Audience"), format_addressee_list(brief.shape.addressed_to)
    if brief.is_draft:
        yield _("As of"), format_long_date(timezone.localdate())
    else:
        yield pgettext("published version", "Version"), f"{edition.number}, {format_long_date(edition.at.date())}"
        yield _("Agreed"), describe_edition_agreement(brief)
    if brief.credits.written_by:
        yield _("Written by"), join_with_separator(brief.credits.written_by, ";")
    yield _("Address"), [InlineRun(brief.address, link=brief.address)]


def _build_source_blocks(brief: Brief) -> Iterator[Block]:
    if not brief.sources and not brief.others:
        return
    yield Heading(1, _("Sources"))
    if brief.uses_compact_sources:
        yield Paragraph(_("Each title links to its record. The address at the top links to all of them."))
    yield from _build_source_list(brief, brief.sources)
    if brief.others:
        told = ngettext(
            "The 5-page version quotes or lists %(n)s more record:",
            "The 5-page version quotes or lists %(n)s more records:",
            len(brief.others),
        )
        yield Paragraph(told % {"n": len(brief.others)})
        yield from _build_source_list(brief, brief.others)


def _build_source_list(brief: Brief, numbered_sources: Sequence[NumberedSource]) -> Iterator[Block]:
    """A line for each, with its address; where they are many, their titles one behind the other."""
    if not numbered_sources:
        return
    if brief.uses_compact_sources:
        pages = PAGE_LIMIT_BY_LENGTH[Delivery.Length(brief.length)]
        turn = RTL_MARK_CHARACTER if get_text_direction(brief.text.language) == "rtl" else ""
        yield Paragraph([run for source in numbered_sources for run in _build_compact_source(source, pages, turn)])
    else:
        yield NumberedList(
            [list(_build_source_runs(source)) for source in numbered_sources], start=numbered_sources[0].number
        )


def _build_compact_source(numbered_source: NumberedSource, page_count: int, entry_text: str) -> Iterator[InlineRun]:
    yield InlineRun(f"[S{numbered_source.number}]{entry_text}\u00a0", ref=True)
    if numbered_source.record is None:
        yield InlineRun(_("This source has been withdrawn, or some readers of this brief can no longer read it."))
    else:
        title = shorten_brief_title(get_quote_title(numbered_source.record), page_count)
        yield InlineRun(
            title, link=build_record_url(numbered_source.record), language=numbered_source.record.language, apart=True
        )
        yield InlineRun(f".{entry_text} ")


def _build_source_runs(numbered_source: NumberedSource) -> Iterator[InlineRun]:
    record = numbered_source.record
    if record is None:
        yield InlineRun(_("This source has been withdrawn, or some readers of this brief can no longer read it."))
        return
    yield InlineRun(get_quote_title(record), language=record.language, apart=True)
    yield InlineRun(f". {record.kind_info.label}, {format_source_reference(record)}. {record.label}. ")
    yield InlineRun(build_record_url(record), link=build_record_url(record))


def fits_page_limit(brief_length: str, page_count: int) -> bool:
    return page_count <= PAGE_LIMIT_BY_LENGTH[Delivery.Length(brief_length)]


def describe_page_count(brief_length: str, page_count: int) -> str:
    """How many pages it really has, and what to do where these are too many."""
    said = ngettext("Length: %(n)s page.", "Length: %(n)s pages.", page_count) % {"n": page_count}
    if fits_page_limit(brief_length, page_count):
        return said
    if brief_length == Delivery.Length.TWO:
        return f"{said} " + _("Remove clauses from the 2-page version, or shorten some of them.")
    return f"{said} " + _("Shorten, merge or remove some clauses.")
