"""What the pages of plans share: the plan that may be seen, and who may write in it, lead it and delete it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.plans.models import Plan
from jukwaa.plans.plan_page import CapabilityEntry, PlanPage

FORM_TEMPLATE, CONFIRM_TEMPLATE = "plans/form_page.html", "records/ask.html"


def get_plan_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> Plan:
    """404 for what one may not see."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user).of(coalition), pk=pk)
    plan.coalition = coalition
    return plan


def get_plan_page_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> PlanPage:
    return PlanPage(get_plan_or_404(request, coalition, pk), request.standing)


def get_entry_or_404(plan_page: PlanPage, capability_number: str) -> CapabilityEntry:
    """404 for a capability that its framework does not have."""
    part = plan_page.part(capability_number)
    if part is None:
        raise Http404
    return part


def require_write_access(plan_page: PlanPage) -> None:
    if not plan_page.may_write:
        raise PermissionDenied(
            _("Only the plan lead and team members who can write can change this, and only while the plan is open.")
        )


def require_lead_access(plan_page: PlanPage) -> None:
    if not plan_page.may_lead_plan:
        raise PermissionDenied(_("Only the plan lead can do this, and only while the plan is open."))


def require_delete_access(plan_page: PlanPage) -> None:
    if not plan_page.may_delete_plan:
        raise PermissionDenied(
            _(
                "Only the plan lead can delete a plan: at any time if nothing has been entered, otherwise 30 days "
                "after the plan was closed."
            )
        )
