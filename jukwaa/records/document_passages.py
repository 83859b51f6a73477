"""A document on its page: its text in windows, and in it the sentences that records were made of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from jukwaa.coalitions.models.people import Viewer
from jukwaa.records.models import Document, Record, Source
from jukwaa.records.models.documents import split_into_passages

PASSAGES_PER_PAGE = 3  # windows of at most 10,000 characters


@dataclass(frozen=True, slots=True)
class TextRun:
    """A run of text. Where it is a source: the ids by which others lead here, and what was made of it."""

    text: str
    ids: tuple[str, ...] = ()
    made: tuple[Record, ...] = ()


@dataclass(slots=True)
class SourceTextSpan:
    """Sources that overlap, taken together."""

    start: int
    end: int
    sources: list[Source] = field(default_factory=list)

    @property
    def ids(self) -> tuple[str, ...]:
        named = [f"s{source.number}" for source in self.sources if source.number is not None]
        return tuple(dict.fromkeys([*named, *(f"c{source.start}" for source in self.sources)]))

    @property
    def made(self) -> tuple[Record, ...]:
        return tuple({source.record_id: source.record for source in self.sources}.values())


def find_sources_in_range(
    document: Document, viewer: Viewer, *, first_character: int, last_character: int
) -> list[Source]:
    """The passages between two offsets from which something was made that this viewer may read."""
    readable = Record.objects.visible_to(viewer).exists_for("record")
    made = Source.objects.filter(readable, document=document, start__lt=last_character, end__gt=first_character)
    sources = list(made.select_related("record").order_by("start", "end"))
    for source in sources:
        source.record.coalition = document.coalition  # known already
    return sources


def merge_overlapping_sources(sources: Iterable[Source]) -> list[SourceTextSpan]:
    joined: list[SourceTextSpan] = []
    for source in sources:
        start, end = source.start or 0, source.end or 0
        if joined and start < joined[-1].end:
            joined[-1].end = max(joined[-1].end, end)
        else:
            joined.append(SourceTextSpan(start, end))
        joined[-1].sources.append(source)
    return joined


def split_into_runs(text: str, first_character: int, source_spans: Iterable[SourceTextSpan]) -> Iterator[TextRun]:
    """`text` begins at `first_character` of its document. A span that a window cuts is marked on both sides."""
    last, at = first_character + len(text), first_character
    for span in source_spans:
        start, end = max(span.start, first_character), min(span.end, last)
        if start >= end:
            continue
        if at < start:
            yield TextRun(text[at - first_character : start - first_character])
        named = span.ids if span.start >= first_character else ()
        yield TextRun(text[start - first_character : end - first_character], named, span.made)
        at = end
    if at < last:
        yield TextRun(text[at - first_character :])


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage of the index: `#c<start>` leads to it."""

    start: int
    runs: list[TextRun]

    @property
    def id(self) -> str:
        """None of its own where a sentence at its beginning has it already."""
        own = f"c{self.start}"
        return "" if any(own in run.ids for run in self.runs) else own


def list_document_passages(document: Document) -> list[tuple[int, str]]:
    """The offset and the text of each window."""
    return [(int(anchor.removeprefix("c")), text) for anchor, text in split_into_passages(document.text)]


def get_page_number(page_pieces: list[tuple[int, str]], character_offset: int) -> int:
    """The number of the page on which the character at this offset stands."""
    begun = sum(start <= character_offset for start, _text in page_pieces)
    return max(0, begun - 1) // PASSAGES_PER_PAGE + 1


def build_passage_views(document: Document, viewer: Viewer, page_pieces: list[tuple[int, str]]) -> list[PassageView]:
    """A page's windows, their sources marked."""
    if not page_pieces:
        return []
    last_start, last_text = page_pieces[-1]
    marks = merge_overlapping_sources(
        find_sources_in_range(
            document, viewer, first_character=page_pieces[0][0], last_character=last_start + len(last_text)
        )
    )
    return [PassageView(start, list(split_into_runs(text, start, marks))) for start, text in page_pieces]
