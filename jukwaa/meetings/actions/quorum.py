"""Setting the quorum of a coalition."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import EditConflict
from jukwaa.core.transactions import lock_rows
from jukwaa.meetings import policies
from jukwaa.meetings.models import QuorumRule


@action
def set_quorum_rule(
    *, actor: Person, coalition: Coalition, minimum_numbers: dict[str, int], seen_fingerprint: str = ""
) -> QuorumRule:
    """Set how many of each must attend; 0 asks for nothing. The same again changes nothing.

    `seen_fingerprint` is `get_fingerprint` of what the writer started from. Raises PermissionDenied and EditConflict.
    """
    if not policies.can_set_quorum(ViewerContext(actor), coalition):
        raise PermissionDenied
    rows = lock_rows(QuorumRule.objects.filter(coalition=coalition))
    rule = rows.first() or QuorumRule(coalition=coalition)
    if seen_fingerprint and seen_fingerprint != compute_quorum_fingerprint(rule):
        raise EditConflict(rule)
    before = compute_quorum_fingerprint(rule)
    for name in QuorumRule.FIELDS:
        setattr(rule, name, minimum_numbers.get(name, 0))
    if rule.pk and compute_quorum_fingerprint(rule) == before:
        return rule
    try:
        with transaction.atomic():
            rule.save()
    except IntegrityError as error:  # others set the first quorum at the same moment
        raise EditConflict(QuorumRule.objects.get(coalition=coalition)) from error
    record_activity(actor=actor, verb="set-quorum", subject=rule, coalition=coalition)
    return rule


def compute_quorum_fingerprint(quorum_rule: QuorumRule) -> str:
    return "-".join(str(getattr(quorum_rule, name)) for name in QuorumRule.FIELDS)
