"""Personal data: emails that were sent, and the addresses at which they can be answered."""

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jukwaa.core.personal_data import (
    ClearColumns,
    DeleteRows,
    LegalBasis,
    PersonalData,
    Purpose,
    RetentionCondition,
    RetentionPeriod,
    personal_data_registry,
    purpose_registry,
)
from jukwaa.mail.models import Message, ReplyAddress

purpose_registry.register("emails-sent")(
    Purpose(
        title=_("Emails that are sent"),
        why=_("To send sign-in codes, invitations, notifications and digests, and to send each of them only once."),
        legal_basis=LegalBasis.LEGITIMATE_INTERESTS,
        whose=_(
            "People with an account, people whom a coalition has added to its directory, and people "
            "who apply or are invited"
        ),
        recipients=_("The person who receives the email, and the email service of the operator"),
    )
)

# `next_try_at` is when an email was tried last. An email to an address that is kept no longer is emptied once it has
# left (`Message.empty_when_over`).
personal_data_registry.register(Message)(
    PersonalData(
        fields=("to", "subject", "body", "html", "calendar", "reply_to", "headers", "error"),
        purpose="emails-sent",
        retention=RetentionPeriod(
            days=settings.MAIL_DAYS,
            since="next_try_at",
            clears=("to", "subject", "body", "html", "calendar", "reply_to", "headers", "error"),
            where=Q(sent_at__isnull=False) | Q(given_up_at__isnull=False),
            what=_("addresses and text of emails that were sent"),
            otherwise=RetentionCondition(_("as long as the site exists, without the address and the text")),
        ),
        erasure=ClearColumns(
            ("to", "subject", "body", "html", "calendar", "reply_to", "headers", "error"),
            why=_(
                "We keep a technical entry for each email so that it is not sent twice. The entry has no "
                "address or text."
            ),
        ),
        addresses=("to",),
        title=_("Emails sent to you"),
        download=("subject", "created_at", "sent_at"),
    )
)

# An address expires 180 days after the email; for 730 days more a late reply can be told from one by somebody else.
personal_data_registry.register(ReplyAddress)(
    PersonalData(
        fields=("address",),
        purpose="emails-sent",
        retention=RetentionPeriod(days=910, since="created_at"),
        erasure=DeleteRows(),
        addresses=("address",),
        title=_("Emails that you can reply to"),
        download=("created_at", "expires_at"),
    )
)
