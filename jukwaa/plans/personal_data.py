"""What a person takes along of plans: what they said in those open to them; of others, that they were there.

A plan is the country's, and under a label: whoever left the team or the country reads nothing of it any more, their own
words included. That they were named, from when until when, and by which number the plan goes, is about them, and stays.
"""

from typing import Any

from django.db.models import Exists, OuterRef

from jukwaa.accounts.models import Person
from jukwaa.accounts.personal_data import downloads, fields, personal_data
from jukwaa.plans.models import Assessment, Baseline, CarriedOver, Claim, Plan, TeamMember, Tie

personal_data.register(Plan)(fields("title"))
personal_data.register(TeamMember)(fields("person", "named_by"))
personal_data.register(Claim)(fields("person", "answered_by"))
personal_data.register(Assessment)(fields("words", "evidence", "body", "next_step", "cost", "by"))
personal_data.register(Baseline)(fields("name", "by"))
personal_data.register(CarriedOver)(fields("by"))
personal_data.register(Tie)(fields("by"))


@downloads.register("teams_of_national_plans")
def list_teams(person: Person) -> list[dict[str, Any]]:
    """By the number of the plan alone; its name and country only where it is open to them."""
    readable = Plan.objects.visible_to(person).filter(pk=OuterRef("plan"))
    rows = TeamMember.objects.filter(person=person).annotate(is_open=Exists(readable)).select_related("plan")
    return [
        {
            "plan": row.plan_id,
            **(_named(row.plan) if row.is_open else {}),  # type: ignore[attr-defined]  # annotated
            "part": row.role,
            "from": row.named_at,
            "until": row.left_at,
        }
        for row in rows.order_by("named_at", "pk")
    ]


def _named(plan: Plan) -> dict[str, Any]:
    return {"title": plan.title, "country": plan.country, "label": plan.label}


@downloads.register("said_in_national_plans")
def list_assessments(person: Person) -> list[dict[str, Any]]:
    rows = Assessment.objects.filter(by=person, plan__in=Plan.objects.visible_to(person).values("pk"))
    return [
        {"plan": row.plan_id, "capability": row.capability, "number": row.number, "at": row.at, **row.said}
        for row in rows.order_by("at", "pk")
    ]
