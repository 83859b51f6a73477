"""What we write back. Few, never to a machine, each with a limit: the address in From may be somebody else's."""

import hashlib
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from jukwaa.accounts.limits import Rate, TooManyTries, count
from jukwaa.accounts.models import Person
from jukwaa.mail import actions as mail
from jukwaa.places.helplines import helplines_for
from jukwaa.updates import tokens
from jukwaa.updates.incoming.came import Came
from jukwaa.updates.models import PendingMail

EXPLAINED = Rate("mail-explained", 1, timedelta(days=1))
ANSWERED = Rate("mail-answered", 10, timedelta(days=1))
MOST_QUOTED = 2000


def answer(came: Came, *, to: str, subject: str, template: str, rate: Rate = ANSWERED, **context: Any) -> bool:
    """Write back, unless this address was written to often enough. `subject` and template follow `language`."""
    try:
        count(rate, to)
    except TooManyTries:
        return False
    body = render_to_string(template, {"came": came, "site": settings.SITE_URL, **context})
    identity = hashlib.sha256(f"{came.message_id}{to}{template}".encode() + came.raw).hexdigest()
    mail.queue(
        to=to,
        subject=subject,
        body=body.strip() + "\n",
        key=f"answer:{identity}",
        headers={"Auto-Submitted": "auto-replied"},
        in_reply_to=came.message_id,
        requested=True,
    )
    return True


def in_language_of(came: Came, fallback: str = "en") -> Any:
    """The language that the writer reads here, that their mail names, or that of the coalition."""
    person = Person.objects.with_address(came.sender).first() if came.sender else None
    return translation.override((person.language if person else "") or came.language or fallback)


def ask_to_confirm(came: Came, pending: PendingMail, *, subject: str, wording: str = "") -> None:
    """The link goes to the address whose mailbox is to be proven.

    Only somebody known here is quoted to: else whoever forges From could have us carry their words to strangers.
    """
    link = tokens.link(tokens.CONFIRM, "updates:confirm", pending=pending.pk)
    answer(
        came,
        to=pending.address,
        subject=subject,
        template="updates/email/confirm.txt",
        pending=pending,
        wording=wording,
        link=link,
        quote=pending.text[:MOST_QUOTED] if pending.reply else "",
        has_expired=bool(pending.reply and pending.reply.has_expired),
        files=any(file.name and not file.is_embedded for file in came.files),
    )


def give_helplines(came: Came, country: str) -> None:
    """The fixed answer to what may be a disclosure: it quotes nothing, and says where somebody listens."""
    subject = translation.gettext("Thank you for writing")
    help_page = tokens.absolute(reverse("home:help"))
    answer(
        came,
        to=came.sender,
        subject=subject,
        template="updates/email/helplines.txt",
        helplines=helplines_for(country),
        help_page=help_page,
    )
