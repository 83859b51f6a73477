"""Answering: every input gets a disposition with its reason, alone or together with those that say the same.

An answer may be given anew; the earlier one stays readable.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activities, record_activity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.core.transactions import lock_row, lock_rows
from jukwaa.drafting import policies
from jukwaa.drafting.actions.clauses import write_clause_body
from jukwaa.drafting.models import Disposition, Input, Placement

Answers = Input.Answer
ANSWERS_WITHOUT_REASON = frozenset({Answers.DUPLICATE, Answers.WITHDRAWN})


@dataclass(frozen=True, kw_only=True)
class InputAnswer:
    """What is said to an input. `seen` is the number of the answer that stood there when this one was written."""

    answer: str
    reason: str = ""
    duplicate_of: Input | None = None
    seen: int | None = None


@dataclass(frozen=True, kw_only=True)
class WordingAcceptance:
    """How a proposed wording is taken up: as it is, or as the `body` that the drafter made of it by hand.

    `from_digest` names how the clause read when they did; without it, it must read as when the wording was proposed.
    """

    body: str = ""
    from_digest: str = ""
    answer: str = Input.Answer.ACCEPTED
    reason: str = ""
    seen: int | None = None


@action
def answer_input(*, actor: Person, given: Input, answering: InputAnswer) -> Disposition:
    """Answer an input, or answer it anew. The same answer twice is given once.

    Raises PermissionDenied, ActionRefused, and EditConflict where somebody else was faster.
    """
    current = _lock_input_to_answer(actor, given)
    latest = current.dispositions.first()
    if latest is not None and _is_same_answer(latest, actor, answering) and current.disposition:
        return latest
    _refuse_invalid_answer(current, answering, latest)
    (disposition,) = _save_input_answers(actor, [current], answering)
    record_activity(actor=actor, verb="answered", subject=disposition, coalition=given.text.coalition)
    return disposition


@action
def answer_inputs_together(*, actor: Person, inputs: Sequence[Input], answering: InputAnswer) -> list[Disposition]:
    """One answer and one reason for several inputs of a text; an activity for each of them.

    Those that were answered, taken back or hidden meanwhile are left as they are. Raises PermissionDenied and
    ActionRefused.
    """
    if not inputs:
        return []
    text = inputs[0].text
    if not policies.can_draft_text(ViewerContext(actor), text):
        raise PermissionDenied
    chosen = Input.objects.filter(pk__in=[given.pk for given in inputs], text=text.pk).waiting()
    other = answering.duplicate_of
    waiting = list(lock_rows(chosen.exclude(pk=other.pk if other else 0).order_by("pk")))
    for current in waiting:
        _refuse_invalid_answer(current, answering)
    dispositions = _save_input_answers(actor, waiting, answering)
    record_activities(actor=actor, verb="answered", subjects=dispositions, coalition=text.coalition)
    return dispositions


@action
def accept_proposed_wording(*, actor: Person, given: Input, taking: WordingAcceptance | None = None) -> Disposition:
    """Write a proposed wording into its clause, and answer the input. Its author is credited while it stands there.

    Accepting it twice in the same words is one answer. Raises PermissionDenied, ActionRefused, and EditConflict
    where both texts are to be shown first: nothing that this person wrote is passed over in silence.
    """
    taking = taking or WordingAcceptance()
    lock_row(given.text)  # before the input, as whoever names a revision does
    current = _lock_input_to_answer(actor, given)
    latest, placement = current.dispositions.first(), get_current_clause(current)
    if latest is not None and _is_already_accepted(current, latest, placement, taking):
        return latest
    with translation.override(given.text.language):
        reason = taking.reason or _get_default_reason(taking.answer)
    answering = InputAnswer(answer=taking.answer, reason=reason, seen=taking.seen)
    _refuse_invalid_answer(current, answering, latest)
    if current.kind != Input.Kind.PROPOSAL:
        raise ActionRefused(_("Respond without accepting a wording. This input does not propose one."))
    _write_proposed_wording(actor, current, placement, taking)
    (disposition,) = _save_input_answers(actor, [current], answering)
    record_activity(actor=actor, verb="answered", subject=disposition, coalition=given.text.coalition)
    return disposition


def _get_default_reason(answer: str) -> str:
    """Return the reason that is given where the drafter gave none."""
    if answer == Answers.IN_PART:
        return _("Part of the proposed wording has been included in the text.")
    return _("The proposed wording has been included in the text.")


def reopen_duplicate_inputs(given: Input) -> None:
    """What was answered by pointing at this input has no answer any more. Part of a larger action."""
    latest = Disposition.objects.filter(input=OuterRef("pk")).order_by("-pk").values("duplicate_of")[:1]
    pointing = Input.objects.filter(text=given.text_id, disposition=Answers.DUPLICATE).alias(points_at=Subquery(latest))
    pointing.filter(points_at=given.pk).update(disposition="")


def get_current_clause(given: Input) -> Placement | None:
    """Where the clause of an input stands in the making; where it is gone, what its words went into."""
    for clause in (given.clause_id, given.now_at_id):
        if clause is not None and (found := Placement.objects.now(given.text).filter(clause=clause).first()):
            found.text = found.clause.text = given.text
            return found
    return None


def _is_wording_in_clause(placement: Placement, given: Input) -> bool:
    """Somebody proposed the same, and it stands there by now."""
    return placement.clause_id == given.clause_id and placement.wording.body.strip() == given.proposed.strip()


def _is_already_accepted(
    given: Input, latest: Disposition, placement: Placement | None, taking: WordingAcceptance
) -> bool:
    """Return whether text and answer are already what is asked for, to the last word."""
    if placement is None or given.disposition != taking.answer or not _is_wording_in_clause(placement, given):
        return False
    same_words = taking.body in ("", placement.wording.body)
    return same_words and taking.reason in ("", latest.reason)


def _lock_input_to_answer(actor: Person, given: Input) -> Input:
    if not policies.can_draft_text(ViewerContext(actor), given.text):
        raise PermissionDenied
    current = lock_row(given)
    current.text = given.text
    return current


def _is_same_answer(latest: Disposition, actor: Person, answering: InputAnswer) -> bool:
    other = answering.duplicate_of.pk if answering.duplicate_of else None
    said = (latest.by_id, latest.answer, latest.reason, latest.duplicate_of_id)
    return said == (actor.pk, answering.answer, answering.reason, other)


def _write_proposed_wording(
    actor: Person, given: Input, placement: Placement | None, taking: WordingAcceptance
) -> None:
    """Raises EditConflict."""
    if placement is None:
        raise EditConflict(None)
    as_then = placement.clause_id == given.clause_id and placement.wording_id == given.wording_id
    if not taking.from_digest and not as_then and not _is_wording_in_clause(placement, given):
        raise EditConflict(placement)
    body, digest = taking.body or given.proposed, taking.from_digest or placement.wording.digest
    write_clause_body(actor=actor, clause=placement.clause, body=body, from_digest=digest)


def _refuse_invalid_answer(given: Input, answering: InputAnswer, latest: Disposition | None = None) -> None:
    """Raises ActionRefused, and EditConflict where the latest answer is not the one that was seen."""
    if given.hidden_at:
        raise ActionRefused(_("This input has been hidden, so it does not need a response."))
    if given.disposition == Answers.WITHDRAWN:
        raise ActionRefused(_("The author has withdrawn this input, so it does not need a response."))
    if answering.answer not in Answers.values or answering.answer == Answers.WITHDRAWN:
        raise ActionRefused(_("Choose one of the responses listed. Only the author can withdraw an input."), "answer")
    if answering.answer not in ANSWERS_WITHOUT_REASON and not answering.reason.strip():
        raise ActionRefused(
            _("Enter a reason, in one sentence or more. The author of the input will read it."), "reason"
        )
    if answering.answer == Answers.DUPLICATE:
        _refuse_duplicate_loop(given, answering.duplicate_of)
    if latest is not None and latest.pk != answering.seen and given.disposition:
        raise EditConflict(latest)


def _refuse_duplicate_loop(given: Input, other: Input | None) -> None:
    """A duplicate leads, over other duplicates or at once, to an input of the same consultation that is answered."""
    other = Input.objects.filter(pk=other.pk).first() if other is not None else None  # as it is today
    if other is None or other.consultation_id != given.consultation_id:
        raise ActionRefused(_("Enter the number of another input in the same consultation."), "duplicate_of")
    if other.hidden_at or other.disposition == Answers.WITHDRAWN:
        raise ActionRefused(
            _("Choose another input. That one has been hidden or withdrawn and will not get a response."),
            "duplicate_of",
        )
    seen: set[int] = set()
    at: int | None = other.pk
    while at is not None and at not in seen:
        if at == given.pk:
            raise ActionRefused(
                _(
                    "Respond to one of the two inputs first. The other one is already marked as a duplicate "
                    "of this one."
                ),
                "duplicate_of",
            )
        seen.add(at)
        latest = Disposition.objects.filter(input=at).order_by("-pk").first()
        at = latest.duplicate_of_id if latest is not None else None


def _save_input_answers(actor: Person, inputs: Iterable[Input], answering: InputAnswer) -> list[Disposition]:
    """The rows, all of one moment: whoever gave several of them is told of all at once."""
    inputs, now = list(inputs), timezone.now()
    other = answering.duplicate_of if answering.answer == Answers.DUPLICATE else None
    dispositions = Disposition.objects.bulk_create(
        Disposition(input=given, answer=answering.answer, reason=answering.reason, duplicate_of=other, by=actor, at=now)
        for given in inputs
    )
    Input.objects.filter(pk__in=[given.pk for given in inputs]).update(disposition=answering.answer)
    for given in inputs:
        given.disposition = answering.answer
    return dispositions
