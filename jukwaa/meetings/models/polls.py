"""A poll for the time of a meeting: the times that are offered, and whom each of them suits."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.core.db import Manager, build_display_method
from jukwaa.meetings import times
from jukwaa.meetings.models.meetings import Meeting
from jukwaa.records.models import State

MIN_OPTIONS, MAX_OPTIONS = 2, 10


class TimePollQuerySet(models.QuerySet["TimePoll"]):
    def of_live_meetings(self) -> Self:
        """Of meetings that are neither withdrawn nor cancelled."""
        return self.filter(meeting__state=State.PUBLISHED, meeting__cancelled_at=None)

    def open(self, now: datetime) -> Self:
        """Those that take answers."""
        return self.of_live_meetings().filter(closed_at=None, closes_at__gt=now)

    def undecided(self) -> Self:
        """Those of which no time has been chosen, whether or not they still take answers."""
        return self.of_live_meetings().filter(closed_at=None)


class TimePoll(models.Model):
    """Times are local times in one zone, as those of meetings are. `chosen` becomes the time of the meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="time_polls")
    time_zone = models.CharField(_("time zone"), max_length=64)
    duration = models.PositiveSmallIntegerField(_("duration in minutes"))
    closes_at = models.DateTimeField(_("open until"))
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    chosen = models.ForeignKey("TimeOption", models.SET_NULL, null=True, blank=True, related_name="+")

    objects = Manager.from_queryset(TimePollQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(closed_at=None), name="a_meeting_has_one_open_time_poll"
            ),
            models.CheckConstraint(
                name="a_time_is_chosen_by_closing_the_poll", condition=Q(chosen=None) | Q(closed_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return str(self.meeting)

    @property
    def coalition(self) -> Coalition:
        return self.meeting.coalition

    @property
    def coalition_id(self) -> int:
        return self.meeting.coalition_id

    @property
    def is_decided(self) -> bool:
        """Closed by choosing a time, or without."""
        return self.closed_at is not None

    @property
    def is_open(self) -> bool:
        """Whether it takes answers."""
        is_live = self.meeting.state == State.PUBLISHED and not self.meeting.is_cancelled
        return is_live and not self.is_decided and timezone.now() < self.closes_at


class TimeOption(models.Model):
    poll = models.ForeignKey(TimePoll, models.CASCADE, related_name="options")
    number = models.PositiveSmallIntegerField()  # as in the email: people reply by it
    starts_on = models.DateField(pgettext_lazy("offered in a poll", "date"))
    start_time = models.TimeField(_("start time"))
    fold = models.PositiveSmallIntegerField(default=0)  # as `Meeting.fold`

    objects = Manager["TimeOption"]()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "number"], name="options_have_numbers_of_their_own"),
            models.UniqueConstraint(fields=["poll", "starts_on", "start_time", "fold"], name="a_time_is_offered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.starts_on} {self.start_time:%H:%M}"

    @property
    def time_zone(self) -> str:
        return self.poll.time_zone

    @property
    def starts_at(self) -> datetime:
        """Return the moment, by the rules that the zone has today."""
        return times.get_local_moment(self.starts_on, self.start_time, self.time_zone, self.fold)

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.poll.duration)

    @property
    def is_past(self) -> bool:
        return self.starts_at <= timezone.now()


class TimeVote(models.Model):
    """The latest answer of a person to one option. Others see how many gave each answer, never who."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        IF_NEED_BE = "if-need-be", _("If need be")
        NO = "no", _("No")

    option = models.ForeignKey(TimeOption, models.CASCADE, related_name="votes")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    answer = models.CharField(pgettext_lazy("in a poll", "answer"), max_length=10, choices=Answer)
    at = models.DateTimeField(default=timezone.now)

    objects = Manager["TimeVote"]()

    get_answer_display = build_display_method("answer", Answer)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["option", "person"], name="one_answer_to_a_time")]

    def __str__(self) -> str:
        return f"{self.option}: {self.answer}"
