"""Opening a plan, and what its lead says of the whole of it."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.library.schema import get_framework
from jukwaa.plans import policies
from jukwaa.plans.actions.plan_access import lock_plan, lock_plan_for_lead, lock_plan_for_writing
from jukwaa.plans.models import Baseline, Plan, TeamMember
from jukwaa.records.models import Label


@action
def open_plan(
    *,
    actor: Person,
    coalition: Coalition,
    country: str,
    framework: str,
    title: str,
    label: str = Label.AMBER,
    token: UUID | None = None,
) -> Plan:
    """Begin a plan that its opener leads. The same form sent twice opens one.

    Raises PermissionDenied, ActionRefused with a sentence, and LookupError for a framework that is not there.
    """
    if not policies.can_open_plan(ViewerContext(actor), Plan(coalition=coalition, country=country)):
        raise PermissionDenied(
            _("Only people confirmed as representing the government of your country can create a plan.")
        )
    if token is not None and (there := Plan.objects.visible_to(actor).filter(token=token).first()):
        return there
    if get_framework(framework).ended is not None:
        raise ActionRefused(_("This edition has ended. Choose the newer edition."), "framework")
    _check_no_other_plan(coalition, country, framework)
    plan: Plan = Plan.objects.create(
        coalition=coalition, country=country, framework=framework, title=title, label=label, token=token
    )
    TeamMember.objects.create(plan=plan, person=actor, named_by=actor, role=TeamMember.Role.LEADS)
    record_activity(actor=actor, verb="opened", subject=plan, coalition=coalition)
    return plan


def _check_no_other_plan(coalition: Coalition, country: str, framework: str) -> None:
    """Two would say two things of one country. Raises ActionRefused."""
    there = Plan.objects.of(coalition).not_closed().filter(country=country, framework=framework)
    if there.without_lead().exists():
        raise ActionRefused(
            _(
                "Your country already has a plan based on this framework, but the plan has no lead. On the page"
                " “National plans”, ask to lead it."
            ),
            "framework",
        )
    if there.exists():
        raise ActionRefused(
            _(
                "A team from your country is already working on a plan based on this framework. Ask the team lead to "
                "add you."
            ),
            "framework",
        )


@action
def change_plan(*, actor: Person, plan: Plan, title: str, label: str, from_version: int) -> Plan:
    """What it is called, and the label on all that leaves it.

    Raises PermissionDenied, ActionRefused, and EditConflict.
    """
    current = lock_plan_for_lead(actor, plan)
    if (current.title, current.label) == (title, label):
        return current
    if current.version != from_version:
        raise EditConflict(current)
    current.title, current.label, current.version = title, label, current.version + 1
    current.save(update_fields=["title", "label", "version"])
    record_activity(actor=actor, verb="changed", subject=current, coalition=current.coalition)
    return current


@action
def set_plan_baseline(*, actor: Person, plan: Plan, name: str, token: UUID | None = None) -> Baseline:
    """From this moment on progress is read. Raises PermissionDenied and ActionRefused."""
    current = lock_plan_for_writing(actor, plan)
    if token is not None and (there := Baseline.objects.filter(plan=current, token=token).first()):
        return there
    baseline: Baseline = Baseline.objects.create(plan=current, name=name, by=actor, token=token)
    record_activity(actor=actor, verb="set-baseline", subject=current, coalition=current.coalition)
    return baseline


@action
def consent_to_figures(*, actor: Person, plan: Plan) -> Plan:
    """When this month is over it is counted, where at least five countries are. Consented twice, it is once.

    Raises PermissionDenied and ActionRefused.
    """
    current = lock_plan_for_lead(actor, plan)
    if current.is_example:
        raise ActionRefused(_("This plan is an example. Only real plans can be counted in the figures."))
    if current.consented_at is None:
        current.consented_at = timezone.now()
        current.save(update_fields=["consented_at"])
        record_activity(actor=actor, verb="consented", subject=current, coalition=current.coalition)
    return current


@action
def withdraw_plan_consent(*, actor: Person, plan: Plan) -> Plan:
    """Nothing that is counted from now on counts it; what was told stays told.

    Raises PermissionDenied and ActionRefused.
    """
    current = lock_plan_for_lead(actor, plan)
    if current.consented_at is not None:
        current.consented_at = None
        current.save(update_fields=["consented_at"])
        record_activity(actor=actor, verb="withdrew-consent", subject=current, coalition=current.coalition)
    return current


@action
def close_plan(*, actor: Person, plan: Plan) -> Plan:
    """Nothing in it is changed any more; its team still reads it, and nothing that is counted later counts it.

    Raises PermissionDenied and ActionRefused.
    """
    current = lock_plan_for_lead(actor, plan)
    current.closed_at, current.consented_at = timezone.now(), None
    current.save(update_fields=["closed_at", "consented_at"])
    record_activity(actor=actor, verb="closed", subject=current, coalition=current.coalition)
    return current


@action
def delete_plan(*, actor: Person, plan: Plan) -> None:
    """It goes with all that was said in it. What came of it in the coalition stays, and so do numbers that were told.

    Pressed twice, it is deleted once. Raises PermissionDenied, and ActionRefused while it is worked on.
    """
    if not Plan.objects.filter(pk=plan.pk).exists():
        return
    current = lock_plan(plan)
    if not policies.can_lead_plan_team(ViewerContext(actor), current):
        raise PermissionDenied(_("Only the plan lead can do this."))
    if not current.is_long_closed and current.assessments.exists():
        raise ActionRefused(
            _("Close the plan first. You can delete it 30 days later, so that the team has time to download it.")
        )
    record_activity(actor=actor, verb="deleted", subject=current, coalition=current.coalition)
    current.delete()
