"""An edition as a document to hand on, and as data. Such a file names organisations and never a person."""

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from jukwaa.coalitions.display_names import get_display_name
from jukwaa.core.dates import format_long_date
from jukwaa.core.documents.outgoing import (
    Block,
    BulletList,
    Document,
    DocumentQuote,
    DocumentTable,
    Heading,
    Inline,
    InlineRun,
    NumberedList,
    Paragraph,
)
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.drafting.editions import EditionContent
from jukwaa.drafting.models import Call, Placement, Position
from jukwaa.places.languages import get_text_direction

ClauseKind = Placement.Kind
LIST_CLAUSE_KINDS = {ClauseKind.BULLET, ClauseKind.NUMBERED}
EXPORT_SCHEMA_VERSION = 1  # of the data: raised when a name in it changes its meaning


def build_edition_document(edition_reading: EditionContent) -> Document:
    """The whole of it, in its own language."""
    text = edition_reading.text
    with translation.override(text.language):
        return Document(
            title=text.title,
            subtitle=text.summary,
            blocks=list(build_edition_blocks(edition_reading)),
            language=text.language,
            direction=get_text_direction(text.language),
            label=text.label,
            meta=list(_iter_edition_metadata(edition_reading)),
            masthead=text.coalition.name,
            masthead_note=text.coalition.forum,
        )


def _iter_edition_metadata(edition_reading: EditionContent) -> Iterator[tuple[str, Inline]]:
    edition = edition_reading.edition
    yield pgettext("published version", "Version"), f"{edition.number}, {format_long_date(edition.at.date())}"
    yield _("Agreed"), describe_edition_agreement(edition_reading)
    if edition_reading.credits.written_by:
        yield _("Written by"), join_with_separator(edition_reading.credits.written_by, ";")
    if edition_reading.credits.organisations:
        yield _("Wording contributed by"), join_with_separator(edition_reading.credits.organisations, ";")
    if edition.errata:
        yield _("Changes since the previous version"), edition.errata
    yield _("Address"), [InlineRun(edition_reading.address, link=edition_reading.address)]


def describe_edition_agreement(edition_reading: EditionContent) -> str:
    """How it was agreed, and on which day; or why nobody was asked."""
    call, edition = edition_reading.edition.call, edition_reading.edition
    if call is None or call.declared_at is None:
        return _("Published without a consensus call. Reason: %(reason)s") % {"reason": edition.without_call}
    words = {
        Call.Outcome.CONSENSUS: _("By consensus, declared on %(day)s."),
        Call.Outcome.WITH_DISSENT: _("With remaining objections, declared on %(day)s."),
    }
    said = words.get(Call.Outcome(call.outcome), "%(day)s") % {"day": format_long_date(call.declared_at.date())}
    return f"{said} {edition.without_call}".strip()


def build_edition_blocks(edition_reading: EditionContent) -> Iterator[Block]:
    """Its clauses with what was said against them, then what is said against the whole, and its words."""
    for kind, group in groupby(edition_reading.clauses(), key=lambda placement: placement.kind):
        rows = list(group)
        if kind in LIST_CLAUSE_KINDS:
            yield from _build_list_blocks(edition_reading, kind, rows)
            continue
        for placement in rows:
            yield _build_clause_block(edition_reading, placement)
            yield from _build_position_quotes(edition_reading.positions_by_clause.get(placement.clause.number, ()))
    if edition_reading.positions_on_whole_text:
        yield Heading(1, _("Remaining objections and reservations"))
        yield from _build_position_quotes(edition_reading.positions_on_whole_text)
    if edition_reading.terms:
        yield Heading(1, _("Terms used in this text"))
        yield from (
            Paragraph([InlineRun(term.name, strong=True), InlineRun(f": {term.meaning}")])
            for term in edition_reading.terms
        )


def _build_list_blocks(
    edition_reading: EditionContent, clause_kind: str, list_placements: list[Placement]
) -> Iterator[Block]:
    """Neighbours as one list, cut where a position stands against one of them."""
    items: list[Inline] = []
    start = 1
    for at, placement in enumerate(list_placements, 1):
        items.append([*_build_clause_runs(edition_reading, placement)])
        against = edition_reading.positions_by_clause.get(placement.clause.number, ())
        if against or at == len(list_placements):
            yield NumberedList(items, start=start) if clause_kind == ClauseKind.NUMBERED else BulletList(items)
            yield from _build_position_quotes(against)
            items, start = [], at + 1


def _build_clause_block(edition_reading: EditionContent, placement: Placement) -> Block:
    body = placement.wording.body
    match placement.kind:
        case ClauseKind.HEADING:
            return Heading(placement.level, " ".join(body.split()))
        case ClauseKind.TABLE:
            return _build_clause_table(body, edition_reading.marks(placement.clause.number))
        case ClauseKind.NOTE:
            return Paragraph([InlineRun(_("Note: "), emphasis=True), *_build_clause_runs(edition_reading, placement)])
        case _:
            return Paragraph([*_build_clause_runs(edition_reading, placement)])


def _build_clause_runs(edition_reading: EditionContent, placement: Placement) -> Iterator[InlineRun]:
    number = placement.clause.number
    yield InlineRun(
        f"[{placement.clause.label}]",
        ref=True,
        link=f"{settings.SITE_URL}{edition_reading.build_clause_address(number)}",
    )
    yield InlineRun(f" {placement.wording.body}")
    if marks := edition_reading.marks(number):
        yield InlineRun(f" {marks}", ref=True)


def _build_clause_table(clause_body: str, table_caption: str = "") -> DocumentTable:
    """A line a row; rows that are too short are filled, so that none is lost."""
    rows = parse_table_rows(clause_body)
    return DocumentTable(headers=rows[0], rows=rows[1:], caption=table_caption)


def parse_table_rows(clause_body: str) -> list[list[str]]:
    """The cells of a table, each row as long as the longest."""
    rows = [[cell.strip() for cell in line.split(" | ")] for line in clause_body.splitlines() if line.strip()] or [[""]]
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def _build_position_quotes(positions: Any) -> Iterator[Block]:
    for position in positions:
        yield DocumentQuote(
            position.reason, source=f"{get_display_name(position.capacity, None)}, {position.get_stance_display()}"
        )


def build_edition_data(edition_reading: EditionContent) -> dict[str, Any]:
    """The edition as data. `docs/editions.md` says what each name means."""
    edition, text = edition_reading.edition, edition_reading.text
    return {
        "schema": EXPORT_SCHEMA_VERSION,
        "title": text.title,
        "summary": text.summary,
        "form": text.form,
        "language": text.language,
        "label": text.label,
        "coalition": text.coalition.name,
        "version": edition.number,
        "published": edition.at.isoformat(),
        "address": edition_reading.address,
        "agreed": _build_agreement_data(edition_reading),
        "errata": edition.errata,
        "written_by": edition_reading.credits.written_by,
        "wordings_by": edition_reading.credits.organisations,
        "clauses": [_build_clause_data(edition_reading, placement) for placement in edition_reading.clauses()],
        "positions_against": [_build_position_data(position) for position in edition_reading.positions_on_whole_text],
        "definitions": [
            {"word": term.name, "meaning": term.meaning, "source": term.source} for term in edition_reading.terms
        ],
    }


def _build_agreement_data(edition_reading: EditionContent) -> dict[str, Any]:
    call, edition = edition_reading.edition.call, edition_reading.edition
    if call is None:
        return {"outcome": None, "reason": edition.without_call, "declared": None}
    declared = call.declared_at.isoformat() if call.declared_at else None
    return {"outcome": call.outcome, "reason": call.reason, "declared": declared}


def _build_clause_data(edition_reading: EditionContent, placement: Placement) -> dict[str, Any]:
    number = placement.clause.number
    return {
        "number": number,
        "label": placement.clause.label,
        "kind": placement.kind,
        "level": placement.level,
        "body": placement.wording.body,
        "address": f"{settings.SITE_URL}{edition_reading.build_clause_address(number)}",
        "positions_against": [
            _build_position_data(position) for position in edition_reading.positions_by_clause.get(number, ())
        ],
    }


def _build_position_data(position: Position) -> dict[str, Any]:
    return {
        "organisation": get_display_name(position.capacity, None),
        "regional_group": position.capacity.regional_group,
        "stakeholder_group": position.capacity.stakeholder_group,
        "stance": position.stance,
        "reason": position.reason,
    }


def render_edition_json(edition_reading: EditionContent) -> bytes:
    return (json.dumps(build_edition_data(edition_reading), ensure_ascii=False, indent=2) + "\n").encode()
