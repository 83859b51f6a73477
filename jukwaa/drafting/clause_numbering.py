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
from jukwaa.drafting.mail_parsing import CLAUSE_WORDS
from jukwaa.drafting.models import Placement
from jukwaa.drafting.models.texts import MAX_OWN_NUMBER_LENGTH

Kind = Placement.Kind
MAX_GAP = 3  # numbers that may be missing between a typed number and the one before it: clauses are deleted
MIN_NUMBERED_HEADINGS = 2
MIN_NUMBERED_SHARE = 1 / 3  # of the paragraphs: from here on their numbers are those of clauses, not of a list
MAX_WHOLE_NUMBER = 2_000  # of a clause of a document: beyond, too few would be left for its other clauses
MIN_LENGTH_RATIO = 2  # by how much one row of numbers must be longer than another that repeats its numbers

_TYPED_NUMBER = re.compile(r"(\d{1,4}(?:\.\d{1,3}){0,4})([.)]?)\s+(?=\S)")
_TYPED_WORD_NUMBER = re.compile(rf"(?:{CLAUSE_WORDS})\s+(\d{{1,4}})(?:[.:)\s]|$)", re.IGNORECASE)
_NUMBER_PARTS = re.compile(r"(?:([A-Z]{1,2})\.)?(\d+(?:\.\d+)*)")


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """The number of a block, as text and as what it counts; `body` is the block's text without it."""

    at: int
    number: str
    path: tuple[str | int, ...]
    body: str
    is_heading: bool


@dataclass(slots=True)
class NumberRow:
    """Numbers that follow each other, each higher than the one before."""

    found: list[FoundNumber] = field(default_factory=list)

    @property
    def numbers(self) -> set[str]:
        return {each.number for each in self.found}

    @property
    def has_headings(self) -> bool:
        return sum(each.is_heading for each in self.found) >= MIN_NUMBERED_HEADINGS


def apply_document_numbers(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the numbers that their clauses keep, and without those numbers in their words."""
    kept = {each.at: each for row in _choose_rows(blocks) for each in row.found}
    return [
        replace(
            block,
            number=kept[at].number,
            body=kept[at].body,
            kind=Kind.PARAGRAPH if block.kind == Kind.NUMBERED else block.kind,
        )
        if at in kept
        else replace(block, number="")
        for at, block in enumerate(blocks)
    ]


def _choose_rows(blocks: Sequence[Block]) -> list[NumberRow]:
    """Numbers of headings first, then those that number most paragraphs, then those below a number that is kept."""
    rows = list(_iter_number_rows(blocks))
    paragraphs = sum(block.kind not in {Kind.HEADING, Kind.TABLE, Kind.NOTE} for block in blocks)
    chosen = _keep_unique_rows([row for row in rows if row.has_headings], [])
    long = [row for row in rows if row not in chosen and len(row.found) >= max(3, paragraphs * MIN_NUMBERED_SHARE)]
    chosen += _keep_unique_rows(long, chosen)
    parents = {each.path for row in chosen for each in row.found}
    below = [NumberRow([each for each in row.found if each.path[:-1] in parents]) for row in rows if row not in chosen]
    return chosen + _keep_unique_rows([row for row in below if row.found], chosen)


def _keep_unique_rows(rows: list[NumberRow], chosen: list[NumberRow]) -> list[NumberRow]:
    """Those whose numbers are nobody else's; of two that share some, the one that is much longer."""
    taken = {number for row in chosen for number in row.numbers}

    def has_rival(row: NumberRow) -> bool:
        return any(
            other is not row
            and not row.numbers.isdisjoint(other.numbers)
            and len(row.found) < MIN_LENGTH_RATIO * len(other.found)
            for other in rows
        )

    return [row for row in rows if row.numbers.isdisjoint(taken) and not has_rival(row)]


def _iter_number_rows(blocks: Sequence[Block]) -> Iterator[NumberRow]:
    """Each list that counts by itself, and what is typed, cut where the numbers begin again."""
    rows: dict[str, NumberRow] = {}
    for at, block in enumerate(blocks):
        row = rows.setdefault(block.counted_by, NumberRow())
        found = _read_automatic_number(at, block) if block.number else _read_typed_number(at, block, row)
        if found is None:
            continue
        if row.found and _get_order(found) <= _get_order(row.found[-1]):
            yield row
            rows[block.counted_by] = row = NumberRow()
        row.found.append(found)
    yield from (row for row in rows.values() if row.found)


def _get_order(found: FoundNumber) -> tuple[tuple[int, str | int], ...]:
    return tuple((isinstance(part, str), part) for part in found.path)


def _read_automatic_number(at: int, block: Block) -> FoundNumber | None:
    path = _parse_number(block.number)
    return FoundNumber(at, _format_number(path), path, block.body, block.kind == Kind.HEADING) if path else None


def _read_typed_number(at: int, block: Block, row: NumberRow) -> FoundNumber | None:
    is_heading = block.kind == Kind.HEADING
    if block.kind not in {Kind.HEADING, Kind.PARAGRAPH}:
        return None
    if is_heading and (match := _TYPED_WORD_NUMBER.match(block.body)) and (path := _parse_number(match[1])):
        return FoundNumber(at, _format_number(path), path, block.body, is_heading)
    match = _TYPED_NUMBER.match(block.body)
    if match is None or not (match[2] or "." in match[1]):
        return None
    path = _parse_number(match[1])
    if not path or not _continues_row(path, row):
        return None
    return FoundNumber(at, _format_number(path), path, block.body[match.end() :], is_heading)


def _continues_row(path: tuple[str | int, ...], row: NumberRow) -> bool:
    """Whether a typed number is the next after its neighbours, or the first of its kind."""
    siblings = [each.path[-1] for each in row.found if len(each.path) == len(path) and each.path[:-1] == path[:-1]]
    last, before = path[-1], siblings[-1] if siblings else 0
    return last == 1 or (isinstance(last, int) and isinstance(before, int) and before < last <= before + MAX_GAP)


def _parse_number(number: str) -> tuple[str | int, ...]:
    match = _NUMBER_PARTS.fullmatch(number)
    if match is None or len(number) > MAX_OWN_NUMBER_LENGTH:
        return ()
    path = (*([match[1]] if match[1] else []), *map(int, match[2].split(".")))
    is_whole = len(path) == 1
    return () if is_whole and path[0] not in range(1, MAX_WHOLE_NUMBER + 1) else path


def _format_number(path: tuple[str | int, ...]) -> str:
    return ".".join(map(str, path))


def assign_clause_numbers(own_numbers: Sequence[str], first: int) -> Iterator[tuple[int, str]]:
    """Our number of each clause, and its own.

    A clause with a whole number of its own gets the same from us, and those without one are counted from beyond all of
    these: so no number means one clause to some and another to others. A text that has clauses already gives no second
    number.
    """
    if first > 1:
        own_numbers = [""] * len(own_numbers)
    whole = [int(number) for number in own_numbers if number.isdecimal()]
    others = itertools.count(_round_up_to_hundred(max(whole)) + 1 if whole else first)
    for number in own_numbers:
        yield (int(number) if number.isdecimal() else next(others)), number


def _round_up_to_hundred(number: int) -> int:
    return -(-number // 100) * 100
