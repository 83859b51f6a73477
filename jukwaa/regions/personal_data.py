"""What a person takes along of letters of invitation: those that they wrote, and what they answered to one."""

from typing import Any

from jukwaa.accounts.models import Person
from jukwaa.accounts.personal_data import downloads, fields, personal_data
from jukwaa.regions.letters import written
from jukwaa.regions.links import link_of
from jukwaa.regions.models import (
    Acquaintance,
    BriefQuestion,
    BriefShape,
    Delivery,
    Hosting,
    Milestone,
    NeverAgain,
    Prospect,
    Question,
    Voice,
)

personal_data.register(BriefShape)(fields("by"))
personal_data.register(Delivery)(fields("body", "capacity", "by"))
personal_data.register(BriefQuestion)(fields("words", "by", "answer", "answered_by"))
personal_data.register(Voice)(fields("author", "capacity", "words"))
personal_data.register(Question)(fields("words"))
personal_data.register(Milestone)(fields("title"))
personal_data.register(Hosting)(fields("what", "by"))
personal_data.register(Prospect)(
    fields("name", "folded", "role", "introducer", "capacity", "why", "contact_name", "contact_address")
)
personal_data.register(Acquaintance)(fields("person"))
personal_data.register(NeverAgain)(fields("digest"))

WRITTEN = ("name", "country", "stakeholder_group", "role", "language", "why", "at", "sent_on", "reminded_on")
ANSWERED = ("state", "answered_on")
RECORDED = ("name", "country", "role", "why", "contact_name", "contact_address", "answered_on", "written_on")


@downloads.register("invitations_written")
def list_invitations(person: Person) -> list[dict[str, Any]]:
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


@downloads.register("said_to_know_somebody")
def list_acquaintances(person: Person) -> list[dict[str, Any]]:
    """Where they said that they know somebody."""
    rows = Acquaintance.objects.filter(person=person, prospect__in=Prospect.objects.all().visible_to(person))
    return [{"name": name, "at": at} for name, at in rows.order_by("pk").values_list("prospect__name", "at")]


@downloads.register("invitations_answered")
def list_answers(person: Person) -> list[dict[str, Any]]:
    """What was written down of them where they said yes with the address that they sign in with."""
    if not person.email:
        return []
    rows = Prospect.objects.filter(contact_address__iexact=person.email).select_related("coalition", "introducer")
    return [
        {name: getattr(row, name) for name in RECORDED}
        | {"coalition": row.coalition.name, "introduced_by": row.introducer.name, "erased_after": row.forget_on}
        for row in rows.order_by("pk")
    ]
