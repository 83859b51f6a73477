"""What a text can begin with: a file that was brought, another text, an item of the library, a document."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from jukwaa.core.documents.incoming.blocks import Block, blocks_of_text, read_blocks
from jukwaa.drafting.actions import Draft
from jukwaa.drafting.actions.clauses import LONGEST
from jukwaa.drafting.models import Placement, Text
from jukwaa.drafting.resting import shown_at
from jukwaa.library.models import Item
from jukwaa.records.models import Document, Record

BROUGHT = frozenset({"docx", "md", "txt"})
Kind = Placement.Kind


@dataclass(frozen=True)
class Brought:
    """The clauses of a file, the title that stands over it, and sentences about what was changed or left out."""

    drafts: Sequence[Draft]
    title: str = ""
    notes: Sequence[str] = ()


def bring(data: bytes, name: str) -> Brought:
    """Raises FileRefused, with a sentence for whoever brought it."""
    read = read_blocks(data, name, allowed=BROUGHT)
    title, blocks = _title_of(list(read.blocks))
    return Brought(list(drafts_of(blocks)), title, read.notes)


def drafts_of(blocks: Iterable[Block]) -> Iterator[Draft]:
    """A clause for each block; what is longer than a clause can be becomes several."""
    for block in blocks:
        for part in divided(block.body):
            yield Draft(part, block.kind, min(max(block.level, 1), 6))


def divided(body: str) -> Iterator[str]:
    """In parts that a clause can hold, cut where a line, a sentence or at least a word ends."""
    while len(body) > LONGEST:
        ends = (body.rfind(mark, 0, LONGEST - 1) + len(mark) for mark in ("\n", ". ", " "))
        cut = next((end for end in ends if end > LONGEST // 2), LONGEST)
        yield body[:cut].rstrip()
        body = body[cut:].lstrip()
    if body.strip():
        yield body.strip()


def adapted(record: Record) -> list[Draft]:
    """The clauses that a text adapted from this record begins with. Of a text each keeps its origin."""
    whole = record.whole()
    if isinstance(whole, Text):
        return _of_text(whole)
    if isinstance(whole, Item):
        return [draft for _name, question, text in whole.questions for draft in _asked(question, text)]
    if isinstance(whole, Document):
        return list(drafts_of(blocks_of_text(whole.text)))
    said = [text for anchor, text in whole.passages() if anchor] or [f"{whole.title}\n\n{whole.summary}"]
    return list(drafts_of(block for text in said for block in blocks_of_text(text)))


def _of_text(text: Text) -> list[Draft]:
    """As its readers see it."""
    latest = text.latest_revision()
    standing = shown_at(text, latest) if latest else ()
    return [Draft(p.wording.body, p.kind, p.level, origin=p.clause) for p in standing]


def _asked(question: str, text: str) -> Iterator[Draft]:
    if text.strip():
        yield Draft(question, Kind.HEADING)
        yield from drafts_of(blocks_of_text(text))


def _title_of(blocks: list[Block]) -> tuple[str, list[Block]]:
    """A first heading above all others is the title of the text, and no clause of it."""
    headings = [block for block in blocks if block.kind == Kind.HEADING]
    first = blocks[0] if blocks else None
    if first is None or first.kind != Kind.HEADING:
        return "", blocks
    if any(block.level <= first.level for block in headings[1:]):
        return first.body, blocks
    rest = [Block(b.kind, b.level - first.level if b.kind == Kind.HEADING else b.level, b.body) for b in blocks[1:]]
    return first.body, rest
