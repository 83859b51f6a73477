"""What the actions of this app share: the plan as it stands now, for whoever may change it."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_rows
from jukwaa.plans import policies
from jukwaa.plans.models import Plan


def lock_plan(plan: Plan) -> Plan:
    """As it stands now, held until the transaction ends. Raises ActionRefused where it was deleted meanwhile."""
    row = lock_rows(Plan.objects.select_related("coalition").filter(pk=plan.pk)).first()
    if row is None:
        raise ActionRefused(_("This plan has been deleted."))
    return row


def lock_plan_for_writing(actor: Person, plan: Plan) -> Plan:
    """Raises PermissionDenied, and ActionRefused for a plan that was closed."""
    current = lock_plan(plan)
    if not policies.can_write(ViewerContext(actor), current):
        raise PermissionDenied(_("Only the plan lead, and team members who can write, can change this plan."))
    return _require_open_plan(current)


def lock_plan_for_lead(actor: Person, plan: Plan) -> Plan:
    """Raises PermissionDenied, and ActionRefused for a plan that was closed."""
    current = lock_plan(plan)
    if not policies.can_lead_plan_team(ViewerContext(actor), current):
        raise PermissionDenied(_("Only the plan lead can do this."))
    return _require_open_plan(current)


def _require_open_plan(plan: Plan) -> Plan:
    if plan.closed_at is not None:
        raise ActionRefused(_("This plan is closed. You can still read it, but you cannot change it."))
    return plan
