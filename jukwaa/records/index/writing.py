"""Keeping the index in step with the data. Called by actions, inside their transaction.

A transaction writes at most `AT_ONCE` characters of a record; the worker adds the rest of a longer one, so that nobody
who writes waits while it is indexed.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.tasks import task

from jukwaa.core.transactions import atomic_with_retry, lock_rows
from jukwaa.records.index.analyser import tokens
from jukwaa.records.index.engine import HANGING, MOST_PASSAGES, POSITION_BITS, Row, Words, engine
from jukwaa.records.models import Attachment, Passage, Record, State
from jukwaa.records.models.documents import windows

type Piece = tuple[str, str, str]  # anchor, text, language

INDEXED = (State.DRAFT, State.SUBMITTED, State.PUBLISHED)
AT_ONCE = 200_000  # characters: about 50 ms
AT_ONCE_PASSAGES = 200


def refresh(record: Record, *, anew: bool = False) -> None:
    """Write the record's passages anew. What is held or withdrawn is in the index no more.

    What hangs on it by the thousand stays as it was added, unless all of it is wanted `anew`.
    """
    there = Passage.objects.filter(record_id=record.pk)
    keeps = record.HANGS_MANY and not anew and record.state in INDEXED and there.filter(position__gte=HANGING).exists()
    (there.filter(position__lt=HANGING) if keeps else there).delete()
    if record.state in INDEXED:
        _write(record, anew=anew)
    if record.HANGS_MANY and record.state in INDEXED and not keeps:
        engine().write(_hanging(record))


def _write(record: Record, *, anew: bool) -> None:
    """All passages where they are few or wanted `anew`; else the first, and the worker is asked for the others."""
    if anew:
        engine().write(rows_of(record))
        return
    pieces = _own_pieces(record)
    first = list(_start_of(pieces))
    engine().write(_rows(record, first))
    if next(pieces, None) is not None:
        index_rest.enqueue(record.pk, len(first))


def _start_of(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """As many as fit into one transaction, and at least one."""
    characters = 0
    for piece in islice(pieces, AT_ONCE_PASSAGES):
        yield piece
        characters += len(piece[1])
        if characters >= AT_ONCE:
            return


@task()
def index_rest(pk: int, first: int) -> None:
    """Index the passages of a long record from the position `first` on. Harmless to repeat.

    It ends where the record changes meanwhile: what changed it has asked for the rest of the new text.
    """
    record = Record.objects.filter(pk=pk, state__in=INDEXED).first()
    if record is None:
        return
    record, before = record.whole(), _fingerprint(pk)
    pieces = islice(_own_pieces(record), first, None)
    while part := list(_start_of(pieces)):
        rows = _rows(record, part, first)
        first += len(part)
        if not rows or not _add_rows(rows, before):
            return


@atomic_with_retry
def _add_rows(rows: list[Row], before: Any) -> bool:
    """False where the record is another one by now, or gone."""
    if not list(lock_rows(Record.objects.filter(pk=rows[0].record_id)).values_list("pk")):
        return False
    if _fingerprint(rows[0].record_id) != before:
        return False
    Passage.objects.filter(pk__gte=rows[0].id, pk__lte=rows[-1].id).delete()
    engine().write(rows)
    return True


def _fingerprint(pk: int) -> Any:
    """What changes whenever the passages of a record do."""
    record = Record.objects.filter(pk=pk).values_list("version", "state").first()
    return record, list(Attachment.objects.filter(record=pk).exclude(text="").values_list("pk", flat=True))


def forget(record: Record) -> None:
    """Take the record's passages out, and their words with them."""
    Passage.objects.filter(record_id=record.pk).delete()


def add(record: Record, anchor: str, text: str) -> None:
    """One more of what hangs on a record by the thousand, without writing all the others anew.

    Two at once would take the same place: the caller holds the record.
    """
    if record.state not in INDEXED:
        return
    first = record.pk << POSITION_BITS
    last = Passage.objects.filter(pk__gte=first, pk__lt=first + MOST_PASSAGES).order_by("-pk").values_list("pk").first()
    position = max(HANGING, last[0] - first + 1 if last else 0)
    engine().write(_rows(record, _windows(record, anchor, text), position))


def take_out(record: Record, anchor: str) -> None:
    """Of a record, what stands at one anchor."""
    Passage.objects.filter(record_id=record.pk, anchor=anchor).delete()


def rows_of(record: Record) -> list[Row]:
    """The passages of a record as the engine takes them, without what hangs on it by the thousand."""
    return _rows(record, _own_pieces(record))


def _own_pieces(record: Record) -> Iterator[Piece]:
    return islice(_pieces(record), HANGING if record.HANGS_MANY else MOST_PASSAGES)


def _hanging(record: Record) -> list[Row]:
    pieces = (piece for anchor, text in record.hanging() for piece in _windows(record, anchor, text))
    return _rows(record, pieces, HANGING)


def _windows(record: Record, anchor: str, text: str) -> Iterator[Piece]:
    yield from ((anchor, piece.replace("\0", ""), record.language) for _offset, piece in windows(text))


def _rows(record: Record, pieces: Iterable[Piece], first: int = 0) -> list[Row]:
    """From the position `first` on."""
    title = tokens(record.title, record.language)
    return [
        Row(
            id=record.pk << POSITION_BITS | position,
            record_id=record.pk,
            anchor=anchor,
            language=language,
            text=text,
            position=position,
            words=_words(title, record, text, language),
        )
        for position, (anchor, text, language) in enumerate(pieces, first)
        if position < MOST_PASSAGES
    ]


def _pieces(record: Record) -> Iterator[Piece]:
    """Of the record and of its files, none longer than a passage may be.

    A passage of a file that has pages names its page (`file-7-p3`). NUL fits into no database.
    """
    for anchor, text in record.passages():
        yield from _windows(record, anchor, text)
    # One at a time: each may be millions of characters long, and often the first is enough.
    for attachment in record.attachments.exclude(text="").defer("hits").iterator(chunk_size=1):
        language = attachment.language or record.language
        for page, text in attachment.pieces():
            yield file_anchor(attachment.pk, page), text.replace("\0", ""), language


def file_anchor(pk: int, page: int = 0) -> str:
    return f"file-{pk}-p{page}" if page else f"file-{pk}"


def _words(title: list[str], record: Record, text: str, language: str) -> Words:
    """The first passage of most records begins with the title."""
    if text.startswith(record.title):
        return Words(title, [], tokens(text[len(record.title) :], language))
    return Words([], title, tokens(text, language))
