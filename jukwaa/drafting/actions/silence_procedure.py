"""What a silence procedure for a decision has beside a call: its rules, what holds its result, and its extension."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.dates import format_moment
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.drafting import policies
from jukwaa.drafting.models import Call, Hold, Placement, Position, Revision, Text
from jukwaa.drafting.positions import CallPositions
from jukwaa.drafting.silence_procedure import DecisionRules, get_available_stances
from jukwaa.drafting.stance_parsing import parse_stance_of_email
from jukwaa.records.actions import change_record
from jukwaa.records.models import State
from jukwaa.updates.models import ListPost

Outcome, Stance = Call.Outcome, Position.Stance
STANCES_HOLDING_RESULT = (Stance.OBJECT, Stance.AMENDMENT, Stance.PROCEDURE)
MAX_DECISION_TITLE_LENGTH = 160


def update_decision_title(actor: Person, text: Text, revision: Revision) -> None:
    """Give a decision the beginning of the wording that members are asked about as its title."""
    bodies = [placement.wording.body for placement in Placement.objects.at(text, revision.step)]
    title = Truncator(" ".join(" ".join(bodies).split())).chars(MAX_DECISION_TITLE_LENGTH)
    current = lock_row(text)
    if title != current.title:
        change_record(
            actor=actor, record=current, changes={"title": title}, from_version=current.version, is_trusted=True
        )
    text.title = title


def refuse_unavailable_stance(call: Call, stance: str) -> None:
    """Raise ActionRefused for a position that is only taken on decisions."""
    if stance not in get_available_stances(call):
        raise ActionRefused(
            _("Choose one of the positions listed. The position that you chose is only for decisions."), "stance"
        )


def refuse_call_on_hold(call: Call) -> None:
    """Raise ActionRefused while an objection that was raised elsewhere has not been clarified."""
    if call.holds.filter(clarified_at=None).exists():
        raise ActionRefused(
            _(
                "First clarify the objection that was raised outside the silence procedure. The result is on hold"
                " until then."
            )
        )


def refuse_unavailable_outcome(call: Call, positions: CallPositions, outcome: str) -> None:
    """Raise ActionRefused for an outcome of a decision that its rules do not allow."""
    verdict = positions.verdict
    is_complete = call.is_over or positions.have_all_responded
    if not is_complete and outcome not in verdict.at_once:
        raise ActionRefused(
            _("The silence procedure is open until %(end)s. Declare the outcome after that.")
            % {"end": format_moment(call.closes_at)}
        )
    if must_extend_call(call, positions):
        days = DecisionRules.from_call(call).extension_days
        raise ActionRefused(
            ngettext(
                "Some members are awaiting instructions. The silence procedure will be extended by %(n)s day.",
                "Some members are awaiting instructions. The silence procedure will be extended by %(n)s days.",
                days,
            )
            % {"n": days}
        )
    if outcome not in verdict.outcomes:
        allowed = [str(call.get_outcome_label(choice)) for choice in Outcome if choice in verdict.outcomes]
        raise ActionRefused(
            _("The positions and the coalition's rules do not allow this outcome. Choose one of these: %(outcomes)s.")
            % {"outcomes": ", ".join(allowed)},
            "outcome",
        )


def must_extend_call(call: Call, positions: CallPositions) -> bool:
    """Whether a call that has reached its end goes on once more, since members await instructions.

    One that its objections have stopped does not.
    """
    waits = call.is_over and not call.outcome and call.extended_at is None and call.text.is_decision
    if not waits or not DecisionRules.from_call(call).is_extendable:
        return False
    return bool(positions.get_by_stance(Stance.AWAITING)) and not positions.verdict.is_stopped


@action
def extend_silence_call(*, call: Call, now: datetime) -> bool:
    """Extend a silence procedure at whose end members await instructions, once. Return whether it was extended."""
    current = lock_row(call)
    current.text = call.text
    if not must_extend_call(current, CallPositions(current)):
        return False
    current.closes_at = now + timedelta(days=DecisionRules.from_call(current).extension_days)
    current.extended_at = now
    current.save(update_fields=["closes_at", "extended_at"])
    record_activity(actor=None, verb="extended", subject=current, coalition=current.text.coalition)
    return True


@action
def put_call_result_on_hold(*, actor: Person, call: Call, reason: str) -> Hold:
    """Hold the result of a call, since an objection was raised elsewhere. Raises PermissionDenied and ActionRefused."""
    if not policies.can_manage_call(ViewerContext(actor), call.text):
        raise PermissionDenied(_("Only a coordinator or the chair can put the result on hold."))
    current = lock_row(call)
    if current.outcome:
        raise ActionRefused(_("The outcome has been declared already. It can no longer be put on hold."))
    if not reason.strip():
        raise ActionRefused(_("Enter where the objection was raised."), "reason")
    hold = Hold.objects.create(call=current, reason=reason.strip(), by=actor)
    record_activity(actor=actor, verb="held", subject=call, coalition=call.text.coalition)
    return hold


@action
def clarify_mailing_list_hold(*, actor: Person, hold: Hold, clarification: str) -> Hold:
    """Say what became of an objection that was raised elsewhere. Clarifying it twice keeps the first clarification.

    Raises PermissionDenied and ActionRefused.
    """
    if not policies.can_manage_call(ViewerContext(actor), hold.call.text):
        raise PermissionDenied(_("Only a coordinator or the chair can clarify the objection."))
    current = lock_row(hold)
    if current.clarified_at is not None:
        return current
    if not clarification.strip():
        raise ActionRefused(_("Describe what was clarified, and with whom."), "clarification")
    current.clarification, current.clarified_by = clarification.strip(), actor
    current.clarified_at = timezone.now()
    current.save(update_fields=["clarification", "clarified_by", "clarified_at"])
    record_activity(actor=actor, verb="clarified", subject=hold.call, coalition=hold.call.text.coalition)
    return current


@action
def hold_calls_objected_to_in_post(list_post: ListPost) -> list[Hold]:
    """Hold the results of the calls to which a post of the mailing list objects; a post holds a call once.

    Its words decide: the first line objects, as in a reply by email, and the post or its subject names the decision.
    """
    said = parse_stance_of_email(list_post.body)
    if said is None or said.stance not in STANCES_HOLDING_RESULT:
        return []
    undeclared = Call.objects.filter(outcome="", text__state=State.PUBLISHED, text__coalition=list_post.coalition_id)
    held = []
    for call in undeclared.select_related("text__coalition").order_by("pk"):
        if call.text.is_decision and _does_post_mention_text(list_post, call.text):
            hold, is_new = Hold.objects.get_or_create(call=call, post=list_post)
            if is_new:
                record_activity(actor=None, verb="held", subject=call, coalition=call.text.coalition)
                held.append(hold)
    return held


def _does_post_mention_text(list_post: ListPost, text: Text) -> bool:
    """Whether a post is about a text: its title is in the subject, or the address of its page in the post."""
    address = text.get_absolute_url()
    return text.title.casefold() in list_post.subject.casefold() or f"{address.rstrip('/')}/" in list_post.body
