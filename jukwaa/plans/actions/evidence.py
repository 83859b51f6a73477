"""The records of the coalition that show how a capability stands: a part of what is said of it, and kept with it."""

from typing import Any

from django.core.exceptions import PermissionDenied

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action
from jukwaa.plans.actions.assessments import assess_capability, get_current_assessment
from jukwaa.plans.actions.plan_access import lock_plan_for_writing
from jukwaa.plans.models import Assessment, Plan, Tie
from jukwaa.records.models import Record


@action
def add_capability_evidence(*, actor: Person, plan: Plan, capability: str, record: Record) -> Assessment:
    """A record of the coalition shows how a capability stands. Named twice, it is named once.

    Raises PermissionDenied and ActionRefused.
    """
    current = lock_plan_for_writing(actor, plan)
    if not Record.objects.visible_to(actor).of(current.coalition).filter(pk=record.pk).exists():
        raise PermissionDenied
    Tie.objects.get_or_create(
        plan=current, capability=capability, record_id=record.pk, defaults={"part": Tie.Part.SHOWS, "by": actor}
    )
    there = get_current_assessment(current, capability)
    return _save_capability_evidence(
        actor, current, capability, [*dict.fromkeys([*(there.records if there else []), record.pk])]
    )


@action
def remove_capability_evidence(*, actor: Person, plan: Plan, capability: str, record: int) -> Assessment | None:
    """What was said before still names it. Raises PermissionDenied and ActionRefused."""
    current = lock_plan_for_writing(actor, plan)
    there = get_current_assessment(current, capability)
    if there is None:
        return None
    return _save_capability_evidence(
        actor, current, capability, [number for number in there.records if number != record]
    )


def _save_capability_evidence(actor: Person, plan: Plan, capability: str, record_ids: list[int]) -> Assessment:
    """On top of whatever was said meanwhile: nothing that somebody wrote is lost."""
    there = get_current_assessment(plan, capability)
    said: dict[str, Any] = (
        {"records": record_ids} if there else {"records": record_ids, "state": _get_unknown_state_value(plan)}
    )
    number = there.number if there else 0
    return assess_capability(actor=actor, plan=plan, capability=capability, said=said, seen_number=number)


def _get_unknown_state_value(plan: Plan) -> str:
    return plan.over.get_state_by_meaning("unknown").value
