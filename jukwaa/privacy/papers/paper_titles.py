"""The title of each paper, and what it is for."""

from typing import Final

from django.utils.translation import gettext_lazy as _

PROCESSING_RECORD_TITLE: Final = (
    _("Record of processing activities"),
    _(
        "What you do with personal data, purpose by purpose. A supervisory authority can ask to see it "
        "(GDPR, Article 30)."
    ),
)
PROCESSOR_ANNEX_TITLE: Final = (
    _("Annex to the processor agreement"),
    _(
        "What the operator does for the coalition, and how data is protected (GDPR, Article 28). Attach it "
        "to your contract."
    ),
)
BREACH_LOG_TITLE: Final = (
    _("Log of personal data breaches"),
    _("A form for each breach, whether you report it or not (GDPR, Article 33 (5))."),
)
BREACH_NOTIFICATION_TITLE: Final = (
    _("Notification of a personal data breach"),
    _("Letters to the supervisory authority within 72 hours, and to the people concerned (GDPR, Articles 33 and 34)."),
)
TRANSFER_NOTES_TITLE: Final = (
    _("Notes on transfers to other countries"),
    _("Where personal data is transferred, and what to check before each transfer (GDPR, Chapter V)."),
)
