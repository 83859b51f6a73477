"""What goes from a plan to the coalition, by the hand of its team and no further than they typed; what is tied to it.

A need and a practice are made by the ordinary actions of their own apps. That they came of a plan stands in the plan
alone.
"""

from typing import Any

from django.core.exceptions import PermissionDenied

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.cooperation.actions.offers import create_offer_or_need
from jukwaa.cooperation.models import Need
from jukwaa.events.models import Event
from jukwaa.library.actions import change_item, share_item
from jukwaa.library.models import Item
from jukwaa.plans.actions.plan_access import lock_plan_for_writing
from jukwaa.plans.models import Plan, Tie
from jukwaa.records.models import Record

TiePart = Tie.Part


@action
def create_need_from_plan(*, actor: Person, plan: Plan, capability: str, item_fields: dict[str, Any]) -> Need:
    """A need of the coalition, as `offer_help` takes it. Raises PermissionDenied and ActionRefused."""
    current = lock_plan_for_writing(actor, plan)
    need = create_offer_or_need(actor=actor, coalition=current.coalition, help_model=Need, **item_fields)
    assert isinstance(need, Need)  # noqa: S101 - for the type alone
    _link_record_to_plan(actor, current, need, TiePart.NEED, capability)
    return need


@action
def share_practice_from_plan(
    *, actor: Person, plan: Plan, capability: str, item_kind: str, item_fields: dict[str, Any]
) -> Item:
    """A draft in the library that its writer alone sees. Raises PermissionDenied and ActionRefused."""
    current = lock_plan_for_writing(actor, plan)
    item = share_item(actor=actor, coalition=current.coalition, kind=item_kind, **item_fields)
    if not item.details.get("capabilities"):
        answers = {"details": {"capabilities": [capability]}}
        item = change_item(actor=actor, item=item, changes=answers, from_version=item.version)
    _link_record_to_plan(actor, current, item, TiePart.PRACTICE, capability)
    return item


@action
def link_event_to_plan(*, actor: Person, plan: Plan, event: Event) -> Tie:
    """An event of the country belongs to the plan. Tied twice, it is tied once. Raises PermissionDenied."""
    current = lock_plan_for_writing(actor, plan)
    if not Event.objects.visible_to(actor).of(current.coalition).filter(pk=event.pk).exists():
        raise PermissionDenied
    return _link_record_to_plan(actor, current, event, TiePart.EVENT)


@action
def unlink_record_from_plan(*, actor: Person, plan_tie: Tie) -> None:
    """The plan no longer shows it; the record itself stays as it is. Raises PermissionDenied and ActionRefused."""
    plan = lock_plan_for_writing(actor, plan_tie.plan)
    if Tie.objects.filter(pk=plan_tie.pk).delete()[0]:
        record_activity(actor=actor, verb="untied", subject=plan, coalition=plan.coalition)


def _link_record_to_plan(actor: Person, plan: Plan, record: Record, plan_part: Tie.Part, capability: str = "") -> Tie:
    tie, is_new = Tie.objects.get_or_create(
        plan=plan, capability=capability, record_id=record.pk, defaults={"part": plan_part, "by": actor}
    )
    if is_new:
        record_activity(actor=actor, verb="tied", subject=plan, coalition=plan.coalition)
    return tie
