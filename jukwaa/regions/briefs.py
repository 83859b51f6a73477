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
from django.utils.translation import ngettext

from jukwaa.core.dates import written
from jukwaa.core.documents.outgoing import Block, Document, Heading, Inline, Numbered, Paragraph, Run
from jukwaa.core.lists import in_a_row
from jukwaa.drafting.editions import Beside, Place, Reading
from jukwaa.drafting.models import Edition, Evidence, Placement, Position, Rest, Revision, Text
from jukwaa.drafting.printing import agreed_in_words, blocks_of
from jukwaa.drafting.resting import Cited, closed, lost
from jukwaa.library.told import address_of, as_own_kinds
from jukwaa.meetings.models import Entry
from jukwaa.places.languages import direction
from jukwaa.records.models import Record
from jukwaa.regions.addressees import in_words
from jukwaa.regions.fitting import IN_FULL, short_title
from jukwaa.regions.gathering import source_of, title_of
from jukwaa.regions.models import BriefShape, Delivery

LENGTHS = {Delivery.Length.TWO: 2, Delivery.Length.FIVE: 5}
DRAFT = "draft"
RTL_MARK = "\u200f"  # between two titles that run the other way, so that each mark stays before its own


def shape_at(text: Text, step: int) -> BriefShape:
    """As it was at this step; of a brief that nobody shaped yet, one that leaves nothing out."""
    found = BriefShape.objects.filter(text=text.pk, step__lte=step).first()
    if found is not None:
        return found
    numbers = Placement.objects.at(text, step).values_list("clause__number", flat=True)
    return BriefShape(text=text, step=0, addressed_to=[], short=list(numbers))


@dataclass(frozen=True)
class Source:
    """A record on which clauses rest, under its number in the list. None is one that can't be read any more."""

    number: int
    record: Record | None


class Brief(Reading):
    """One length of an edition, or of the brief in the making."""

    def __init__(self, edition: Edition, length: str) -> None:
        super().__init__(edition)
        self.length = length
        self.shape = shape_at(self.text, edition.revision.step)

    @classmethod
    def in_the_making(cls, text: Text, length: str) -> "Brief":
        """As its drafters have it now."""
        revision = Revision(text=text, number=0, step=text.step)
        return cls(Edition(text=text, revision=revision, major=0, minor=0, at=timezone.now()), length)

    @property
    def is_draft(self) -> bool:
        return self.edition.pk is None

    @cached_property
    def places(self) -> list[Place]:
        """What stands in it: a position on a clause that is left out stands at the end."""
        every: list[Place] = Reading.places.func(self)  # type: ignore[attr-defined]  # of a cached property
        if self.length == Delivery.Length.FIVE:
            return every
        short = set(self.shape.short)
        return [place for place in every if place.number in short]

    def clauses(self, page: int | None = None) -> list[Placement]:  # noqa: ARG002 - it is printed as a whole
        numbers = {place.number for place in self.places}
        return [placement for placement in super().clauses() if placement.clause.number in numbers]

    @cached_property
    def against(self) -> Sequence[Position]:
        return [] if self.is_draft else Reading.against.func(self)  # type: ignore[attr-defined]  # as above

    @cached_property
    def lost(self) -> list[Cited]:
        """A draft is handed on too: none of its files shows words of what was closed."""
        return lost(self.text, self.cited) if self.is_draft else Reading.lost.func(self)  # type: ignore[attr-defined]  # as above

    @cached_property
    def _beside(self) -> Beside:
        return self._put_together() if self.is_draft else Reading._beside.func(self)  # type: ignore[attr-defined]  # noqa: SLF001 - as above

    @cached_property
    def cited(self) -> Sequence[Cited]:
        """What its clauses rest on, in their order: an edition what it rested on when it was published."""
        here = {place.number for place in self.places}
        return [each for each in self._cited_in_all if each.clause.number in here]

    @cached_property
    def _cited_in_all(self) -> Sequence[Cited]:
        """Of all clauses, also those that stand in the other length alone."""
        every: list[Place] = Reading.places.func(self)  # type: ignore[attr-defined]  # as above
        order = {place.number: at for at, place in enumerate(every)}
        if self.is_draft:
            rows: list[Cited] = [*Evidence.objects.filter(clause__text=self.text.pk).select_related("record", "clause")]
        else:
            rests = Rest.objects.filter(revision=self.edition.revision.pk)
            rows = [*rests.select_related("record", "clause")]
        standing = [each for each in rows if each.clause.number in order]
        return sorted(standing, key=lambda each: (order[each.clause.number], each.pk))

    @cached_property
    def _all_sources(self) -> list[Source]:
        """Those of this length first."""
        cited = [*self.cited, *self._cited_in_all]
        gone = closed(self.text, cited)
        records = {each.record_id: each.record for each in cited}
        for record in records.values():
            record.coalition = self.text.coalition
        told = as_own_kinds([record for pk, record in records.items() if pk not in gone])
        prefetch_related_objects(told, "authorships__capacity")
        prefetch_related_objects([record for record in told if isinstance(record, Entry)], "meeting")
        whole = {record.pk: record for record in told}
        return [Source(at, whole.get(pk)) for at, pk in enumerate(records, 1)]

    @property
    def sources(self) -> list[Source]:
        return self._all_sources[: len({each.record_id for each in self.cited})]

    @property
    def others(self) -> list[Source]:
        """Of the long version alone: whoever holds the short one sees all that was chosen."""
        return self._all_sources[len(self.sources) :]

    @property
    def sources_stand_close(self) -> bool:
        return len(self._all_sources) > IN_FULL[LENGTHS[Delivery.Length(self.length)]]

    @cached_property
    def _marks(self) -> dict[int, list[int]]:
        numbers = {pk: at for at, pk in enumerate(dict.fromkeys(each.record_id for each in self.cited), 1)}
        marks: dict[int, list[int]] = defaultdict(list)
        for each in self.cited:
            if numbers[each.record_id] not in marks[each.clause.number]:
                marks[each.clause.number].append(numbers[each.record_id])
        return marks

    def marks(self, number: int) -> str:
        return "".join(f"[S{at}]" for at in self._marks.get(number, ()))

    def address_of(self, number: int) -> str:
        return f"{self.text.get_absolute_url()}#c{number}" if self.is_draft else super().address_of(number)

    @property
    def address(self) -> str:
        slug, version = self.text.coalition.slug, DRAFT if self.is_draft else self.edition.number
        return f"{settings.SITE_URL}{reverse('regions:brief_read', args=[slug, self.text.pk, version, self.length])}"


def document_of(brief: Brief) -> Document:
    """The whole of one length, in the language of the brief."""
    text = brief.text
    with translation.override(text.language):
        return Document(
            title=text.title,
            subtitle=text.summary,
            blocks=[*blocks_of(brief), *_sources(brief)],
            language=text.language,
            direction=direction(text.language),
            label=text.label,
            meta=list(_meta(brief)),
            masthead=_("Draft, not published: %(coalition)s") % {"coalition": text.coalition.name}
            if brief.is_draft
            else text.coalition.name,
            masthead_note=text.coalition.forum,
        )


def _meta(brief: Brief) -> Iterator[tuple[str, Inline]]:
    edition = brief.edition
    if brief.shape.addressed_to:
        yield _("Audience"), in_words(brief.shape.addressed_to)
    if brief.is_draft:
        yield _("As of"), written(timezone.localdate())
    else:
        yield _("Version"), f"{edition.number}, {written(edition.at.date())}"
        yield _("Agreed"), agreed_in_words(brief)
    if brief.credits.written_by:
        yield _("Written by"), in_a_row(brief.credits.written_by, ";")
    yield _("Address"), [Run(brief.address, link=brief.address)]


def _sources(brief: Brief) -> Iterator[Block]:
    if not brief.sources and not brief.others:
        return
    yield Heading(1, _("Sources"))
    if brief.sources_stand_close:
        yield Paragraph(_("Each title links to its record. The address at the top links to all of them."))
    yield from _listed(brief, brief.sources)
    if brief.others:
        told = ngettext(
            "The 5-page version quotes or lists %(n)s more record:",
            "The 5-page version quotes or lists %(n)s more records:",
            len(brief.others),
        )
        yield Paragraph(told % {"n": len(brief.others)})
        yield from _listed(brief, brief.others)


def _listed(brief: Brief, sources: Sequence[Source]) -> Iterator[Block]:
    """A line for each, with its address; where they are many, their titles one behind the other."""
    if not sources:
        return
    if brief.sources_stand_close:
        pages = LENGTHS[Delivery.Length(brief.length)]
        turn = RTL_MARK if direction(brief.text.language) == "rtl" else ""
        yield Paragraph([run for source in sources for run in _close(source, pages, turn)])
    else:
        yield Numbered([list(_source(source)) for source in sources], start=sources[0].number)


def _close(source: Source, pages: int, turn: str) -> Iterator[Run]:
    yield Run(f"[S{source.number}]{turn}\u00a0", ref=True)
    if source.record is None:
        yield Run(_("Withdrawn since, or no longer open to all readers of this brief."))
    else:
        title = short_title(title_of(source.record), pages)
        yield Run(title, link=address_of(source.record), language=source.record.language, apart=True)
        yield Run(f".{turn} ")


def _source(source: Source) -> Iterator[Run]:
    record = source.record
    if record is None:
        yield Run(_("Withdrawn since, or no longer open to all readers of this brief."))
        return
    yield Run(title_of(record), language=record.language, apart=True)
    yield Run(f". {record.kind_info.label}, {source_of(record)}. {record.label}. ")
    yield Run(address_of(record), link=address_of(record))


def fits(length: str, pages: int) -> bool:
    return pages <= LENGTHS[Delivery.Length(length)]


def told_of_pages(length: str, pages: int) -> str:
    """How many pages it really has, and what to do where these are too many."""
    said = ngettext("Length: %(n)s page.", "Length: %(n)s pages.", pages) % {"n": pages}
    if fits(length, pages):
        return said
    if length == Delivery.Length.TWO:
        return f"{said} " + _("Remove clauses from the 2-page version, or shorten some of them.")
    return f"{said} " + _("Shorten, merge or remove some clauses.")
