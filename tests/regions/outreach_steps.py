"""Shared by the tests of outreach: a gap, a plan and a prospective member."""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import AreaOfWork, Coalition
from jukwaa.regions.actions.outreach import create_outreach
from jukwaa.regions.actions.prospects import InvitationPurpose, ProspectFacts, create_prospect
from jukwaa.regions.answer_links import build_answer_link
from jukwaa.regions.models import Outreach, Prospect

PROSPECT_ROLE = "head of the helpline"


def get_area(coalition: Coalition, area_name: str = "Law enforcement") -> AreaOfWork:
    return AreaOfWork.objects.get_or_create(coalition=coalition, name=area_name)[0]


def build_missing_region_purpose(coalition: Coalition) -> InvitationPurpose:
    return InvitationPurpose(area=get_area(coalition), region="african")


def add_prospect(actor: Any, coalition: Coalition, name: str = "A helpline", **more: Any) -> Prospect:
    what_for = more.pop("what_for", None) or build_missing_region_purpose(coalition)
    facts = ProspectFacts(**{"name": name, "role": PROSPECT_ROLE, "country": "KE", **more})
    return create_prospect(actor=actor, coalition=coalition, facts=facts, invitation_purpose=what_for)


def add_outreach_plan(actor: Any, coalition: Coalition, *, starts_on: date | None = None, **more: Any) -> Outreach:
    told = {"title": "Nairobi in two years", "country": "KE", "on": starts_on or get_day_in(730), **more}
    return create_outreach(actor=actor, coalition=coalition, details=told)


def get_day_in(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def set_prospect_values(prospect: Prospect, **values: Any) -> Prospect:
    """Set these values directly, such as dates in the past."""
    Prospect.objects.filter(pk=prospect.pk).update(**values)
    prospect.refresh_from_db()
    return prospect


def get_answer_path(prospect: Prospect, route_name: str = "") -> str:
    """Return the path of the answer link, or of one of its buttons."""
    path = build_answer_link(prospect).partition("//")[2].partition("/")[2]
    return f"/{path}{route_name}"


def get_prospect_url(prospect: Prospect, route_name: str = "prospect_detail", *rest: Any) -> str:
    return reverse(f"regions:{route_name}", args=[prospect.coalition.slug, prospect.pk, *rest])
