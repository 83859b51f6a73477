"""The guests of a meeting: people who are invited without a seat, as a person of the session or as an observer."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial, reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.utils.translation import ngettext

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity
from jukwaa.mail.actions import drop_unsent_emails
from jukwaa.mail.headers import LABELS_READABLE_BY_EMAIL
from jukwaa.meetings.models import Meeting
from jukwaa.meetings.observers import find_invited_observers, find_observers
from jukwaa.meetings.participants import filter_people_with_seat
from jukwaa.meetings.session_people import find_session_people, session_people_sources
from jukwaa.records.models import State
from jukwaa.updates.combined_reminders import REMINDER_KEY_PREFIX
from jukwaa.updates.digests import DIGEST_KEY_PREFIX
from jukwaa.updates.letters import get_mail_address
from jukwaa.updates.models import Letter
from jukwaa.updates.notification_emails import EmailText, NotificationEmail

# With which the keys of these emails begin.
INVITED_KEY_PREFIX, UNINVITED_KEY_PREFIX = "observers-invited:", "observers-uninvited:"


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
    """Return which of these people, who were invited, are neither members nor guests any more."""
    if not people:
        return set()
    members = filter_people_with_seat(meeting.coalition).filter(pk__in=people).values_list("pk", flat=True)
    return {*people} - {*members} - {person.pk for person in find_guests(meeting)}


def find_observers_to_uninvite(meetings: Sequence[Meeting]) -> list[Person]:
    """Return the observers who were emailed about one of these meetings and are not invited any more."""
    first = meetings[0]
    people = {person.pk: person for person in find_observers(first.coalition)}
    uninvited = find_uninvited_people(first, set(find_emailed_people(meetings)) & people.keys())
    return [people[pk] for pk in sorted(uninvited) if wants_guest_email(people[pk], first)]


def find_emailed_people(meetings: Sequence[Meeting]) -> list[int]:
    """Return who was emailed as a guest about one of these meetings, other than about a withdrawn invitation."""
    letters = _find_guest_letters().filter(names__in=[meeting.pk for meeting in meetings])
    return list(letters.values_list("person", flat=True).distinct())


def find_invited_people(meeting: Meeting, activity: Activity) -> frozenset[int]:
    """Return the guests who were invited before this activity, without those whose invitation was withdrawn since."""
    prefixes = (f"invited:{meeting.pk}:", f"series:{meeting.series_id}:", INVITED_KEY_PREFIX, UNINVITED_KEY_PREFIX)
    is_about_invitation = reduce(or_, (Q(message__key__startswith=prefix) for prefix in prefixes))
    letters = Letter.objects.filter(is_about_invitation, names=meeting.pk).exclude(activity=activity)
    last = dict(letters.order_by("pk").values_list("person", "message__key"))
    return frozenset(pk for pk, key in last.items() if pk and not key.startswith(UNINVITED_KEY_PREFIX))


def drop_held_emails_to_uninvited(meetings: Sequence[Meeting]) -> None:
    """Delete the emails that wait for approval and would invite to these meetings people who are not invited now."""
    held = Letter.objects.filter(names__in=[meeting.pk for meeting in meetings], message__held=True)
    drop_unsent_emails(find_emails_to_uninvited(held.values_list("pk", flat=True).distinct()))


def explain_emails_to_uninvited(number: int) -> str:
    return ngettext(
        "1 email is not sent, because its recipient is no longer invited.",
        "%(n)d emails are not sent, because their recipients are no longer invited.",
        number,
    ) % {"n": number}


def find_emails_to_uninvited(message_ids: Iterable[int]) -> set[int]:
    """Return which of these emails are to guests who are not invited any more: most have the joining link.

    An email that names several meetings of a series invites to the first of them.
    """
    letters = _find_guest_letters().filter(pk__in=list(message_ids))
    meetings = {
        meeting.pk: meeting
        for meeting in Meeting.objects.filter(pk__in=letters.values("names")).select_related("coalition")
    }
    people: dict[int, dict[int, int]] = {}
    for letter in letters.prefetch_related("names") if meetings else ():
        named = [meetings[record.pk] for record in letter.names.all() if record.pk in meetings]
        if named and letter.person_id:
            first = min(named, key=lambda meeting: (meeting.order_day, meeting.pk))
            people.setdefault(first.pk, {})[letter.pk] = letter.person_id
    found = set[int]()
    for meeting_pk, letter_people in people.items():
        uninvited = find_uninvited_people(meetings[meeting_pk], set(letter_people.values()))
        found |= {pk for pk, person in letter_people.items() if person in uninvited}
    return found


def _find_guest_letters() -> QuerySet[Letter]:
    """Return the emails to guests of meetings. Digests and combined reminders name meetings too, and have no link."""
    others = (UNINVITED_KEY_PREFIX, f"{DIGEST_KEY_PREFIX}:", f"{REMINDER_KEY_PREFIX}:")
    is_other = reduce(or_, (Q(message__key__startswith=prefix) for prefix in others))
    return Letter.objects.filter(record=None, person__isnull=False).exclude(is_other)


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
