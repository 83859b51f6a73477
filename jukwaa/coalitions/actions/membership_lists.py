"""The memberships of a whole list of organisations, as an import brings them."""

from collections import defaultdict
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied

from jukwaa.accounts.models import Person
from jukwaa.coalitions import policies
from jukwaa.coalitions.actions.memberships import find_existing_membership, has_ended, set_membership_dates
from jukwaa.coalitions.activities import action, record_activities
from jukwaa.coalitions.models import Coalition, Membership, Organisation
from jukwaa.coalitions.refusals import refuse_invalid_dates
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.dates import PartialDate

Standing, Precision = Membership.Standing, Membership.Precision


@action
def add_memberships(
    *,
    actor: Person,
    coalition: Coalition,
    membership_entries: Sequence[tuple[Organisation, PartialDate | None, PartialDate | None]],
) -> None:
    """As `add_membership`, for the organisations of a whole table, each with its first day and its last, as known."""
    if not policies.can_add_membership(ViewerContext(actor), coalition):
        raise PermissionDenied
    rows = _get_memberships(coalition, {organisation.pk for organisation, _first, _last in membership_entries})
    new, accepted = [], []
    for organisation, since, until in membership_entries:
        starts_on, ends_on = since.day if since else None, until.day if until else None
        refuse_invalid_dates(starts_on, ends_on)
        there = find_existing_membership(rows[organisation.pk], starts_on, ends_on)
        if there is not None and there.standing != Standing.APPLIED:
            continue
        membership = there or Membership(coalition=coalition, organisation=organisation)
        set_membership_dates(membership, starts_on, ends_on)
        membership.starts_precision = since.precision if since else Precision.DAY
        membership.ends_precision = until.precision if until else Precision.DAY
        if there is None:
            rows[organisation.pk].append(membership)
            new.append(membership)
        else:
            membership.save()
            accepted.append(membership)
    Membership.objects.bulk_create(new)
    record_activities(actor=actor, verb="accepted", subjects=accepted, coalition=coalition)
    record_activities(actor=actor, verb="enrolled", subjects=new, coalition=coalition)


def _get_memberships(coalition: Coalition, organisation_ids: set[int]) -> dict[int, list[Membership]]:
    """What these organisations were and are; what ended is closed, as in `_close_ended_memberships`."""
    rows: dict[int, list[Membership]] = defaultdict(list)
    for row in Membership.objects.filter(coalition=coalition, organisation__isnull=False):
        if row.organisation_id in organisation_ids:
            if row.standing == Standing.ACTIVE and has_ended(row.ends_on):
                row.standing = Standing.LEFT
                row.save(update_fields=["standing"])
            rows[row.organisation_id].append(row)
    return rows
