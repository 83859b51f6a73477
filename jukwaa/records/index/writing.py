"""Keeping the index in step with the data. Called by actions, inside their transaction."""

from collections.abc import Iterator
from itertools import islice

from jukwaa.records.index.analyser import tokens
from jukwaa.records.index.engine import MOST_PASSAGES, POSITION_BITS, Row, Words, engine
from jukwaa.records.models import Passage, Record, State
from jukwaa.records.models.documents import windows

INDEXED = (State.DRAFT, State.SUBMITTED, State.PUBLISHED)


def refresh(record: Record) -> None:
    """Write the record's passages anew. What is held or withdrawn is in the index no more."""
    forget(record)
    if record.state in INDEXED:
        engine().write(rows_of(record))


def forget(record: Record) -> None:
    """Take the record's passages out, and their words with them."""
    Passage.objects.filter(record_id=record.pk).delete()


def add(record: Record, anchor: str, text: str) -> None:
    """One more passage, without writing all the others anew: for a record on which thousands of things hang."""
    if record.state not in INDEXED:
        return
    first = record.pk << POSITION_BITS
    last = Passage.objects.filter(pk__gte=first, pk__lt=first + MOST_PASSAGES).order_by("-pk").values_list("pk").first()
    position = last[0] - first + 1 if last else 0
    title = tokens(record.title, record.language)
    pieces = [piece.replace("\0", "") for _offset, piece in windows(text)]
    rows = [
        Row(
            id=first + number,
            record_id=record.pk,
            anchor=anchor,
            language=record.language,
            text=piece,
            position=number,
            words=_words(title, record, piece, record.language),
        )
        for number, piece in enumerate(pieces, position)
        if number < MOST_PASSAGES
    ]
    engine().write(rows)


def take_out(record: Record, anchor: str) -> None:
    """Of a record, what stands at one anchor."""
    Passage.objects.filter(record_id=record.pk, anchor=anchor).delete()


def rows_of(record: Record) -> list[Row]:
    """The passages of a record as the engine takes them."""
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
        for position, (anchor, text, language) in enumerate(islice(_pieces(record), MOST_PASSAGES))
    ]


def _pieces(record: Record) -> Iterator[tuple[str, str, str]]:
    """(anchor, text, language) of the record and of its files, none longer than a passage may be.

    A passage of a file that has pages names its page (`file-7-p3`). NUL fits into no database.
    """
    for anchor, text in record.passages():
        yield from ((anchor, piece.replace("\0", ""), record.language) for _offset, piece in windows(text))
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
