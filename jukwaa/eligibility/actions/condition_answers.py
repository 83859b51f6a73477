"""Answer a condition of a year, and say who does what by when."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Coalition, Role
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.core.transactions import lock_row
from jukwaa.eligibility import policies
from jukwaa.eligibility.models import ConditionAnswer
from jukwaa.eligibility.rule_sets import find_rule_set


@action
def answer_condition(
    *, actor: Person, coalition: Coalition, year: int, rule_name: str, changes: dict[str, Any], version: int = 0
) -> ConditionAnswer:
    """Save the answer to a condition. `version` is the one that it was edited from; 0 if there was none.

    Raises PermissionDenied, ActionRefused and EditConflict.
    """
    rules = find_rule_set(year)
    if rules is None or rules.get_rule(rule_name) is None:
        raise ActionRefused(_("This condition does not apply to this year."))
    # A refusal takes a new row back, since an action is one transaction.
    there, _is_new = ConditionAnswer.objects.get_or_create(
        coalition=coalition, year=year, rule=rule_name, defaults={"version": 0}
    )
    answer = lock_row(there)
    answer.coalition = coalition
    if not policies.can_answer_condition(ViewerContext(actor), answer):
        raise PermissionDenied(
            _("Only coordinators and the person in charge of the next step can record whether this condition is met.")
        )
    if version != answer.version:
        raise EditConflict(answer)
    if version and all(getattr(answer, name) == changes[name] for name in ConditionAnswer.FIELDS):
        return answer
    _apply_answer_changes(answer, changes)
    record_activity(actor=actor, verb="answered", subject=answer, coalition=coalition)
    return answer


def _apply_answer_changes(condition_answer: ConditionAnswer, changes: dict[str, Any]) -> None:
    person, before = changes["responsible"], condition_answer.responsible_id
    if person is not None and person.pk != before:
        held = Role.objects.held_by(person).filter(coalition=condition_answer.coalition)
        if not held.exists():
            raise ActionRefused(_("Choose a person who has a role in the coalition."), "responsible")
    for name in ConditionAnswer.FIELDS:
        setattr(condition_answer, name, changes[name])
    condition_answer.version += 1
    condition_answer.save()
