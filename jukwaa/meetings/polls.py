"""A poll for the time of a meeting as members see it: each time in their own zone, whom it suits, and who sleeps."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.db.models import Count
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.mail import signed_links
from jukwaa.meetings.invitations import get_guardian_pk
from jukwaa.meetings.models import Meeting, TimeOption, TimePoll, TimeVote
from jukwaa.meetings.participants import filter_people_with_seat
from jukwaa.meetings.time_formatting import (
    MeetingTimeLine,
    build_meeting_time_lines,
    format_local_time,
    format_time_zone,
)
from jukwaa.meetings.times import LocalMeetingTime, get_local_datetime, get_local_times
from jukwaa.records.models import State
from jukwaa.updates.email_links import build_absolute_url

POLL_LINK_PURPOSE = "time-poll"
POLL_LINK_LIFETIME = timedelta(days=400)  # the end of the poll closes it earlier
UNSTATED_TIME_ZONE = "UTC"  # what an account has until a time zone is chosen
MIN_MEMBERS_IN_AREA = 2  # of a single member in an area it would be known who sleeps
# By the first part of the names of time zones.
TIME_ZONE_AREA_LABELS: dict[str, Promise] = {
    "Africa": pgettext_lazy("time zones", "Africa"),
    "America": pgettext_lazy("time zones", "Americas"),
    "Asia": pgettext_lazy("time zones", "Asia"),
    "Europe": pgettext_lazy("time zones", "Europe"),
    "Australia": pgettext_lazy("time zones", "Oceania"),
    "Pacific": pgettext_lazy("time zones", "Oceania"),
}
OTHER_TIME_ZONE_AREAS_LABEL = _("Other regions")


def build_poll_link(person: Person, poll: TimePoll) -> str:
    """Return the address of the page where this person answers without signing in; for one under 18, their contact."""
    payload = {"person": person.pk, "poll": poll.pk, "guardian": get_guardian_pk(person)}
    token = signed_links.make_signed_token(POLL_LINK_PURPOSE, payload)
    return build_absolute_url(reverse("meetings:poll_answer", args=[poll.coalition.slug, token]))


def find_poll_invitation_by_token(coalition: Coalition, token: str) -> tuple[Person, TimePoll] | None:
    """Return whose link it is, and to which poll; None if it is not valid, or that person is gone.

    None too for a meeting that is not published: the link opens without signing in.
    """
    payload = signed_links.read_signed_token(POLL_LINK_PURPOSE, token, POLL_LINK_LIFETIME)
    if payload is None:
        return None
    people = Person.objects.filter(pk=payload["person"], is_active=True, erased_at=None)
    person = people.select_related("adult_contact").first()
    if person is None or payload.get("guardian") != get_guardian_pk(person):
        return None  # sent to a person under 18 themselves, or to an earlier contact of theirs
    visible = Meeting.objects.visible_to(person).of(coalition).filter(state=State.PUBLISHED)
    polls = TimePoll.objects.filter(visible.exists_for("meeting"), pk=payload["poll"])
    poll = polls.select_related("meeting").first()
    if poll is None:
        return None
    poll.meeting.coalition = coalition
    return person, poll


def find_latest_poll(meeting: Meeting) -> TimePoll | None:
    """Return the poll that is open, or else the last one."""
    poll = meeting.time_polls.order_by("-pk").first()
    if poll is not None:
        poll.meeting = meeting
    return poll


def get_poll_options(poll: TimePoll) -> list[TimeOption]:
    options = list(poll.options.all())
    for option in options:
        option.poll = poll
    return options


def format_closing_time(poll: TimePoll) -> str:
    """Return until when a poll is open, with the zone."""
    local = LocalMeetingTime(poll.time_zone, get_local_datetime(poll.closes_at, poll.time_zone), None)
    return _("%(time)s, %(zone)s") % {"time": format_local_time(local), "zone": format_time_zone(local)}


@dataclass(frozen=True)
class NightMemberCount:
    """How many of the members in one area have a time at night."""

    area: str | Promise
    at_night: int
    members: int


@dataclass(frozen=True)
class OfferedTimeRow:
    """One of the times, as its reader sees it."""

    option: TimeOption
    lines: list[MeetingTimeLine]
    yes: int
    if_need_be: int
    no: int
    nights: list[NightMemberCount]

    @property
    def heading(self) -> str:
        return self.lines[0].time


@dataclass
class TimePollPage:
    """Costs four queries: the options, the answers, and two for the members."""

    poll: TimePoll

    @cached_property
    def offered_time_rows(self) -> list[OfferedTimeRow]:
        """By number, which is how people reply by email."""
        return [self._build_option_row(option) for option in get_poll_options(self.poll)]

    def _build_option_row(self, time_option: TimeOption) -> OfferedTimeRow:
        count = {answer: self._vote_counts[time_option.pk, answer.value] for answer in TimeVote.Answer}
        return OfferedTimeRow(
            option=time_option,
            lines=build_meeting_time_lines(time_option),
            yes=count[TimeVote.Answer.YES],
            if_need_be=count[TimeVote.Answer.IF_NEED_BE],
            no=count[TimeVote.Answer.NO],
            nights=count_members_at_night(time_option, self.members_by_time_zone),
        )

    @cached_property
    def _vote_counts(self) -> Counter[tuple[int, str]]:
        rows = TimeVote.objects.filter(option__poll=self.poll).values_list("option", "answer")
        return Counter({(option, answer): number for option, answer, number in rows.annotate(number=Count("pk"))})

    @cached_property
    def members_by_time_zone(self) -> Counter[str]:
        """How many members have stated each time zone."""
        zones = filter_people_with_seat(self.poll.coalition).values_list("time_zone").annotate(number=Count("pk"))
        return Counter(dict(zones))

    @property
    def members_without_zone(self) -> int:
        return self.members_by_time_zone[UNSTATED_TIME_ZONE]


def count_members_at_night(time_option: TimeOption, member_time_zones: Counter[str]) -> list[NightMemberCount]:
    """Return the areas in which a time is at night for members, the most of them first.

    Only stated time zones count. Areas with a single member are counted together.
    """
    stated = {zone: number for zone, number in member_time_zones.items() if zone and zone != UNSTATED_TIME_ZONE}
    members = Counter[str | Promise]()
    for zone, number in stated.items():
        members[_get_time_zone_area(zone)] += number
    at_night = Counter[str | Promise]()
    for local in get_local_times(time_option.starts_at, time_option.ends_at, stated):
        if local.is_at_night:
            at_night[_get_time_zone_area(local.zone)] += stated[local.zone]
    return _merge_small_time_zone_areas(
        NightMemberCount(area, at_night[area], number) for area, number in members.items()
    )


def _merge_small_time_zone_areas(night_counts: Iterable[NightMemberCount]) -> list[NightMemberCount]:
    large: list[NightMemberCount] = []
    small: list[NightMemberCount] = []
    for night in night_counts:
        (large if night.members >= MIN_MEMBERS_IN_AREA and night.area != OTHER_TIME_ZONE_AREAS_LABEL else small).append(
            night
        )
    if small:
        large.append(
            NightMemberCount(
                OTHER_TIME_ZONE_AREAS_LABEL,
                sum(each.at_night for each in small),
                sum(each.members for each in small),
            )
        )
    return sorted((each for each in large if each.at_night), key=lambda each: (-each.at_night, str(each.area)))


def _get_time_zone_area(time_zone_name: str) -> Promise:
    return TIME_ZONE_AREA_LABELS.get(time_zone_name.partition("/")[0], OTHER_TIME_ZONE_AREAS_LABEL)


def get_poll_answers_of_person(poll: TimePoll, person: Person) -> dict[int, str]:
    """Return what a person has answered, by the number of the option."""
    rows = TimeVote.objects.filter(option__poll=poll, person=person)
    return dict(rows.values_list("option__number", "answer"))
