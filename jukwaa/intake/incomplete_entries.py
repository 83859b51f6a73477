"""Entries about to be added to the record that lack something which a person may know."""

from jukwaa.intake.entry_plan import EntryPlan, PlannedItem
from jukwaa.intake.models import DeskKind
from jukwaa.meetings.models import Commitment

ENDED_PROGRESS = frozenset({Commitment.Progress.KEPT, Commitment.Progress.DROPPED})


def list_incomplete_items(plan: EntryPlan) -> list[PlannedItem]:
    """Return the commitments without an owner or a deadline, be it in words, except for those that have ended."""
    return [item for item in plan.entry_items if _is_incomplete(item)]


def _is_incomplete(item: PlannedItem) -> bool:
    suggestion = item.suggestion
    if suggestion.kind != DeskKind.COMMITMENT or suggestion.progress in ENDED_PROGRESS:
        return False
    has_deadline = suggestion.due_on is not None or bool(suggestion.due_text)
    return not has_deadline or (item.owner is None and not item.is_nameless)
