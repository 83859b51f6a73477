"""What hangs on clauses goes along with them: the fate of each input in a revision."""

from collections import defaultdict

from django.db.models import Q, QuerySet

from jukwaa.drafting.anchors import Anchor, Found, Quote, follow
from jukwaa.drafting.models import Clause, Input, Lineage, Placement, Revision, Text


def follow_inputs(text: Text, revision: Revision, since: int) -> int:
    """Find anew what the inputs at clauses that changed after step `since` are about. Part of a larger action.

    Returns how many have another fate than before.
    """
    state = State(text, revision)
    moved = [given for given in _touched(text, revision, since) if state.tell(given)]
    Input.objects.bulk_update(moved, ["fate", "now_at", "followed_to"], batch_size=500)
    return len(moved)


class State:
    """The clauses of a revision, and what came of which: read once, asked for many inputs."""

    def __init__(self, text: Text, revision: Revision) -> None:
        self.revision = revision
        placements = Placement.objects.at(text, revision.step)
        self.after = {placement.clause.number: placement.wording.body for placement in placements}
        self.numbers = dict(Clause.objects.filter(text=text.pk).values_list("number", "pk"))
        self.offspring: dict[int, list[int]] = defaultdict(list)
        within = Lineage.objects.filter(clause__text=text.pk, origin__text=text.pk)
        for origin, child in within.order_by("pk").values_list("origin__number", "clause__number"):
            self.offspring[origin].append(child)

    def found(self, given: Input) -> Found:
        assert given.clause is not None  # noqa: S101 - for the type: only inputs at a clause are followed
        assert given.wording is not None  # noqa: S101 - as the database says of them
        quote = Quote(given.exact, given.prefix, given.suffix, given.start)
        return follow(Anchor(given.clause.number, given.wording.body, quote), self.after, self.offspring)

    def tell(self, given: Input) -> bool:
        """Write the fate on the input; whether it is another one than before."""
        found = self.found(given)
        now_at = self.numbers[found.clause] if found.clause is not None else None
        if (given.fate, given.now_at_id) == (found.fate, now_at):
            return False
        given.fate, given.now_at_id, given.followed_to = found.fate, now_at, self.revision
        return True


def _touched(text: Text, revision: Revision, since: int) -> QuerySet[Input]:
    """At clauses that are not as they were, or whose words stood no more: these may have come back by now."""
    changed = Placement.objects.filter(text=text.pk).filter(Q(since__gt=since) | Q(until__gt=since))
    clauses = changed.filter(since__lte=revision.step).values("clause")
    lost = Q(fate__in=[Input.Fate.CHANGED, Input.Fate.REMOVED])
    at_clauses = Input.objects.filter(text=text.pk, clause__isnull=False)
    return at_clauses.filter(Q(clause__in=clauses) | Q(now_at__in=clauses) | lost).select_related("clause", "wording")
