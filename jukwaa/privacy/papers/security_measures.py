"""Technical and organisational measures (GDPR, Article 32): what the software does, and what others have to add."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def list_security_measures() -> list[str]:
    days = settings.BACKUP_DAYS
    return [
        _(
            "Nobody has a password: people sign in with a code sent by email, or with a passkey. The number of "
            "attempts is limited."
        ),
        _("The same rule decides who can see a record on pages and in search results, files, feeds and emails."),
        _("Each record has a label (Traffic Light Protocol 2.0) that says who may read it."),
        _(
            "Disclosures and possible child sexual abuse material are quarantined. Only the safeguarding"
            " lead can see them."
        ),
        _("Every change is recorded in an activity log. Chained hashes show if an entry has been altered or removed."),
        _("The software reads files in a separate process with limited resources, and never runs them."),
        _("Pages contain no content from third parties and no inline code."),
        _("On the server, the software runs under its own user account. Only this account can read its data folder."),
        _("Once a day, the software removes data that has reached the end of its retention period."),
        ngettext(
            "Backups are checked when they are made, and deleted after %(n)s day.",
            "Backups are checked when they are made, and deleted after %(n)s days.",
            days,
        )
        % {"n": days},
    ]


def list_operator_measures() -> list[str]:
    return [
        _("Encryption of the connection (HTTPS), of disks and of copies of backups"),
        _("Access to the server: who has it, and how it is protected and logged"),
        _("Operating system and software updates"),
        _("Confidentiality: who has agreed in writing to keep personal data confidential"),
        _("Location of the server and of the backups"),
        _("How you test that backups can be restored, and how often"),
    ]
