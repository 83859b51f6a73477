"""A consultation on paper: what is asked, the text clause by clause, and lines to write on."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jukwaa.core.documents.outgoing.document_tree import (
    Block,
    Document,
    DocumentTable,
    Heading,
    Inline,
    InlineRun,
    NumberedList,
    Paragraph,
)
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.drafting.closing_times import format_closing_time
from jukwaa.drafting.consultation_audience import describe_consultation_audience, get_consulting_party_name
from jukwaa.drafting.models import Consultation, Placement
from jukwaa.drafting.unreadable_sources import get_visible_clauses
from jukwaa.places.languages import get_language_name, get_text_direction

BLANK_CELL_TEXT = "\N{NO-BREAK SPACE}"
COMMENT_LINES, ANSWER_LINES = 2, 4  # lines: a comment on a clause, the answer to a question


def get_consultation_address(consultation: Consultation) -> str:
    """Where it is answered, as one can type it."""
    path = reverse("drafting:consultation_detail", args=[consultation.text.coalition.slug, consultation.pk])
    return f"{settings.SITE_URL}{path}"


def build_paper_form(consultation: Consultation) -> Document:
    """In the language of the text, for everybody who is asked."""
    text = consultation.text
    with translation.override(text.language):
        here = get_consultation_address(consultation)
        revision = consultation.revision
        meta: list[tuple[str, Inline]] = [
            (_("Consultation held by"), get_consulting_party_name(text)),
            (_("Open to"), describe_consultation_audience(consultation)),
            (_("Last day to respond"), format_closing_time(consultation.closes_at)),
            (_("Languages"), join_with_separator(get_language_names(consultation))),
            (_("Address"), [InlineRun(here, link=here)]),
        ]
        named = revision.name or _("Revision %(number)s") % {"number": revision.number}
        return Document(
            title=text.title,
            subtitle=_("Consultation on %(revision)s") % {"revision": named},
            blocks=list(_build_form_blocks(consultation)),
            language=text.language,
            direction=get_text_direction(text.language),
            label=text.label,
            meta=[(term, value) for term, value in meta if value],
            masthead=text.coalition.name,
            masthead_note=text.coalition.forum,
        )


def get_language_names(consultation: Consultation) -> list[str]:
    """By name; “any” where none was chosen."""
    here = get_language() or "en"
    return [get_language_name(tag, here) for tag in consultation.languages] or [_("any language")]


def _build_form_blocks(consultation: Consultation) -> Iterator[Block]:
    if consultation.introduction:
        yield Paragraph(consultation.introduction)
    yield Heading(1, _("How to respond"))
    yield NumberedList(
        [
            _(
                "Write your comments below the clause or question. If you use another sheet, add the "
                "number of the clause or question."
            ),
            _("State the organisation that you represent, or your role. Never write the name of a child."),
            _(
                "Return this form to the person who gave it to you. They will record your input. You can "
                "also respond at the address above."
            ),
        ]
    )
    yield _build_ruled_answer_table([_("Organisation that you represent, or your role"), _("Country")], COMMENT_LINES)
    if consultation.questions:
        yield Heading(1, _("Questions"))
    for number, question in enumerate(consultation.questions, 1):
        yield Paragraph([InlineRun(f"{number}. ", strong=True), InlineRun(question)])
        yield _build_ruled_answer_table([_("Your answer to question %(number)s") % {"number": number}], ANSWER_LINES)
    yield Heading(1, _("The text"))
    for placement in get_visible_clauses(consultation.text, consultation.revision):
        yield from _build_clause_blocks(placement)
    yield Heading(1, _("Comments on the text as a whole"))
    yield _build_ruled_answer_table([_("Other comments")], ANSWER_LINES * 2)


def _build_clause_blocks(placement: Placement) -> Iterator[Block]:
    number, body = placement.clause.label, placement.wording.body
    if placement.kind == Placement.Kind.HEADING:
        yield Heading(placement.level + 1, f"{number}. {body}")
        return
    if placement.kind == Placement.Kind.TABLE:
        rows = [line.split(" | ") for line in body.splitlines()]
        widest = max((len(row) for row in rows), default=0)
        cells = [row + [""] * (widest - len(row)) for row in rows]
        yield DocumentTable(cells[0], cells[1:], caption=number) if widest else Paragraph(number)
    else:
        yield Paragraph([InlineRun(f"{number} ", strong=True), InlineRun(body)])
    yield _build_ruled_answer_table([_("Your comment on clause %(number)s") % {"number": number}], COMMENT_LINES)


def _build_ruled_answer_table(column_heads: list[str], clause_number: int) -> DocumentTable:
    """Ruled lines to write on by hand, below what they are for."""
    return DocumentTable(column_heads, [[BLANK_CELL_TEXT] * len(column_heads)] * clause_number)
