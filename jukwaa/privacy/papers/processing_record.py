"""The record of processing activities: GDPR, Article 30 (1) for a coalition, Article 30 (2) for the operator."""

from collections.abc import Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from jukwaa.core.documents.outgoing import Block, BulletList, Heading, Paragraph
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.privacy.papers.building_blocks import (
    ResponsibleParty,
    build_controller_table,
    build_facts_table,
    build_operator_table,
)
from jukwaa.privacy.papers.security_measures import list_security_measures
from jukwaa.privacy.processing import Processing, list_processing_activities


def build_processing_record(party: ResponsibleParty) -> Iterator[Block]:
    yield Heading(1, _("Processor") if party.is_operator else _("Controller"))
    yield build_operator_table() if party.is_operator else build_controller_table(party)
    if not party.is_operator:
        yield Heading(1, _("Processor"))
        yield build_operator_table()
    yield Heading(1, _("Processing activities"))
    for number, processing in enumerate(list_processing_activities(), 1):
        yield Heading(2, f"{number}. {processing.purpose.title}")
        yield _build_processing_table(processing)
    yield Heading(1, _("Transfers to other countries"))
    yield Paragraph(_("See the notes on transfers to other countries."))
    yield Heading(1, _("Technical and organisational measures"))
    yield BulletList(list_security_measures())


def _build_processing_table(processing: Processing) -> Block:
    purpose = processing.purpose
    return build_facts_table(
        [
            (_("Purpose"), str(purpose.why)),
            (_("Legal basis"), capfirst(processing.legal_basis)),
            (_("Whose data"), str(purpose.whose)),
            (_("Types of data"), capfirst(join_with_separator(processing.types_of_data))),
            (_("Who receives the data"), str(purpose.recipients)),
            (_("How long it is kept"), "\n".join(processing.retention)),
        ]
    )
