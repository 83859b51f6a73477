"""Agreeing: a call on one revision, the positions of organisations, and the outcome."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypedDict, Unpack
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.capacities import create_capacity
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.dates import format_long_date
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.core.transactions import lock_row, lock_rows
from jukwaa.drafting import policies
from jukwaa.drafting.actions.clauses import TEXT_WITHDRAWN_MESSAGE
from jukwaa.drafting.actions.revisions import NothingChangedError, create_named_revision
from jukwaa.drafting.actions.silence_procedure import (
    refuse_call_on_hold,
    refuse_unavailable_outcome,
    refuse_unavailable_stance,
    update_decision_title,
)
from jukwaa.drafting.call_outcomes import apply_call_outcome
from jukwaa.drafting.models import Call, Clause, Input, Placement, Position, Revision, Rules, Text
from jukwaa.drafting.positions import CallPositions, find_invited_individuals, find_invited_members, get_decision_rules
from jukwaa.drafting.silence_procedure import DecisionRules
from jukwaa.drafting.stance_parsing import STANCES_WITH_REASON
from jukwaa.records.models import State

MAX_CALL_REASON_LENGTH = 20_000  # characters of a reason
CallOutcome = Call.Outcome


@dataclass(frozen=True)
class PositionContent:
    """What a member says, why, and about which clause if it is one."""

    stance: str
    reason: str = ""
    clause: Clause | None = None


class DecisionRuleFields(TypedDict, total=False):
    """The rules for decisions alone."""

    decision_days: int
    objections: int
    objections_from: str
    amendments_object: bool
    procedure_objections: int
    awaiting: str
    extension_days: int


@action
def set_decision_rules(
    *,
    actor: Person,
    coalition: Coalition,
    silence: str,
    days: int,
    seen: str = "",
    **for_decisions: Unpack[DecisionRuleFields],
) -> Rules:
    """How the coalition agrees from now on; calls that are open keep the rules that they began with.

    `seen` is `get_rules_fingerprint` of what the writer started from. Raises PermissionDenied, and EditConflict.
    """
    if not policies.can_set_rules(ViewerContext(actor), coalition):
        raise PermissionDenied
    rules = lock_rows(Rules.objects.filter(coalition=coalition)).first() or Rules(coalition=coalition)
    if seen and seen != get_rules_fingerprint(rules):
        raise EditConflict(rules)
    before = get_rules_fingerprint(rules)
    for name, value in {"silence": silence, "days": days, **for_decisions}.items():
        setattr(rules, name, value)
    if get_rules_fingerprint(rules) == before and rules.pk:
        return rules
    try:
        with transaction.atomic():
            rules.save()
    except IntegrityError as error:  # others set the first rules at the same moment
        raise EditConflict(Rules.objects.get(coalition=coalition)) from error
    record_activity(actor=actor, verb="set-rules", subject=rules, coalition=coalition)
    return rules


def get_rules_fingerprint(rules: Rules) -> str:
    return "-".join(str(getattr(rules, name)) for name in ("silence", "days", *DecisionRuleFields.__annotations__))


@action
def call_for_consensus(
    *, actor: Person, text: Text, closes_at: datetime, although: str = "", token: UUID | None = None
) -> Call:
    """Ask the member organisations whether they agree to the latest revision. The same form sent twice calls once.

    `although` says why it is called while inputs wait for an answer. Raises PermissionDenied and ActionRefused.
    """
    current = _lock_text_for_call(actor, text)
    if token is not None and (there := Call.objects.filter(token=token, text=current).first()):
        return there
    if Call.objects.filter(text=current, outcome="").exists():
        raise ActionRefused(
            _("Declare the outcome of the current call first, or restart it. A text can only have one call at a time.")
        )
    revision = current.get_latest_revision()
    if revision is None:
        raise ActionRefused(_("Create a revision first. Members are asked to agree to a revision of the text."))
    _refuse_unanswered_inputs(current, although)
    return _open_call(actor, current, revision, closes_at, override_reason=although, token=token)


@action
def restart_consensus_call(
    *, actor: Person, call: Call, reason: str, closes_at: datetime, name: str = "", token: UUID | None = None
) -> Call:
    """An objection changed the substance: all are asked again, about the revision that came of it.

    That is the latest one if it is newer than what was asked about; else how the text reads now is named. Restarting
    twice finds the first. Raises PermissionDenied and ActionRefused.
    """
    text = _lock_text_for_call(actor, call.text)
    old = _lock_call_row(call)
    if old.outcome == CallOutcome.RESTARTED:
        return Call.objects.get(restarts=old)
    if old.outcome:
        raise ActionRefused(_("Open a new call. The outcome of this call has already been declared."))
    refuse_call_on_hold(old)
    if not reason.strip():
        raise ActionRefused(_("Describe what has changed, in one sentence or more."), "reason")
    revision = _get_newer_revision(actor, text, old, name)
    _save_call_outcome(actor, old, CallOutcome.RESTARTED, reason)
    return _open_call(actor, text, revision, closes_at, override_reason=old.although, token=token, restarts=old)


@action
def take_call_position(
    *, actor: Person, call: Call, organisation: Organisation | None, stand: PositionContent, seen: int | None = None
) -> Position:
    """Say what a member says; what it said before stays readable. Saying the same again changes nothing.

    Without an organisation, the actor is a member in their own right. `seen` is the number of the position
    that the writer had before them, 0 for none. Raises PermissionDenied, ActionRefused, and EditConflict.
    """
    asked = Position(call=call, organisation=organisation, person=actor)
    if not policies.can_take_position(ViewerContext(actor), asked):
        raise PermissionDenied(policies.explain_position_refusal(asked))
    current = _lock_call_row(call)
    _refuse_non_members(current, actor, organisation)
    _refuse_closed_call(current)
    refuse_unavailable_stance(current, stand.stance)
    _refuse_incomplete_position(current, stand)
    now = get_call_position(current, actor, organisation)
    if now is not None and (now.stance, now.reason, now.clause) == (stand.stance, stand.reason, stand.clause):
        return now
    if now is not None and seen is not None and seen != now.pk:
        raise EditConflict(now)
    return _save_member_position(actor, current, organisation, stand, now)


def get_call_position(call: Call, actor: Person, organisation: Organisation | None) -> Position | None:
    """Return what the organisation says now, or without one, what the actor says in their own right."""
    own = {"organisation": organisation} if organisation else {"organisation": None, "person": actor}
    return Position.objects.filter(call=call, stands=True, **own).first()


def _refuse_non_members(call: Call, actor: Person, organisation: Organisation | None) -> None:
    if organisation is None:
        if not find_invited_individuals(call).filter(pk=actor.pk).exists():
            raise PermissionDenied(_("Only members can take a position. You are not an individual member."))
    elif not find_invited_members(call).filter(pk=organisation.pk).exists():
        raise PermissionDenied(
            _("Only member organisations can take a position. This organisation is not a member at present.")
        )


@action
def declare_call_outcome(*, actor: Person, call: Call, outcome: str, reason: str) -> Call:
    """Save the outcome and its reason; the same twice changes nothing. Raises PermissionDenied and ActionRefused."""
    if not policies.can_manage_call(ViewerContext(actor), call.text):
        raise PermissionDenied(_("Only a coordinator or the chair can declare the outcome of a call."))
    current = _lock_call_row(call)
    if current.outcome == outcome:
        return current
    if current.outcome:
        raise ActionRefused(
            _("The outcome has already been declared: %(outcome)s. Open a new call if this outcome is no longer valid.")
            % {"outcome": current.get_outcome_display()}
        )
    if not reason.strip():
        raise ActionRefused(_("Enter a reason, so that everyone can understand the outcome."), "reason")
    _refuse_unavailable_outcome(current, outcome)
    return _save_call_outcome(actor, current, outcome, reason)


def _lock_text_for_call(actor: Person, text: Text) -> Text:
    """The text as it is now, held until the transaction ends, if this person may ask about it."""
    if not policies.can_manage_call(ViewerContext(actor), text):
        raise PermissionDenied(_("Only a coordinator or the chair can open a consensus call."))
    current = lock_row(text)
    if current.state != State.PUBLISHED:
        raise ActionRefused(
            _("Share the text with its readers first. Members must be able to read it before they respond.")
        )
    return current


def _lock_call_row(call: Call) -> Call:
    current = lock_row(call)
    current.text = call.text
    return current


def _refuse_unanswered_inputs(text: Text, override_reason: str) -> None:
    if override_reason.strip():
        return
    waiting = Input.objects.filter(text=text).waiting().count()
    if waiting:
        sentence = ngettext(
            "%(n)s input has no response yet. Respond to it first, or explain below why you are opening the call now.",
            "%(n)s inputs have no response yet. Respond to them first, or explain below why you are opening the call"
            " now.",
            waiting,
        )
        raise ActionRefused(sentence % {"n": waiting}, "although")
    now = timezone.now()
    if text.consultations.filter(opens_at__lte=now, closes_at__gt=now).exists():
        raise ActionRefused(
            _(
                "Wait until the consultation on this text has closed, or explain below why you are opening the call"
                " now."
            ),
            "although",
        )


def _open_call(
    actor: Person,
    text: Text,
    revision: Revision,
    closes_at: datetime,
    *,
    override_reason: str,
    token: UUID | None,
    restarts: Call | None = None,
) -> Call:
    rules = get_decision_rules(text.coalition)
    now = timezone.now()
    _refuse_short_call_period(rules.decision_days if text.is_decision else rules.days, closes_at)
    if text.is_decision:
        update_decision_title(actor, text, revision)
    call = Call.objects.create(
        text=text,
        revision=revision,
        silence=rules.silence,
        rules=DecisionRules.from_rules(rules).as_json() if text.is_decision else {},
        opens_at=now,
        closes_at=closes_at,
        although=override_reason,
        token=None if token and Call.objects.filter(token=token).exists() else token,
        restarts=restarts,
        by=actor,
    )
    record_activity(actor=actor, verb="restarted" if restarts else "opened", subject=call, coalition=text.coalition)
    return call


def _refuse_short_call_period(day_count: int, closes_at: datetime) -> None:
    if closes_at < timezone.now() + timedelta(days=day_count):
        earliest = format_long_date(timezone.localdate() + timedelta(days=day_count))
        raise ActionRefused(
            _("Choose %(day)s or a later date. A call must last at least %(days)s days.")
            % {"days": day_count, "day": earliest},
            "closes_on",
        )


def _get_newer_revision(actor: Person, text: Text, call: Call, revision_name: str) -> Revision:
    latest = text.get_latest_revision()
    if latest is not None and latest.number > call.revision.number and latest.step == text.step:
        return latest
    if not policies.can_draft_text(ViewerContext(actor), text):
        raise ActionRefused(
            _("Ask the drafters to create a revision first. Members must be asked about a newer revision of the text.")
        )
    try:
        return create_named_revision(actor=actor, text=text, revision_name=revision_name)
    except NothingChangedError as nothing:
        raise ActionRefused(
            _(
                "Change the text before you restart the call. It is still the same as the revision that "
                "members were asked about."
            )
        ) from nothing


def _refuse_closed_call(call: Call) -> None:
    if not Text.objects.get(pk=call.text_id).is_open_to_change:
        raise ActionRefused(str(TEXT_WITHDRAWN_MESSAGE))
    if call.outcome == CallOutcome.RESTARTED:
        raise ActionRefused(
            _(
                "Respond to the new call instead. This one has been restarted. Your text is still here, "
                "so that you can copy it."
            )
        )
    if call.is_over:
        raise ActionRefused(
            _(
                "Send your response to the coordinator. The call closed on %(day)s, but your text is "
                "still here, so that you can copy it."
            )
            % {"day": format_long_date(timezone.localdate(call.closes_at - timedelta(seconds=1)))}
        )


def _refuse_incomplete_position(call: Call, position_content: PositionContent) -> None:
    if position_content.stance in STANCES_WITH_REASON and not position_content.reason.strip():
        raise ActionRefused(
            _("Enter a reason. It will be published in your words, so that others can answer it."), "reason"
        )
    if len(position_content.reason) > MAX_CALL_REASON_LENGTH:
        raise ActionRefused(
            _("Shorten the reason to %(most)s characters or fewer.") % {"most": MAX_CALL_REASON_LENGTH}, "reason"
        )
    if position_content.clause is None:
        return
    if not Placement.objects.at(call.text, call.revision.step).filter(clause=position_content.clause.pk).exists():
        raise ActionRefused(_("Enter the number of a clause in the revision that the call is about."), "clause")


def _save_member_position(
    actor: Person, call: Call, organisation: Organisation | None, content: PositionContent, now: Position | None
) -> Position:
    if now is not None:
        now.stands = False
        now.save(update_fields=["stands"])
    capacity = create_capacity(coalition=call.text.coalition, person=actor, organisation=organisation)
    position = Position.objects.create(
        call=call,
        organisation=organisation,
        capacity=capacity,
        person=actor,
        stance=content.stance,
        reason=content.reason,
        clause=content.clause,
    )
    record_activity(
        actor=actor, verb="took-position", subject=position, coalition=call.text.coalition, capacity=capacity
    )
    return position


def _refuse_unavailable_outcome(call: Call, outcome: str) -> None:
    if outcome == CallOutcome.RESTARTED:
        raise ActionRefused(_("Go to the consensus call page to restart the call with a new revision."), "outcome")
    refuse_call_on_hold(call)
    positions = CallPositions(call)
    if call.text.is_decision:
        refuse_unavailable_outcome(call, positions, outcome)
        return
    if outcome == CallOutcome.TO_MEETING:
        raise ActionRefused(_("Only a decision can be moved to a meeting. Choose another outcome."), "outcome")
    if not call.is_over and not positions.have_all_responded:
        raise ActionRefused(
            _("Wait until the call closes on %(day)s, or until all members have responded.")
            % {"day": format_long_date(timezone.localdate(call.closes_at - timedelta(seconds=1)))}
        )
    if outcome == CallOutcome.CONSENSUS and positions.objections:
        raise ActionRefused(
            _(
                "Choose “agreed, with remaining objections” or “no consensus”, or restart the call. "
                "There are remaining objections."
            ),
            "outcome",
        )
    if outcome == CallOutcome.WITH_DISSENT and not positions.objections:
        raise ActionRefused(_("Choose “consensus” or “no consensus”. There are no remaining objections."), "outcome")
    if outcome != CallOutcome.NO_CONSENSUS and not positions.has_any_support:
        raise ActionRefused(_("Choose “no consensus”. No member supports the text."), "outcome")


def _save_call_outcome(actor: Person, call: Call, outcome: str, reason: str) -> Call:
    call.outcome, call.reason = outcome, reason
    call.declared_by, call.declared_at = actor, timezone.now()
    call.save(update_fields=["outcome", "reason", "declared_by", "declared_at"])
    if outcome != CallOutcome.RESTARTED:
        record_activity(actor=actor, verb="declared", subject=call, coalition=call.text.coalition)
        apply_call_outcome(actor, call)
    return call
