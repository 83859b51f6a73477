"""Where personal data leaves the country of the controller: GDPR, Chapter V."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from jukwaa.core.documents.outgoing import Block, BulletList, DocumentTable, Heading, Paragraph
from jukwaa.privacy.papers.building_blocks import ResponsibleParty, format_or_placeholder


def build_transfer_notes(party: ResponsibleParty) -> Iterator[Block]:
    del party  # the same for everybody on the site
    yield Heading(1, _("Where data goes"))
    yield BulletList(
        [
            _("To the server of the operator, and to where its backups are kept."),
            _("To everyone, in every country, for pages that are public (label TLP:CLEAR)."),
            _("To members of the coalition in their countries, when they read pages and emails."),
            _("To the email services of the people who receive an email."),
            _("To nobody else: the software loads nothing from third parties and sends them nothing."),
        ]
    )
    yield Heading(1, _("Services of the operator"))
    yield _build_services_table()
    yield Heading(1, _("To check for each country"))
    yield BulletList(
        [
            _("Is there an adequacy decision for the country (Article 45)?"),
            _("If not: are standard contractual clauses agreed (Article 46), and has their effect been assessed?"),
            _("If neither: does an exception apply (Article 49), such as explicit consent?"),
            _("Does the law of the country give authorities access that could put people named in the data at risk?"),
            _("Can the names be left out? A role and an organisation are often enough."),
        ]
    )
    yield Heading(1, _("Outside the European Union"))
    yield Paragraph(
        _(
            "Countries with their own data protection laws, and those that joined Convention 108+, also have rules"
            " for transfers. Ask a lawyer in the country."
        )
    )


def _build_services_table() -> Block:
    headers = [_("Service, purpose and place"), _("Country"), _("Legal basis for the transfer")]
    rows = [
        [each, format_or_placeholder(""), format_or_placeholder("")]
        for each in settings.PROVIDERS or [str(_("To be completed"))]
    ]
    return DocumentTable(headers, rows, row_headers=True)
