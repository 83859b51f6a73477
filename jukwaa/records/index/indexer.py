"""Keeping the index in step with the data. Called by actions, inside their transaction.

A transaction writes at most `AT_ONCE` characters of a record; the worker adds the rest of a longer one, so that nobody
who writes waits while it is indexed.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.tasks import task

from jukwaa.core.transactions import atomic_with_retry, lock_rows
from jukwaa.records.index.analyser import tokenize_text
from jukwaa.records.index.current_engine import get_search_engine
from jukwaa.records.index.engine import (
    FIRST_BULK_PASSAGE_POSITION,
    MAX_PASSAGES_PER_RECORD,
    PASSAGE_POSITION_BITS,
    PassageRow,
    PassageWords,
)
from jukwaa.records.models import Attachment, Passage, Record, State
from jukwaa.records.models.documents import split_into_passages

type PassageText = tuple[str, str, str]  # anchor, text, language

INDEXED_RECORD_STATES = (State.DRAFT, State.SUBMITTED, State.PUBLISHED)
MAX_CHARACTERS_PER_BATCH = 200_000  # characters: about 50 ms
MAX_PASSAGES_PER_BATCH = 200


def reindex_record(record: Record, *, is_rebuild: bool = False) -> None:
    """Write the record's passages anew. What is held or withdrawn is in the index no more.

    What hangs on it by the thousand stays as it was added, unless all of it is wanted `is_rebuild`.
    """
    there = Passage.objects.filter(record_id=record.pk)
    keeps = (
        record.HANGS_MANY
        and not is_rebuild
        and record.state in INDEXED_RECORD_STATES
        and there.filter(position__gte=FIRST_BULK_PASSAGE_POSITION).exists()
    )
    (there.filter(position__lt=FIRST_BULK_PASSAGE_POSITION) if keeps else there).delete()
    if record.state in INDEXED_RECORD_STATES:
        _write_record_passages(record, is_rebuild=is_rebuild)
    if record.HANGS_MANY and record.state in INDEXED_RECORD_STATES and not keeps:
        get_search_engine().write(_build_bulk_rows(record))


def _write_record_passages(record: Record, *, is_rebuild: bool) -> None:
    """All passages where they are few or `is_rebuild` is set; else the first, and a task for the others."""
    if is_rebuild:
        get_search_engine().write(build_passage_rows(record))
        return
    pieces = _iter_non_bulk_passages(record)
    first = list(_take_first_batch(pieces))
    get_search_engine().write(_build_rows_from_passage_texts(record, first))
    if next(pieces, None) is not None:
        index_remaining_passages.enqueue(record.pk, len(first))


def _take_first_batch(passage_texts: Iterator[PassageText]) -> Iterator[PassageText]:
    """As many as fit into one transaction, and at least one."""
    characters = 0
    for piece in islice(passage_texts, MAX_PASSAGES_PER_BATCH):
        yield piece
        characters += len(piece[1])
        if characters >= MAX_CHARACTERS_PER_BATCH:
            return


@task()
def index_remaining_passages(pk: int, first: int) -> None:
    """Index the passages of a long record from the position `first` on. Harmless to repeat.

    It ends where the record changes meanwhile: what changed it has asked for the rest of the new text.
    """
    record = Record.objects.filter(pk=pk, state__in=INDEXED_RECORD_STATES).first()
    if record is None:
        return
    record, previous_state = record.whole(), _get_index_state(pk)
    pieces = islice(_iter_non_bulk_passages(record), first, None)
    while part := list(_take_first_batch(pieces)):
        rows = _build_rows_from_passage_texts(record, part, first)
        first += len(part)
        if not rows or not _write_rows_if_record_unchanged(rows, previous_state):
            return


@atomic_with_retry
def _write_rows_if_record_unchanged(rows: list[PassageRow], previous_state: Any) -> bool:
    """False where the record is another one by now, or gone."""
    if not list(lock_rows(Record.objects.filter(pk=rows[0].record_id)).values_list("pk")):
        return False
    if _get_index_state(rows[0].record_id) != previous_state:
        return False
    Passage.objects.filter(pk__gte=rows[0].id, pk__lte=rows[-1].id).delete()
    get_search_engine().write(rows)
    return True


def _get_index_state(pk: int) -> Any:
    """What changes whenever the passages of a record do."""
    record = Record.objects.filter(pk=pk).values_list("version", "state").first()
    return record, list(Attachment.objects.filter(record=pk).exclude(text="").values_list("pk", flat=True))


def remove_record_from_index(record: Record) -> None:
    """Take the record's passages out, and their words with them."""
    Passage.objects.filter(record_id=record.pk).delete()


def add_bulk_passage(record: Record, passage_anchor: str, text: str) -> None:
    """One more of what hangs on a record by the thousand, without writing all the others anew.

    Two at once would take the same place: the caller holds the record.
    """
    if record.state not in INDEXED_RECORD_STATES:
        return
    first = record.pk << PASSAGE_POSITION_BITS
    last = (
        Passage.objects.filter(pk__gte=first, pk__lt=first + MAX_PASSAGES_PER_RECORD)
        .order_by("-pk")
        .values_list("pk")
        .first()
    )
    position = max(FIRST_BULK_PASSAGE_POSITION, last[0] - first + 1 if last else 0)
    get_search_engine().write(
        _build_rows_from_passage_texts(record, _split_into_passages(record, passage_anchor, text), position)
    )


def remove_passages_with_anchor(record: Record, passage_anchor: str) -> None:
    """Of a record, what stands at one anchor."""
    Passage.objects.filter(record_id=record.pk, anchor=passage_anchor).delete()


def build_passage_rows(record: Record) -> list[PassageRow]:
    """The passages of a record as the engine takes them, without what hangs on it by the thousand."""
    return _build_rows_from_passage_texts(record, _iter_non_bulk_passages(record))


def _iter_non_bulk_passages(record: Record) -> Iterator[PassageText]:
    return islice(
        _iter_record_passages(record), FIRST_BULK_PASSAGE_POSITION if record.HANGS_MANY else MAX_PASSAGES_PER_RECORD
    )


def _build_bulk_rows(record: Record) -> list[PassageRow]:
    pieces = (
        piece for anchor, text in record.iter_bulk_passages() for piece in _split_into_passages(record, anchor, text)
    )
    return _build_rows_from_passage_texts(record, pieces, FIRST_BULK_PASSAGE_POSITION)


def _split_into_passages(record: Record, passage_anchor: str, text: str) -> Iterator[PassageText]:
    yield from (
        (passage_anchor, piece.replace("\0", ""), record.language) for _offset, piece in split_into_passages(text)
    )


def _build_rows_from_passage_texts(
    record: Record, passage_texts: Iterable[PassageText], first_character: int = 0
) -> list[PassageRow]:
    """From the position `first_character` on."""
    title = tokenize_text(record.title, record.language)
    return [
        PassageRow(
            id=record.pk << PASSAGE_POSITION_BITS | position,
            record_id=record.pk,
            anchor=anchor,
            language=language,
            text=text,
            position=position,
            words=_split_passage_words(title, record, text, language),
        )
        for position, (anchor, text, language) in enumerate(passage_texts, first_character)
        if position < MAX_PASSAGES_PER_RECORD
    ]


def _iter_record_passages(record: Record) -> Iterator[PassageText]:
    """Of the record and of its files, none longer than a passage may be.

    A passage of a file that has pages names its page (`file-7-p3`). NUL fits into no database.
    """
    for anchor, text in record.iter_passages():
        yield from _split_into_passages(record, anchor, text)
    # One at a time: each may be millions of characters long, and often the first is enough.
    for attachment in record.attachments.exclude(text="").defer("hits").iterator(chunk_size=1):
        language = attachment.language or record.language
        for page, text in attachment.pieces():
            yield build_file_anchor(attachment.pk, page), text.replace("\0", ""), language


def build_file_anchor(pk: int, page: int = 0) -> str:
    return f"file-{pk}-p{page}" if page else f"file-{pk}"


def _split_passage_words(title: list[str], record: Record, text: str, language: str) -> PassageWords:
    """The first passage of most records begins with the title."""
    if text.startswith(record.title):
        return PassageWords(title, [], tokenize_text(text[len(record.title) :], language))
    return PassageWords([], title, tokenize_text(text, language))
