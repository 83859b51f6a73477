"""What the command line alone does: no policy can guard it, since nobody has the role that could allow it."""

from jukwaa.accounts.erased_identities import unblock_returned_person
from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.departures import sync_person_departures
from jukwaa.coalitions.models import Coalition, Membership, Role
from jukwaa.core.dates import get_utc_date
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_rows


@action
def create_coalition(*, coalition_name: str, slug: str, coordinator: Person, forum_slug: str = "") -> Coalition:
    """A coalition with its first coordinator, who takes a seat too. For the command line and the demo alone."""
    coalition = Coalition(name=coalition_name, slug=slug, forum=forum_slug, language=coordinator.language)
    coalition.full_clean()
    coalition.save()
    today = get_utc_date()
    Role.objects.create(coalition=coalition, person=coordinator, kind=Role.Kind.COORDINATOR, starts_on=today)
    Membership.objects.create(
        coalition=coalition, person=coordinator, standing=Membership.Standing.ACTIVE, starts_on=today
    )
    record_activity(actor=coordinator, verb="founded", subject=coalition, coalition=coalition)
    return coalition


@action
def appoint_coordinator(*, coalition: Coalition, person: Person) -> Role:
    """Make somebody a coordinator from today on, for a coalition that lost its last one. For the command line alone.

    Nobody here did it, so the activity has no actor. Appointing a coordinator changes nothing. Raises ActionRefused.
    """
    if not person.is_active:
        raise ActionRefused("This account is closed. Appoint somebody who can sign in.")
    if person.is_minor:
        raise ActionRefused("This person is under 18, and a role shows publicly who holds it. Appoint an adult.")
    unblock_returned_person(person, coalition.pk)
    today = get_utc_date()
    role, new = lock_rows(Role.objects.all()).get_or_create(
        coalition=coalition,
        person=person,
        kind=Role.Kind.COORDINATOR,
        ends_on=None,
        defaults={"starts_on": today},
    )
    if not new and (role.starts_on is None or role.starts_on <= today):
        return role
    role.starts_on = today
    role.save(update_fields=["starts_on"])
    sync_person_departures(coalition, [person.pk])
    record_activity(actor=None, verb="appointed", subject=role, coalition=coalition, kind="role")
    return role
