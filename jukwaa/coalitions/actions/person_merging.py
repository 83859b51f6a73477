"""Two people of a coalition who are one: everything moves to the one who stays."""

from django.core.exceptions import PermissionDenied

from jukwaa.accounts.account_merge import merge_accounts
from jukwaa.accounts.merge_links import notify_merge
from jukwaa.accounts.models import Person
from jukwaa.coalitions import policies
from jukwaa.coalitions.activities import action
from jukwaa.coalitions.duplicate_people import find_obstacles_to_merging_people
from jukwaa.coalitions.known_people import get_known_people
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_rows


@action
def merge_people(*, actor: Person, coalition: Coalition, surviving_person: Person, merged_person: Person) -> Person:
    """Move all that one person is and did to the other one, who is notified if they sign in.

    Merging twice does nothing. Raises PermissionDenied, and ActionRefused where only the person can merge their
    accounts. The activity is written by `merged_accounts`.
    """
    if not policies.can_merge_people(ViewerContext(actor), coalition):
        raise PermissionDenied
    both = Person.objects.filter(pk__in=[surviving_person.pk, merged_person.pk]).order_by("pk")
    rows = {row.pk: row for row in lock_rows(both)}
    stays, goes = rows[surviving_person.pk], rows[merged_person.pk]
    if goes.merged_into_id == stays.pk:
        return stays
    if stays == goes or get_known_people(coalition).filter(pk__in=rows).count() != len(rows):
        raise PermissionDenied
    if obstacles := find_obstacles_to_merging_people(coalition, stays, goes):
        raise ActionRefused(" ".join(obstacles))
    other = goes.email or goes.name
    merged = merge_accounts(surviving_person=stays, merged_person=goes, actor=actor)
    if merged.last_login is not None:
        notify_merge(merged, other=other, email_key=f"merged:{goes.pk}:kept")
    return merged
