"""What the tests of invitations share: a gap, a plan, and somebody who could be invited."""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import AreaOfWork, Coalition
from jukwaa.regions.actions.outreach import begin_outreach
from jukwaa.regions.actions.prospects import Facts, WhatFor, put_forward
from jukwaa.regions.links import link_of
from jukwaa.regions.models import Outreach, Prospect

ROLE = "head of the helpline"


def area_of(coalition: Coalition, name: str = "Law enforcement") -> AreaOfWork:
    return AreaOfWork.objects.get_or_create(coalition=coalition, name=name)[0]


def gap_in(coalition: Coalition) -> WhatFor:
    return WhatFor(area=area_of(coalition), region="african")


def noted(actor: Any, coalition: Coalition, name: str = "A helpline", **more: Any) -> Prospect:
    what_for = more.pop("what_for", None) or gap_in(coalition)
    facts = Facts(**{"name": name, "role": ROLE, "country": "KE", **more})
    return put_forward(actor=actor, coalition=coalition, facts=facts, what_for=what_for)


def planned(actor: Any, coalition: Coalition, *, on: date | None = None, **more: Any) -> Outreach:
    told = {"title": "Nairobi in two years", "country": "KE", "on": on or in_days(730), **more}
    return begin_outreach(actor=actor, coalition=coalition, told=told)


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def lent(prospect: Prospect, **values: Any) -> Prospect:
    """Time is lent to it."""
    Prospect.objects.filter(pk=prospect.pk).update(**values)
    prospect.refresh_from_db()
    return prospect


def answer_page(prospect: Prospect, name: str = "") -> str:
    """The path of the link in its letter, or of one of its buttons."""
    path = link_of(prospect).partition("//")[2].partition("/")[2]
    return f"/{path}{name}"


def page_of(prospect: Prospect, name: str = "prospect_detail", *rest: Any) -> str:
    return reverse(f"regions:{name}", args=[prospect.coalition.slug, prospect.pk, *rest])
