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

InputAnswerChoice = Input.Answer
ANSWERS_WITHOUT_REASON = frozenset({InputAnswerChoice.DUPLICATE, InputAnswerChoice.WITHDRAWN})


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
def answer_input(*, actor: Person, given_input: Input, input_answer: InputAnswer) -> Disposition:
    """Answer an input, or answer it anew. The same answer twice is given once.

    Raises PermissionDenied, ActionRefused, and EditConflict where somebody else was faster.
    """
    current = _lock_input_to_answer(actor, given_input)
    latest = current.dispositions.first()
    if latest is not None and _is_same_answer(latest, actor, input_answer) and current.disposition:
        return latest
    _refuse_invalid_answer(current, input_answer, latest)
    (disposition,) = _save_input_answers(actor, [current], input_answer)
    record_activity(actor=actor, verb="answered", subject=disposition, coalition=given_input.text.coalition)
    return disposition


@action
def answer_inputs_together(*, actor: Person, inputs: Sequence[Input], input_answer: InputAnswer) -> list[Disposition]:
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
    other = input_answer.duplicate_of
    waiting = list(lock_rows(chosen.exclude(pk=other.pk if other else 0).order_by("pk")))
    for current in waiting:
        _refuse_invalid_answer(current, input_answer)
    dispositions = _save_input_answers(actor, waiting, input_answer)
    record_activities(actor=actor, verb="answered", activity_subjects=dispositions, coalition=text.coalition)
    return dispositions


@action
def accept_proposed_wording(
    *, actor: Person, given_input: Input, wording_acceptance: WordingAcceptance | None = None
) -> Disposition:
    """Write a proposed wording into its clause, and answer the input. Its author is credited while it stands there.

    Accepting it twice in the same words is one answer. Raises PermissionDenied, ActionRefused, and EditConflict
    where both texts are to be shown first: nothing that this person wrote is passed over in silence.
    """
    wording_acceptance = wording_acceptance or WordingAcceptance()
    lock_row(given_input.text)  # before the input, as whoever names a revision does
    current = _lock_input_to_answer(actor, given_input)
    latest, placement = current.dispositions.first(), get_current_clause(current)
    if latest is not None and _is_already_accepted(current, latest, placement, wording_acceptance):
        return latest
    with translation.override(given_input.text.language):
        reason = wording_acceptance.reason or _get_default_answer_reason(wording_acceptance.answer)
    answering = InputAnswer(answer=wording_acceptance.answer, reason=reason, seen=wording_acceptance.seen)
    _refuse_invalid_answer(current, answering, latest)
    if current.kind != Input.Kind.PROPOSAL:
        raise ActionRefused(_("Respond without accepting a wording. This input does not propose one."))
    _write_proposed_wording(actor, current, placement, wording_acceptance)
    (disposition,) = _save_input_answers(actor, [current], answering)
    record_activity(actor=actor, verb="answered", subject=disposition, coalition=given_input.text.coalition)
    return disposition


def _get_default_answer_reason(disposition_outcome: str) -> str:
    """Return the reason that is given where the drafter gave none."""
    if disposition_outcome == InputAnswerChoice.IN_PART:
        return _("Part of the proposed wording has been included in the text.")
    return _("The proposed wording has been included in the text.")


def reopen_duplicate_inputs(given_input: Input) -> None:
    """What was answered by pointing at this input has no answer any more. Part of a larger action."""
    latest = Disposition.objects.filter(input=OuterRef("pk")).order_by("-pk").values("duplicate_of")[:1]
    pointing = Input.objects.filter(text=given_input.text_id, disposition=InputAnswerChoice.DUPLICATE).alias(
        points_at=Subquery(latest)
    )
    pointing.filter(points_at=given_input.pk).update(disposition="")


def get_current_clause(given_input: Input) -> Placement | None:
    """Where the clause of an input stands in the making; where it is gone, what its words went into."""
    for clause in (given_input.clause_id, given_input.now_at_id):
        if clause is not None and (found := Placement.objects.now(given_input.text).filter(clause=clause).first()):
            found.text = found.clause.text = given_input.text
            return found
    return None


def _is_wording_in_clause(placement: Placement, given_input: Input) -> bool:
    """Somebody proposed the same, and it stands there by now."""
    return (
        placement.clause_id == given_input.clause_id and placement.wording.body.strip() == given_input.proposed.strip()
    )


def _is_already_accepted(
    given_input: Input,
    latest_disposition: Disposition,
    placement: Placement | None,
    wording_acceptance: WordingAcceptance,
) -> bool:
    """Return whether text and answer are already what is asked for, to the last word."""
    if (
        placement is None
        or given_input.disposition != wording_acceptance.answer
        or not _is_wording_in_clause(placement, given_input)
    ):
        return False
    same_words = wording_acceptance.body in ("", placement.wording.body)
    return same_words and wording_acceptance.reason in ("", latest_disposition.reason)


def _lock_input_to_answer(actor: Person, given_input: Input) -> Input:
    if not policies.can_draft_text(ViewerContext(actor), given_input.text):
        raise PermissionDenied
    current = lock_row(given_input)
    current.text = given_input.text
    return current


def _is_same_answer(latest_disposition: Disposition, actor: Person, input_answer: InputAnswer) -> bool:
    other = input_answer.duplicate_of.pk if input_answer.duplicate_of else None
    said = (
        latest_disposition.by_id,
        latest_disposition.answer,
        latest_disposition.reason,
        latest_disposition.duplicate_of_id,
    )
    return said == (actor.pk, input_answer.answer, input_answer.reason, other)


def _write_proposed_wording(
    actor: Person, given_input: Input, placement: Placement | None, wording_acceptance: WordingAcceptance
) -> None:
    """Raises EditConflict."""
    if placement is None:
        raise EditConflict(None)
    as_then = placement.clause_id == given_input.clause_id and placement.wording_id == given_input.wording_id
    if not wording_acceptance.from_digest and not as_then and not _is_wording_in_clause(placement, given_input):
        raise EditConflict(placement)
    body, digest = (
        wording_acceptance.body or given_input.proposed,
        wording_acceptance.from_digest or placement.wording.digest,
    )
    write_clause_body(actor=actor, clause=placement.clause, clause_body=body, from_digest=digest)


def _refuse_invalid_answer(
    given_input: Input, input_answer: InputAnswer, latest_disposition: Disposition | None = None
) -> None:
    """Raises ActionRefused, and EditConflict where the latest answer is not the one that was seen."""
    if given_input.hidden_at:
        raise ActionRefused(_("This input has been hidden, so it does not need a response."))
    if given_input.disposition == InputAnswerChoice.WITHDRAWN:
        raise ActionRefused(_("The author has withdrawn this input, so it does not need a response."))
    if input_answer.answer not in InputAnswerChoice.values or input_answer.answer == InputAnswerChoice.WITHDRAWN:
        raise ActionRefused(_("Choose one of the responses listed. Only the author can withdraw an input."), "answer")
    if input_answer.answer not in ANSWERS_WITHOUT_REASON and not input_answer.reason.strip():
        raise ActionRefused(
            _("Enter a reason, in one sentence or more. The author of the input will read it."), "reason"
        )
    if input_answer.answer == InputAnswerChoice.DUPLICATE:
        _refuse_duplicate_loop(given_input, input_answer.duplicate_of)
    if latest_disposition is not None and latest_disposition.pk != input_answer.seen and given_input.disposition:
        raise EditConflict(latest_disposition)


def _refuse_duplicate_loop(given_input: Input, other_input: Input | None) -> None:
    """A duplicate leads, over other duplicates or at once, to an input of the same consultation that is answered."""
    other_input = Input.objects.filter(pk=other_input.pk).first() if other_input is not None else None  # as it is today
    if other_input is None or other_input.consultation_id != given_input.consultation_id:
        raise ActionRefused(_("Enter the number of another input in the same consultation."), "duplicate_of")
    if other_input.hidden_at or other_input.disposition == InputAnswerChoice.WITHDRAWN:
        raise ActionRefused(
            _(
                "Choose another input. The input that you entered has been hidden or withdrawn and will not get a"
                " response."
            ),
            "duplicate_of",
        )
    seen: set[int] = set()
    at: int | None = other_input.pk
    while at is not None and at not in seen:
        if at == given_input.pk:
            raise ActionRefused(
                _(
                    "Respond to one of the two inputs first. The input that you entered is already marked as a"
                    " duplicate of this input."
                ),
                "duplicate_of",
            )
        seen.add(at)
        latest = Disposition.objects.filter(input=at).order_by("-pk").first()
        at = latest.duplicate_of_id if latest is not None else None


def _save_input_answers(actor: Person, given_inputs: Iterable[Input], input_answer: InputAnswer) -> list[Disposition]:
    """The rows, all of one moment: whoever gave several of them is told of all at once."""
    given_inputs, now = list(given_inputs), timezone.now()
    other = input_answer.duplicate_of if input_answer.answer == InputAnswerChoice.DUPLICATE else None
    dispositions = Disposition.objects.bulk_create(
        Disposition(
            input=given, answer=input_answer.answer, reason=input_answer.reason, duplicate_of=other, by=actor, at=now
        )
        for given in given_inputs
    )
    Input.objects.filter(pk__in=[given.pk for given in given_inputs]).update(disposition=input_answer.answer)
    for given in given_inputs:
        given.disposition = input_answer.answer
    return dispositions
