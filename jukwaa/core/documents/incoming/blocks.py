"""The parts of a file, each as what it is: heading, paragraph, item, table or note. Read in a process of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from jukwaa.core.documents import sandbox
from jukwaa.core.documents.child.plain import DOCUMENT_PART_KINDS
from jukwaa.core.documents.child.plain import split_plain_text as split_plain
from jukwaa.core.documents.incoming.extract import build_note_sentences, read_plain_text
from jukwaa.core.documents.incoming.kind_detection import detect_file_kind
from jukwaa.core.documents.limits import DEFAULT_FILE_LIMITS, FileLimits
from jukwaa.core.documents.refusals import FileRefused
from jukwaa.core.documents.slots import acquire_reading_slot
from jukwaa.core.documents.text_cleaning import clean_text

MAX_BLOCK_HEADING_LEVEL = 6
MAX_BLOCK_NUMBER_LENGTH = 30
MAX_DOCUMENT_BLOCKS = 10_000  # more than a text has clauses


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a text. A table is a line a row, cells parted by ` | `; a level is from 1 to 6.

    `number` is what the file prints before it by itself, and `counted_by` the list that counts it. `insertions` and
    `deletions` are tracked changes in it that were read as accepted.
    """

    kind: str
    level: int
    body: str
    number: str = ""
    counted_by: str = ""
    insertions: int = 0
    deletions: int = 0


@dataclass(frozen=True, slots=True)
class ReadBlocks:
    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()


def read_document_blocks(
    file_data: bytes, file_name: str, *, allowed_kinds: frozenset[str], file_limits: FileLimits = DEFAULT_FILE_LIMITS
) -> ReadBlocks:
    """Raises FileRefused, with a sentence for whoever brought it."""
    with acquire_reading_slot():
        kind = detect_file_kind(file_data, file_name, allowed_kinds=allowed_kinds, file_limits=file_limits)
        notes: list[str] = []
        if kind.key in {"txt", "md"}:
            plain = read_plain_text(file_data, file_limits)
            file_data, notes = clean_text(str(plain["text"]))[0].encode(), list(plain["notes"])
        answer = sandbox.run_document_child(
            f"{kind.key}-blocks", file_data, file_limits=file_limits, options={"parts": MAX_DOCUMENT_BLOCKS}
        )
    parts = answer.get("blocks", ())
    if len(parts) > MAX_DOCUMENT_BLOCKS:
        raise FileRefused("many_parts", limit=MAX_DOCUMENT_BLOCKS)
    codes = [*notes, *map(str, answer.get("notes", ()))]
    blocks = tuple(_clean_read_blocks(parts))
    if not blocks:
        raise FileRefused("no_text")
    return ReadBlocks(blocks, build_note_sentences(codes, answer, file_limits))


def split_text_into_blocks(text: str) -> tuple[Block, ...]:
    """Of text that was extracted before: `# ` before headings, `- ` or `1. ` before items, an empty line between."""
    return tuple(_clean_read_blocks(split_plain(text)))


def _clean_read_blocks(read_blocks: Iterable[Any]) -> Iterable[Block]:
    """What a child says is no more to be trusted than the file it read."""
    for kind, level, body, *numbered in read_blocks:
        words = clean_text(str(body))[0].strip()
        number, counted_by = (str(each)[:MAX_BLOCK_NUMBER_LENGTH] for each in numbered[:2] or ("", ""))
        insertions, deletions = map(int, numbered[2:] or (0, 0))
        if kind in DOCUMENT_PART_KINDS and words:
            at_level = min(max(int(level), 1), MAX_BLOCK_HEADING_LEVEL)
            yield Block(kind, at_level, words, number, counted_by, insertions, deletions)
