"""What was submitted as a document for Word and PDF: the fields in the form's own order."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from jukwaa.core.documents.outgoing import Block, Document, Heading, Paragraph, Run
from jukwaa.places.languages import get_text_direction
from jukwaa.proposals.models import Proposal


def build_proposal_document(proposal: Proposal, document: dict[str, Any], meta: list[tuple[str, str]]) -> Document:
    """Return `document`, as `proposal_files.build_document` makes it. `meta` are facts for the head, such as dates."""
    return Document(
        title=document["title"],
        subtitle=document["call"]["title"],
        blocks=list(_build_proposal_blocks(document)),
        language=proposal.language,
        direction=get_text_direction(proposal.language),
        label=proposal.label,
        meta=meta,
        masthead=proposal.coalition.name,
        masthead_note=proposal.coalition.forum,
    )


def _build_proposal_blocks(document: dict[str, Any]) -> Iterator[Block]:
    section = ""
    for field in document["fields"]:
        if field["section"] and field["section"] != section:
            section = field["section"]
            yield Heading(1, section)
        yield Heading(2 if section else 1, field["label"])
        notes = [*field["problems"], *([_("Late: changed after the deadline.")] if field["late"] else [])]
        yield from (Paragraph([Run(note, emphasis=True)]) for note in notes)
        lines = [line for line in field["answer"].splitlines() if line.strip()]
        yield from (Paragraph(line) for line in lines or [pgettext("field", "Empty")])
        if field["length"]:
            yield Paragraph([Run(_format_answer_length(field), emphasis=True)])


def _format_answer_length(field: dict[str, Any]) -> str:
    if field["limit"]:
        return _("%(length)s. Limit: %(limit)s") % {"length": field["length"], "limit": field["limit"]}
    return str(field["length"])
