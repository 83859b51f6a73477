"""Taking part: what an organisation pledges, changes and takes back, and what it tells afterwards."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.capacities import create_capacity
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.dates import format_long_date
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.core.transactions import lock_row, lock_rows
from jukwaa.events import policies
from jukwaa.events.models import Event, Feedback, Occurrence, Pledge
from jukwaa.places.countries import COUNTRIES_BY_CODE
from jukwaa.records import index
from jukwaa.records.models import State

MAX_PLEDGE_TEXT_LENGTH = 4_000  # characters of an activity


@dataclass(frozen=True)
class PledgeDetails:
    """What an organisation will do, for whom, where, in which language, with whom; and whom to ask, by role."""

    activity: str
    audience: str = ""
    country: str = ""
    language: str = ""
    partners: str = ""
    contact_role: str = ""


@action
def pledge(
    *,
    actor: Person,
    occurrence: Occurrence,
    organisation: Organisation,
    promise: PledgeDetails,
    token: UUID | None = None,
) -> Pledge:
    """Record a pledge of an organisation. The same form, or the same words, sent twice is one pledge.

    Raises PermissionDenied and ActionRefused.
    """
    event, promise = _require_can_pledge(actor, occurrence, organisation), _clean_pledge_details(promise)
    current = _lock_occurrence_for_pledge(occurrence)
    if there := _find_same_pledge(occurrence, organisation, promise, token):
        return there
    require_open_call(current)
    return _create_pledge_row(actor, event, current, organisation, promise, token)


@action
def change_pledge(*, actor: Person, pledge: Pledge, promise: PledgeDetails, from_version: int) -> Pledge:
    """Raises PermissionDenied, ActionRefused, and EditConflict."""
    event, promise = pledge.occurrence.event, _clean_pledge_details(promise, kept_value=pledge.country)
    _lock_occurrence_for_pledge(pledge.occurrence)
    current = _lock_own_pledge(actor, pledge)
    if current.version != from_version:
        raise EditConflict(current)
    if all(getattr(current, name) == value for name, value in vars(promise).items()):
        return current
    same = Pledge.objects.standing().filter(occurrence=current.occurrence_id, organisation=current.organisation_id)
    if same.filter(country=promise.country, activity=promise.activity).exclude(pk=current.pk).exists():
        raise ActionRefused(_("Your organisation has already made this pledge."), "activity")
    for name, value in vars(promise).items():
        setattr(current, name, value)
    current.version += 1
    current.save()
    index.remove_passages_with_anchor(event, current.anchor)
    index.add_bulk_passage(event, current.anchor, current.activity)
    record_activity(actor=actor, verb="changed", subject=current, coalition=event.coalition, capacity=current.capacity)
    return current


@action
def withdraw_pledge(*, actor: Person, pledge: Pledge) -> Pledge:
    """Withdraw a pledge, which is no longer shown. A second call changes nothing. Raises PermissionDenied."""
    event = pledge.occurrence.event
    if not policies.can_change_pledge(ViewerContext(actor), pledge):
        raise PermissionDenied(_("Only people who represent the organisation can withdraw its pledge."))
    current = lock_row(pledge)
    if not current.stands:
        return current
    current.withdrawn_at = timezone.now()
    current.save(update_fields=["withdrawn_at"])
    index.remove_passages_with_anchor(event, current.anchor)
    record_activity(
        actor=actor, verb="took-back", subject=current, coalition=event.coalition, capacity=current.capacity
    )
    return current


@action
def give_pledge_feedback(*, actor: Person, pledge: Pledge, details: dict[str, Any], from_version: int = 0) -> Feedback:
    """Record the feedback on a pledge, or change it. Raises PermissionDenied, ActionRefused, and EditConflict."""
    current = _lock_own_pledge(actor, pledge)
    occurrence = pledge.occurrence
    if occurrence.starts_on > timezone.localdate():
        raise ActionRefused(
            _("The event takes place on %(day)s. Report the outcome afterwards.")
            % {"day": format_long_date(occurrence.starts_on)}
        )
    there = lock_rows(Feedback.objects.filter(pledge=current)).first()
    if there is None:
        there = Feedback.objects.create(pledge=current, person=actor, **details)
    elif there.version != from_version:
        raise EditConflict(there)
    elif all(getattr(there, name) == value for name, value in details.items()):
        return there
    else:
        for name, value in details.items():
            setattr(there, name, value)
        there.version += 1
        there.save()
    coalition = occurrence.event.coalition
    record_activity(actor=actor, verb="told", subject=there, coalition=coalition, capacity=current.capacity)
    return there


@action
def report_event_participation(
    *,
    actor: Person,
    occurrence: Occurrence,
    organisation: Organisation,
    promise: PledgeDetails,
    told: dict[str, Any],
    token: UUID | None = None,
) -> Feedback:
    """Record what an organisation did without having pledged it. Raises PermissionDenied and ActionRefused."""
    event, promise = _require_can_pledge(actor, occurrence, organisation), _clean_pledge_details(promise)
    if occurrence.starts_on > timezone.localdate() or occurrence.cancelled_at is not None:
        raise ActionRefused(
            _("The event has not taken place yet. Make a pledge now, and report the outcome after the event.")
        )
    _lock_occurrence_for_pledge(occurrence)
    there = _find_same_pledge(occurrence, organisation, promise, token)
    given = there or _create_pledge_row(actor, event, occurrence, organisation, promise, token)
    given.occurrence = occurrence
    known = Feedback.objects.filter(pledge=given).first()
    return known or give_pledge_feedback(actor=actor, pledge=given, details=told)


def require_open_call(occurrence: Occurrence) -> None:
    """Raises ActionRefused."""
    if occurrence.cancelled_at is not None:
        raise ActionRefused(_("This date has been cancelled, so no one can take part. Your text is still in the form."))
    if occurrence.called_at is None:
        raise ActionRefused(
            _("You cannot pledge yet, because there is no call for pledges. Your text is still in the form.")
        )
    if not occurrence.is_open_for_pledges:
        raise ActionRefused(
            _(
                "Your pledge was not saved. The last day for pledges was %(day)s. Your text is still in the form:"
                " you can copy it and send it to the organiser."
            )
            % {"day": format_long_date(occurrence.last_pledge_day)}
        )


def _lock_occurrence_for_pledge(occurrence: Occurrence) -> Occurrence:
    """Lock the event and return its occurrence, so that of two simultaneous pledges the second finds the first."""
    event = lock_row(occurrence.event)
    if event.state != State.PUBLISHED:
        raise PermissionDenied(_("This event has been withdrawn and can no longer be changed."))
    return Occurrence.objects.get(pk=occurrence.pk)


def _require_can_pledge(actor: Person, occurrence: Occurrence, organisation: Organisation) -> Event:
    event = occurrence.event
    if not policies.can_change_pledge(ViewerContext(actor), Pledge(occurrence=occurrence, organisation=organisation)):
        raise PermissionDenied(_("Only confirmed representatives of an organisation can pledge on its behalf."))
    return event


def _lock_own_pledge(actor: Person, pledge: Pledge) -> Pledge:
    """Return the pledge as it is now, locked. Raises PermissionDenied for other organisations."""
    if not policies.can_change_pledge(ViewerContext(actor), pledge):
        raise PermissionDenied(_("Only people who represent the organisation can change its pledge."))
    current = lock_row(pledge)
    if not current.stands:
        raise ActionRefused(_("This pledge has been withdrawn. You can make a new one."))
    return current


def _clean_pledge_details(pledge_details: PledgeDetails, *, kept_value: str = "") -> PledgeDetails:
    """Return the details cleaned. `kept_value` is the former country, which stays valid. Raises ActionRefused."""
    tidy = PledgeDetails(**{name: str(value).strip() for name, value in vars(pledge_details).items()})
    if not tidy.activity:
        raise ActionRefused(_("Describe in a sentence what your organisation will do."), "activity")
    if len(tidy.activity) > MAX_PLEDGE_TEXT_LENGTH:
        raise ActionRefused(_("Use at most %(most)s characters.") % {"most": MAX_PLEDGE_TEXT_LENGTH}, "activity")
    if tidy.country and tidy.country not in {*COUNTRIES_BY_CODE, kept_value}:
        raise ActionRefused(
            _("Choose a country from the list. It contains only countries that exist today."), "country"
        )
    return tidy


def _find_same_pledge(
    occurrence: Occurrence, organisation: Organisation, pledge_details: PledgeDetails, token: UUID | None
) -> Pledge | None:
    here = Pledge.objects.standing().filter(occurrence=occurrence, organisation=organisation)
    by_form = here.filter(token=token).first() if token is not None else None
    return by_form or here.filter(country=pledge_details.country, activity=pledge_details.activity).first()


def _create_pledge_row(
    actor: Person,
    event: Event,
    occurrence: Occurrence,
    organisation: Organisation,
    pledge_details: PledgeDetails,
    token: UUID | None,
) -> Pledge:
    if token is not None and Pledge.objects.filter(token=token).exists():
        token = None  # one went back to a form that was sent, for another organisation, or after taking back
    capacity = create_capacity(coalition=event.coalition, person=actor, organisation=organisation)
    given = Pledge.objects.create(
        occurrence=occurrence,
        organisation=organisation,
        capacity=capacity,
        person=actor,
        token=token,
        **vars(pledge_details),
    )
    index.add_bulk_passage(event, given.anchor, given.activity)
    record_activity(actor=actor, verb="pledged", subject=given, coalition=event.coalition, capacity=capacity)
    return given
