"""What a text can begin with: a file that was brought, another text, an item of the library, a document."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from django.utils.translation import gettext as _

from jukwaa.core.circulation import excludes_members, find_circulation_limit, find_editorial_note
from jukwaa.core.documents.incoming.blocks import Block, read_document_blocks, split_text_into_blocks
from jukwaa.drafting.actions import ClauseDraft
from jukwaa.drafting.actions.clauses import MAX_CLAUSE_LENGTH
from jukwaa.drafting.clause_numbering import apply_document_numbers, assign_clause_numbers
from jukwaa.drafting.consultation_hints import split_cover_lines
from jukwaa.drafting.models import Placement, Text
from jukwaa.drafting.tracked_changes import describe_tracked_changes
from jukwaa.drafting.unreadable_sources import get_visible_clauses
from jukwaa.library.models import Item
from jukwaa.places.text_folding import fold_text
from jukwaa.records.models import Document, Record

MAX_TITLE_LENGTH = 250
MAX_COVER_LINES = 5  # above the title
IMPORTABLE_FORMATS = frozenset({"docx", "md", "txt"})
ClauseKind = Placement.Kind


@dataclass(frozen=True)
class ImportedFile:
    """The clauses of a file, the title that stands over it, and sentences about what was changed or left out."""

    drafts: Sequence[ClauseDraft]
    title: str = ""
    notes: Sequence[str] = ()
    circulation_limit: str = ""
    cover_lines: Sequence[str] = ()  # which draft it is, and until when it is open for comments


def import_document_file(file_data: bytes, file_name: str, *, coalition_names: Iterable[str] = ()) -> ImportedFile:
    """A line with one of the names of the coalition is above the title, and is not the title.

    Raises FileRefused, with a sentence for whoever brought it.
    """
    read = read_document_blocks(file_data, file_name, allowed_kinds=IMPORTABLE_FORMATS)
    numbered = apply_document_numbers(read.blocks)
    title, titled = find_document_title(numbered, coalition_names)
    cover, blocks = split_cover_lines(titled, title)
    above = [*numbered[: len(numbered) - len(titled)], *cover]
    drafts = list(build_clause_drafts(blocks))
    whole = "\n".join(block.body for block in read.blocks)
    limit = find_circulation_limit(whole) or find_editorial_note(whole)
    notes = [
        *filter(None, [_describe_import_changes(above, blocks, drafts)]),
        *([_describe_circulation_limit(limit)] if limit else []),
        *read.notes,
        *_describe_clause_numbers(drafts),
    ]
    return ImportedFile(drafts, title, notes, limit, [block.body for block in cover])


def _describe_circulation_limit(limit: str) -> str:
    if excludes_members(limit):
        return _("This document says: “%(words)s”. Check who can read it.") % {"words": limit}
    return _("The file says: “%(words)s”. Members are selected as readers.") % {"words": limit}


def _describe_import_changes(
    blocks_above: Sequence[Block], clause_blocks: Sequence[Block], clause_drafts: Sequence[ClauseDraft]
) -> str:
    """By the number of the first clause of each block; what stands above the clauses has none."""
    numbers = iter(assign_clause_numbers([draft.own_number for draft in clause_drafts], 1))
    labels = []
    for block in clause_blocks:
        of_block = list(islice(numbers, sum(1 for _part in split_long_body(block.body))))
        labels.append(next((own or str(number) for number, own in of_block), ""))
    return describe_tracked_changes(
        [*((block, "") for block in blocks_above), *zip(clause_blocks, labels, strict=True)]
    )


def _describe_clause_numbers(clause_drafts: Sequence[ClauseDraft]) -> Iterator[str]:
    if not any(draft.own_number for draft in clause_drafts):
        return
    yield _("The clauses keep the numbers that they have in the document.")
    others = [
        number for number, own in assign_clause_numbers([draft.own_number for draft in clause_drafts], 1) if not own
    ]
    if others:
        yield _("Clauses without a number in the document are numbered from %(number)s.") % {"number": min(others)}


def build_clause_drafts(document_blocks: Iterable[Block]) -> Iterator[ClauseDraft]:
    """A clause for each block; what is longer than a clause can be becomes several."""
    for block in document_blocks:
        for at, part in enumerate(split_long_body(block.body)):
            yield ClauseDraft(part, block.kind, min(max(block.level, 1), 6), own_number="" if at else block.number)


def split_long_body(clause_body: str) -> Iterator[str]:
    """In parts that a clause can hold, cut where a line, a sentence or at least a word ends."""
    while len(clause_body) > MAX_CLAUSE_LENGTH:
        ends = (clause_body.rfind(mark, 0, MAX_CLAUSE_LENGTH - 1) + len(mark) for mark in ("\n", ". ", " "))
        cut = next((end for end in ends if end > MAX_CLAUSE_LENGTH // 2), MAX_CLAUSE_LENGTH)
        yield clause_body[:cut].rstrip()
        clause_body = clause_body[cut:].lstrip()
    if clause_body.strip():
        yield clause_body.strip()


def build_adapted_drafts(record: Record) -> list[ClauseDraft]:
    """The clauses that a text adapted from this record begins with. Of a text each keeps its origin."""
    whole = record.whole()
    if isinstance(whole, Text):
        return _build_drafts_from_text(whole)
    if isinstance(whole, Item):
        return [draft for _name, question, text in whole.questions for draft in _build_question_drafts(question, text)]
    if isinstance(whole, Document):
        return list(build_clause_drafts(split_text_into_blocks(whole.text)))
    said = [text for anchor, text in whole.iter_passages() if anchor] or [f"{whole.title}\n\n{whole.summary}"]
    return list(build_clause_drafts(block for text in said for block in split_text_into_blocks(text)))


def _build_drafts_from_text(text: Text) -> list[ClauseDraft]:
    """As its readers see it."""
    latest = text.get_latest_revision()
    standing = get_visible_clauses(text, latest) if latest else ()
    return [
        ClauseDraft(p.wording.body, p.kind, p.level, origin=p.clause, own_number=p.clause.own_number) for p in standing
    ]


def _build_question_drafts(question_text: str, text: str) -> Iterator[ClauseDraft]:
    if text.strip():
        yield ClauseDraft(question_text, ClauseKind.HEADING)
        yield from build_clause_drafts(split_text_into_blocks(text))


def find_document_title(document_blocks: list[Block], coalition_names: Iterable[str] = ()) -> tuple[str, list[Block]]:
    """The title that a document gives itself, and the blocks that become clauses.

    A line with the name of the coalition is above the title; the line after it is the title, whatever its style. If
    other lines come first, the title is the first heading near the beginning that no other heading is above.
    """
    names = {fold_text(name) for name in coalition_names if name}
    at = 0
    while at < len(document_blocks) and fold_text(document_blocks[at].body) in names:
        at += 1
    blocks = document_blocks[at:]
    first = blocks[0] if blocks else None
    if first is not None and first.kind != ClauseKind.HEADING and not first.number:
        if at and len(first.body) <= MAX_TITLE_LENGTH:
            return first.body, blocks[1:]
        return _find_heading_below_cover(blocks), blocks
    return _extract_document_title(blocks)


def _find_heading_below_cover(document_blocks: Sequence[Block]) -> str:
    """The first heading, if only a few lines are above it and no heading is larger; it stays a clause."""
    headings = [block for block in document_blocks if block.kind == ClauseKind.HEADING]
    near = [block for block in document_blocks[: MAX_COVER_LINES + 1] if block.kind == ClauseKind.HEADING]
    if not near or near[0].number or any(block.level < near[0].level for block in headings):
        return ""
    return near[0].body if sum(block.level == near[0].level for block in headings) == 1 else ""


def _extract_document_title(document_blocks: list[Block]) -> tuple[str, list[Block]]:
    """A first heading above all others is the title of the text, and no clause of it.

    So is one without a number where the next heading of its level has one.
    """
    headings = [block for block in document_blocks if block.kind == ClauseKind.HEADING]
    first = document_blocks[0] if document_blocks else None
    if first is None or first.kind != ClauseKind.HEADING or first.number:
        return "", document_blocks
    if others := [block for block in headings[1:] if block.level <= first.level]:
        is_title = bool(others[0].number) and others[0].level == first.level
        return first.body, document_blocks[1:] if is_title else document_blocks
    rest = [replace(b, level=b.level - first.level) if b.kind == ClauseKind.HEADING else b for b in document_blocks[1:]]
    return first.body, rest
