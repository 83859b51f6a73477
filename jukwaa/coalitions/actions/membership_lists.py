"""The memberships of a whole list of organisations, as an import brings them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied

from jukwaa.accounts.models import Person
from jukwaa.coalitions import policies
from jukwaa.coalitions.actions.memberships import (
    change_membership_dates,
    find_existing_membership,
    has_period_ended,
    is_current_observer,
    set_membership_dates,
)
from jukwaa.coalitions.activities import action, record_activities
from jukwaa.coalitions.models import Coalition, Membership, Organisation
from jukwaa.coalitions.refusals import refuse_invalid_dates
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.dates import PartialDate

Standing, Precision = Membership.Standing, Membership.Precision


@dataclass(frozen=True, slots=True)
class MembershipEntry:
    """An organisation as a table has it: its first day and its last, as known, as a member or as an observer."""

    organisation: Organisation
    since: PartialDate | None = None
    until: PartialDate | None = None
    is_observer: bool = False


@action
def add_memberships(
    *,
    actor: Person,
    coalition: Coalition,
    membership_entries: Sequence[MembershipEntry],
) -> None:
    """As `add_membership`, for a whole table. A table makes no member an observer, and no observer a member."""
    if not policies.can_add_membership(ViewerContext(actor), coalition):
        raise PermissionDenied
    rows = _get_memberships_by_organisation(coalition, {entry.organisation.pk for entry in membership_entries})
    new, accepted = [], []
    for entry in membership_entries:
        organisation, since, until = entry.organisation, entry.since, entry.until
        starts_on, ends_on = since.day if since else None, until.day if until else None
        refuse_invalid_dates(starts_on, ends_on)
        known = rows[organisation.pk]
        there = find_existing_membership(known, starts_on, ends_on, is_observer=entry.is_observer)
        if (there is not None and there.standing != Standing.APPLIED) or _is_membership_settled(known, entry):
            continue
        membership = there or Membership(coalition=coalition, organisation=organisation)
        set_membership_dates(membership, starts_on, ends_on, is_observer=entry.is_observer)
        membership.starts_precision = since.precision if since else Precision.DAY
        membership.ends_precision = until.precision if until else Precision.DAY
        if there is None:
            rows[organisation.pk].append(membership)
            new.append(membership)
        else:
            membership.save()
            accepted.append(membership)
    Membership.objects.bulk_create(new)
    record_activities(actor=actor, verb="accepted", activity_subjects=accepted, coalition=coalition)
    record_activities(actor=actor, verb="enrolled", activity_subjects=new, coalition=coalition)


@action
def end_listed_memberships(*, actor: Person, coalition: Coalition, last_days: Mapping[int, PartialDate]) -> None:
    """Write down on which day memberships ended, as a list says. The members are not emailed: they left earlier.

    `last_days` are by the keys of organisations.
    """
    rows = Membership.objects.filter(
        coalition=coalition, organisation__in=last_days, standing=Standing.ACTIVE
    ).select_related("organisation")
    for row in rows:
        until = last_days[row.organisation_id or 0]
        changed = change_membership_dates(actor=actor, membership=row, starts_on=row.starts_on, ends_on=until.day)
        changed.ends_precision = until.precision
        changed.save(update_fields=["ends_precision"])


def _is_membership_settled(known_memberships: list[Membership], membership_entry: MembershipEntry) -> bool:
    """Whether the directory has the organisation in the other role today: only a coordinator changes that by hand.

    A last day without a first one says nothing new of a time as a member that ended then or later.
    """
    if membership_entry.until and has_period_ended(membership_entry.until.day):
        return membership_entry.since is None and any(
            _was_member_on_day(row, membership_entry.until.day) for row in known_memberships
        )
    return any(
        row.standing == Standing.ACTIVE if membership_entry.is_observer else is_current_observer(row)
        for row in known_memberships
    )


def _was_member_on_day(membership: Membership, day: date) -> bool:
    starts_on, ends_on = membership.starts_on, membership.ends_on
    is_over = membership.standing == Standing.LEFT and ends_on is not None
    return is_over and (starts_on or day) <= day <= (ends_on or day)


def _get_memberships_by_organisation(coalition: Coalition, organisation_ids: set[int]) -> dict[int, list[Membership]]:
    """What these organisations were and are; what ended is closed, as in `_close_ended_memberships`."""
    rows: dict[int, list[Membership]] = defaultdict(list)
    for row in Membership.objects.filter(coalition=coalition, organisation__isnull=False):
        if row.organisation_id in organisation_ids:
            if row.standing == Standing.ACTIVE and has_period_ended(row.ends_on):
                row.standing = Standing.LEFT
                row.save(update_fields=["standing"])
            rows[row.organisation_id].append(row)
    return rows
