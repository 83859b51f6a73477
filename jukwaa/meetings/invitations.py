"""Invitations to a meeting: the link in each, and who will attend."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import NamedTuple

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.capacities import CapacityChoice, build_capacity_choices
from jukwaa.coalitions.display_names import DISPLAYED_NAME_FIELDS
from jukwaa.coalitions.models import Activity, Coalition, Membership
from jukwaa.coalitions.standing import Standing
from jukwaa.core.list_formatting import format_list_in_sentence
from jukwaa.mail import signed_links
from jukwaa.meetings.guests import find_uninvited_people, is_guest
from jukwaa.meetings.models import Meeting, Rsvp
from jukwaa.meetings.observers import (
    build_observer_condition,
    build_uninvited_condition,
    find_observer_organisation_ids,
)
from jukwaa.places.regions import RegionalGroup, StakeholderGroup
from jukwaa.records.models import State
from jukwaa.updates.email_links import build_absolute_url

INVITATION_LINK_PURPOSE = "meeting-reply"
INVITATION_LINK_LIFETIME = timedelta(days=400)  # the meeting's end closes it earlier
UNEXPECTED_REGIONS = (RegionalGroup.IGO, RegionalGroup.UNKNOWN)
EXCLUDED_STAKEHOLDER_GROUPS = (StakeholderGroup.OTHER, StakeholderGroup.UNKNOWN)
ATTENDING_RSVP_ANSWERS = (Rsvp.Answer.YES, Rsvp.Answer.COLLEAGUE)
OTHER_RSVP_ANSWERS = (Rsvp.Answer.NO, Rsvp.Answer.MAYBE)
MAX_ATTENDEES_SHOWN = 50  # on the page of a meeting, unless all of them are asked for
# What the page of a meeting says of a reply. Whole rows of all that hangs on one have eighty columns.
LISTED_REPLY_FIELDS = (
    *("answer", "capacity__name", "capacity__organisation"),
    *(f"capacity__person__{name}" for name in DISPLAYED_NAME_FIELDS),
)


def build_invitation_path(person: Person, meeting: Meeting) -> str:
    """Return the page where this person replies without signing in; for one under 18, their adult contact."""
    payload = {"person": person.pk, "meeting": meeting.pk, "guardian": get_guardian_pk(person)}
    token = signed_links.make_signed_token(INVITATION_LINK_PURPOSE, payload)
    return reverse("meetings:invitation", args=[meeting.coalition.slug, token])


def build_invitation_link(person: Person, meeting: Meeting) -> str:
    return build_absolute_url(build_invitation_path(person, meeting))


def find_invitation_by_token(coalition: Coalition, token: str) -> tuple[Person, Meeting] | None:
    """Return whose link it is, and to which meeting; None if it is not valid, or that person is gone.

    None too for a meeting that is not published: the link opens without signing in, so a coordinator's shows no more.
    """
    payload = signed_links.read_signed_token(INVITATION_LINK_PURPOSE, token, INVITATION_LINK_LIFETIME)
    if payload is None:
        return None
    people = Person.objects.filter(pk=payload["person"], is_active=True, erased_at=None)
    person = people.select_related("adult_contact").first()
    if person is None or payload.get("guardian") != get_guardian_pk(person):
        return None  # sent to a person under 18 themselves, or to an earlier contact of theirs
    published = Meeting.objects.of(coalition).filter(state=State.PUBLISHED)
    meeting = published.filter(pk=payload["meeting"]).first()
    if meeting is None:
        return None
    meeting.coalition = coalition
    is_readable = Meeting.objects.visible_to(person).filter(pk=meeting.pk).exists()
    return (person, meeting) if is_readable or is_guest(person.pk, meeting) else None


def build_last_invitation_time() -> Subquery:
    """Return when a note taker last had the invitation emailed to everybody who had not had it, for an annotation."""
    invited = Activity.objects.filter(kind="meeting", verb="invited", object_id=OuterRef("pk"))
    return Subquery(invited.order_by("-pk").values("at")[:1])


def get_guardian_pk(person: Person) -> int | None:
    """Return the adult contact of a person under 18: the invitation is theirs to answer."""
    return person.adult_contact_id if person.is_minor else None


def has_guardian_consent(person: Person, meeting: Meeting) -> bool:
    """Return whether the adult contact of a person under 18 has agreed that they attend; adults need nobody."""
    if not person.is_minor:
        return True
    return Rsvp.objects.filter(meeting=meeting, person=person, consent_by=person.adult_contact_id).exists()


def get_reply_choices(person: Person, meeting: Meeting, standing: Standing | None = None) -> list[CapacityChoice]:
    """Return the capacities in which a person can reply to an invitation. Observers are invited for an organisation."""
    standing = standing or Standing(person, meeting.coalition)
    choices = get_capacity_choices(person, meeting.coalition, standing)
    observers = find_observer_organisation_ids(person, meeting)
    if not observers or standing.has_seat:
        return choices
    return [choice for choice in choices if choice.organisation is not None and choice.organisation.pk in observers]


def get_capacity_choices(
    person: Person, coalition: Coalition, standing: Standing | None = None
) -> list[CapacityChoice]:
    """Return the capacities in which a person can attend, the most likely one first.

    An organisation is one of them only if the person is confirmed as its representative.
    """
    standing = standing or Standing(person, coalition)
    choices = [
        choice
        for choice in build_capacity_choices(standing)
        if choice.organisation is None or choice.organisation.pk in standing.speaks_for
    ]
    own = Membership.objects.active().filter(coalition=coalition, person=person).exists()
    return choices[::-1] if own else choices


def describe_missing_representation(standing: Standing) -> str:
    """Return how a person who represents no organisation can represent theirs; nothing for others."""
    if standing.speaks_for or not standing.organisations:
        return ""
    sentence = _(
        "You are replying as an individual. To represent %(organisation)s, ask a coordinator to confirm you as a"
        " representative."
    )
    return sentence % {"organisation": format_list_in_sentence(sorted(map(str, standing.organisations)))}


class InvitationReplyRow(NamedTuple):
    """A reply without names, for numbers and groups: a large meeting has hundreds of them."""

    person: int
    answer: str
    regional_group: str
    stakeholder_group: str
    is_minor: bool
    adult_contact: int | None
    consent_by: int | None
    may_be_uninvited: bool

    @property
    def answer_label(self) -> str:
        return str(Rsvp.Answer(self.answer).label)


COUNTED_REPLY_FIELDS = (
    *("person", "answer", "capacity__regional_group", "capacity__stakeholder_group"),
    *("person__is_minor", "person__adult_contact", "consent_by", "may_be_uninvited"),
)


@dataclass
class MeetingAttendees:
    """Who will attend a meeting, for those who may see it: the first of them, or all if `is_whole`.

    With `names_others`, those who will not or may not attend are named as well.
    """

    meeting: Meeting
    is_whole: bool = False
    names_others: bool = False

    @cached_property
    def _all_replies(self) -> list[InvitationReplyRow]:
        rows = Rsvp.objects.filter(meeting=self.meeting)
        rows = rows.annotate(may_be_uninvited=build_uninvited_condition(self.meeting))
        return [InvitationReplyRow(*row) for row in rows.values_list(*COUNTED_REPLY_FIELDS)]

    @cached_property
    def _uninvited_people(self) -> set[int]:
        return find_uninvited_people(self.meeting, {row.person for row in self._all_replies if row.may_be_uninvited})

    @cached_property
    def _invitation_replies(self) -> list[InvitationReplyRow]:
        return [row for row in self._all_replies if row.person not in self._uninvited_people]

    @cached_property
    def counted_replies(self) -> list[InvitationReplyRow]:
        """Without people under 18, who are never named in a meeting."""
        return [row for row in self._invitation_replies if not row.is_minor]

    @cached_property
    def replies_of_minors(self) -> list[InvitationReplyRow]:
        """People under 18 who want to attend, for their number alone."""
        wanting = (Rsvp.Answer.YES, Rsvp.Answer.MAYBE)
        return [row for row in self._invitation_replies if row.is_minor and row.answer in wanting]

    def get_reply_of_person(self, person: int | None) -> InvitationReplyRow | None:
        return next((row for row in self._invitation_replies if row.person == person), None)

    @property
    def shown_replies(self) -> list[Rsvp]:
        """Those who will attend, with the capacity in which they do."""
        return self.get_named_replies(self._shown_attending)

    @property
    def _shown_attending(self) -> list[InvitationReplyRow]:
        return self.attending_replies if self.is_whole else self.attending_replies[:MAX_ATTENDEES_SHOWN]

    def get_named_replies(self, reply_rows: Iterable[InvitationReplyRow]) -> list[Rsvp]:
        """Return these replies, each with its capacity and `is_observer`."""
        return [self._named_replies[row.person] for row in reply_rows if row.person in self._named_replies]

    @cached_property
    def _named_replies(self) -> dict[int, Rsvp]:
        """By person: the replies whose names are shown, which are read together."""
        named = Q(person__in=[row.person for row in self._shown_attending])
        if self.is_whole:
            named = Q(answer__in=ATTENDING_RSVP_ANSWERS)
        if self.names_others:
            named |= Q(answer__in=OTHER_RSVP_ANSWERS)
        rows = Rsvp.objects.filter(named, meeting=self.meeting).select_related("capacity__person")
        rows = rows.annotate(is_observer=build_observer_condition(self.meeting))
        return {row.person_id: row for row in rows.only("person", *LISTED_REPLY_FIELDS)}

    @property
    def remaining_count(self) -> int:
        return len(self.attending_replies) - len(self._shown_attending)

    @property
    def number_of_minors(self) -> int:
        return len(self.replies_of_minors)

    @property
    def number_without_consent(self) -> int:
        """The consent of an earlier adult contact is none: see `has_consent`."""
        given = [row for row in self.replies_of_minors if row.consent_by and row.consent_by == row.adult_contact]
        return len(self.replies_of_minors) - len(given)

    def _get_reply_rows(self, *answers: str) -> list[InvitationReplyRow]:
        return [row for row in self.counted_replies if row.answer in answers]

    @cached_property
    def attending_replies(self) -> list[InvitationReplyRow]:
        return self._get_reply_rows(*ATTENDING_RSVP_ANSWERS)

    @cached_property
    def undecided_replies(self) -> list[InvitationReplyRow]:
        return self._get_reply_rows(Rsvp.Answer.MAYBE)

    @cached_property
    def declined_replies(self) -> list[InvitationReplyRow]:
        return self._get_reply_rows(Rsvp.Answer.NO)

    @property
    def regions_without_attendee(self) -> list[RegionalGroup]:
        """Regional groups that nobody who will attend belongs to; none where only some members are invited."""
        if self.meeting.invites != Meeting.Invites.EVERYONE:
            return []
        there = {row.regional_group for row in self.attending_replies}
        return [group for group in RegionalGroup if group not in {*there, *UNEXPECTED_REGIONS}]

    @property
    def groups_without_attendee(self) -> list[StakeholderGroup]:
        if self.meeting.invites != Meeting.Invites.EVERYONE:
            return []
        there = {row.stakeholder_group for row in self.attending_replies}
        return [group for group in StakeholderGroup if group not in {*there, *EXCLUDED_STAKEHOLDER_GROUPS}]
