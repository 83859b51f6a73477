"""Who replied what to an invitation, and who has not replied: for those who keep the minutes.

Members and the public see who will attend, and of the other replies the numbers alone.
"""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from jukwaa.coalitions.display_names import DISPLAYED_NAME_FIELDS, get_display_name
from jukwaa.coalitions.models import Affiliation, Membership
from jukwaa.coalitions.standing import Standing
from jukwaa.meetings.guests import find_uninvited_people
from jukwaa.meetings.invitations import LISTED_REPLY_FIELDS, MAX_ATTENDEES_SHOWN, find_replies
from jukwaa.meetings.models import Meeting, Rsvp
from jukwaa.meetings.observers import are_observers_invited
from jukwaa.places.text_folding import fold_text

SILENT_MEMBER_FIELDS = ("organisation__name", *(f"person__{name}" for name in DISPLAYED_NAME_FIELDS))


@dataclass
class OtherReplies:
    """Names of adults and organisations that will not attend, that may, and that have not replied."""

    meeting: Meeting
    standing: Standing
    is_whole: bool = False

    @cached_property
    def _replies(self) -> list[Rsvp]:
        rows = find_replies(self.meeting).filter(person__is_minor=False)
        rows = rows.filter(answer__in=[Rsvp.Answer.NO, Rsvp.Answer.MAYBE]).select_related("capacity__person")
        replies = list(rows.only("person", *LISTED_REPLY_FIELDS))
        people = {row.person_id for row in replies if row.may_be_uninvited}  # type: ignore[attr-defined]  # annotated
        uninvited = find_uninvited_people(self.meeting, people)
        return [row for row in replies if row.person_id not in uninvited]

    @cached_property
    def declined(self) -> list[str]:
        return self._list_names_with_answer(Rsvp.Answer.NO)

    @cached_property
    def undecided(self) -> list[str]:
        return self._list_names_with_answer(Rsvp.Answer.MAYBE)

    def _list_names_with_answer(self, answer: str) -> list[str]:
        return [get_display_name(row.capacity, self.standing) for row in self._replies if row.answer == answer]

    @cached_property
    def _silent_members(self) -> list[int]:
        """Memberships of organisations of which nobody has replied, and of people who have not."""
        return self._find_silent(Membership.objects.active())

    @cached_property
    def _silent_observers(self) -> list[int]:
        """Memberships of invited observers that have not replied."""
        is_asked = are_observers_invited(self.meeting)
        return self._find_silent(Membership.objects.observers_in_force()) if is_asked else []

    def _find_silent(self, memberships: QuerySet[Membership]) -> list[int]:
        """Memberships by name. There can be thousands: names are read for the order, whole rows only of those shown."""
        replies = Rsvp.objects.filter(meeting=self.meeting)
        through = Affiliation.objects.confirmed().filter(person__in=replies.values("person"))
        answered = Q(person__in=replies.values("person")) | Q(organisation__in=through.values("organisation"))
        answered |= Q(
            organisation__in=replies.filter(capacity__organisation__isnull=False).values("capacity__organisation")
        )
        rows = memberships.filter(coalition=self.meeting.coalition).exclude(answered)
        named = rows.exclude(person__is_minor=True).values_list("pk", Coalesce("organisation__name", "person__name"))
        return [pk for pk, _name in sorted(named, key=lambda row: fold_text(row[1]))]

    @cached_property
    def silent(self) -> list[str]:
        return self._get_names(self._silent_members)

    @cached_property
    def silent_observers(self) -> list[str]:
        return self._get_names(self._silent_observers)

    def _get_names(self, membership_ids: list[int]) -> list[str]:
        shown = membership_ids if self.is_whole else membership_ids[:MAX_ATTENDEES_SHOWN]
        if not shown:
            return []
        rows = Membership.objects.select_related("organisation", "person").only(*SILENT_MEMBER_FIELDS).in_bulk(shown)
        return [_get_member_name(rows[pk], self.standing) for pk in shown]

    @property
    def number_of_silent_beyond(self) -> int:
        return len(self._silent_members) - len(self.silent)

    @property
    def number_of_silent_observers_beyond(self) -> int:
        return len(self._silent_observers) - len(self.silent_observers)


def _get_member_name(membership: Membership, standing: Standing) -> str:
    if membership.organisation is not None:
        return membership.organisation.name
    return get_display_name(membership.person, standing) if membership.person else ""
