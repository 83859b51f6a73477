"""Continuing a membership that was ended by mistake: what speaks against it."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity, Membership
from jukwaa.coalitions.refusals import refuse_removed_person
from jukwaa.core.dates import get_utc_date
from jukwaa.core.refusals import ActionRefused

Standing = Membership.Standing


def is_reinstated_by(membership: Membership, ends_on: date | None) -> bool:
    """Whether a membership that has ended is current again with this last day."""
    today = get_utc_date()
    has_ended = membership.standing == Standing.LEFT or (membership.ends_on is not None and membership.ends_on < today)
    return has_ended and (ends_on is None or ends_on > today)


def require_can_be_reinstated(actor: Person, membership: Membership) -> None:
    """Raise ActionRefused for a member who left, was removed or erased, or has a newer membership or application."""
    # A membership that ended by its last day has left by the clock, which is nobody's decision.
    departures = Activity.objects.filter(kind="membership", object_id=membership.pk, verb__in=["left", "withdrew"])
    if departures.exclude(actor=None).exclude(actor=actor).exists():
        raise ActionRefused(
            _("Enter a last day. The member ended this membership, so they need to apply again to come back."),
            "ends_on",
        )
    person, organisation = membership.person, membership.organisation
    if person is not None and person.erased_at is not None:
        raise ActionRefused(_("Enter a last day. The data of this person has been deleted."), "ends_on")
    if person is not None:
        refuse_removed_person(person.email, membership.coalition)
    if organisation is not None and organisation.merged_into_id is not None:
        raise ActionRefused(_("Enter a last day. This organisation has been merged into another one."), "ends_on")
    if _has_newer_membership(membership):
        raise ActionRefused(_("Enter a last day. There is a newer membership or application."), "ends_on")


def _has_newer_membership(membership: Membership) -> bool:
    others = Membership.objects.filter(
        coalition=membership.coalition, organisation=membership.organisation, person=membership.person
    ).exclude(pk=membership.pk)
    current = Q(standing__in=[Standing.ACTIVE, Standing.APPLIED])
    if membership.standing == Standing.OBSERVER:
        current |= Q(standing=Standing.OBSERVER) & (Q(ends_on=None) | Q(ends_on__gte=get_utc_date()))
    began_later = Q(starts_on__gt=membership.ends_on) if membership.ends_on else Q(pk__in=[])
    return others.filter(current | began_later).exists()
