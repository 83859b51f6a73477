"""Explain to the sender, once a day, what the addresses of this site can process."""

from django.conf import settings
from django.utils.translation import gettext as _

from jukwaa.coalitions.models import Coalition
from jukwaa.updates.incoming.addresses import address_handler_registry
from jukwaa.updates.incoming.automatic_replies import (
    EXPLANATION_RATE_LIMIT,
    override_sender_language,
    send_automatic_answer,
)
from jukwaa.updates.incoming.inbound_email import InboundEmail

MAX_LISTED_COALITIONS = 10


def send_address_explanation(inbound_email: InboundEmail) -> None:
    coalitions = list(Coalition.objects.order_by("pk")[: MAX_LISTED_COALITIONS + 1])
    with override_sender_language(inbound_email):
        send_automatic_answer(
            inbound_email,
            to_address=inbound_email.sender,
            subject=_("How to use these email addresses"),
            template="updates/email/explained.txt",
            rate=EXPLANATION_RATE_LIMIT,
            slugs=[coalition.slug for coalition in coalitions] if len(coalitions) <= MAX_LISTED_COALITIONS else [],
            domain=settings.MAIL_DOMAIN,
            addresses=address_handler_registry,
        )
