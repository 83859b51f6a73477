"""Which numbers of a document its clauses keep. Pure.

A document numbers its headings and paragraphs, by typing or automatically, and its readers know them by these numbers:
they are kept. What only looks like a number of a clause (an item of a short list, "3.5 million") is left in the words,
and a number that two clauses would have is kept for neither.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from jukwaa.core.documents.incoming.blocks import Block
from jukwaa.drafting.mail_parsing import CLAUSE_WORDS_PATTERN
from jukwaa.drafting.models import Placement
from jukwaa.drafting.models.texts import MAX_OWN_NUMBER_LENGTH

ClauseKind = Placement.Kind
MAX_NUMBERING_GAP = 3  # numbers that may be missing between a typed number and the one before it: clauses are deleted
MIN_NUMBERED_HEADINGS = 2
MIN_NUMBERED_SHARE = 1 / 3  # of the paragraphs: from here on their numbers are those of clauses, not of a list
MAX_WHOLE_CLAUSE_NUMBER = 2_000  # of a clause of a document: beyond, too few would be left for its other clauses
MIN_RUN_LENGTH_RATIO = 2  # by how much one row of numbers must be longer than another that repeats its numbers

_TYPED_NUMBER_PATTERN = re.compile(r"(\d{1,4}(?:\.\d{1,3}){0,4})([.)]?)\s+(?=\S)")
_TYPED_WORD_NUMBER_PATTERN = re.compile(rf"(?:{CLAUSE_WORDS_PATTERN})\s+(\d{{1,4}})(?:[.:)\s]|$)", re.IGNORECASE)
_NUMBER_PARTS_PATTERN = re.compile(r"(?:([A-Z]{1,2})\.)?(\d+(?:\.\d+)*)")


@dataclass(frozen=True, slots=True)
class BlockNumber:
    """The number of a block, as text and as what it counts; `body` is the block's text without it."""

    at: int
    number: str
    path: tuple[str | int, ...]
    body: str
    is_heading: bool


@dataclass(slots=True)
class NumberSequence:
    """Numbers that follow each other, each higher than the one before."""

    found: list[BlockNumber] = field(default_factory=list)

    @property
    def numbers(self) -> set[str]:
        return {each.number for each in self.found}

    @property
    def has_headings(self) -> bool:
        return sum(each.is_heading for each in self.found) >= MIN_NUMBERED_HEADINGS


def apply_document_numbers(document_blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the numbers that their clauses keep, and without those numbers in their words."""
    kept = {each.at: each for row in _choose_number_sequences(document_blocks) for each in row.found}
    return [
        replace(
            block,
            number=kept[at].number,
            body=kept[at].body,
            kind=ClauseKind.PARAGRAPH if block.kind == ClauseKind.NUMBERED else block.kind,
        )
        if at in kept
        else replace(block, number="")
        for at, block in enumerate(document_blocks)
    ]


def _choose_number_sequences(document_blocks: Sequence[Block]) -> list[NumberSequence]:
    """Numbers of headings first, then those that number most paragraphs, then those below a number that is kept."""
    rows = list(_iter_number_sequences(document_blocks))
    paragraphs = sum(
        block.kind not in {ClauseKind.HEADING, ClauseKind.TABLE, ClauseKind.NOTE} for block in document_blocks
    )
    chosen = _filter_unique_sequences([row for row in rows if row.has_headings], [])
    long = [row for row in rows if row not in chosen and len(row.found) >= max(3, paragraphs * MIN_NUMBERED_SHARE)]
    chosen += _filter_unique_sequences(long, chosen)
    parents = {each.path for row in chosen for each in row.found}
    below = [
        NumberSequence([each for each in row.found if each.path[:-1] in parents]) for row in rows if row not in chosen
    ]
    return chosen + _filter_unique_sequences([row for row in below if row.found], chosen)


def _filter_unique_sequences(
    number_rows: list[NumberSequence], chosen_rows: list[NumberSequence]
) -> list[NumberSequence]:
    """Those whose numbers are nobody else's; of two that share some, the one that is much longer."""
    taken = {number for row in chosen_rows for number in row.numbers}

    def has_longer_overlapping_sequence(number_row: NumberSequence) -> bool:
        return any(
            other is not number_row
            and not number_row.numbers.isdisjoint(other.numbers)
            and len(number_row.found) < MIN_RUN_LENGTH_RATIO * len(other.found)
            for other in number_rows
        )

    return [row for row in number_rows if row.numbers.isdisjoint(taken) and not has_longer_overlapping_sequence(row)]


def _iter_number_sequences(document_blocks: Sequence[Block]) -> Iterator[NumberSequence]:
    """Each list that counts by itself, and what is typed, cut where the numbers begin again."""
    rows: dict[str, NumberSequence] = {}
    for at, block in enumerate(document_blocks):
        row = rows.setdefault(block.counted_by, NumberSequence())
        found = _read_automatic_number(at, block) if block.number else _read_typed_number(at, block, row)
        if found is None:
            continue
        if row.found and _get_number_sort_key(found) <= _get_number_sort_key(row.found[-1]):
            yield row
            rows[block.counted_by] = row = NumberSequence()
        row.found.append(found)
    yield from (row for row in rows.values() if row.found)


def _get_number_sort_key(found_number: BlockNumber) -> tuple[tuple[int, str | int], ...]:
    return tuple((isinstance(part, str), part) for part in found_number.path)


def _read_automatic_number(character_index: int, document_block: Block) -> BlockNumber | None:
    path = _parse_printed_number(document_block.number)
    return (
        BlockNumber(
            character_index,
            _format_number_path(path),
            path,
            document_block.body,
            document_block.kind == ClauseKind.HEADING,
        )
        if path
        else None
    )


def _read_typed_number(character_index: int, document_block: Block, number_row: NumberSequence) -> BlockNumber | None:
    is_heading = document_block.kind == ClauseKind.HEADING
    if document_block.kind not in {ClauseKind.HEADING, ClauseKind.PARAGRAPH}:
        return None
    if (
        is_heading
        and (match := _TYPED_WORD_NUMBER_PATTERN.match(document_block.body))
        and (path := _parse_printed_number(match[1]))
    ):
        return BlockNumber(character_index, _format_number_path(path), path, document_block.body, is_heading)
    match = _TYPED_NUMBER_PATTERN.match(document_block.body)
    if match is None or not (match[2] or "." in match[1]):
        return None
    path = _parse_printed_number(match[1])
    if not path or not _continues_number_sequence(path, number_row):
        return None
    return BlockNumber(character_index, _format_number_path(path), path, document_block.body[match.end() :], is_heading)


def _continues_number_sequence(path: tuple[str | int, ...], number_row: NumberSequence) -> bool:
    """Whether a typed number is the next after its neighbours, or the first of its kind."""
    siblings = [
        each.path[-1] for each in number_row.found if len(each.path) == len(path) and each.path[:-1] == path[:-1]
    ]
    last, before = path[-1], siblings[-1] if siblings else 0
    return last == 1 or (
        isinstance(last, int) and isinstance(before, int) and before < last <= before + MAX_NUMBERING_GAP
    )


def _parse_printed_number(number_text: str) -> tuple[str | int, ...]:
    match = _NUMBER_PARTS_PATTERN.fullmatch(number_text)
    if match is None or len(number_text) > MAX_OWN_NUMBER_LENGTH:
        return ()
    path = (*([match[1]] if match[1] else []), *map(int, match[2].split(".")))
    is_whole = len(path) == 1
    return () if is_whole and path[0] not in range(1, MAX_WHOLE_CLAUSE_NUMBER + 1) else path


def _format_number_path(path: tuple[str | int, ...]) -> str:
    return ".".join(map(str, path))


def assign_clause_numbers(own_numbers: Sequence[str], first_number: int) -> Iterator[tuple[int, str]]:
    """Our number of each clause, and its own.

    A clause with a whole number of its own gets the same from us, and those without one are counted from beyond all of
    these: so no number means one clause to some and another to others. A text that has clauses already gives no second
    number.
    """
    if first_number > 1:
        own_numbers = [""] * len(own_numbers)
    whole = [int(number) for number in own_numbers if number.isdecimal()]
    others = itertools.count(_round_up_to_hundred(max(whole)) + 1 if whole else first_number)
    for number in own_numbers:
        yield (int(number) if number.isdecimal() else next(others)), number


def _round_up_to_hundred(highest_number: int) -> int:
    return -(-highest_number // 100) * 100
