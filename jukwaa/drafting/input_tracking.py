"""What hangs on clauses goes along with them: the fate of each input in a revision."""

from collections import defaultdict

from django.db.models import Q, QuerySet

from jukwaa.drafting.anchors import AnchorLocation, ClauseQuote, InputAnchor, locate_quote_anchor
from jukwaa.drafting.models import Clause, Input, Lineage, Placement, Revision, Text

INPUTS_PER_BATCH = 500  # numbers of inputs in a query
INPUT_ANCHOR_FIELDS = ("exact", "prefix", "suffix", "start", "fate", "clause__number", "wording__body")
TRACKED_INPUT_FIELDS = (*INPUT_ANCHOR_FIELDS, "text", "now_at", "followed_to", "revision__step")


def relocate_inputs_in_revision(text: Text, revision: Revision, since_step: int) -> int:
    """Find anew what the inputs at clauses that changed after step `since_step` are about. Part of a larger action.

    Returns how many have another fate than before.
    """
    state = RevisionState(text, revision)
    moved = [given for given in _find_affected_inputs(text, revision, since_step) if state.update_input_fate(given)]
    alike: dict[tuple[str, int | None], list[int]] = defaultdict(list)
    for given in moved:
        alike[given.fate, given.now_at_id].append(given.pk)
    for (fate, now_at), numbers in alike.items():
        for at in range(0, len(numbers), INPUTS_PER_BATCH):
            some = Input.objects.filter(pk__in=numbers[at : at + INPUTS_PER_BATCH])
            some.update(fate=fate, now_at=now_at, followed_to=revision)
    return len(moved)


class RevisionState:
    """The clauses of a revision, and what came of which: read once, asked for many inputs."""

    def __init__(self, text: Text, revision: Revision) -> None:
        self.text, self.revision = text, revision
        self.after = _get_clause_bodies(text, revision.step)
        self.before: dict[int, dict[int, str]] = {}
        self.numbers = dict(Clause.objects.filter(text=text.pk).values_list("number", "pk"))
        self.offspring: dict[int, list[int]] = defaultdict(list)
        within = Lineage.objects.filter(clause__text=text.pk, origin__text=text.pk)
        for origin, child in within.order_by("pk").values_list("origin__number", "clause__number"):
            self.offspring[origin].append(child)

    def found(self, given_input: Input) -> AnchorLocation:
        assert given_input.clause is not None  # noqa: S101 - for the type: only inputs at a clause are followed
        assert given_input.wording is not None  # noqa: S101 - as the database says of them
        quote = ClauseQuote(given_input.exact, given_input.prefix, given_input.suffix, given_input.start)
        anchor = InputAnchor(given_input.clause.number, given_input.wording.body, quote)
        return locate_quote_anchor(anchor, self.after, self.offspring, self._get_earlier_bodies(given_input))

    def update_input_fate(self, given_input: Input) -> bool:
        """Write the fate on the input; whether it is another one than before."""
        found = self.found(given_input)
        now_at = self.numbers[found.clause] if found.clause is not None else None
        if (given_input.fate, given_input.now_at_id) == (found.fate, now_at):
            return False
        given_input.fate, given_input.now_at_id, given_input.followed_to = found.fate, now_at, self.revision
        return True

    def _get_earlier_bodies(self, given_input: Input) -> dict[int, str]:
        """As the text was when this was said: of few revisions was anything asked."""
        if given_input.revision_id not in self.before:
            self.before[given_input.revision_id] = _get_clause_bodies(self.text, given_input.revision.step)
        return self.before[given_input.revision_id]


def _get_clause_bodies(text: Text, step_number: int) -> dict[int, str]:
    placements = Placement.objects.at(text, step_number).values_list("clause__number", "wording__body")
    return dict(placements.order_by())


def _find_affected_inputs(text: Text, revision: Revision, since_step: int) -> QuerySet[Input]:
    """At clauses that are not as they were; and all whose words did not stand in their clause.

    Where those stand hangs on every clause: their words may be back, or be new in one more.
    """
    changed = Placement.objects.filter(text=text.pk).filter(Q(since__gt=since_step) | Q(until__gt=since_step))
    clauses = changed.filter(since__lte=revision.step).values("clause")
    at_clauses = Input.objects.filter(text=text.pk, clause__isnull=False)
    touched = at_clauses.filter(Q(clause__in=clauses) | ~Q(fate=Input.Fate.KEPT))
    return touched.select_related("clause", "wording", "revision").only(*TRACKED_INPUT_FIELDS)
