"""Whom meetings are for: the members of the coalition, in their own right or for an organisation, or some of them."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q

from jukwaa.accounts.models import Person
from jukwaa.meetings.models import Invitee, Meeting, Rsvp
from jukwaa.updates.recipients import count_members_wanting, filter_people_with_seat, find_people_with_seat

__all__ = [
    "build_invited_condition",
    "count_members_wanting",
    "filter_people_with_seat",
    "find_invited_members",
    "find_people_with_seat",
    "group_invited_members",
    "is_invited_member",
]


def find_invited_members(meeting: Meeting) -> list[Person]:
    """Return the members who are invited, and those who have replied without an invitation."""
    people = find_people_with_seat(meeting.coalition)
    if meeting.invites == Meeting.Invites.EVERYONE:
        return people
    invited = _find_invited_person_ids(meeting)
    return [person for person in people if person.pk in invited]


def group_invited_members(meetings: Sequence[Meeting]) -> list[tuple[list[Person], list[Meeting]]]:
    """Group the members by those of some meetings of one coalition to which they are invited."""
    chosen = {each.pk: _find_invited_person_ids(each) for each in meetings if each.invites != Meeting.Invites.EVERYONE}
    groups: dict[tuple[int, ...], list[Person]] = defaultdict(list)
    for person in find_people_with_seat(meetings[0].coalition):
        invited_to = (each.pk for each in meetings if each.pk not in chosen or person.pk in chosen[each.pk])
        groups[tuple(invited_to)].append(person)
    return [
        (people, [each for each in meetings if each.pk in invited_to])
        for invited_to, people in groups.items()
        if invited_to
    ]


def build_invited_condition(person_pk: int) -> Q:
    """Return the condition that a member is invited to a meeting, or has replied to it."""
    of_person = {"meeting": OuterRef("pk"), "person": person_pk}
    is_chosen = Q(Exists(Invitee.objects.filter(**of_person)), invites=Meeting.Invites.CHOSEN)
    return Q(invites=Meeting.Invites.EVERYONE) | is_chosen | Q(Exists(Rsvp.objects.filter(**of_person)))


def is_invited_member(person_pk: int | None, meeting: Meeting) -> bool:
    """Whether this member is invited to a meeting, or has replied to it."""
    if meeting.invites != Meeting.Invites.CHOSEN:
        return meeting.invites == Meeting.Invites.EVERYONE
    return Meeting.objects.filter(build_invited_condition(person_pk or 0), pk=meeting.pk).exists()


def _find_invited_person_ids(meeting: Meeting) -> set[int]:
    return find_chosen_person_ids(meeting) | {*Rsvp.objects.filter(meeting=meeting).values_list("person", flat=True)}


def find_chosen_person_ids(meeting: Meeting) -> set[int]:
    """Return who was chosen to be invited; nobody if nobody is invited yet, or everyone is."""
    return {*meeting.invitees.values_list("person", flat=True)} if meeting.invites == Meeting.Invites.CHOSEN else set()
