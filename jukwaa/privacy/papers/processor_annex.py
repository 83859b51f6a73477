"""The annex to an agreement between a coalition and the operator: GDPR, Article 28 (3)."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from jukwaa.core.documents.outgoing import Block, BulletList, Heading, Paragraph
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.privacy.papers.building_blocks import (
    ResponsibleParty,
    build_blank_form,
    build_controller_table,
    build_facts_table,
    build_operator_table,
    format_or_placeholder,
)
from jukwaa.privacy.papers.security_measures import list_operator_measures, list_security_measures
from jukwaa.privacy.processing import list_processing_activities


def build_processor_annex(party: ResponsibleParty) -> Iterator[Block]:
    yield Heading(1, pgettext("of a contract", "Parties"))
    yield Heading(2, _("Controller"))
    yield (
        build_blank_form([_("Name and address"), _("Contact")]) if party.is_operator else build_controller_table(party)
    )
    yield Heading(2, _("Processor"))
    yield build_operator_table()
    yield Heading(1, _("Subject, duration and nature"))
    yield build_facts_table(_list_processing_subject_facts())
    yield Heading(1, _("Types of data and people concerned"))
    for processing in list_processing_activities():
        yield Heading(2, str(processing.purpose.title))
        yield build_facts_table(
            [
                (_("Whose data"), str(processing.purpose.whose)),
                (_("Types of data"), capfirst(join_with_separator(processing.types_of_data))),
            ]
        )
    yield Paragraph(
        _(
            "What people write can contain special categories of data (GDPR, Article 9) and data about offences "
            "(Article 10)."
        )
    )
    yield Heading(1, _("Duties of the processor"))
    yield BulletList(_list_processor_duties())
    yield Heading(1, _("Technical and organisational measures"))
    yield Heading(2, _("Built into the software"))
    yield BulletList(list_security_measures())
    yield Heading(2, _("To be described by the operator"))
    yield build_blank_form(list_operator_measures())
    yield Heading(1, _("Sub-processors"))
    yield BulletList(settings.PROVIDERS) if settings.PROVIDERS else Paragraph(format_or_placeholder(""))
    yield Heading(1, _("Signatures"))
    yield build_blank_form([_("Controller: place, date, name"), _("Processor: place, date, name")], blank_line_count=3)


def _list_processing_subject_facts() -> list[tuple[str, str]]:
    return [
        (
            pgettext("of processing", "Subject"),
            _("Running the Jukwaa software for the coalition: its website, emails and records."),
        ),
        (_("Duration"), _("As long as the coalition uses the site, and until its data is returned or deleted.")),
        (_("Nature"), _("Storing, showing, sending by email, backing up and deleting data.")),
        (_("Purpose"), _("The purposes in the record of processing activities.")),
    ]


def _list_processor_duties() -> list[str]:
    return [
        _("The processor processes personal data only on documented instructions from the controller."),
        _("Everyone with access has committed to confidentiality."),
        _(
            "The processor adds a sub-processor only after it has informed the controller and given it the"
            " opportunity to object."
        ),
        _("The processor helps the controller answer requests from people about their data."),
        _("The processor notifies the controller of a personal data breach without undue delay."),
        _("At the end, the processor returns or deletes all data, as the controller chooses."),
        _(
            "The processor gives the controller the information needed to show that it meets these"
            " duties, and allows audits."
        ),
    ]
