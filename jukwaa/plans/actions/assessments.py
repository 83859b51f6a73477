"""Saying how a capability stands, and carrying all of it over to the next edition of the framework."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.library.schema import STATE_MEANINGS, Capability, CapabilityState, Framework, get_framework
from jukwaa.plans.actions.plan_access import lock_plan_for_lead, lock_plan_for_writing
from jukwaa.plans.models import Assessment, CarriedOver, Plan

# 12,000; "40 000"; 1.5: a number, and nothing that says of what.
BARE_NUMBER_PATTERN = re.compile(r"[\d\s.,'\u2019\u00a0\u202f\u066b\u066c-]+")


@action
def assess_capability(
    *, actor: Person, plan: Plan, capability: str, said: dict[str, Any], seen_number: int
) -> Assessment:
    """Say how a capability stands, on top of what the writer read; what was said before stays, with its day.

    What `said` does not name is as before.

    Raises PermissionDenied, ActionRefused, and EditConflict.
    """
    current = lock_plan_for_writing(actor, plan)
    if capability not in {part.value for part in current.over.capabilities}:
        raise PermissionDenied(_("The framework of this plan does not include this capability."))
    before = get_current_assessment(current, capability)
    if before is not None and before.given_answers == {**before.given_answers, **said}:
        return before
    if before is not None and _overwrites_newer_answers(before, seen_number, said):
        raise EditConflict(before)
    _validate_assessment_answers(said, before)
    now = max(timezone.now(), before.at if before else plan.opened_at)  # a clock may be set back
    whole = {**before.given_answers, **said} if before else said
    made = _save_replacement_assessment(
        before, Assessment(plan=current, capability=capability, by=actor, at=now, **whole)
    )
    record_activity(actor=actor, verb="assessed", subject=made, coalition=current.coalition)
    return made


def get_current_assessment(plan: Plan, capability: str) -> Assessment | None:
    return Assessment.objects.standing().filter(plan=plan, capability=capability).first()


def _overwrites_newer_answers(current_assessment: Assessment, seen_number: int, answers: dict[str, Any]) -> bool:
    """Whether any of what is said was said anew since: records that were named meanwhile stand in no box of a form."""
    if current_assessment.number == seen_number:
        return False
    rows = Assessment.objects.filter(plan=current_assessment.plan_id, capability=current_assessment.capability)
    read = rows.filter(number=seen_number).first()
    if read is None:
        read = Assessment(
            state=current_assessment.plan.over.get_state_by_meaning("unknown").value
        )  # nobody had looked at it
    return any(read.given_answers[name] != current_assessment.given_answers[name] for name in answers)


def _validate_assessment_answers(answers: dict[str, Any], previous_assessment: Assessment | None) -> None:
    """What can't be meant. Raises ActionRefused."""
    due = answers.get("due_on")
    if due and due < timezone.localdate() and (previous_assessment is None or previous_assessment.due_on != due):
        raise ActionRefused(
            _("This date has passed. Choose today or a later date, or leave the field empty."), "due_on"
        )
    if BARE_NUMBER_PATTERN.fullmatch(str(answers.get("cost") or "")):
        raise ActionRefused(_("Enter the currency too, for example 40,000 euros a year."), "cost")


def _save_replacement_assessment(previous_assessment: Assessment | None, new_assessment: Assessment) -> Assessment:
    new_assessment.number = previous_assessment.number + 1 if previous_assessment else 1
    if previous_assessment is not None:
        previous_assessment.replaced_at = new_assessment.at
        previous_assessment.save(update_fields=["replaced_at"])
    new_assessment.save()
    return new_assessment


@dataclass(frozen=True)
class CapabilityMove:
    """What one capability of the next edition begins with: what stands for those of before that become it."""

    into: Capability
    of: list[Assessment]
    names: list[str]  # of the capabilities of before
    state: CapabilityState
    said: dict[str, Any]


@dataclass(frozen=True)
class EditionChange:
    """What carrying a plan over would do, to be looked at first."""

    next: Framework
    moves: list[CapabilityMove]
    left: list[tuple[str, Assessment]]  # without a counterpart, by name: they stay readable


def preview_edition_change(plan: Plan) -> EditionChange | None:
    """None where no edition took the place of this one."""
    if not plan.over.replaced_by:
        return None
    following = get_framework(plan.over.replaced_by)
    own = {part.value: str(part.label) for part in plan.over.capabilities}
    get_current_assessment = list(Assessment.objects.standing().filter(plan=plan, capability__in=own).order_by("pk"))
    goes_on = plan.over.goes_on
    moves = []
    for part in following.capabilities:
        if of := [each for each in get_current_assessment if part.value in goes_on.get(each.capability, ())]:
            said = _merge_successor_assessments(of, plan.over, following)
            moves.append(
                CapabilityMove(part, of, [own[each.capability] for each in of], following.state(said["state"]), said)
            )
    left = [(own[each.capability], each) for each in get_current_assessment if not goes_on.get(each.capability)]
    return EditionChange(following, moves, left)


def _merge_successor_assessments(
    old_assessments: list[Assessment], previous_framework: Framework, next_framework: Framework
) -> dict[str, Any]:
    """Of several that become one the least far counts, and the texts of all are kept."""
    meaning = max((previous_framework.state(each.state).meaning for each in old_assessments), key=STATE_MEANINGS.index)
    texts = {
        name: "\n\n".join(dict.fromkeys(filter(None, (getattr(each, name) for each in old_assessments))))
        for name in ("words", "evidence", "next_step")
    }
    lines = {
        name: "; ".join(dict.fromkeys(filter(None, (getattr(each, name) for each in old_assessments))))[:200]
        for name in ("body", "cost")
    }
    due = min((each.due_on for each in old_assessments if each.due_on), default=None)
    records = list(dict.fromkeys(number for each in old_assessments for number in each.records))
    return {
        **texts,
        **lines,
        "records": records,
        "due_on": due,
        "state": next_framework.get_state_by_meaning(meaning).value,
    }


@action
def move_to_next_edition(*, actor: Person, plan: Plan, target_edition: str) -> Plan:
    """Go on over the next edition. What maps begins there as it stands; what has no counterpart stays readable.

    `target_edition` is the edition that its lead looked at: pressed twice, a plan is carried once. Raises
    PermissionDenied and ActionRefused.
    """
    current = lock_plan_for_lead(actor, plan)
    if current.framework == target_edition:
        return current
    found = preview_edition_change(current)
    if found is None or found.next.name != target_edition:
        raise ActionRefused(_("There is no newer edition. Reload the page."))
    if (
        Plan.objects.of(current.coalition)
        .not_closed()
        .filter(country=current.country, framework=target_edition)
        .exists()
    ):
        raise ActionRefused(
            _("Your country already has a plan based on the new edition. Close one of the 2 plans first.")
        )
    now = timezone.now()
    CarriedOver.objects.create(plan=current, framework=current.framework, by=actor, at=now)
    for move in found.moves:
        _move_capability_to_edition(actor, current, move, now)
    current.framework = target_edition
    current.save(update_fields=["framework"])
    record_activity(actor=actor, verb="carried-over", subject=current, coalition=current.coalition)
    return current


def _move_capability_to_edition(actor: Person, plan: Plan, capability_move: CapabilityMove, now: datetime) -> None:
    before = Assessment.objects.filter(plan=plan, capability=capability_move.into.value).order_by("-number").first()
    Assessment.objects.create(
        plan=plan,
        capability=capability_move.into.value,
        number=before.number + 1 if before else 1,
        by=actor,
        at=now,
        **capability_move.said,
    )
    Assessment.objects.standing().filter(pk__in=[each.pk for each in capability_move.of]).update(replaced_at=now)
