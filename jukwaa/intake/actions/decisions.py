"""What a person decides about a suggestion: stored at once, and open to second thoughts until it is entered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.core.transactions import lock_rows
from jukwaa.intake import policies
from jukwaa.intake.leading_owner import build_leading_owner_finder
from jukwaa.intake.models import ATTENDANCE_SUGGESTION_KINDS, Decision, DeskKind, Reading, Suggestion
from jukwaa.intake.models.suggestions import ACCEPTING_DECISIONS
from jukwaa.intake.reading_store import store_actor_names
from jukwaa.intake.refusals import describe_closed_reading
from jukwaa.intake.suggestion_wording import (
    SuggestionWording,
    complete_commitment_wording,
    get_suggestion_wording,
)
from jukwaa.records.models import State

# Entries that a person added with others at once; only these have a reason. One that was decided again is not such.
ADDED_TOGETHER = Q(by_machine=False, version=1) & ~Q(why="")


@action
def accept_suggestion(*, actor: Person, suggestion: Suggestion, from_version: int) -> Suggestion:
    """Keep it as it stands.

    Raises PermissionDenied, ActionRefused, EditConflict where somebody was faster, and ActionRefused if nobody is named
    who came.
    """
    check_suggestion_wording(get_suggestion_wording(suggestion))
    return store_suggestion_decision(actor, suggestion, from_version, Decision.ACCEPTED)


@action
def refuse_suggestion(*, actor: Person, suggestion: Suggestion, from_version: int) -> Suggestion:
    """Leave it out of the record. The sentence stays. Raises as `accept`."""
    return store_suggestion_decision(actor, suggestion, from_version, Decision.REFUSED)


@action
def reopen_suggestion(*, actor: Person, suggestion: Suggestion, from_version: int) -> Suggestion:
    """Take a decision back. What was merged into it waits again as well. Raises as `accept`."""
    return store_suggestion_decision(actor, suggestion, from_version, Decision.WAITING)


@action
def change_suggestion_kind(
    *, actor: Person, suggestion: Suggestion, suggestion_kind: str, from_version: int
) -> Suggestion:
    """Keep it, as another kind. Raises as `accept`."""
    wording = get_suggestion_wording(suggestion)
    changed = SuggestionWording(**{**wording.__dict__, "kind": suggestion_kind})
    if suggestion_kind == DeskKind.COMMITMENT and suggestion.kind != suggestion_kind:
        find_owner = build_leading_owner_finder(suggestion.reading.coalition)
        changed = complete_commitment_wording(changed, suggestion.reading.closing_day, find_owner)
    check_suggestion_wording(changed)
    decision = Decision.ACCEPTED if suggestion_kind == suggestion.kind else Decision.EDITED
    return store_suggestion_decision(actor, suggestion, from_version, decision, changed)


@action
def merge_suggestion(
    *, actor: Person, suggestion: Suggestion, target_suggestion: Suggestion, from_version: int
) -> Suggestion:
    """Say that it is the same thing as another: one entry, which comes from both sentences. Raises as `accept`."""
    if target_suggestion.reading_id != suggestion.reading_id or target_suggestion.pk == suggestion.pk:
        raise ValueError("Suggestions of one reading are merged.")
    if target_suggestion.entered_at or target_suggestion.decision in {Decision.REFUSED, Decision.MERGED}:
        raise ActionRefused(_("Choose a suggestion that has not been rejected, merged or added to the record."), "into")
    if suggestion.merged.exists():
        raise ActionRefused(
            _("Other suggestions have been merged into this one. Merge the other suggestion into this one instead."),
            "into",
        )
    return store_suggestion_decision(
        actor, suggestion, from_version, Decision.MERGED, target_suggestion=target_suggestion
    )


@dataclass(frozen=True)
class JointDecision:
    """What a person accepted, added or rejected with one press, if that was the last decision."""

    kind: str
    decision: str
    count: int
    added: int  # of them, sentences without a suggestion of this kind before
    decided_at: datetime

    @property
    def kind_label(self) -> str:
        return str(DeskKind(self.kind).label)


def find_joint_decision(actor: Person, reading: Reading) -> JointDecision | None:
    """What this person can take back with one press."""
    own = reading.suggestions.filter(decided_by=actor).order_by("-decided_at")
    together = _query_joint_decisions(actor, reading).filter(decided_at=Subquery(own.values("decided_at")[:1]))
    added = Count("pk", filter=ADDED_TOGETHER)
    counted = together.values("kind", "decision", "decided_at").annotate(count=Count("pk"), added=added)
    found = list(counted.order_by("decision"))  # what was rejected beside others comes behind these
    first = found[0] if found else None
    if first is None or first["decided_at"] is None:
        return None
    is_kept = first["decision"] != Decision.REFUSED
    alike = [each for each in found if each["kind"] == first["kind"] and (each["decision"] != "refused") == is_kept]
    count, added = (sum(each[name] for each in alike) for name in ("count", "added"))
    if count == 1 and not added:
        return None
    return JointDecision(first["kind"], first["decision"], count, added, first["decided_at"])


def _query_joint_decisions(actor: Person, reading: Reading) -> QuerySet[Suggestion]:
    joint = (*ACCEPTING_DECISIONS, Decision.REFUSED)
    return reading.suggestions.filter(decided_by=actor, decision__in=joint, entered_at__isnull=True)


class UndoneDecisions(NamedTuple):
    """How many suggestions wait again, and how many entries were removed, since they were no suggestions before."""

    reopened: int
    removed: int


@action
def undo_joint_decision(
    *, actor: Person, reading: Reading, suggestion_kind: str, decided_at: datetime
) -> UndoneDecisions:
    """Take back what was accepted, added or rejected at that moment, except what was decided again or entered since.

    An added entry into which others were merged stays, and so do merges of colleagues. Raises PermissionDenied and
    ActionRefused.
    """
    reading = lock_decidable_reading(actor, reading)
    at_once = _query_joint_decisions(actor, reading).filter(decided_at=decided_at)
    alike = at_once.filter(kind=suggestion_kind)
    added = dict(alike.filter(ADDED_TOGETHER, merged=None).values_list("pk", "sentence"))
    together = {*added, *alike.exclude(ADDED_TOGETHER).values_list("pk", flat=True)}
    if not together:
        raise ActionRefused(
            _(
                "You can no longer undo this decision. These suggestions have been reviewed again or added to the"
                " record in the meantime."
            )
        )
    replaced = at_once.filter(decision=Decision.REFUSED, sentence__in=added.values()).values_list("pk", flat=True)
    numbers = together | set(replaced)
    undone = {"decision": Decision.WAITING, "decided_by": None, "decided_at": None, "version": F("version") + 1}
    own_merges = Suggestion.objects.filter(merged_into__in=numbers, decided_by=actor)
    own_merges.update(merged_into=None, **undone)
    Suggestion.objects.filter(pk__in=numbers).update(**undone)
    Suggestion.objects.filter(pk__in=added).delete()
    record_decision_activity(actor, reading)
    return UndoneDecisions(reopened=len(numbers) - len(added), removed=len(added))


@action
def accept_remaining_suggestions(*, actor: Person, reading: Reading, suggestion_kind: str) -> int:
    """Keep what waits of one kind, after looking at it. Returns how many. Raises PermissionDenied and ActionRefused."""
    reading = lock_decidable_reading(actor, reading)
    waiting = reading.suggestions.waiting().filter(kind=suggestion_kind)
    if suggestion_kind in ATTENDANCE_SUGGESTION_KINDS:
        waiting = waiting.exclude(actors=[])  # nobody is named: that takes a person
    count = waiting.update(
        decision=Decision.ACCEPTED, decided_by=actor, decided_at=timezone.now(), version=F("version") + 1
    )
    if count:
        record_decision_activity(actor, reading)
    return count


@action
def choose_decision_scope(*, actor: Person, reading: Reading, decision_scope: str) -> Reading:
    """Look at everything, or only at attendance, decisions and commitments. Nothing is decided by it."""
    reading = lock_decidable_reading(actor, reading)
    if reading.scope != decision_scope:
        reading.scope = Reading.Scope(decision_scope)
        reading.save(update_fields=["scope"])
        record_decision_activity(actor, reading)
    return reading


def check_suggestion_wording(wording: SuggestionWording) -> None:
    """Raises ActionRefused for what would enter nothing."""
    if wording.kind not in ATTENDANCE_SUGGESTION_KINDS and not wording.text.strip():
        raise ActionRefused(_("Enter the text for the record, or reject the suggestion."), "text")
    if wording.kind in ATTENDANCE_SUGGESTION_KINDS and not any(name.strip() for name in wording.actors):
        raise ActionRefused(_("Enter who attended, or reject the suggestion."), "actors")


def lock_decidable_reading(actor: Person, reading: Reading) -> Reading:
    """The reading as it is now, held until the transaction ends. Raises PermissionDenied and ActionRefused."""
    if not policies.can_decide_suggestions(ViewerContext(actor), reading):
        raise PermissionDenied
    current = lock_rows(Reading.objects.select_related("document", "coalition").filter(pk=reading.pk)).get()
    withdrawn = current.document is None or current.document.state in {State.WITHDRAWN, State.HELD}
    if withdrawn or current.state not in {Reading.State.OPEN, Reading.State.ENTERED}:
        raise ActionRefused(describe_closed_reading(current))
    return current


def store_suggestion_decision(
    actor: Person,
    suggestion: Suggestion,
    from_version: int,
    decision: Decision,
    wording: SuggestionWording | None = None,
    target_suggestion: Suggestion | None = None,
) -> Suggestion:
    reading = lock_decidable_reading(actor, suggestion.reading)
    current = Suggestion.objects.select_related("decided_by", "sentence").get(pk=suggestion.pk)
    columns = wording.get_column_values() if wording else {}
    repeated = (
        current.decision == decision
        and current.merged_into == target_suggestion
        and _has_suggestion_values(current, columns)
    )
    if repeated and from_version in {current.version, current.version - 1}:
        return current  # a second press of the same button
    if current.entered_at:
        raise ActionRefused(_describe_earlier_decision(current))
    check_current_version(current, from_version)
    if decision in {Decision.WAITING, Decision.REFUSED}:
        unmerge_suggestions(current)
    for name, value in columns.items():
        setattr(current, name, value)
    current.decision, current.merged_into, current.version = decision, target_suggestion, current.version + 1
    current.decided_by = None if decision == Decision.WAITING else actor
    current.decided_at = None if decision == Decision.WAITING else timezone.now()
    current.save()
    if columns:
        store_wording_actor_names(reading, columns)
    record_decision_activity(actor, reading)
    return current


def check_current_version(current: Suggestion, from_version: int) -> None:
    """Raise EditConflict if a decision was stored since the page was shown."""
    if current.version != from_version:
        raise EditConflict(current, sentence=_describe_earlier_decision(current))


def store_wording_actor_names(
    reading: Reading, columns: dict[str, Any], groups_by_name: Mapping[str, str] | None = None
) -> None:
    names = [*columns["actors"], columns["owner"]]
    is_about_people = columns["kind"] in {*ATTENDANCE_SUGGESTION_KINDS, DeskKind.COMMITMENT}
    store_actor_names(reading, names, groups_by_name, attendees=names if is_about_people else ())


def _describe_earlier_decision(current_suggestion: Suggestion) -> str:
    facts = {
        "number": current_suggestion.sentence.number,
        "who": current_suggestion.decided_by or _("Someone else"),
        "kind": current_suggestion.get_kind_display(),
        "text": current_suggestion.text,
    }
    if current_suggestion.entered_at:
        return (
            _("Sentence %(number)s has already been added to the record as “%(kind)s”. Change it in the record.")
            % facts
        )
    sentences = {
        Decision.ACCEPTED: _(
            "%(who)s has already accepted this suggestion as “%(kind)s”. Your decision was not saved."
        ),
        Decision.EDITED: _(
            "%(who)s has already edited this suggestion. It is now “%(kind)s”: %(text)s Your "
            "decision was not saved. Review the suggestion again if you disagree."
        ),
        Decision.REFUSED: _(
            "%(who)s has already rejected this suggestion. Your decision was not saved. Review the "
            "suggestion again if you disagree."
        ),
        Decision.MERGED: _("%(who)s has already merged this suggestion with another. Your decision was not saved."),
        Decision.WAITING: _(
            "An earlier decision on this suggestion was undone. Your decision was "
            "not saved. Review the suggestion again."
        ),
    }
    return sentences[Decision(current_suggestion.decision)] % facts


def _has_suggestion_values(current_suggestion: Suggestion, column_roles: dict[str, Any]) -> bool:
    return all(getattr(current_suggestion, name) == value for name, value in column_roles.items())


def unmerge_suggestions(suggestion: Suggestion) -> None:
    """What stood behind it waits again, since it has nothing to stand behind."""
    suggestion.merged.update(
        decision=Decision.WAITING, merged_into=None, decided_by=None, decided_at=None, version=F("version") + 1
    )


def record_decision_activity(actor: Person, reading: Reading) -> None:
    record_activity(actor=actor, verb="decided", subject=reading, coalition=reading.coalition)
