"""What the pages of plans share: the plan that may be seen, and who may write in it, lead it and delete it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.plans.models import Plan
from jukwaa.plans.reading import Part, PlanPage

FORM, ASK = "plans/form_page.html", "records/ask.html"


def visible_plan(request: MemberRequest, coalition: Coalition, pk: int) -> Plan:
    """404 for what one may not see."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user).of(coalition), pk=pk)
    plan.coalition = coalition
    return plan


def shown_plan(request: MemberRequest, coalition: Coalition, pk: int) -> PlanPage:
    return PlanPage(visible_plan(request, coalition, pk), request.standing)


def part_of(shown: PlanPage, number: str) -> Part:
    """404 for a capability that its framework does not have."""
    part = shown.part(number)
    if part is None:
        raise Http404
    return part


def require_writing(shown: PlanPage) -> None:
    if not shown.may_write:
        raise PermissionDenied(
            _("Only the plan lead, and team members who can write, can change this. Closed plans can only be read.")
        )


def require_leading(shown: PlanPage) -> None:
    if not shown.may_lead:
        raise PermissionDenied(_("Only the plan lead can do this. Closed plans can only be read."))


def require_deleting(shown: PlanPage) -> None:
    if not shown.may_delete:
        raise PermissionDenied(
            _(
                "Only the plan lead can delete a plan, and only if nothing has been entered yet or 30 days "
                "after it was closed."
            )
        )
