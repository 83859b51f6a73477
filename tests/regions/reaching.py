"""What the tests of invitations share: a gap, a plan, and somebody who could be invited."""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import AreaOfWork, Coalition
from jukwaa.regions.actions.outreach import create_outreach
from jukwaa.regions.actions.prospects import InvitationPurpose, ProspectFacts, create_prospect
from jukwaa.regions.answer_links import build_answer_link
from jukwaa.regions.models import Outreach, Prospect

ROLE = "head of the helpline"


def area_of(coalition: Coalition, name: str = "Law enforcement") -> AreaOfWork:
    return AreaOfWork.objects.get_or_create(coalition=coalition, name=name)[0]


def gap_in(coalition: Coalition) -> InvitationPurpose:
    return InvitationPurpose(area=area_of(coalition), region="african")


def noted(actor: Any, coalition: Coalition, name: str = "A helpline", **more: Any) -> Prospect:
    what_for = more.pop("what_for", None) or gap_in(coalition)
    facts = ProspectFacts(**{"name": name, "role": ROLE, "country": "KE", **more})
    return create_prospect(actor=actor, coalition=coalition, facts=facts, what_for=what_for)


def planned(actor: Any, coalition: Coalition, *, on: date | None = None, **more: Any) -> Outreach:
    told = {"title": "Nairobi in two years", "country": "KE", "on": on or in_days(730), **more}
    return create_outreach(actor=actor, coalition=coalition, told=told)


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def lent(prospect: Prospect, **values: Any) -> Prospect:
    """Time is lent to it."""
    Prospect.objects.filter(pk=prospect.pk).update(**values)
    prospect.refresh_from_db()
    return prospect


def answer_page(prospect: Prospect, name: str = "") -> str:
    """The path of the link in its letter, or of one of its buttons."""
    path = build_answer_link(prospect).partition("//")[2].partition("/")[2]
    return f"/{path}{name}"


def page_of(prospect: Prospect, name: str = "prospect_detail", *rest: Any) -> str:
    return reverse(f"regions:{name}", args=[prospect.coalition.slug, prospect.pk, *rest])
