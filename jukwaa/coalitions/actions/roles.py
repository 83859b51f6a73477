"""Roles with terms. Handing one over keeps everything: the rows are the history."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions import policies
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.departures import sync_person_departures
from jukwaa.coalitions.display_names import get_display_name
from jukwaa.coalitions.models import Coalition, Role
from jukwaa.coalitions.refusals import refuse_removed_person
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.core.dates import get_utc_date
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row


@action
def assign_role(
    *,
    actor: Person,
    coalition: Coalition,
    person: Person,
    kind: str,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Role:
    """Give a role from a day to a day; without a first day, from today. Giving what is held changes nothing."""
    if not policies.can_change_roles(ViewerContext(actor), coalition):
        raise PermissionDenied
    if starts_on and ends_on and ends_on < starts_on:
        raise ActionRefused(_("Enter a last day on or after the first day."), "ends_on")
    if person.is_minor:
        raise ActionRefused(
            _(
                "Choose a person who is 18 or older for this role. Roles are public, and people under 18 are"
                " never shown."
            ),
            "person",
        )
    refuse_removed_person(person.email, coalition)
    held = Role.objects.filter(coalition=coalition, person=person, kind=kind, ends_on=ends_on)
    if ends_on is not None:
        held = held.filter(starts_on=starts_on)
    if there := held.first():
        return there
    role = Role.objects.create(
        coalition=coalition, person=person, kind=kind, starts_on=starts_on or get_utc_date(), ends_on=ends_on
    )
    sync_person_departures(coalition, [person.pk])
    record_activity(actor=actor, verb="gave", subject=role, coalition=coalition, kind="role")
    return role


@action
def end_role(*, actor: Person, role: Role, ends_on: date | None = None) -> Role:
    """The last day of a term. The last coordinator needs a successor first."""
    if not policies.can_change_roles(ViewerContext(actor), role.coalition):
        raise PermissionDenied
    current = lock_row(role)
    last_day = ends_on or get_utc_date()
    if current.ends_on is not None and current.ends_on <= last_day:
        return current
    if current.starts_on and last_day < current.starts_on:
        raise ActionRefused(_("Enter a date on or after the start of the term."), "ends_on")
    require_other_coordinator(current, last_day)
    current.ends_on = last_day
    current.save(update_fields=["ends_on"])
    sync_person_departures(current.coalition, [current.person_id])
    record_activity(actor=actor, verb="ended", subject=current, coalition=current.coalition, kind="role")
    return current


@action
def hand_over_role(*, actor: Person, role: Role, successor_person: Person, effective_on: date | None = None) -> Role:
    """End one term and begin the successor's on the same day. Handing over twice to the same one changes nothing.

    Raises PermissionDenied, and ActionRefused for whoever holds the role already.
    """
    if not policies.can_change_roles(ViewerContext(actor), role.coalition):
        raise PermissionDenied
    refuse_removed_person(successor_person.email, role.coalition)
    current, day = lock_row(role), effective_on or get_utc_date()
    if successor_person.pk == current.person_id:
        raise ActionRefused(_("Choose another person. This person already has the role."), "person")
    if successor_person.is_minor:
        raise ActionRefused(
            _(
                "Choose a person who is 18 or older for this role. Roles are public, and people under 18 are"
                " never shown."
            ),
            "person",
        )
    if successor := _find_role_successor(current):
        if successor.person_id == successor_person.pk:
            return successor
        name = get_display_name(successor.person, Standing(actor, current.coalition))
        raise ActionRefused(_("This role has already been handed over to %(name)s.") % {"name": name})
    _refuse_duplicate_role(actor, current, successor_person, day)
    if current.ends_on is not None and current.ends_on < day:
        raise ActionRefused(_("Assign the role again instead. This term has ended."))
    if current.starts_on and day < current.starts_on:
        raise ActionRefused(_("Enter a date on or after the start of the term."), "on")
    current.ends_on = day
    current.save(update_fields=["ends_on"])
    successor = Role.objects.create(
        coalition=current.coalition, person=successor_person, kind=current.kind, starts_on=day
    )
    sync_person_departures(current.coalition, [current.person_id, successor_person.pk])
    record_activity(actor=actor, verb="handed-over", subject=successor, coalition=current.coalition, kind="role")
    return successor


@action
def change_role(*, actor: Person, role: Role, kind: str, starts_on: date | None, ends_on: date | None) -> Role:
    """Correct what was entered: which role it was, and from when to when. Raises PermissionDenied and ActionRefused."""
    if not policies.can_change_roles(ViewerContext(actor), role.coalition):
        raise PermissionDenied
    current = lock_row(role)
    if (current.kind, current.starts_on, current.ends_on) == (kind, starts_on, ends_on):
        return current
    if starts_on and ends_on and ends_on < starts_on:
        raise ActionRefused(_("Enter a last day on or after the first day."), "ends_on")
    same = Role.objects.filter(coalition=current.coalition_id, person=current.person_id, kind=kind)
    if ends_on is None and same.filter(ends_on__isnull=True).exclude(pk=current.pk).exists():
        raise ActionRefused(_("Enter a last day. This person has another current term in this role."), "ends_on")
    corrected = Role(kind=kind, starts_on=starts_on, ends_on=ends_on)
    if _is_role_in_force(current) and (kind != current.kind or not _is_role_in_force(corrected) or ends_on):
        require_other_coordinator(current, ends_on if kind == current.kind and ends_on else get_utc_date())
    is_given = _is_role_in_force(corrected) and kind != current.kind
    current.kind, current.starts_on, current.ends_on = kind, starts_on, ends_on
    current.save(update_fields=["kind", "starts_on", "ends_on"])
    sync_person_departures(current.coalition, [current.person_id])
    record_activity(
        actor=actor, verb="gave" if is_given else "changed", subject=current, coalition=current.coalition, kind="role"
    )
    return current


def _refuse_duplicate_role(actor: Person, role: Role, successor_person: Person, role_start: date) -> None:
    """Whoever holds the role beyond that day takes over nothing: only the giver's term would end."""
    held = Role.objects.filter(coalition=role.coalition_id, person=successor_person, kind=role.kind)
    if held.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=role_start)).exists():
        sentence = _("End this term instead, or choose another person. %(name)s already has this role.")
        raise ActionRefused(
            sentence % {"name": get_display_name(successor_person, Standing(actor, role.coalition))}, "person"
        )


def _find_role_successor(role: Role) -> Role | None:
    """The term that began where this one ended, entered after it: this one was handed over."""
    if role.ends_on is None:
        return None
    later = Role.objects.filter(coalition=role.coalition_id, kind=role.kind, starts_on=role.ends_on, pk__gt=role.pk)
    return later.exclude(person=role.person_id).select_related("person").order_by("pk").first()


def _is_role_in_force(role: Role) -> bool:
    """Return whether the role is held today."""
    today = get_utc_date()
    return (role.starts_on is None or role.starts_on <= today) and (role.ends_on is None or role.ends_on >= today)


def require_other_coordinator(role: Role, last_day: date) -> None:
    """A coalition is never without a coordinator: somebody else must hold the role beyond the last day, and today."""
    if role.kind != Role.Kind.COORDINATOR:
        return
    last_day = max(last_day, get_utc_date())
    others = Role.objects.in_force(last_day).filter(coalition=role.coalition_id, kind=role.kind).exclude(pk=role.pk)
    if not others.exclude(person=role.person_id).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=last_day)).exists():
        raise ActionRefused(
            _("Hand over the role, or assign it to another person first. A coalition needs at least 1 coordinator.")
        )
