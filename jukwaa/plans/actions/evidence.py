"""The records of the coalition that show how a capability stands: a part of what is said of it, and kept with it."""

from typing import Any

from django.core.exceptions import PermissionDenied

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action
from jukwaa.plans.actions.assessing import assess, standing
from jukwaa.plans.actions.common import to_write
from jukwaa.plans.models import Assessment, Plan, Tie
from jukwaa.records.models import Record


@action
def rest_on(*, actor: Person, plan: Plan, capability: str, record: Record) -> Assessment:
    """A record of the coalition shows how a capability stands. Named twice, it is named once.

    Raises PermissionDenied and ActionRefused.
    """
    current = to_write(actor, plan)
    if not Record.objects.visible_to(actor).of(current.coalition).filter(pk=record.pk).exists():
        raise PermissionDenied
    Tie.objects.get_or_create(
        plan=current, capability=capability, record_id=record.pk, defaults={"part": Tie.Part.SHOWS, "by": actor}
    )
    there = standing(current, capability)
    return _rests(actor, current, capability, [*dict.fromkeys([*(there.records if there else []), record.pk])])


@action
def rest_no_more(*, actor: Person, plan: Plan, capability: str, record: int) -> Assessment | None:
    """What was said before still names it. Raises PermissionDenied and ActionRefused."""
    current = to_write(actor, plan)
    there = standing(current, capability)
    if there is None:
        return None
    return _rests(actor, current, capability, [number for number in there.records if number != record])


def _rests(actor: Person, plan: Plan, capability: str, records: list[int]) -> Assessment:
    """On top of whatever was said meanwhile: nothing that somebody wrote is lost."""
    there = standing(plan, capability)
    said: dict[str, Any] = {"records": records} if there else {"records": records, "state": _unknown(plan)}
    number = there.number if there else 0
    return assess(actor=actor, plan=plan, capability=capability, said=said, from_number=number)


def _unknown(plan: Plan) -> str:
    return plan.over.state_meaning("unknown").value
