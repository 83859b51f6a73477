"""Whom meetings are for: the members of the coalition, in their own right or for an organisation, or some of them."""

from jukwaa.accounts.models import Person
from jukwaa.meetings.models import Meeting, Rsvp
from jukwaa.updates.recipients import count_members_wanting, filter_people_with_seat, find_people_with_seat

__all__ = ["count_members_wanting", "filter_people_with_seat", "find_invited_members", "find_people_with_seat"]


def find_invited_members(meeting: Meeting) -> list[Person]:
    """Return the members who are invited, and those who have replied without an invitation."""
    people = find_people_with_seat(meeting.coalition)
    if meeting.invites == Meeting.Invites.EVERYONE:
        return people
    invited = find_chosen_person_ids(meeting) | {*Rsvp.objects.filter(meeting=meeting).values_list("person", flat=True)}
    return [person for person in people if person.pk in invited]


def find_chosen_person_ids(meeting: Meeting) -> set[int]:
    """Return who was chosen to be invited; nobody if nobody is invited yet, or everyone is."""
    return {*meeting.invitees.values_list("person", flat=True)} if meeting.invites == Meeting.Invites.CHOSEN else set()
