"""Letters to those who are invited: the short one for whoever introduces, and what came of it.

No mail goes to whoever is invited: their address is not here. What is written to an introducer goes when the prospect
goes, by its key.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.dispatch import receiver
from django.urls import reverse

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity, Coalition
from jukwaa.core.dates import format_long_date
from jukwaa.mail import actions as mail
from jukwaa.regions.letters import REMINDER
from jukwaa.regions.letters import build_invitation_letter as letter_to
from jukwaa.regions.models import Prospect
from jukwaa.regions.models.prospects import PROSPECT_LEAD_ROLES
from jukwaa.regions.signals import erasure_requested, prospect_erased
from jukwaa.updates.models import EmailTopic, Letter
from jukwaa.updates.notification_emails import EmailText, NotificationEmail, render_email, send_notification
from jukwaa.updates.recipients import find_role_holders
from jukwaa.updates.registries import notifications


def build_prospect_email_key_prefix(pk: int) -> str:
    """Return how the keys of all mails about a prospect begin."""
    return f"outreach:{pk}:"


def build_prospect_reminder(prospect: Prospect) -> NotificationEmail:
    letter = letter_to(prospect, REMINDER)

    def render_prospect_reminder_email() -> EmailText:
        path = _build_prospect_path(prospect.coalition, prospect.pk)
        return render_email("regions/email/letter_to_send.txt", path, name=prospect.name, letter=letter)

    return NotificationEmail(
        coalition=prospect.coalition,
        people=[prospect.introducer],
        topic=EmailTopic.REMINDERS,
        write=render_prospect_reminder_email,
    )


@notifications.register(("prospect", "said-yes"))
def notify_invitation_accepted(activity: Activity) -> Iterator[NotificationEmail]:
    """To those who run the coalition; the name and the address stand on its page alone."""
    prospect = (
        Prospect.objects.filter(pk=activity.object_id, state=Prospect.State.YES).select_related("coalition").first()
    )
    if prospect is None or prospect.written_on is not None:
        return
    coalition = prospect.coalition

    def render_invitation_accepted_email() -> EmailText:
        return render_email("regions/email/said_yes.txt", _build_prospect_path(coalition, prospect.pk))

    people = [person for kind in PROSPECT_LEAD_ROLES for person in find_role_holders(coalition, kind)]
    once = f"{build_prospect_email_key_prefix(prospect.pk)}yes"
    yield NotificationEmail(
        coalition=coalition, people=people, topic=EmailTopic.CONCERNS, write=render_invitation_accepted_email, once=once
    )


@receiver(erasure_requested)
def send_erasure_request(
    coalition: Coalition, introducer: Person, sent_on: date | None, pk: int, **_signal: Any
) -> None:
    """Whoever wrote has the address, and erases it too. The mail does not name whom it is about: nothing here does."""

    def render_erasure_request_email() -> EmailText:
        path = reverse("regions:prospect_list", args=[coalition.slug])
        return render_email("regions/email/erase_address.txt", path, day=format_long_date(sent_on) if sent_on else "")

    news = NotificationEmail(
        coalition=coalition, people=[introducer], topic=EmailTopic.CONCERNS, write=render_erasure_request_email
    )
    send_notification(news, key=f"erased-outreach:{pk}")


@receiver(prospect_erased)
def erase_prospect_letters(pk: int, **_signal: Any) -> None:
    """Our mails about it: those that wait never leave, and the others keep no words."""
    mail.erase_emails_by_id(
        Letter.objects.filter(message__key__startswith=build_prospect_email_key_prefix(pk)).values_list("pk", flat=True)
    )


def _build_prospect_path(coalition: Coalition, pk: int) -> str:
    return reverse("regions:prospect_detail", args=[coalition.slug, pk])
