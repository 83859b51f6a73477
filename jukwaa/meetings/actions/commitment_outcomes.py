"""The status of several commitments, saved together."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action
from jukwaa.core.refusals import ActionRefused
from jukwaa.meetings.actions.commitment_owners import lock_commitment_row
from jukwaa.meetings.actions.commitments import set_commitment_progress
from jukwaa.meetings.models import Commitment


@dataclass(frozen=True)
class ChosenProgress:
    """The status that a person chose for a commitment, and the one that their page showed."""

    commitment: Commitment
    shown: str
    chosen: str


@dataclass
class OutcomeReport:
    saved: int = 0
    unavailable: int = 0  # withdrawn meanwhile, or no longer the viewer's to update
    conflicts: list[Commitment] = field(default_factory=list)  # whose status another person has changed


@action
def set_commitment_outcomes(*, actor: Person, choices: Iterable[ChosenProgress], note: str = "") -> OutcomeReport:
    """Save these statuses, each as `set_commitment_progress` does, apart from those that another person has changed.

    The note goes to each of them. An earlier note was about the earlier status, and stays in the history. If one is
    refused, none is saved. Raises PermissionDenied, ActionRefused and NamesFoundError.
    """
    report = OutcomeReport()
    for choice in sorted(choices, key=lambda each: each.commitment.entry_id):
        try:
            current = lock_commitment_row(choice.commitment)
        except ActionRefused:
            report.unavailable += 1
            continue
        if current.progress == choice.chosen:
            continue  # the form came twice, or two people agree
        if current.progress != choice.shown:
            report.conflicts.append(current)
            continue
        set_commitment_progress(actor=actor, commitment=current, progress=choice.chosen, note=note)
        report.saved += 1
    return report
