"""The record of processing activities: GDPR, Article 30 (1) for a coalition, Article 30 (2) for the operator."""

from collections.abc import Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from jukwaa.core.documents.outgoing import Block, Bullets, Heading, Paragraph
from jukwaa.core.lists import in_a_row
from jukwaa.privacy.papers.common import Party, controller_facts, list_facts, operator_facts
from jukwaa.privacy.papers.measures import list_measures
from jukwaa.privacy.processing import Processing, list_processing


def build_record(party: Party) -> Iterator[Block]:
    yield Heading(1, _("Processor") if party.is_operator else _("Controller"))
    yield operator_facts() if party.is_operator else controller_facts(party)
    if not party.is_operator:
        yield Heading(1, _("Processor"))
        yield operator_facts()
    yield Heading(1, _("Processing activities"))
    for number, processing in enumerate(list_processing(), 1):
        yield Heading(2, f"{number}. {processing.purpose.title}")
        yield _describe(processing)
    yield Heading(1, _("Transfers to other countries"))
    yield Paragraph(_("See the notes on transfers to other countries."))
    yield Heading(1, _("Technical and organisational measures"))
    yield Bullets(list_measures())


def _describe(processing: Processing) -> Block:
    purpose = processing.purpose
    return list_facts(
        [
            (_("Purpose"), str(purpose.why)),
            (_("Legal basis"), capfirst(processing.legal_basis)),
            (_("Whose data"), str(purpose.whose)),
            (_("Types of data"), capfirst(in_a_row(processing.types_of_data))),
            (_("Who receives the data"), str(purpose.recipients)),
            (_("How long it is kept"), "\n".join(processing.retention)),
        ]
    )
