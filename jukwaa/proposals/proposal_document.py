"""What was submitted as a document for Word and PDF: the fields in the form's own order."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from jukwaa.core.documents.outgoing import Block, Document, Heading, InlineRun, Paragraph
from jukwaa.places.languages import get_text_direction
from jukwaa.proposals.models import Proposal


def build_proposal_document(
    proposal: Proposal, proposal_data: dict[str, Any], head_facts: list[tuple[str, str]]
) -> Document:
    """Return the proposal as a document. `head_facts` are for the head, such as dates."""
    return Document(
        title=proposal_data["title"],
        subtitle=proposal_data["call"]["title"],
        blocks=list(_build_proposal_blocks(proposal_data)),
        language=proposal.language,
        direction=get_text_direction(proposal.language),
        label=proposal.label,
        meta=head_facts,
        masthead=proposal.coalition.name,
        masthead_note=proposal.coalition.forum,
    )


def _build_proposal_blocks(proposal_data: dict[str, Any]) -> Iterator[Block]:
    section = ""
    for field in proposal_data["fields"]:
        if field["section"] and field["section"] != section:
            section = field["section"]
            yield Heading(1, section)
        yield Heading(2 if section else 1, field["label"])
        notes = [*field["problems"], *([_("Late: changed after the deadline.")] if field["late"] else [])]
        yield from (Paragraph([InlineRun(note, emphasis=True)]) for note in notes)
        lines = [line for line in field["answer"].splitlines() if line.strip()]
        yield from (Paragraph(line) for line in lines or [pgettext("field", "Empty")])
        if field["length"]:
            yield Paragraph([InlineRun(_format_answer_length(field), emphasis=True)])


def _format_answer_length(field_data: dict[str, Any]) -> str:
    if field_data["limit"]:
        return _("%(length)s. Limit: %(limit)s") % {"length": field_data["length"], "limit": field_data["limit"]}
    return str(field_data["length"])
