"""An edition as a document to hand on, and as data. Such a file names organisations and never a person."""

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from jukwaa.coalitions.names import shown
from jukwaa.core.dates import written
from jukwaa.core.documents.outgoing import (
    Block,
    Bullets,
    Document,
    Heading,
    Inline,
    Numbered,
    Paragraph,
    Quote,
    Run,
    Table,
)
from jukwaa.core.lists import in_a_row
from jukwaa.drafting.editions import Reading
from jukwaa.drafting.models import Call, Placement, Position
from jukwaa.places.languages import direction

Kind = Placement.Kind
LISTS = {Kind.BULLET, Kind.NUMBERED}
SCHEMA = 1  # of the data: raised when a name in it changes its meaning


def document_of(reading: Reading) -> Document:
    """The whole of it, in its own language."""
    text = reading.text
    with translation.override(text.language):
        return Document(
            title=text.title,
            subtitle=text.summary,
            blocks=list(blocks_of(reading)),
            language=text.language,
            direction=direction(text.language),
            label=text.label,
            meta=list(_meta(reading)),
            masthead=text.coalition.name,
            masthead_note=text.coalition.forum,
        )


def _meta(reading: Reading) -> Iterator[tuple[str, Inline]]:
    edition = reading.edition
    yield _("Version"), f"{edition.number}, {written(edition.at.date())}"
    yield _("Agreed"), agreed_in_words(reading)
    if reading.credits.written_by:
        yield _("Written by"), in_a_row(reading.credits.written_by, ";")
    if reading.credits.organisations:
        yield _("Wording contributed by"), in_a_row(reading.credits.organisations, ";")
    if edition.errata:
        yield _("Changes since the previous version"), edition.errata
    yield _("Address"), [Run(reading.address, link=reading.address)]


def agreed_in_words(reading: Reading) -> str:
    """How it was agreed, and on which day; or why nobody was asked."""
    call, edition = reading.edition.call, reading.edition
    if call is None or call.declared_at is None:
        return _("Published without a consensus call. Reason: %(reason)s") % {"reason": edition.without_call}
    words = {
        Call.Outcome.CONSENSUS: _("By consensus, declared on %(day)s."),
        Call.Outcome.WITH_DISSENT: _("With remaining objections, declared on %(day)s."),
    }
    said = words.get(Call.Outcome(call.outcome), "%(day)s") % {"day": written(call.declared_at.date())}
    return f"{said} {edition.without_call}".strip()


def blocks_of(reading: Reading) -> Iterator[Block]:
    """Its clauses with what was said against them, then what is said against the whole, and its words."""
    for kind, group in groupby(reading.clauses(), key=lambda placement: placement.kind):
        rows = list(group)
        if kind in LISTS:
            yield from _list(reading, kind, rows)
            continue
        for placement in rows:
            yield _block(reading, placement)
            yield from _quotes(reading.against_by_clause.get(placement.clause.number, ()))
    if reading.against_the_whole:
        yield Heading(1, _("Remaining objections and reservations"))
        yield from _quotes(reading.against_the_whole)
    if reading.terms:
        yield Heading(1, _("Terms used in this text"))
        yield from (Paragraph([Run(term.name, strong=True), Run(f": {term.meaning}")]) for term in reading.terms)


def _list(reading: Reading, kind: str, rows: list[Placement]) -> Iterator[Block]:
    """Neighbours as one list, cut where a position stands against one of them."""
    items: list[Inline] = []
    start = 1
    for at, placement in enumerate(rows, 1):
        items.append([*_words(reading, placement)])
        against = reading.against_by_clause.get(placement.clause.number, ())
        if against or at == len(rows):
            yield Numbered(items, start=start) if kind == Kind.NUMBERED else Bullets(items)
            yield from _quotes(against)
            items, start = [], at + 1


def _block(reading: Reading, placement: Placement) -> Block:
    body = placement.wording.body
    match placement.kind:
        case Kind.HEADING:
            return Heading(placement.level, " ".join(body.split()))
        case Kind.TABLE:
            return _table(body, reading.marks(placement.clause.number))
        case Kind.NOTE:
            return Paragraph([Run(_("Note: "), emphasis=True), *_words(reading, placement)])
        case _:
            return Paragraph([*_words(reading, placement)])


def _words(reading: Reading, placement: Placement) -> Iterator[Run]:
    number = placement.clause.number
    yield Run(f"[{number}]", ref=True, link=f"{settings.SITE_URL}{reading.address_of(number)}")
    yield Run(f" {placement.wording.body}")
    if marks := reading.marks(number):
        yield Run(f" {marks}", ref=True)


def _table(body: str, caption: str = "") -> Table:
    """A line a row; rows that are too short are filled, so that none is lost."""
    rows = rows_of(body)
    return Table(headers=rows[0], rows=rows[1:], caption=caption)


def rows_of(body: str) -> list[list[str]]:
    """The cells of a table, each row as long as the longest."""
    rows = [[cell.strip() for cell in line.split(" | ")] for line in body.splitlines() if line.strip()] or [[""]]
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def _quotes(positions: Any) -> Iterator[Block]:
    for position in positions:
        yield Quote(position.reason, source=f"{shown(position.capacity, None)}, {position.get_stance_display()}")


def data_of(reading: Reading) -> dict[str, Any]:
    """The edition as data. `docs/editions.md` says what each name means."""
    edition, text = reading.edition, reading.text
    return {
        "schema": SCHEMA,
        "title": text.title,
        "summary": text.summary,
        "form": text.form,
        "language": text.language,
        "label": text.label,
        "coalition": text.coalition.name,
        "version": edition.number,
        "published": edition.at.isoformat(),
        "address": reading.address,
        "agreed": _agreed(reading),
        "errata": edition.errata,
        "written_by": reading.credits.written_by,
        "wordings_by": reading.credits.organisations,
        "clauses": [_clause(reading, placement) for placement in reading.clauses()],
        "positions_against": [_position(position) for position in reading.against_the_whole],
        "definitions": [{"word": term.name, "meaning": term.meaning, "source": term.source} for term in reading.terms],
    }


def _agreed(reading: Reading) -> dict[str, Any]:
    call, edition = reading.edition.call, reading.edition
    if call is None:
        return {"outcome": None, "reason": edition.without_call, "declared": None}
    declared = call.declared_at.isoformat() if call.declared_at else None
    return {"outcome": call.outcome, "reason": call.reason, "declared": declared}


def _clause(reading: Reading, placement: Placement) -> dict[str, Any]:
    number = placement.clause.number
    return {
        "number": number,
        "kind": placement.kind,
        "level": placement.level,
        "body": placement.wording.body,
        "address": f"{settings.SITE_URL}{reading.address_of(number)}",
        "positions_against": [_position(position) for position in reading.against_by_clause.get(number, ())],
    }


def _position(position: Position) -> dict[str, Any]:
    return {
        "organisation": shown(position.capacity, None),
        "regional_group": position.capacity.regional_group,
        "stakeholder_group": position.capacity.stakeholder_group,
        "stance": position.stance,
        "reason": position.reason,
    }


def to_json(reading: Reading) -> bytes:
    return (json.dumps(data_of(reading), ensure_ascii=False, indent=2) + "\n").encode()
