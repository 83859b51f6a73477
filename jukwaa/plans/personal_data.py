"""What a person takes along of plans: what they said in those open to them; of others, that they were there.

A plan is the country's, and under a label: whoever left the team or the country reads nothing of it any more, their own
words included. That they were named, from when until when, and by which number the plan goes, is about them, and stays.
"""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.core.personal_data import (
    KEEP_CONTRIBUTION,
    KEEP_DECISION,
    KEEP_EXISTING_ROW,
    KEEP_TEXT,
    DownloadPart,
    ErasurePart,
    LegalBasis,
    MoveRows,
    PersonalData,
    Purpose,
    RetentionCondition,
    download_part_registry,
    erasure_part_registry,
    personal_data_registry,
    purpose_registry,
)
from jukwaa.plans.models import Assessment, Baseline, CarriedOver, Claim, Plan, TeamMember, Tie

purpose_registry.register("national-plans")(
    Purpose(
        title=_("National plans"),
        why=_("To let people in each country assess its capabilities and plan the next steps."),
        legal_basis=LegalBasis.LEGITIMATE_INTERESTS,
        whose=_("The team of a plan, and people who ask to join it"),
        recipients=_("The team of the plan and, if its label allows this, people from organisations in the country"),
    )
)

RETAINED_WITH_PLAN = RetentionCondition(_("as long as the plan exists"))

# The parts of the download are below: columns can't tell whether a plan is still open to a person.
personal_data_registry.register(Plan)(
    PersonalData(fields=("title",), purpose="national-plans", retention=RETAINED_WITH_PLAN, erasure=KEEP_TEXT)
)


def merge_team_members(surviving_member: TeamMember, merged_member: TeamMember) -> None:
    """Of two places in one team the one that allows more stays."""
    order = list(TeamMember.Role)
    weaker = (
        merged_member
        if order.index(TeamMember.Role(surviving_member.role)) <= order.index(TeamMember.Role(merged_member.role))
        else surviving_member
    )
    weaker.left_at = timezone.now()


personal_data_registry.register(TeamMember)(
    PersonalData(
        fields=("person", "named_by"),
        purpose="national-plans",
        retention=RETAINED_WITH_PLAN,
        erasure=KEEP_DECISION,
        people=("person",),
        merging=MoveRows(close=merge_team_members),
    )
)

personal_data_registry.register(Claim)(
    PersonalData(
        fields=("person", "answered_by"),
        purpose="national-plans",
        retention=RETAINED_WITH_PLAN,
        erasure=KEEP_DECISION,
        people=("person",),
        title=_("National plans that you asked to lead"),
        download=("plan", "at", "answered_at", "is_granted"),
        merging=KEEP_EXISTING_ROW,
    )
)

personal_data_registry.register(Assessment)(
    PersonalData(
        fields=("words", "evidence", "body", "next_step", "cost", "by"),
        purpose="national-plans",
        retention=RETAINED_WITH_PLAN,
        erasure=KEEP_CONTRIBUTION,
        people=("by",),
    )
)

personal_data_registry.register(Baseline)(
    PersonalData(fields=("name", "by"), purpose="national-plans", retention=RETAINED_WITH_PLAN, erasure=KEEP_TEXT)
)

personal_data_registry.register(CarriedOver, Tie)(
    PersonalData(fields=("by",), purpose="national-plans", retention=RETAINED_WITH_PLAN, erasure=KEEP_DECISION)
)


def list_own_teams(person: Person) -> list[dict[str, Any]]:
    """By the number of the plan alone; its name and country only where it is open to them."""
    readable = Plan.objects.visible_to(person).filter(pk=OuterRef("plan"))
    rows = TeamMember.objects.filter(person=person).annotate(is_open=Exists(readable)).select_related("plan")
    return [
        {
            "plan": row.plan_id,
            **(_describe_own_plan(row.plan) if row.is_open else {}),  # type: ignore[attr-defined]  # annotated
            "part": row.role,
            "from": row.named_at,
            "until": row.left_at,
        }
        for row in rows.order_by("named_at", "pk")
    ]


def _describe_own_plan(plan: Plan) -> dict[str, Any]:
    return {"title": plan.title, "country": plan.country, "label": plan.label}


def list_own_assessments(person: Person) -> list[dict[str, Any]]:
    rows = Assessment.objects.filter(by=person, plan__in=Plan.objects.visible_to(person).values("pk"))
    return [
        {"plan": row.plan_id, "capability": row.capability, "number": row.number, "at": row.at, **row.given_answers}
        for row in rows.order_by("at", "pk")
    ]


download_part_registry.register("teams_of_national_plans")(
    DownloadPart(title=_("Teams of national plans"), rows=list_own_teams)
)
download_part_registry.register("said_in_national_plans")(
    DownloadPart(title=_("What you wrote in national plans"), rows=list_own_assessments)
)


def find_team_memberships(person: Person) -> QuerySet[TeamMember]:
    return TeamMember.objects.filter(person=person, left_at__isnull=True)


def end_team_memberships(person: Person) -> int:
    return find_team_memberships(person).update(left_at=timezone.now())


erasure_part_registry.register("teams")(
    ErasurePart(
        title=_("Your memberships of national plan teams that will end"),
        model=TeamMember,
        find=find_team_memberships,
        erase=end_team_memberships,
    )
)
