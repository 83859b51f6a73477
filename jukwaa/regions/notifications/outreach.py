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
from jukwaa.core.dates import written
from jukwaa.mail import actions as mail
from jukwaa.regions.letters import REMINDER
from jukwaa.regions.letters import written as letter_to
from jukwaa.regions.models import Prospect
from jukwaa.regions.models.prospects import LEADS
from jukwaa.regions.signals import asked_to_erase, erased
from jukwaa.updates.letters import News, Text, render_email, send_news
from jukwaa.updates.models import Letter, Topic
from jukwaa.updates.recipients import holders
from jukwaa.updates.registries import notifications


def key_of(pk: int) -> str:
    """Return how the keys of all mails about a prospect begin."""
    return f"outreach:{pk}:"


def reminder_of(prospect: Prospect) -> News:
    letter = letter_to(prospect, REMINDER)

    def write() -> Text:
        path = _page(prospect.coalition, prospect.pk)
        return render_email("regions/email/letter_to_send.txt", path, name=prospect.name, letter=letter)

    return News(coalition=prospect.coalition, people=[prospect.introducer], topic=Topic.REMINDERS, write=write)


@notifications.register(("prospect", "said-yes"))
def said_yes(activity: Activity) -> Iterator[News]:
    """To those who run the coalition; the name and the address stand on its page alone."""
    prospect = (
        Prospect.objects.filter(pk=activity.object_id, state=Prospect.State.YES).select_related("coalition").first()
    )
    if prospect is None or prospect.written_on is not None:
        return
    coalition = prospect.coalition

    def write() -> Text:
        return render_email("regions/email/said_yes.txt", _page(coalition, prospect.pk))

    people = [person for kind in LEADS for person in holders(coalition, kind)]
    once = f"{key_of(prospect.pk)}yes"
    yield News(coalition=coalition, people=people, topic=Topic.CONCERNS, write=write, once=once)


@receiver(asked_to_erase)
def ask_to_erase(coalition: Coalition, introducer: Person, sent_on: date | None, pk: int, **_signal: Any) -> None:
    """Whoever wrote has the address, and erases it too. The mail does not name whom it is about: nothing here does."""

    def write() -> Text:
        path = reverse("regions:prospect_list", args=[coalition.slug])
        return render_email("regions/email/erase_address.txt", path, day=written(sent_on) if sent_on else "")

    news = News(coalition=coalition, people=[introducer], topic=Topic.CONCERNS, write=write)
    send_news(news, key=f"erased-outreach:{pk}")


@receiver(erased)
def erase_letters(pk: int, **_signal: Any) -> None:
    """Our mails about it: those that wait never leave, and the others keep no words."""
    mail.erase(Letter.objects.filter(message__key__startswith=key_of(pk)).values_list("pk", flat=True))


def _page(coalition: Coalition, pk: int) -> str:
    return reverse("regions:prospect_detail", args=[coalition.slug, pk])
