"""Keeping the index in step with the data. Called by actions, inside their transaction."""

from collections.abc import Iterable, Iterator
from itertools import islice

from jukwaa.records.index.analyser import tokens
from jukwaa.records.index.engine import HANGING, MOST_PASSAGES, POSITION_BITS, Row, Words, engine
from jukwaa.records.models import Passage, Record, State
from jukwaa.records.models.documents import windows

type Piece = tuple[str, str, str]  # anchor, text, language

INDEXED = (State.DRAFT, State.SUBMITTED, State.PUBLISHED)


def refresh(record: Record, *, anew: bool = False) -> None:
    """Write the record's passages anew. What is held or withdrawn is in the index no more.

    What hangs on it by the thousand stays as it was added, unless all of it is wanted `anew`.
    """
    there = Passage.objects.filter(record_id=record.pk)
    keeps = record.HANGS_MANY and not anew and record.state in INDEXED and there.filter(position__gte=HANGING).exists()
    (there.filter(position__lt=HANGING) if keeps else there).delete()
    if record.state in INDEXED:
        engine().write(rows_of(record))
    if record.HANGS_MANY and record.state in INDEXED and not keeps:
        engine().write(_hanging(record))


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
    most = HANGING if record.HANGS_MANY else MOST_PASSAGES
    return _rows(record, islice(_pieces(record), most))


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
    for attachment in record.attachments.exclude(text=""):
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
