"""Who is on the coalition's mailing list. Being on it is not membership."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied

from jukwaa.accounts.earlier_addresses import find_people_by_address
from jukwaa.accounts.models import Person
from jukwaa.coalitions import policies
from jukwaa.coalitions.actions.people import PersonFacts, get_or_create_person
from jukwaa.coalitions.activities import action, record_activities, record_activity
from jukwaa.coalitions.departures import sync_person_departures
from jukwaa.coalitions.models import Coalition, ListEntry
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.dates import get_utc_date


@action
def add_to_mailing_list(
    *, actor: Person, coalition: Coalition, email: str, person_name: str = "", starts_on: date | None = None
) -> ListEntry:
    """Note that an address is on the list. One that is on it already stays as it was."""
    if not policies.can_manage_mailing_list(ViewerContext(actor), coalition):
        raise PermissionDenied
    person = get_or_create_person(PersonFacts(name=person_name, email=email), coalition)
    entry, new = ListEntry.objects.get_or_create(
        coalition=coalition, person=person, ends_on=None, defaults={"starts_on": starts_on}
    )
    if new:
        sync_person_departures(coalition, [person.pk])
        record_activity(actor=actor, verb="listed", subject=entry, coalition=coalition)
    return entry


@action
def add_many_to_mailing_list(
    *, actor: Person, coalition: Coalition, subscribers: Sequence[tuple[str, str, date | None]]
) -> list[ListEntry]:
    """As `add_to_mailing_list`, for a whole table of addresses, each with a name and a first day where they are known.

    The caller leaves out those who were taken out (`accounts.erased.TakenOut`).
    """
    if not policies.can_manage_mailing_list(ViewerContext(actor), coalition):
        raise PermissionDenied
    people = get_or_create_people({email.lower(): name for email, name, _first in subscribers})
    on_list = ListEntry.objects.filter(coalition=coalition, ends_on__isnull=True)
    entries = {entry.person_id: entry for entry in on_list}
    new = {}
    for email, _name, starts_on in subscribers:
        person = people[email.lower()]
        if person.pk not in entries:
            new[person.pk] = ListEntry(coalition=coalition, person=person, starts_on=starts_on)
    ListEntry.objects.bulk_create(new.values())
    sync_person_departures(coalition, (person.pk for person in people.values() if person.former_in))
    record_activities(actor=actor, verb="listed", activity_subjects=new.values(), coalition=coalition)
    entries |= new
    return [entries[people[email.lower()].pk] for email, _name, _first in subscribers]


def get_or_create_people(names_by_email: dict[str, str]) -> dict[str, Person]:
    """By their addresses in small letters. Whoever is known keeps their name; nobody has told the others yet."""
    people = find_people_by_address(names_by_email)
    # They have chosen no language yet: emails are written in that of the coalition.
    new = [Person(email=email, name=name, language="") for email, name in names_by_email.items() if email not in people]
    for person in new:
        person.set_unusable_password()
    return people | {str(person.email): person for person in Person.objects.bulk_create(new)}


@action
def remove_from_mailing_list(*, actor: Person, list_entry: ListEntry) -> ListEntry:
    """The last day on the list is today. Membership is not touched."""
    if not policies.can_manage_mailing_list(ViewerContext(actor), list_entry.coalition):
        raise PermissionDenied
    if list_entry.ends_on is not None:
        return list_entry
    list_entry.ends_on = get_utc_date()
    if list_entry.starts_on and list_entry.starts_on > list_entry.ends_on:
        list_entry.starts_on = list_entry.ends_on
    list_entry.save(update_fields=["starts_on", "ends_on"])
    sync_person_departures(list_entry.coalition, [list_entry.person_id])
    record_activity(actor=actor, verb="unlisted", subject=list_entry, coalition=list_entry.coalition)
    return list_entry
