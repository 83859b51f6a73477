"""The register of decisions: how each was reached, who disagreed, whether it is in force."""

from datetime import date
from typing import Any, TypedDict, Unpack

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.core.transactions import lock_row
from jukwaa.meetings import policies
from jukwaa.meetings.actions.speaker_capacities import SpeakerCapacities, Voice
from jukwaa.meetings.models import Decision, Dissent, Entry, EntryKind


class DecisionDetails(TypedDict, total=False):
    method: str
    votes_for: int | None
    votes_against: int | None
    abstentions: int | None
    status: str
    ended_on: date | None
    superseded_by: Entry | None


@action
def update_decision_status(
    *, actor: Person, entry: Entry, from_version: int = 0, **particulars: Unpack[DecisionDetails]
) -> Decision:
    """Record how a decision was reached and whether it is in force; `from_version` is 0 where nothing is recorded yet.

    A decision that is no longer in force ends today unless a day is given. Raises PermissionDenied, ActionRefused, and
    EditConflict.
    """
    entry = _lock_decision_entry_row(actor, entry)
    decision = Decision.objects.filter(entry=entry).first() or Decision(entry=entry, version=0)
    if decision.version != from_version:
        raise EditConflict(decision)
    before = _get_decision_values(decision)
    for name, value in particulars.items():
        setattr(decision, name, value)
    _clear_irrelevant_fields(decision)
    if _get_decision_values(decision) == before and decision.pk:
        return decision
    decision.version += 1
    decision.save()
    record_activity(actor=actor, verb="updated-decision", subject=entry, coalition=entry.coalition)
    return decision


def _get_decision_values(decision: Decision) -> dict[str, Any]:
    return {name: getattr(decision, name) for name in Decision.FIELDS}


def _clear_irrelevant_fields(decision: Decision) -> None:
    """Leave no votes without a vote, no successor of a decision in force, and no end without a day."""
    if decision.method != Decision.Method.VOTE:
        decision.votes_for = decision.votes_against = decision.abstentions = None
    if decision.status == Decision.Status.SUPERSEDED:
        _check_decision_successor(decision)
    else:
        decision.superseded_by = None
    decision.ended_on = None if decision.is_in_force else decision.ended_on or timezone.localdate()


def _check_decision_successor(decision: Decision) -> None:
    successor = decision.superseded_by
    if successor is None:
        raise ActionRefused(_("Choose the decision that superseded this one."), "superseded_by")
    if successor.pk == decision.entry_id or successor.coalition_id != decision.entry.coalition_id:
        raise ActionRefused(_("Choose another decision of this coalition."), "superseded_by")
    later: Entry | None = successor
    while later is not None:  # a circle would leave no decision in force
        if later.pk == decision.entry_id:
            raise ActionRefused(
                _("Choose another decision. The one that you chose has been replaced by this decision."),
                "superseded_by",
            )
        known = Decision.objects.filter(entry=later).select_related("superseded_by").first()
        later = known.superseded_by if known else None


@action
def record_decision_dissent(
    *, actor: Person, entry: Entry, voice: Voice, dissent_kind: str, dissent_statement: str
) -> Dissent:
    """Record that an organisation or a person stood aside or objected; the same again replaces their statement.

    Raises PermissionDenied, and ActionRefused for an item under the Chatham House Rule.
    """
    entry = _lock_decision_entry_row(actor, entry)
    if entry.is_chatham:
        raise ActionRefused(
            _(
                "You cannot record names for a decision made under the Chatham House Rule. If the group agrees to be"
                " named, record the decision under an agenda item that is not under the Rule."
            )
        )
    capacity = SpeakerCapacities(entry.meeting).get_or_create_capacity(voice)
    dissent, _created = Dissent.objects.update_or_create(
        entry=entry, capacity=capacity, defaults={"kind": dissent_kind, "statement": dissent_statement}
    )
    record_activity(actor=actor, verb="recorded-dissent", subject=entry, coalition=entry.coalition)
    return dissent


@action
def remove_decision_dissent(*, actor: Person, dissent: Dissent) -> None:
    """Raises PermissionDenied."""
    entry = _lock_decision_entry_row(actor, dissent.entry)
    if Dissent.objects.filter(pk=dissent.pk).delete()[0]:
        record_activity(actor=actor, verb="removed-dissent", subject=entry, coalition=entry.coalition)


def _lock_decision_entry_row(actor: Person, entry: Entry) -> Entry:
    """Return the decision's entry, locked. Raises PermissionDenied."""
    current = lock_row(entry)
    if current.kind != EntryKind.DECISION or not current.is_open_to_change:
        raise PermissionDenied(_("Only decisions in the minutes can be updated in the register."))
    if not policies.can_edit_decision_register(ViewerContext(actor), current):
        raise PermissionDenied(_("Only the rapporteur, editors and coordinators can update the register of decisions."))
    return current
