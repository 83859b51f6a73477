"""What the last check showed of commitments that a report continues, so that none is updated without being shown."""

from collections.abc import Collection

from jukwaa.intake.entry_plan import EntryPlan, PlannedItem


def list_continuation_keys(plan: EntryPlan) -> list[str]:
    """Return a key for each commitment that is continued or could be: which it is, and what changes in it."""
    return [_build_key(item) for item in plan.continued_items]


def were_continuations_shown(plan: EntryPlan, shown_keys: Collection[str]) -> bool:
    return {_build_key(item) for item in plan.joined_items} <= set(shown_keys)


def _build_key(item: PlannedItem) -> str:
    if item.continued is None:
        return ""
    continued = item.continued
    return f"{item.suggestion.pk}-{continued.commitment.pk}-{continued.progress}-{int(continued.changes_due)}"
