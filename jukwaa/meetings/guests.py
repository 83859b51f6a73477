"""The guests of a meeting: whoever is invited without a seat, as a person of the session or as an observer."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial

from jukwaa.accounts.models import Person
from jukwaa.mail.headers import LABELS_READABLE_BY_EMAIL
from jukwaa.meetings.models import Meeting
from jukwaa.meetings.observers import are_observers_invited, find_invited_observers, find_observers
from jukwaa.meetings.participants import filter_people_with_seat
from jukwaa.meetings.session_people import find_session_people, session_people_sources
from jukwaa.records.models import State
from jukwaa.updates.letters import get_mail_address
from jukwaa.updates.models import Letter
from jukwaa.updates.notification_emails import EmailText, NotificationEmail


def find_guests(meeting: Meeting) -> list[Person]:
    """Return who is invited without a seat in the coalition; they read of the meeting in email and by their link."""
    if meeting.state != State.PUBLISHED or meeting.label not in LABELS_READABLE_BY_EMAIL:
        return []
    people = {each.person.pk: each.person for each in find_session_people(meeting) if each.person}
    people |= {person.pk: person for person in find_invited_observers(meeting)}
    if not people:
        return []
    members = filter_people_with_seat(meeting.coalition).filter(pk__in=people).values_list("pk", flat=True)
    return [people[pk] for pk in sorted(people.keys() - set(members))]


def is_guest(person_id: int | None, meeting: Meeting) -> bool:
    return any(person.pk == person_id for person in find_guests(meeting))


def count_observers_to_email(meeting: Meeting) -> int:
    """Return how many representatives of observers will get the invitation."""
    observers = {person.pk for person in find_invited_observers(meeting)}
    guests = [person for person in find_guests(meeting) if person.pk in observers and get_mail_address(person)]
    return sum(wants_guest_email(person, meeting) for person in guests)


def find_uninvited_people(meeting: Meeting, people: Collection[int]) -> set[int]:
    """Return which of these people, who represent observers, are not invited any more."""
    if not people or are_observers_invited(meeting):
        return set()
    members = filter_people_with_seat(meeting.coalition).filter(pk__in=people).values_list("pk", flat=True)
    return {*people} - {*members} - {person.pk for person in find_guests(meeting)}


def find_observers_to_uninvite(meetings: Sequence[Meeting]) -> list[Person]:
    """Return the observers who were emailed about one of these meetings and are not invited any more."""
    first = meetings[0]
    people = {person.pk: person for person in find_observers(first.coalition)}
    letters = Letter.objects.filter(names__in=[meeting.pk for meeting in meetings], person__in=people)
    uninvited = find_uninvited_people(first, set(letters.values_list("person", flat=True)))
    return [people[pk] for pk in sorted(uninvited) if wants_guest_email(people[pk], first)]


def build_guest_emails(
    notification_email: NotificationEmail, meeting: Meeting, build_path: Callable[[Person, Meeting], str]
) -> Iterator[NotificationEmail]:
    """Return the same email for the guests. It leads to their own link, as they may have no account."""
    if guests := [person for person in find_guests(meeting) if wants_guest_email(person, meeting)]:
        write_to = partial(_render_guest_email, notification_email, meeting, build_path)
        yield replace(
            notification_email, people=guests, record=None, names=(meeting,), write_to=write_to, to_list=False
        )


def wants_guest_email(person: Person, meeting: Meeting) -> bool:
    return all(source.wants_email(person, meeting.coalition) for source in session_people_sources.values())


def _render_guest_email(
    notification_email: NotificationEmail,
    meeting: Meeting,
    build_path: Callable[[Person, Meeting], str],
    person: Person,
) -> EmailText:
    text = notification_email.write_to(person) if notification_email.write_to else notification_email.write()
    return replace(text, path=build_path(person, meeting))
