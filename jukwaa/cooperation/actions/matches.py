"""Bringing an offer and a need together: suggested, consented to by both, introduced, and what came of it."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.capacities import create_capacity
from jukwaa.coalitions.models import Capacity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.cooperation import policies
from jukwaa.cooperation.actions.offers import has_left_coalition
from jukwaa.cooperation.models import Consent, Match, MatchSide, Need, Offer, Step
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row, lock_rows
from jukwaa.records.models import State as RecordState

MatchState = Match.State

# From each state, those that can follow. Staying in one, either side adds its words.
NEXT_MATCH_STATES: dict[str, tuple[MatchState, ...]] = {
    MatchState.SUGGESTED: (MatchState.FELL_THROUGH,),
    MatchState.INTRODUCED: (MatchState.AGREED, MatchState.FELL_THROUGH),
    MatchState.AGREED: (MatchState.UNDER_WAY, MatchState.DONE, MatchState.FELL_THROUGH),
    MatchState.UNDER_WAY: (MatchState.DONE, MatchState.FELL_THROUGH),
    MatchState.DONE: (),
    MatchState.FELL_THROUGH: (),
}
MATCH_STATES_WITH_COMMENT = (MatchState.DONE, MatchState.FELL_THROUGH)


def _build_conflict_refusal(match: Match) -> ActionRefused:
    return ActionRefused(
        _("The status has changed to: %(state)s. Read the latest progress, then send your response again.")
        % {"state": match.get_state_display()}
    )


@action
def propose_match(*, actor: Person, offer: Offer, need: Need, words: str = "") -> Match:
    """Ask that both be introduced. Whoever speaks for one side consents for it by asking; a coordinator for none.

    What was brought together before is found again; where it fell through, it begins anew. Raises PermissionDenied and
    ActionRefused.
    """
    if not policies.can_propose_match(ViewerContext(actor), Match(offer=offer, need=need)):
        raise PermissionDenied(
            _("Only a coordinator or people who represent one of the two organisations can propose this introduction.")
        )
    for given in (offer, need):
        _refuse_closed_help(given)
    if offer.organisation_id == need.organisation_id:
        raise ActionRefused(_("The offer and the need are from the same organisation, so no introduction is needed."))
    match, new = lock_rows(Match.objects.all()).get_or_create(offer=offer, need=need, defaults={"by": actor})
    match.offer, match.need = offer, need
    if not new and match.state != MatchState.FELL_THROUGH:
        return _join_existing_proposal(actor, match, words)
    match.consents.filter(withdrawn_at=None).update(withdrawn_at=timezone.now())
    match.state = MatchState.SUGGESTED
    match.save(update_fields=["state"])
    sides = policies.get_represented_sides(ViewerContext(actor), match)
    capacity = _create_side_capacity(actor, match, sides[0] if sides else None)
    for side in sides[:1]:
        Consent.objects.create(match=match, side=side, person=actor, capacity=capacity)
    _add_match_step(match, actor, capacity, side_name=sides[0] if sides else "", words=words)
    record_activity(actor=actor, verb="asked" if sides else "suggested", subject=match, coalition=need.coalition)
    return match


def _join_existing_proposal(actor: Person, match: Match, words: str) -> Match:
    """Somebody asked before, or at the same moment. Whoever asks for the other side agrees by it."""
    side = next(iter(policies.get_represented_sides(ViewerContext(actor), match)), None)
    if (
        match.state != MatchState.SUGGESTED
        or side is None
        or match.consents.filter(side=side, withdrawn_at=None).exists()
    ):
        return match
    if words.strip():
        _add_match_step(match, actor, _create_side_capacity(actor, match, side), side_name=side, words=words)
    return give_match_consent(actor=actor, match=match, match_side=side)


@action
def give_match_consent(*, actor: Person, match: Match, match_side: MatchSide) -> Match:
    """One side lets its contact be passed on. With the consent of both they are introduced. Twice is once.

    Raises PermissionDenied and ActionRefused.
    """
    current = _lock_match_row(match)
    if not policies.can_give_consent(ViewerContext(actor), Consent(match=current, side=match_side)):
        raise PermissionDenied(
            _("Only people who represent the organisation can agree to the introduction on its behalf.")
        )
    if current.is_over:
        raise _build_conflict_refusal(current)
    for given in (current.offer, current.need):
        _refuse_closed_help(given)
    if current.consents.filter(side=match_side, withdrawn_at=None).exists():
        return current
    capacity = _create_side_capacity(actor, current, match_side)
    Consent.objects.create(match=current, side=match_side, person=actor, capacity=capacity)
    introduced = policies.has_both_consents(current) and current.state == MatchState.SUGGESTED
    if introduced:
        current.state = MatchState.INTRODUCED
        current.save(update_fields=["state"])
        _add_match_step(current, actor, capacity, side_name=match_side)
    verb = "introduced" if introduced else "consented"
    record_activity(actor=actor, verb=verb, subject=current, coalition=current.need.coalition)
    return current


@action
def withdraw_match_consent(*, actor: Person, match: Match, match_side: MatchSide) -> Match:
    """From now on the contacts are shown to neither side; what was passed on before can't be called back.

    Raises PermissionDenied.
    """
    current = _lock_match_row(match)
    if not policies.can_give_consent(ViewerContext(actor), Consent(match=current, side=match_side)):
        raise PermissionDenied(
            _("Only people who represent the organisation can withdraw its consent to the introduction.")
        )
    standing = current.consents.filter(side=match_side, withdrawn_at=None)
    if standing.update(withdrawn_at=timezone.now()):
        record_activity(actor=actor, verb="took-back-consent", subject=current, coalition=current.need.coalition)
    return current


@action
def update_match_state(*, actor: Person, match: Match, state: str, words: str, from_state: str) -> Match:
    """Say how it stands, and how one side tells of it. Raises PermissionDenied and ActionRefused."""
    current = _lock_match_row(match)
    if not policies.can_update_match(ViewerContext(actor), current):
        raise PermissionDenied(
            _("Only a coordinator or people who represent one of the two sides can update the status.")
        )
    if current.state != from_state:
        raise _build_conflict_refusal(current)
    sides = policies.get_represented_sides(ViewerContext(actor), current)
    if state not in get_next_states(current, sides) and not (sides and state == current.state):
        raise ActionRefused(_("Choose a status from the list."), "state")
    if not words.strip() and (state in MATCH_STATES_WITH_COMMENT or state == current.state):
        raise ActionRefused(_("Describe what the result was, or why there was none."), "words")
    current.state = state
    current.save(update_fields=["state"])
    side = sides[0] if sides else None
    _add_match_step(
        current, actor, _create_side_capacity(actor, current, side), side_name=side or "", words=words.strip()
    )
    record_activity(actor=actor, verb="moved", subject=current, coalition=current.need.coalition)
    return current


def get_next_states(match: Match, match_sides: list[MatchSide]) -> tuple[MatchState, ...]:
    """Return the states that these sides can set next; a coordinator can only end a suggested match.

    Nobody says that they agreed after one side has taken back that it would be introduced.
    """
    if not match_sides:
        return (MatchState.FELL_THROUGH,) if match.state == MatchState.SUGGESTED else ()
    return tuple(
        each
        for each in NEXT_MATCH_STATES[match.state]
        if each != MatchState.AGREED or policies.has_both_consents(match)
    )


def _refuse_closed_help(help_record: Offer | Need) -> None:
    """Raises ActionRefused."""
    if help_record.state != RecordState.PUBLISHED or help_record.is_closed:
        raise ActionRefused(_("“%(title)s” is closed, so no introduction is possible.") % {"title": help_record.title})
    if help_record.organisation is None:
        raise ActionRefused(
            _("“%(title)s” is not linked to an organisation in the directory yet. Ask a coordinator to link it.")
            % {"title": help_record.title}
        )
    if has_left_coalition(help_record.organisation):
        raise ActionRefused(_("%(name)s has left the coalition.") % {"name": help_record.organisation.name})


def _lock_match_row(match: Match) -> Match:
    """The row as it is now, so that of two who speak at once the second sees what the first said."""
    lock_row(match)
    rows = Match.objects.select_related("offer__organisation", "need__organisation", "need__coalition")
    current = rows.get(pk=match.pk)
    current.offer.coalition = current.need.coalition
    return current


def _create_side_capacity(actor: Person, match: Match, match_side: MatchSide | None) -> Capacity:
    organisation = match.side(match_side).organisation if match_side else None
    return create_capacity(coalition=match.need.coalition, person=actor, organisation=organisation)


def _add_match_step(match: Match, actor: Person, capacity: Capacity, *, side_name: str, words: str = "") -> None:
    Step.objects.create(match=match, state=match.state, side=side_name, words=words, person=actor, capacity=capacity)
