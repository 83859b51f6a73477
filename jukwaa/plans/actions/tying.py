"""What goes from a plan to the coalition, by the hand of its team and no further than they typed; what is tied to it.

A need and a practice are made by the ordinary actions of their own apps. That they came of a plan stands in the plan
alone.
"""

from typing import Any

from django.core.exceptions import PermissionDenied

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, note
from jukwaa.cooperation.actions.offers import offer_help
from jukwaa.cooperation.models import Need
from jukwaa.events.models import Event
from jukwaa.library.actions import change_item, share_item
from jukwaa.library.models import Item
from jukwaa.plans.actions.common import to_write
from jukwaa.plans.models import Plan, Tie
from jukwaa.records.models import Record

Part = Tie.Part


@action
def ask_for_help(*, actor: Person, plan: Plan, capability: str, told: dict[str, Any]) -> Need:
    """A need of the coalition, as `offer_help` takes it. Raises PermissionDenied and ActionRefused."""
    current = to_write(actor, plan)
    need = offer_help(actor=actor, coalition=current.coalition, model=Need, **told)
    assert isinstance(need, Need)  # noqa: S101 - for the type alone
    _tie(actor, current, need, Part.NEED, capability)
    return need


@action
def share_practice(*, actor: Person, plan: Plan, capability: str, kind: str, told: dict[str, Any]) -> Item:
    """A draft in the library that its writer alone sees. Raises PermissionDenied and ActionRefused."""
    current = to_write(actor, plan)
    item = share_item(actor=actor, coalition=current.coalition, kind=kind, **told)
    if not item.details.get("capabilities"):
        answers = {"details": {"capabilities": [capability]}}
        item = change_item(actor=actor, item=item, changes=answers, from_version=item.version)
    _tie(actor, current, item, Part.PRACTICE, capability)
    return item


@action
def tie_event(*, actor: Person, plan: Plan, event: Event) -> Tie:
    """An event of the country belongs to the plan. Tied twice, it is tied once. Raises PermissionDenied."""
    current = to_write(actor, plan)
    if not Event.objects.visible_to(actor).of(current.coalition).filter(pk=event.pk).exists():
        raise PermissionDenied
    return _tie(actor, current, event, Part.EVENT)


@action
def untie(*, actor: Person, tie: Tie) -> None:
    """The plan no longer shows it; the record itself stays as it is. Raises PermissionDenied and ActionRefused."""
    plan = to_write(actor, tie.plan)
    if Tie.objects.filter(pk=tie.pk).delete()[0]:
        note(actor=actor, verb="untied", subject=plan, coalition=plan.coalition)


def _tie(actor: Person, plan: Plan, record: Record, part: Tie.Part, capability: str = "") -> Tie:
    tie, is_new = Tie.objects.get_or_create(
        plan=plan, capability=capability, record_id=record.pk, defaults={"part": part, "by": actor}
    )
    if is_new:
        note(actor=actor, verb="tied", subject=plan, coalition=plan.coalition)
    return tie
