"""What a person takes along of letters of invitation: those that they wrote, and what they answered to one."""

from typing import Any

from jukwaa.accounts.models import Person
from jukwaa.regions.letters import written
from jukwaa.regions.links import link_of
from jukwaa.regions.models import Acquaintance, Prospect

WRITTEN = ("name", "country", "stakeholder_group", "role", "language", "why", "at", "sent_on", "reminded_on")
ANSWERED = ("state", "answered_on")
RECORDED = ("name", "country", "role", "why", "contact_name", "contact_address", "answered_on", "written_on")


def invitations(person: Person) -> list[dict[str, Any]]:
    """Whom they introduced, as long as it is kept. Whoever has left reads what they wrote, and no answer to it."""
    rows = Prospect.objects.filter(introducer=person)
    seen = set(rows.visible_to(person).values_list("pk", flat=True))
    around = ("coalition", "introducer", "capacity", "outreach", "area")
    return [_introduced(row, is_seen=row.pk in seen) for row in rows.select_related(*around).order_by("pk")]


def _introduced(prospect: Prospect, *, is_seen: bool) -> dict[str, Any]:
    kept = (*WRITTEN, *ANSWERED) if is_seen else WRITTEN
    told = {name: getattr(prospect, name) for name in kept}
    told |= {"coalition": prospect.coalition.name, "erased_after": prospect.forget_on}
    if prospect.sent_on is None:
        return told
    letter = written(prospect)
    # The link is the key of whoever was written to.
    return told | {"letter": {"subject": letter.subject, "body": letter.body.replace(link_of(prospect), "[…]")}}


def acquaintances(person: Person) -> list[dict[str, Any]]:
    """Where they said that they know somebody."""
    rows = Acquaintance.objects.filter(person=person, prospect__in=Prospect.objects.all().visible_to(person))
    return [{"name": name, "at": at} for name, at in rows.order_by("pk").values_list("prospect__name", "at")]


def answers(person: Person) -> list[dict[str, Any]]:
    """What was written down of them where they said yes with the address that they sign in with."""
    if not person.email:
        return []
    rows = Prospect.objects.filter(contact_address__iexact=person.email).select_related("coalition", "introducer")
    return [
        {name: getattr(row, name) for name in RECORDED}
        | {"coalition": row.coalition.name, "introduced_by": row.introducer.name, "erased_after": row.forget_on}
        for row in rows.order_by("pk")
    ]
