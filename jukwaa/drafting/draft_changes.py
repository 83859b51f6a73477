"""What the draft of a text has that its latest revision does not: readers and a published version lack it."""

from jukwaa.drafting.comparison import ClauseState, compare_clause_states
from jukwaa.drafting.models import Placement, Revision, Text
from jukwaa.drafting.text_outline import get_descendants_by_clause
from jukwaa.drafting.unreadable_sources import get_visible_clauses


def load_clause_states(text: Text, revision: Revision | None) -> list[ClauseState]:
    """Return the clauses of a revision, or of the current draft for None, ready to be compared."""
    rows = Placement.objects.now(text) if revision is None else get_visible_clauses(text, revision)
    return [ClauseState(p.clause.number, p.wording.body, p.kind, p.level, p.clause.own_number) for p in rows]


def count_draft_changes(text: Text, revision: Revision | None) -> int:
    """Count the clauses of the draft that are not as they are in this revision. A clause that moved counts once."""
    if revision is None or revision.step == text.step:
        return 0
    rows = compare_clause_states(
        load_clause_states(text, revision), load_clause_states(text, None), get_descendants_by_clause(text)
    )
    return sum(1 for row in rows if row.fate not in {"same", "away"})
