"""How one becomes a member, and how one leaves. Each time is a row of its own, dated and kept."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.erased_identities import unblock_returned_person
from jukwaa.accounts.models import Person
from jukwaa.coalitions import policies
from jukwaa.coalitions.actions.membership_reinstatement import is_reinstated_by, require_can_be_reinstated
from jukwaa.coalitions.actions.organisations import (
    OrganisationFacts,
    create_organisation,
    find_organisation_by_name,
    get_default_regional_group,
)
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.departures import set_name_shown_after_leaving, sync_person_departures
from jukwaa.coalitions.models import Affiliation, AreaOfWork, Coalition, Membership, Organisation
from jukwaa.coalitions.refusals import refuse_future_start, refuse_invalid_dates, refuse_removed_person
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.consents import ConsentKind, consent_given, consent_withdrawn
from jukwaa.core.dates import get_utc_date
from jukwaa.core.privacy_link import PRIVACY_SENTENCE
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.places.regions import StakeholderGroup

Standing, Precision = Membership.Standing, Membership.Precision
CURRENT_MEMBERSHIP_STANDINGS = (Standing.APPLIED, Standing.ACTIVE)


@action
def apply_as_organisation(
    *,
    actor: Person,
    coalition: Coalition,
    organisation: Organisation | OrganisationFacts,
    motivation: str,
    organisation_name: str = "",
    position: str = "",
) -> Membership:
    """Apply for an organisation of the directory, or for one that it doesn't know yet.

    An application that waits already is the same application. Raises ActionRefused for one that is a member.
    """
    if not policies.can_apply_for_membership(ViewerContext(actor), coalition):
        raise PermissionDenied
    if isinstance(organisation, OrganisationFacts):
        organisation = find_organisation_by_name(coalition, organisation.name) or create_organisation(
            coalition, organisation
        )
    if organisation.coalition_id != coalition.pk or organisation.merged_into_id:
        raise PermissionDenied
    _close_ended_memberships(coalition, organisation=organisation)
    waiting = Membership.objects.filter(
        coalition=coalition, organisation=organisation, standing__in=CURRENT_MEMBERSHIP_STANDINGS
    ).first()
    if waiting is not None and waiting.standing == Standing.ACTIVE:
        raise ActionRefused(
            _("This organisation is already a member. Go to its page and choose “I belong to this organisation”."),
            "name",
        )
    _save_applicant_name(actor, organisation_name)
    unblock_returned_person(actor, coalition.pk)
    Affiliation.objects.get_or_create(
        person=actor, organisation=organisation, ends_on=None, defaults={"position": position}
    )
    if waiting is not None:
        return waiting
    membership = Membership.objects.create(
        coalition=coalition,
        organisation=organisation,
        applicant=actor,
        motivation=motivation,
        applied_on=get_utc_date(),
    )
    record_activity(actor=actor, verb="applied", subject=membership, coalition=coalition)
    consent_given.send(
        Membership, person=actor, kind=ConsentKind.MEMBERSHIP, text=str(PRIVACY_SENTENCE), coalition=coalition
    )
    return membership


@action
def apply_as_individual(
    *,
    actor: Person,
    coalition: Coalition,
    application_text: str,
    person_name: str = "",
    country: str = "",
    stakeholder_group: str = StakeholderGroup.UNKNOWN,
    areas_of_work: list[AreaOfWork] | None = None,
) -> Membership:
    """Apply as a person. An application that waits already, or a membership, is the same one."""
    if not policies.can_apply_for_membership(ViewerContext(actor), coalition):
        raise PermissionDenied
    _close_ended_memberships(coalition, person=actor)
    waiting = Membership.objects.filter(
        coalition=coalition, person=actor, standing__in=CURRENT_MEMBERSHIP_STANDINGS
    ).first()
    if waiting is not None:
        return waiting
    _save_applicant_name(actor, person_name)
    unblock_returned_person(actor, coalition.pk)
    membership = Membership.objects.create(
        coalition=coalition,
        person=actor,
        applicant=actor,
        motivation=application_text,
        applied_on=get_utc_date(),
        country=country,
        stakeholder_group=stakeholder_group,
        regional_group=get_default_regional_group(country, stakeholder_group),
    )
    membership.areas.set(areas_of_work or [])
    record_activity(actor=actor, verb="applied", subject=membership, coalition=coalition)
    consent_given.send(
        Membership, person=actor, kind=ConsentKind.MEMBERSHIP, text=str(PRIVACY_SENTENCE), coalition=coalition
    )
    return membership


@action
def accept_application(
    *, actor: Person, membership: Membership, starts_on: date | None = None, vouch: bool = False
) -> Membership:
    """Make the applicant a member from a day on; `vouch` confirms that the applicant speaks for the organisation.

    Accepting what is accepted changes nothing. Raises PermissionDenied, and ActionRefused for what was declined or
    withdrawn.
    """
    if not policies.can_answer_application(ViewerContext(actor), membership):
        raise PermissionDenied
    current = lock_row(membership)
    if current.standing == Standing.ACTIVE:
        return current
    if current.standing != Standing.APPLIED:
        raise ActionRefused(
            _("This application has already been answered or withdrawn. The applicant can apply again.")
        )
    refuse_future_start(starts_on)
    current.standing, current.starts_on = Standing.ACTIVE, starts_on or get_utc_date()
    current.save(update_fields=["standing", "starts_on"])
    _end_observer_membership(current)
    if vouch and current.organisation and current.applicant:
        Affiliation.objects.filter(
            person=current.applicant, organisation=current.organisation, ends_on__isnull=True
        ).update(may_speak=True, confirmed_on=get_utc_date(), confirmed_by=actor)
    _sync_member_departures(current)
    record_activity(actor=actor, verb="accepted", subject=current, coalition=current.coalition)
    return current


@action
def decline_application(*, actor: Person, membership: Membership, reason: str) -> Membership:
    """Decline, with a reason that the applicant reads. Declining what is declined changes nothing."""
    if not policies.can_answer_application(ViewerContext(actor), membership):
        raise PermissionDenied
    if not reason.strip():
        raise ActionRefused(_("Enter a reason in 1 or 2 sentences. We will email it to the applicant."), "reason")
    current = lock_row(membership)
    if current.standing == Standing.DECLINED:
        return current
    if current.standing != Standing.APPLIED:
        raise ActionRefused(
            _("This application has already been answered. You can end a membership on the member's page.")
        )
    current.standing, current.reason, current.ends_on = Standing.DECLINED, reason, get_utc_date()
    current.save(update_fields=["standing", "reason", "ends_on"])
    record_activity(actor=actor, verb="declined", subject=current, coalition=current.coalition)
    return current


@action
def withdraw_application(*, actor: Person, membership: Membership) -> Membership:
    """The applicant takes the application back: the row stays, as one that left before it began."""
    if not policies.can_withdraw_application(ViewerContext(actor), membership):
        raise PermissionDenied
    current = lock_row(membership)
    if current.standing != Standing.APPLIED:
        return current
    current.standing, current.ends_on = Standing.LEFT, get_utc_date()
    current.save(update_fields=["standing", "ends_on"])
    record_activity(actor=actor, verb="withdrew", subject=current, coalition=current.coalition)
    _withdraw_membership_consent(current)
    return current


@action
def end_membership(
    *,
    actor: Person,
    membership: Membership,
    ends_on: date | None = None,
    reason: str = "",
    keeps_name: bool | None = None,
) -> Membership:
    """Leave, or end somebody's membership with a reason. A day that is still to come is kept until it comes.

    Who leaves says whether the record keeps their name (`keeps_name`); nobody else can.

    Ending what has ended changes nothing. Raises PermissionDenied and ActionRefused.
    """
    if not policies.can_end_membership(ViewerContext(actor), membership):
        raise PermissionDenied
    current = lock_row(membership)
    if current.standing != Standing.ACTIVE:
        return current
    last_day = ends_on or get_utc_date()
    if current.starts_on and last_day < current.starts_on:
        raise ActionRefused(_("Enter a last day on or after the start of the membership."), "ends_on")
    leaves = _is_leaving_own_membership(actor, current)
    if not leaves and not reason.strip():
        raise ActionRefused(
            _("Enter the reason why the membership is ending. We will email it to the member."), "reason"
        )
    current.ends_on, current.ends_precision, current.reason = last_day, Precision.DAY, reason
    current.standing = Standing.LEFT if last_day <= get_utc_date() else Standing.ACTIVE
    current.save(update_fields=["ends_on", "ends_precision", "reason", "standing"])
    if keeps_name is not None and actor.pk == current.person_id:
        set_name_shown_after_leaving(current.coalition, actor, keeps_name_shown=keeps_name)
    _sync_member_departures(current)
    record_activity(actor=actor, verb="left" if leaves else "ended", subject=current, coalition=current.coalition)
    if leaves:
        _withdraw_membership_consent(current)
    return current


@action
def change_membership_dates(
    *, actor: Person, membership: Membership, starts_on: date | None, ends_on: date | None
) -> Membership:
    """Correct "member since" and "member until". Without a last day, one that was ended by mistake is current again.

    Raises PermissionDenied and ActionRefused.
    """
    if not policies.can_change_membership_dates(ViewerContext(actor), membership):
        raise PermissionDenied
    current = lock_row(membership)
    if current.standing not in {Standing.ACTIVE, Standing.LEFT, Standing.OBSERVER}:
        raise ActionRefused(_("Answer the application first. Only memberships have dates."))
    refuse_invalid_dates(starts_on, ends_on)
    if (current.starts_on, current.ends_on) == (starts_on, ends_on):
        return current
    is_reinstated = is_reinstated_by(current, ends_on)
    if is_reinstated:
        require_can_be_reinstated(actor, current)
        current.reason = ""
        current.standing = Standing.ACTIVE if current.standing == Standing.LEFT else current.standing
    if current.starts_on != starts_on:
        current.starts_precision = Precision.DAY
    if current.ends_on != ends_on:
        current.ends_precision = Precision.DAY
    current.starts_on, current.ends_on = starts_on, ends_on
    if has_period_ended(ends_on) and current.standing == Standing.ACTIVE:
        current.standing = Standing.LEFT
    current.save(update_fields=["starts_on", "ends_on", "starts_precision", "ends_precision", "standing", "reason"])
    _end_observer_membership(current)
    _sync_member_departures(current)
    record_activity(
        actor=actor, verb="reinstated" if is_reinstated else "dated", subject=current, coalition=current.coalition
    )
    return current


@action
def add_membership(
    *,
    actor: Person,
    coalition: Coalition,
    organisation: Organisation | None = None,
    person: Person | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    country: str = "",
    stakeholder_group: str = StakeholderGroup.UNKNOWN,
    is_observer: bool = False,
) -> Membership:
    """Enter a membership that the coalition's papers know, without an application. One of today is the same one.

    An organisation can be entered as an observer instead. Raises PermissionDenied, and ActionRefused for a member.
    """
    if not policies.can_add_membership(ViewerContext(actor), coalition):
        raise PermissionDenied
    if organisation is not None and organisation.coalition_id != coalition.pk:
        raise PermissionDenied
    refuse_invalid_dates(starts_on, ends_on)
    refuse_removed_person(person.email if person else "", coalition)
    _close_ended_memberships(coalition, organisation=organisation, person=person)
    rows = Membership.objects.filter(coalition=coalition, organisation=organisation, person=person)
    there = find_existing_membership(rows, starts_on, ends_on, is_observer=is_observer)
    if is_observer and any(row.standing == Standing.ACTIVE for row in rows):
        raise ActionRefused(_("End the membership first. This organisation is a member."))
    if there is not None and there.standing != Standing.APPLIED:
        return there
    membership = there or Membership(coalition=coalition, organisation=organisation, person=person)
    set_membership_dates(membership, starts_on, ends_on, is_observer=is_observer)
    if person is not None and there is None:
        membership.country, membership.stakeholder_group = country, stakeholder_group
        membership.regional_group = get_default_regional_group(country, stakeholder_group)
    membership.save()
    _end_observer_membership(membership)
    _sync_member_departures(membership)
    record_activity(actor=actor, verb="accepted" if there else "enrolled", subject=membership, coalition=coalition)
    return membership


def find_existing_membership(
    memberships: Iterable[Membership], starts_on: date | None, ends_on: date | None, *, is_observer: bool = False
) -> Membership | None:
    """The one that is meant, if it is here: of the same days where it has ended, else the one of today."""
    if has_period_ended(ends_on):
        past = (row for row in memberships if row.standing == (Standing.OBSERVER if is_observer else Standing.LEFT))
        return next((row for row in past if (row.starts_on, row.ends_on) == (starts_on, ends_on)), None)
    if is_observer:
        return next((row for row in memberships if is_current_observer(row)), None)
    return next((row for row in memberships if row.standing in CURRENT_MEMBERSHIP_STANDINGS), None)


def set_membership_dates(
    membership: Membership, starts_on: date | None, ends_on: date | None, *, is_observer: bool = False
) -> None:
    current = Standing.OBSERVER if is_observer else Standing.ACTIVE
    membership.standing = Standing.LEFT if has_period_ended(ends_on) and not is_observer else current
    membership.starts_on, membership.ends_on = starts_on, ends_on


def is_current_observer(membership: Membership) -> bool:
    return membership.standing == Standing.OBSERVER and not has_period_ended(membership.ends_on)


def has_period_ended(ends_on: date | None) -> bool:
    return ends_on is not None and ends_on < get_utc_date()


@action
def close_ended_membership(*, membership: Membership) -> Membership:
    """For the clock: a membership whose last day has passed has left. Harmless to repeat."""
    current = lock_row(membership)
    if current.standing == Standing.ACTIVE and has_period_ended(current.ends_on):
        current.standing = Standing.LEFT
        current.save(update_fields=["standing"])
        _sync_member_departures(current)
        record_activity(actor=None, verb="left", subject=current, coalition=current.coalition)
    return current


def _end_observer_membership(membership: Membership) -> None:
    """An organisation that has become a member is no longer an observer: that ends on the day before."""
    if membership.standing != Standing.ACTIVE or membership.organisation_id is None:
        return
    rows = Membership.objects.observers_in_force().filter(
        coalition=membership.coalition_id, organisation=membership.organisation_id
    )
    last_day = (membership.starts_on or get_utc_date()) - timedelta(days=1)
    for row in rows:
        row.ends_on, row.ends_precision = max(last_day, row.starts_on or last_day), Precision.DAY
        row.save(update_fields=["ends_on", "ends_precision"])


def _withdraw_membership_consent(membership: Membership) -> None:
    """Have it recorded that what the applicant agreed to with the application no longer holds."""
    if person := membership.applicant or membership.person:
        kind, coalition = ConsentKind.MEMBERSHIP, membership.coalition
        consent_withdrawn.send(Membership, person=person, kind=kind, coalition=coalition)


def _sync_member_departures(membership: Membership) -> None:
    """Whoever has left or is back: the person, or the applicant through whom the organisation came."""
    people = {membership.person_id, membership.applicant_id} - {None}
    sync_person_departures(membership.coalition, (pk for pk in people if pk is not None))


def _is_leaving_own_membership(actor: Person, membership: Membership) -> bool:
    """Whether the actor leaves, rather than ends the membership of others."""
    if membership.organisation is not None:
        return policies.can_represent_organisation(ViewerContext(actor), membership.organisation)
    return actor.pk == membership.person_id


def _save_applicant_name(actor: Person, person_name: str) -> None:
    """Keep the name that somebody gives with their first application. Raises ActionRefused."""
    if lock_row(actor).erased_at is not None:
        raise ActionRefused(_("This account has been deleted."))
    if person_name and not actor.name:
        actor.name, actor.renamed_at = person_name, timezone.now()
        actor.save(update_fields=["name", "renamed_at"])


def _close_ended_memberships(
    coalition: Coalition, *, organisation: Organisation | None = None, person: Person | None = None
) -> None:
    """Memberships whose last day has passed have left, whether or not the clock has said so yet."""
    rows = Membership.objects.filter(coalition=coalition, organisation=organisation, person=person)
    rows.filter(standing=Standing.ACTIVE, ends_on__lt=get_utc_date()).update(standing=Standing.LEFT)
