"""For each route of plans with arguments, what the walks fill in: see `tests/rows.py`."""

from typing import Any

from jukwaa.plans.models import Claim, Plan, TeamMember, Tie
from tests.row_builders import Rows
from tests.world import World


def list_plan_rows(**more: Any) -> Rows:
    return lambda world: [{"pk": pk} | more for pk in Plan.objects.of(world.coalition).values_list("pk", flat=True)]


def list_revocation_rows(world: World) -> list[dict[str, Any]]:
    return [row | {"ending": ending} for row in list_plan_rows()(world) for ending in ("pdf", "docx", "xlsx", "csv")]


def list_claim_rows(world: World) -> list[dict[str, Any]]:
    return [{"pk": pk} for pk in Claim.objects.filter(plan__coalition=world.coalition).values_list("pk", flat=True)]


def list_team_member_rows(world: World) -> list[dict[str, Any]]:
    rows = TeamMember.objects.filter(plan__coalition=world.coalition).order_by("pk")
    return [{"pk": plan, "member": pk} for plan, pk in rows.values_list("plan", "pk")[:3]]


def list_tie_rows(world: World) -> list[dict[str, Any]]:
    rows = Tie.objects.filter(plan__coalition=world.coalition).values_list("plan", "pk")
    return [{"pk": plan, "tie": pk} for plan, pk in rows]


ROUTES_OF_WHOLE_PLAN = (
    *(
        "plan_detail",
        "plan_edit",
        "baseline_new",
        "plan_consent",
        "consent_withdraw",
        "carry_over",
        "plan_close",
        "plan_delete",
    ),
    *("plan_claim", "team_list", "event_tie", "plan_print"),
)

ROWS_BY_ROUTE: dict[str, Rows] = {
    **{f"plans:{name}": list_plan_rows() for name in ROUTES_OF_WHOLE_PLAN},
    **{
        f"plans:{name}": list_plan_rows(number="1")
        for name in ("capability_detail", "capability_edit", "evidence_edit", "need_new", "practice_new")
    },
    **{f"plans:claim_{answer}": list_claim_rows for answer in ("grant", "decline")},
    "plans:evidence_remove": list_plan_rows(number="1", record=1),
    "plans:plan_file": list_revocation_rows,
    "plans:team_leave": list_team_member_rows,
    "plans:tie_remove": list_tie_rows,
}
