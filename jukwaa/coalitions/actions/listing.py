"""Who is on the coalition's mailing list. Being on it is not membership."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions import policies
from jukwaa.coalitions.actions.people import PersonFacts, known_or_new
from jukwaa.coalitions.activities import action, note
from jukwaa.coalitions.models import Coalition, ListEntry


@action
def put_on_list(
    *, actor: Person, coalition: Coalition, email: str, name: str = "", starts_on: date | None = None
) -> ListEntry:
    """Note that an address is on the list. One that is on it already stays as it was."""
    if not policies.can_keep_list(actor, coalition):
        raise PermissionDenied
    person = known_or_new(PersonFacts(name=name, email=email))
    entry, new = ListEntry.objects.get_or_create(
        coalition=coalition, person=person, ends_on=None, defaults={"starts_on": starts_on}
    )
    if new:
        note(actor=actor, verb="listed", subject=entry, coalition=coalition)
    return entry


@action
def take_off_list(*, actor: Person, entry: ListEntry) -> ListEntry:
    """The last day on the list is today. Membership is not touched."""
    if not policies.can_keep_list(actor, entry.coalition):
        raise PermissionDenied
    if entry.ends_on is not None:
        return entry
    entry.ends_on = timezone.localdate()
    if entry.starts_on and entry.starts_on > entry.ends_on:
        entry.starts_on = entry.ends_on
    entry.save(update_fields=["starts_on", "ends_on"])
    note(actor=actor, verb="unlisted", subject=entry, coalition=entry.coalition)
    return entry
