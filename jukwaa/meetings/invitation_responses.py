"""Who replied what to an invitation, and who has not replied: for those who keep the minutes.

Members and the public see who will attend, and of the other replies the numbers alone.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Q, QuerySet, Window
from django.db.models.functions import Coalesce, Lower, RowNumber

from jukwaa.coalitions.display_names import DISPLAYED_NAME_FIELDS, get_display_name
from jukwaa.coalitions.models import Affiliation, Membership
from jukwaa.coalitions.standing import Standing
from jukwaa.meetings.invitations import MAX_ATTENDEES_SHOWN, InvitationReplyRow, MeetingAttendees
from jukwaa.meetings.models import Meeting, Rsvp
from jukwaa.meetings.observers import are_observers_invited
from jukwaa.meetings.participants import find_chosen_person_ids
from jukwaa.places.text_folding import fold_text

SILENT_MEMBER_FIELDS = ("standing", "organisation__name", *(f"person__{name}" for name in DISPLAYED_NAME_FIELDS))


@dataclass(frozen=True)
class SilentMembers:
    """The names of those who have not replied: the first of them, and how many more there are."""

    names: list[str]
    remaining_count: int


@dataclass
class OtherReplies:
    """Names of adults and organisations that will not attend, that may, and that have not replied."""

    attendees: MeetingAttendees
    standing: Standing

    @cached_property
    def declined(self) -> list[str]:
        return self._get_names(self.attendees.declined_replies)

    @cached_property
    def undecided(self) -> list[str]:
        return self._get_names(self.attendees.undecided_replies)

    def _get_names(self, reply_rows: list[InvitationReplyRow]) -> list[str]:
        replies = self.attendees.get_named_replies(reply_rows)
        return [get_display_name(reply.capacity, self.standing) for reply in replies]

    @cached_property
    def silent_members(self) -> SilentMembers:
        """Organisations of which nobody has replied, and people who have not."""
        return self._list_silent(Membership.Standing.ACTIVE)

    @cached_property
    def silent_observers(self) -> SilentMembers:
        """Invited observers that have not replied."""
        return self._list_silent(Membership.Standing.OBSERVER)

    def _list_silent(self, membership_standing: str) -> SilentMembers:
        rows = [row for row in self._silent_memberships if row.standing == membership_standing]
        names = sorted((_get_member_name(row, self.standing) for row in rows), key=fold_text)
        return SilentMembers(names, rows[0].total - len(rows) if rows else 0)

    def _find_invited_memberships(self) -> QuerySet[Membership]:
        """Those of members who are invited, or of whom somebody is."""
        meeting, active = self.attendees.meeting, Membership.objects.active()
        if meeting.invites == Meeting.Invites.EVERYONE:
            return active
        chosen = find_chosen_person_ids(meeting)
        ties = Affiliation.objects.confirmed().filter(person__in=chosen)
        return active.filter(Q(person__in=chosen) | Q(organisation__in=ties.values("organisation")))

    @cached_property
    def _silent_memberships(self) -> list[Any]:
        """Of members and observers the first by name, or all, each with how many members or observers there are."""
        meeting = self.attendees.meeting
        invited = self._find_invited_memberships()
        if are_observers_invited(meeting):
            invited |= Membership.objects.observers_in_force()
        replies = Rsvp.objects.filter(meeting=meeting)
        through = Affiliation.objects.confirmed().filter(person__in=replies.values("person"))
        answered = Q(person__in=replies.values("person")) | Q(organisation__in=through.values("organisation"))
        answered |= Q(
            organisation__in=replies.filter(capacity__organisation__isnull=False).values("capacity__organisation")
        )
        rows = invited.filter(coalition=meeting.coalition).exclude(answered).exclude(person__is_minor=True)
        place = Window(RowNumber(), "standing", order_by=[Lower(Coalesce("organisation__name", "person__name")), "pk"])
        counted = rows.annotate(total=Window(Count("pk"), "standing"), place=place)
        shown = counted if self.attendees.is_whole else counted.filter(place__lte=MAX_ATTENDEES_SHOWN)
        return list(shown.select_related("organisation", "person").only(*SILENT_MEMBER_FIELDS))


def _get_member_name(membership: Membership, standing: Standing) -> str:
    if membership.organisation is not None:
        return membership.organisation.name
    return get_display_name(membership.person, standing) if membership.person else ""
