"""For each route of invitations and outreach plans with arguments, what the walks fill in: see `tests/rows.py`."""

from collections.abc import Callable
from typing import Any

from jukwaa.coalitions.models import AreaOfWork
from jukwaa.places.regions import UN_REGIONAL_GROUPS
from jukwaa.regions.models import OUTREACH_PLAN_KIND, Hosting, Milestone, Prospect, Question
from tests.row_builders import Rows, build_rows_of_kind, build_sample_rows
from tests.world import World


def build_outreach_plan_rows(model: type[Question] | type[Milestone] | type[Hosting]) -> Rows:
    """List plans with the keys of the rows of this model that belong to them."""

    def list_plan_related_rows(world: World) -> list[dict[str, Any]]:
        plans = [record.pk for record in world.list_example_records(OUTREACH_PLAN_KIND)]
        rows = model.objects.filter(outreach__in=plans).values_list("outreach", "pk")
        return [{"pk": plan, "row": row} for plan, row in rows]

    return list_plan_related_rows


def list_prospect_rows(world: World) -> list[dict[str, Any]]:
    return [{"pk": pk} for pk in Prospect.objects.filter(coalition=world.coalition).values_list("pk", flat=True)]


def list_prospect_acquaintance_rows(world: World) -> list[dict[str, Any]]:
    rows = Prospect.objects.filter(coalition=world.coalition, acquaintances__isnull=False)
    return [{"pk": pk, "row": row} for pk, row in rows.values_list("pk", "acquaintances")]


def list_area_and_region_rows(world: World) -> list[dict[str, Any]]:
    areas = AreaOfWork.objects.filter(coalition=world.coalition).values_list("pk", flat=True)[:2]
    return [{"area": area, "region": group.value} for area in areas for group in UN_REGIONAL_GROUPS]


def build_invitation_purpose_queries(world: World) -> list[str]:
    """Plans in every label, and gaps: what the page of a new invitation is asked for."""
    area = AreaOfWork.objects.filter(coalition=world.coalition).first()
    asked = [f"?plan={record.pk}" for record in world.list_varied_records(OUTREACH_PLAN_KIND)]
    return [*asked, f"?area={area.pk}&region=african"] if area else asked


OUTREACH_ROWS: dict[str, Rows] = {
    "regions:outreach_detail": build_rows_of_kind(OUTREACH_PLAN_KIND),
    **{
        f"regions:{deed}": build_sample_rows(OUTREACH_PLAN_KIND)
        for deed in ("outreach_edit", "question_new", "issue_new", "milestone_new", "hosting_new")
    },
    **{f"regions:question_{deed}": build_outreach_plan_rows(Question) for deed in ("answer", "remove")},
    **{f"regions:milestone_{deed}": build_outreach_plan_rows(Milestone) for deed in ("edit", "done", "remove")},
    **{f"regions:hosting_{deed}": build_outreach_plan_rows(Hosting) for deed in ("confirm", "remove")},
    "regions:gap_detail": list_area_and_region_rows,
    **{
        f"regions:prospect_{deed}": list_prospect_rows
        for deed in ("detail", "letter", "sent", "know", "written", "erase")
    },
    "regions:prospect_hand_over": list_prospect_acquaintance_rows,
}
OUTREACH_QUERIES: dict[str, list[str] | Callable[[World], list[str]]] = {
    "regions:prospect_new": build_invitation_purpose_queries
}
SIGNED_LINK_ROUTES = {
    f"regions:answer{deed}": "signed links, which tests make" for deed in ("", "_yes", "_not_now", "_never", "_erase")
}
