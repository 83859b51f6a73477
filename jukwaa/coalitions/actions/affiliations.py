"""Who belongs to which organisation. What somebody says of themselves opens nothing until another confirms it."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from jukwaa.accounts.erased_identities import unblock_returned_person
from jukwaa.accounts.models import Person
from jukwaa.accounts.rate_limits import RateLimit, TooManyAttemptsError, count_attempt
from jukwaa.coalitions import policies
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.departures import set_name_shown_after_leaving, sync_person_departures
from jukwaa.coalitions.models import Affiliation, Organisation
from jukwaa.coalitions.refusals import refuse_future_start, refuse_invalid_dates, refuse_removed_person
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.dates import get_utc_date
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row

DAILY_AFFILIATION_CLAIM_LIMIT = RateLimit("affiliations-a-day", 5, timedelta(days=1))
MONTHLY_AFFILIATION_CLAIM_LIMIT = RateLimit("affiliations-a-month", 15, timedelta(days=30))


@action
def claim_affiliation(
    *, actor: Person, organisation: Organisation, position: str = "", starts_on: date | None = None
) -> Affiliation:
    """Say that one belongs to an organisation. Saying it again is the same affiliation.

    Somebody has to look at each of these claims; so a person makes a few of them, and ActionRefused says so after that.
    """
    if not policies.can_claim_affiliation(ViewerContext(actor), organisation):
        raise PermissionDenied
    refuse_future_start(starts_on)
    if not Affiliation.objects.filter(person=actor, organisation=organisation, ends_on=None).exists():
        _refuse_excess_claims(actor)
    affiliation, new = Affiliation.objects.get_or_create(
        person=actor,
        organisation=organisation,
        ends_on=None,
        defaults={"position": position, "starts_on": starts_on},
    )
    unblock_returned_person(actor, organisation.coalition_id)
    if new:
        record_activity(actor=actor, verb="affiliated", subject=affiliation, coalition=organisation.coalition)
    return affiliation


@action
def add_affiliation(
    *,
    actor: Person,
    person: Person,
    organisation: Organisation,
    position: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    may_speak: bool = False,
) -> Affiliation:
    """Enter somebody else as belonging to an organisation, confirmed by whoever enters it."""
    if not policies.can_add_affiliation(ViewerContext(actor), organisation):
        raise PermissionDenied
    refuse_invalid_dates(starts_on, ends_on)
    refuse_removed_person(person.email, organisation.coalition)
    affiliation, _new = Affiliation.objects.get_or_create(
        person=person,
        organisation=organisation,
        ends_on=ends_on,
        defaults={"position": position, "starts_on": starts_on},
    )
    if not policies.can_confirm_affiliation(ViewerContext(actor), affiliation):
        raise PermissionDenied
    affiliation.may_speak = may_speak
    affiliation.confirmed_on, affiliation.confirmed_by = get_utc_date(), actor
    affiliation.save(update_fields=["may_speak", "confirmed_on", "confirmed_by"])
    sync_person_departures(organisation.coalition, [affiliation.person_id])
    record_activity(actor=actor, verb="enrolled", subject=affiliation, coalition=organisation.coalition)
    return affiliation


@action
def confirm_affiliation(*, actor: Person, affiliation: Affiliation, can_represent: bool | None = None) -> Affiliation:
    """Vouch for it for a year; `can_represent` gives or takes the right to speak for the organisation.

    Confirming twice on one day changes nothing. Raises PermissionDenied, and ActionRefused for one that has ended.
    """
    if not policies.can_confirm_affiliation(ViewerContext(actor), affiliation):
        raise PermissionDenied
    current = lock_row(affiliation)
    today = get_utc_date()
    if current.ends_on and current.ends_on < today:
        raise ActionRefused(_("This affiliation has ended. If the person has come back, add a new affiliation."))
    spoke = current.may_speak
    speaks = spoke if can_represent is None else can_represent
    if current.confirmed_on == today and spoke == speaks:
        return current
    current.may_speak, current.confirmed_on, current.confirmed_by = speaks, today, actor
    current.save(update_fields=["may_speak", "confirmed_on", "confirmed_by"])
    sync_person_departures(current.organisation.coalition, [current.person_id])
    record_activity(
        actor=actor,
        verb="stopped-representing" if spoke and not speaks else "confirmed",
        subject=current,
        coalition=current.organisation.coalition,
    )
    return current


@action
def change_affiliation(
    *,
    actor: Person,
    affiliation: Affiliation,
    position: str,
    starts_on: date | None,
    ends_on: date | None,
    phone: str | None = None,
) -> Affiliation:
    """Correct what was entered: the position, the phone number, and from when to when. Who confirmed it stays.

    Without a `phone` the number stays as it is. Raises ActionRefused.
    """
    if not policies.can_change_affiliation(ViewerContext(actor), affiliation):
        raise PermissionDenied
    current = lock_row(affiliation)
    phone = current.phone if phone is None else phone
    if (current.position, current.phone, current.starts_on, current.ends_on) == (position, phone, starts_on, ends_on):
        return current
    refuse_invalid_dates(starts_on, ends_on)
    same = Affiliation.objects.filter(person=current.person_id, organisation=current.organisation_id)
    if ends_on is None and same.filter(ends_on__isnull=True).exclude(pk=current.pk).exists():
        raise ActionRefused(
            _("Enter a last day. This person has another current affiliation with the organisation."),
            "ends_on",
        )
    current.position, current.phone, current.starts_on, current.ends_on = position, phone, starts_on, ends_on
    current.save(update_fields=["position", "phone", "starts_on", "ends_on"])
    sync_person_departures(current.organisation.coalition, [current.person_id])
    record_activity(actor=actor, verb="changed", subject=current, coalition=current.organisation.coalition)
    return current


@action
def end_affiliation(
    *, actor: Person, affiliation: Affiliation, ends_on: date | None = None, keeps_name: bool | None = None
) -> Affiliation:
    """The last day in the organisation; without one, the person leaves at once, and others end it with today.

    Who leaves says whether the record keeps their name (`keeps_name`). Ending what has ended changes nothing.
    """
    if not policies.can_end_affiliation(ViewerContext(actor), affiliation):
        raise PermissionDenied
    current = lock_row(affiliation)
    if current.ends_on is not None:
        return current
    leaves = actor.pk == current.person_id
    last_day = ends_on or get_utc_date() - timedelta(days=leaves)
    if current.starts_on and last_day < current.starts_on:
        if ends_on:
            raise ActionRefused(_("Enter a last day on or after the first day."), "ends_on")
        current.starts_on = last_day
    current.ends_on = last_day
    if last_day <= get_utc_date():
        current.phone = ""  # of no use once they have left; after a later last day, the clock clears it
    current.save(update_fields=["starts_on", "ends_on", "phone"])
    if leaves and keeps_name is not None:
        set_name_shown_after_leaving(current.organisation.coalition, actor, keeps_name_shown=keeps_name)
    sync_person_departures(current.organisation.coalition, [current.person_id])
    record_activity(actor=actor, verb="ended", subject=current, coalition=current.organisation.coalition)
    return current


def _refuse_excess_claims(actor: Person) -> None:
    """Count one more claim. Raises ActionRefused; a claim that is ended and made again counts again."""
    try:
        count_attempt(DAILY_AFFILIATION_CLAIM_LIMIT, str(actor.pk))
        count_attempt(MONTHLY_AFFILIATION_CLAIM_LIMIT, str(actor.pk))
    except TooManyAttemptsError as reason:
        raise ActionRefused(
            _(
                "Try again later, or ask a coordinator to add your affiliation. You have added several recently, and"
                " each must be confirmed first."
            )
        ) from reason
