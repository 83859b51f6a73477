"""Send automatic replies: few, never to a machine, and each rate-limited, because the sender may be forged."""

import hashlib
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from jukwaa.accounts.models import Person
from jukwaa.accounts.rate_limits import RateLimit, TooManyAttemptsError, count_attempt
from jukwaa.mail import actions as mail
from jukwaa.places.helplines import get_country_helplines
from jukwaa.updates import email_links
from jukwaa.updates.incoming.inbound_email import InboundEmail
from jukwaa.updates.models import PendingMail

EXPLANATION_RATE_LIMIT = RateLimit("mail-explained", 1, timedelta(days=1))
AUTOMATIC_ANSWER_RATE_LIMIT = RateLimit("mail-answered", 10, timedelta(days=1))
MAX_QUOTED_EMAIL_LENGTH = 2000


def send_automatic_answer(
    inbound_email: InboundEmail,
    *,
    to_address: str,
    subject: str,
    template: str,
    rate: RateLimit = AUTOMATIC_ANSWER_RATE_LIMIT,
    **context: Any,
) -> bool:
    """Write back, unless this address was written to often enough. `subject` and template follow `language`."""
    try:
        count_attempt(rate, to_address)
    except TooManyAttemptsError:
        return False
    body = render_to_string(template, {"came": inbound_email, "site": settings.SITE_URL, **context})
    identity = hashlib.sha256(
        f"{inbound_email.message_id}{to_address}{template}".encode() + inbound_email.raw
    ).hexdigest()
    mail.queue_email(
        to=to_address,
        subject=subject,
        body=body.strip() + "\n",
        key=f"answer:{identity}",
        headers={"Auto-Submitted": "auto-replied"},
        in_reply_to=inbound_email.message_id,
        is_requested=True,
    )
    return True


def override_sender_language(inbound_email: InboundEmail, fallback: str = "en") -> Any:
    """The language that the writer reads here, that their mail names, or that of the coalition."""
    person = Person.objects.with_address(inbound_email.sender).first() if inbound_email.sender else None
    return translation.override((person.language if person else "") or inbound_email.language or fallback)


def send_confirmation_link(
    inbound_email: InboundEmail, pending_mail: PendingMail, *, email_subject: str, question_wording: str = ""
) -> None:
    """The link goes to the address whose mailbox is to be proven.

    Only somebody known here is quoted to: else whoever forges From could have us carry their words to strangers.
    """
    link = email_links.build_email_link(email_links.CONFIRM_MAIL_PURPOSE, "updates:confirm", pending=pending_mail.pk)
    send_automatic_answer(
        inbound_email,
        to_address=pending_mail.address,
        subject=email_subject,
        template="updates/email/confirm.txt",
        pending=pending_mail,
        wording=question_wording,
        link=link,
        quote=pending_mail.text[:MAX_QUOTED_EMAIL_LENGTH] if pending_mail.reply else "",
        has_expired=bool(pending_mail.reply and pending_mail.reply.has_expired),
        files=any(file.name and not file.is_embedded for file in inbound_email.files),
    )


def send_helpline_list(inbound_email: InboundEmail, country: str) -> None:
    """The fixed answer to what may be a disclosure: it quotes nothing, and says where somebody listens."""
    subject = translation.gettext("Thank you for writing")
    help_page = email_links.build_absolute_url(reverse("home:help"))
    send_automatic_answer(
        inbound_email,
        to_address=inbound_email.sender,
        subject=subject,
        template="updates/email/helplines.txt",
        helplines=get_country_helplines(country),
        help_page=help_page,
    )
