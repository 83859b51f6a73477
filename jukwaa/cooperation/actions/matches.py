"""Bringing an offer and a need together: suggested, consented to by both, introduced, and what came of it."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, note
from jukwaa.coalitions.capacities import capacity_of
from jukwaa.coalitions.models import Capacity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.cooperation import policies
from jukwaa.cooperation.actions.offers import has_left
from jukwaa.cooperation.models import Consent, Match, Need, Offer, Side, Step
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row, lock_rows
from jukwaa.records.models import State as RecordState

State = Match.State

# From each state, those that can follow. Staying in one, either side adds its words.
FOLLOWS: dict[str, tuple[State, ...]] = {
    State.SUGGESTED: (State.FELL_THROUGH,),
    State.INTRODUCED: (State.AGREED, State.FELL_THROUGH),
    State.AGREED: (State.UNDER_WAY, State.DONE, State.FELL_THROUGH),
    State.UNDER_WAY: (State.DONE, State.FELL_THROUGH),
    State.DONE: (),
    State.FELL_THROUGH: (),
}
NEEDS_WORDS = (State.DONE, State.FELL_THROUGH)


def _changed_meanwhile(match: Match) -> ActionRefused:
    return ActionRefused(
        _("The status has changed to: %(state)s. Read the latest progress, then send your response again.")
        % {"state": match.get_state_display()}
    )


@action
def bring_together(*, actor: Person, offer: Offer, need: Need, words: str = "") -> Match:
    """Ask that both be introduced. Whoever speaks for one side consents for it by asking; a coordinator for none.

    What was brought together before is found again; where it fell through, it begins anew. Raises PermissionDenied and
    ActionRefused.
    """
    if not policies.can_match(ViewerContext(actor), Match(offer=offer, need=need)):
        raise PermissionDenied(
            _("Only a coordinator or people who represent one of the two organisations can propose this introduction.")
        )
    for given in (offer, need):
        _refuse_closed(given)
    if offer.organisation_id == need.organisation_id:
        raise ActionRefused(_("Both belong to the same organisation, so no introduction is needed."))
    match, new = lock_rows(Match.objects.all()).get_or_create(offer=offer, need=need, defaults={"by": actor})
    match.offer, match.need = offer, need
    if not new and match.state != State.FELL_THROUGH:
        return _ask_too(actor, match, words)
    match.consents.filter(withdrawn_at=None).update(withdrawn_at=timezone.now())
    match.state = State.SUGGESTED
    match.save(update_fields=["state"])
    sides = policies.sides_of(ViewerContext(actor), match)
    capacity = _capacity(actor, match, sides[0] if sides else None)
    for side in sides[:1]:
        Consent.objects.create(match=match, side=side, person=actor, capacity=capacity)
    _step(match, actor, capacity, side=sides[0] if sides else "", words=words)
    note(actor=actor, verb="asked" if sides else "suggested", subject=match, coalition=need.coalition)
    return match


def _ask_too(actor: Person, match: Match, words: str) -> Match:
    """Somebody asked before, or at the same moment. Whoever asks for the other side agrees by it."""
    side = next(iter(policies.sides_of(ViewerContext(actor), match)), None)
    if match.state != State.SUGGESTED or side is None or match.consents.filter(side=side, withdrawn_at=None).exists():
        return match
    if words.strip():
        _step(match, actor, _capacity(actor, match, side), side=side, words=words)
    return consent(actor=actor, match=match, side=side)


@action
def consent(*, actor: Person, match: Match, side: Side) -> Match:
    """One side lets its contact be passed on. With the consent of both they are introduced. Twice is once.

    Raises PermissionDenied and ActionRefused.
    """
    current = _locked(match)
    if not policies.can_consent(ViewerContext(actor), Consent(match=current, side=side)):
        raise PermissionDenied(_("Only people who currently represent this side can agree."))
    if current.is_over:
        raise _changed_meanwhile(current)
    for given in (current.offer, current.need):
        _refuse_closed(given)
    if current.consents.filter(side=side, withdrawn_at=None).exists():
        return current
    capacity = _capacity(actor, current, side)
    Consent.objects.create(match=current, side=side, person=actor, capacity=capacity)
    introduced = policies.both_consent(current) and current.state == State.SUGGESTED
    if introduced:
        current.state = State.INTRODUCED
        current.save(update_fields=["state"])
        _step(current, actor, capacity, side=side)
    verb = "introduced" if introduced else "consented"
    note(actor=actor, verb=verb, subject=current, coalition=current.need.coalition)
    return current


@action
def take_back_consent(*, actor: Person, match: Match, side: Side) -> Match:
    """From now on the contacts are shown to neither side; what was passed on before can't be called back.

    Raises PermissionDenied.
    """
    current = _locked(match)
    if not policies.can_consent(ViewerContext(actor), Consent(match=current, side=side)):
        raise PermissionDenied(_("Only people who currently represent this side can withdraw its consent."))
    standing = current.consents.filter(side=side, withdrawn_at=None)
    if standing.update(withdrawn_at=timezone.now()):
        note(actor=actor, verb="took-back-consent", subject=current, coalition=current.need.coalition)
    return current


@action
def move_match(*, actor: Person, match: Match, state: str, words: str, from_state: str) -> Match:
    """Say how it stands, and how one side tells of it. Raises PermissionDenied and ActionRefused."""
    current = _locked(match)
    if not policies.can_move(ViewerContext(actor), current):
        raise PermissionDenied(
            _("Only a coordinator or people who represent one of the two sides can update the status.")
        )
    if current.state != from_state:
        raise _changed_meanwhile(current)
    sides = policies.sides_of(ViewerContext(actor), current)
    if state not in possible(current, sides) and not (sides and state == current.state):
        raise ActionRefused(_("Choose a status from the list."), "state")
    if not words.strip() and (state in NEEDS_WORDS or state == current.state):
        raise ActionRefused(_("Describe what the result was, or why there was none."), "words")
    current.state = state
    current.save(update_fields=["state"])
    side = sides[0] if sides else None
    _step(current, actor, _capacity(actor, current, side), side=side or "", words=words.strip())
    note(actor=actor, verb="moved", subject=current, coalition=current.need.coalition)
    return current


def possible(match: Match, sides: list[Side]) -> tuple[State, ...]:
    """What can follow, said by these sides; a coordinator can say that nothing comes of what waits.

    Nobody says that they agreed after one side has taken back that it would be introduced.
    """
    if not sides:
        return (State.FELL_THROUGH,) if match.state == State.SUGGESTED else ()
    return tuple(each for each in FOLLOWS[match.state] if each != State.AGREED or policies.both_consent(match))


def _refuse_closed(given: Offer | Need) -> None:
    """Raises ActionRefused."""
    if given.state != RecordState.PUBLISHED or given.is_closed:
        raise ActionRefused(_("“%(title)s” is closed, so no introduction is possible.") % {"title": given.title})
    if given.organisation is None:
        raise ActionRefused(
            _("“%(title)s” is not linked to an organisation in the directory yet. Ask a coordinator to link it.")
            % {"title": given.title}
        )
    if has_left(given.organisation):
        raise ActionRefused(_("%(name)s has left the coalition.") % {"name": given.organisation.name})


def _locked(match: Match) -> Match:
    """The row as it is now, so that of two who speak at once the second sees what the first said."""
    lock_row(match)
    rows = Match.objects.select_related("offer__organisation", "need__organisation", "need__coalition")
    current = rows.get(pk=match.pk)
    current.offer.coalition = current.need.coalition
    return current


def _capacity(actor: Person, match: Match, side: Side | None) -> Capacity:
    organisation = match.side(side).organisation if side else None
    return capacity_of(coalition=match.need.coalition, person=actor, organisation=organisation)


def _step(match: Match, actor: Person, capacity: Capacity, *, side: str, words: str = "") -> None:
    Step.objects.create(match=match, state=match.state, side=side, words=words, person=actor, capacity=capacity)
