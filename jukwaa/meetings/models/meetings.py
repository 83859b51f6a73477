"""Meetings: who was there, what was said, what binds."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.models import Capacity, Coalition
from jukwaa.core.db import Manager, build_display_method
from jukwaa.meetings import times
from jukwaa.records.models import Record, RecordQuerySet, State
from jukwaa.records.models.record import Precision

# How long a meeting is taken to last where its end is not known.
ASSUMED_MEETING_DURATION = timedelta(minutes=90)


class Series(models.Model):  # type: ignore[django-manager-missing]  # the plugin loses managers of inherited kinds
    """Meetings that belong together, such as a monthly call. `rule` says when they recur (RFC 5545, 3.3.10)."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="meeting_series")
    title = models.CharField(_("title"), max_length=200)
    rule = models.CharField(_("recurrence rule"), max_length=200, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)

    objects = Manager["Series"]()

    class Meta:
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.title


class MeetingQuerySet(RecordQuerySet["Meeting"]):
    def upcoming(self, now: datetime) -> Self:
        """Published meetings that have not ended and are not cancelled, the next one first.

        Of a meeting whose month or year is known, the last day of that may still come.
        """
        today = now.date()
        year = today.replace(month=1, day=1)
        not_ended = (
            Q(ends_at__gt=now)
            | Q(ends_at__isnull=True, starts_at__gt=now - ASSUMED_MEETING_DURATION)
            | Q(starts_at__isnull=True, precision=Meeting.Precision.DAY, order_day__gte=today)
            | Q(ends_at__isnull=True, ends_on__gte=today)
            | Q(precision=Meeting.Precision.MONTH, order_day__gte=today.replace(day=1))
            | Q(precision=Meeting.Precision.YEAR, order_day__gte=year)
            | Q(precision=Meeting.Precision.UNDECIDED)
        )
        recent = min(year, today - timedelta(days=times.MAX_MEETING_DAYS))  # so that the index by day is used
        found = self.filter(not_ended, state=State.PUBLISHED, cancelled_at__isnull=True, order_day__gte=recent)
        return found.order_by("order_day", "pk")


class Meeting(Record):  # type: ignore[django-manager-missing]  # the plugin loses managers of inherited kinds
    """A session of the coalition. What a source does not give (a day, a place) stays unknown.

    People agree on a local time: `starts_on`, `start_time` and `time_zone` say what was agreed. `starts_at` and
    `ends_at` are the moments that follow from it, and what everything reads. Without a zone or an hour they are what
    the source gave, if anything.

    `ends_on` is the last day, only of what takes several days. A duration that does not reach it is that of each day.
    """

    class Precision(models.TextChoices):
        DAY = "day", _("the day is known")
        MONTH = "month", _("the month is known")
        YEAR = "year", _("the year is known")
        UNDECIDED = "open", _("the date has not been decided")

    class Invites(models.TextChoices):
        EVERYONE = "everyone"
        CHOSEN = "chosen"  # the people of its `invitees`
        NOBODY = "nobody"  # yet

    # Named, since the parent's reverse name would clash with `Entry.meeting`.
    record_ptr = models.OneToOneField(
        Record, models.CASCADE, parent_link=True, primary_key=True, related_name="as_meeting"
    )
    starts_on = models.DateField(_("date"), null=True, blank=True)
    precision = models.CharField(_("how exact the date is"), max_length=5, choices=Precision, default=Precision.DAY)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    start_time = models.TimeField(_("start time"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)  # IANA, such as Africa/Nairobi
    # PEP 495: which one is meant of two moments at which the clocks there show this time. 1 is the later one.
    fold = models.PositiveSmallIntegerField(default=0)
    duration = models.PositiveSmallIntegerField(_("duration in minutes"), null=True, blank=True)
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)  # where the hour is known
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    forum = models.CharField(_("forum"), max_length=160, blank=True)
    chair = models.ForeignKey(Capacity, models.PROTECT, null=True, blank=True, related_name="+")
    public_source = models.URLField(_("public page"), blank=True, max_length=400)
    joining_link = models.URLField(_("joining link"), blank=True, max_length=400)
    joining_link_is_public = models.BooleanField(default=False)
    invites = models.CharField(max_length=8, choices=Invites, default=Invites.EVERYONE)  # which of the members
    invites_observers = models.BooleanField(_("observers are invited"), default=False)
    languages = models.CharField(_("languages"), max_length=200, blank=True)
    interpretation = models.CharField(_("interpretation"), max_length=200, blank=True)
    series = models.ForeignKey(Series, models.SET_NULL, null=True, blank=True, related_name="meetings")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancellation_reason = models.TextField(_("reason for the cancellation"), blank=True)
    sequence = models.PositiveIntegerField(default=0)  # RFC 5545, 3.8.7.4: raised with every change of time or place
    # What lists go by. SQLite and PostgreSQL order NULL differently: a meeting of no known date counts as the oldest,
    # one whose date has not been decided as the last.
    order_day = models.GeneratedField(
        expression=Coalesce(
            "starts_on",
            Case(
                When(precision=Precision.UNDECIDED, then=Value(date.max, models.DateField())),
                default=Value(date.min, models.DateField()),
            ),
        ),
        output_field=models.DateField(),
        db_persist=True,
    )

    objects = Manager.from_queryset(MeetingQuerySet)()  # type: ignore[assignment,misc]  # narrows the parent's

    LAST_DAY: ClassVar[Coalesce] = Coalesce("ends_on", "starts_on")  # the property `last_day`, for queries
    VERSIONED: ClassVar[tuple[str, ...]] = (
        *Record.VERSIONED,
        *("starts_on", "ends_on", "precision", "start_time", "time_zone", "fold", "duration", "starts_at", "ends_at"),
        "place",
        "country",
        "forum",
        "public_source",
        "joining_link",
        "joining_link_is_public",
        "invites_observers",
        "languages",
        "interpretation",
    )
    # What participants are told of when it changes.
    APPOINTMENT: ClassVar[tuple[str, ...]] = (
        *("starts_on", "ends_on", "precision", "start_time", "time_zone", "starts_at", "ends_at"),
        *("place", "country", "joining_link"),
    )

    class Meta:
        indexes = [
            models.Index(fields=["order_day", "record_ptr"], name="meetings_by_day"),
            models.Index(fields=["ends_on"], condition=Q(ends_on__isnull=False), name="meetings_of_several_days"),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_start_time_has_a_day_and_a_zone",
                condition=Q(start_time__isnull=True) | (Q(starts_on__isnull=False) & ~Q(time_zone="")),
            ),
            models.CheckConstraint(
                name="a_last_day_is_after_the_first",
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=False, precision="day", ends_on__gt=models.F("starts_on")),
            ),
            models.CheckConstraint(
                name="an_undecided_date_has_no_day",
                condition=~Q(precision="open") | Q(starts_on__isnull=True),
            ),
            models.CheckConstraint(
                name="a_cancelled_meeting_has_a_reason",
                condition=Q(cancelled_at__isnull=True) | ~Q(cancellation_reason=""),
            ),
        ]

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Derive the days on which it happened, which the search reads, for the meeting and for all its entries."""
        is_new, before = self._state.adding, self._happened
        if update_fields is None or {"starts_on", "ends_on", "precision"} & {*update_fields}:
            known = self.precision if self.starts_on else Precision.DAY
            self.happened_on, self.happened_until, self.happened_precision = self.starts_on, self.ends_on, known
            update_fields = None if update_fields is None else {*update_fields, *self._happened}
        super().save(*args, update_fields=update_fields, **kwargs)
        if not is_new and self._happened != before:
            Record.objects.filter(entry__meeting=self.pk).update(**self._happened)

    @property
    def _happened(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("happened_on", "happened_until", "happened_precision")}

    def take(self, changes: dict[str, Any]) -> None:
        before = self.appointment
        super().take(changes)
        if "ends_on" not in changes and changes.keys() >= {"starts_on", "starts_at", "ends_at"}:
            self.ends_on = None  # a version from when meetings had no last day
        elif "ends_on" not in changes:
            self._move_last_day(before["starts_on"])
        if "start_time" in changes and self.start_time is None and before["start_time"] is not None:
            self.starts_at = self.ends_at = None
        self.set_moments()
        if self.appointment != before:
            self.sequence += 1

    def _move_last_day(self, first_day_before: date | None) -> None:
        """Keep the number of days where another first day was set; without an exact day, there is no last one."""
        if self.ends_on is None or self.starts_on is None or first_day_before is None or not self.is_day_known:
            self.ends_on = None
        else:
            self.ends_on += self.starts_on - first_day_before

    def set_moments(self) -> None:
        """Derive `starts_at` and `ends_at` from the local time, by the rules that its zone has today."""
        if self.start_time is None or self.starts_on is None or not times.is_known_time_zone(self.time_zone):
            return
        self.starts_at = times.get_local_moment(self.starts_on, self.start_time, self.time_zone, self.fold)
        self.ends_at = None
        if self.duration:
            minutes = timedelta(minutes=self.duration)
            self.ends_at = times.get_end_moment(self.starts_at, minutes, self.time_zone, self.last_day)

    @property
    def appointment(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.APPOINTMENT}

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    @property
    def is_planned(self) -> bool:
        """Not started yet, as far as its hour, its day, its month or its year is known, or its date undecided."""
        if self.is_cancelled:
            return False
        if self.starts_at is not None:
            return timezone.now() < self.starts_at
        if (first_day := self.last_possible_first_day) is None:
            return self.precision == self.Precision.UNDECIDED
        return self._today < first_day if self.is_day_known else self._today <= first_day

    @property
    def is_in_progress(self) -> bool:
        if self.is_cancelled or self.is_planned:
            return False
        if self.starts_at is not None:
            return timezone.now() < self.get_phase_changes()[-1]
        return self.is_day_known and self.last_day is not None and self._today <= self.last_day

    @property
    def is_held(self) -> bool:
        """Over. A meeting of no known date is taken to be over: old minutes often have none."""
        return not (self.is_cancelled or self.is_planned or self.is_in_progress)

    def get_phase_changes(self) -> tuple[datetime, ...]:
        """Return the moments at which it begins and ends, where the hour is known."""
        if self.starts_at is None:
            return ()
        if self.ends_at is None and self.ends_on is not None:
            return self.starts_at, times.get_end_of_day(self.ends_on, self.time_zone)
        return self.starts_at, self.ends_at or self.starts_at + ASSUMED_MEETING_DURATION

    @property
    def _today(self) -> date:
        return times.get_local_day(timezone.now(), self.time_zone or "UTC")

    @property
    def is_day_known(self) -> bool:
        return self.precision == self.Precision.DAY

    @property
    def last_day(self) -> date | None:
        """The day on which it ends, which is the only one of most meetings."""
        return self.ends_on or self.starts_on

    @property
    def length(self) -> timedelta:
        """From the first to the last of several days; nothing of one day."""
        return self.ends_on - self.starts_on if self.ends_on and self.starts_on else timedelta()

    def takes_place_on(self, day: date) -> bool:
        """Whether it is one of the days of a meeting whose days are known."""
        return self.starts_on is not None and self.starts_on <= day <= (self.ends_on or self.starts_on)

    @property
    def last_possible_first_day(self) -> date | None:
        """The first day, or the last one of the month or the year where no more is known."""
        if self.starts_on is None or self.is_day_known:
            return self.starts_on
        return times.get_last_day_of_month_or_year(self.starts_on, is_year_only=self.precision == self.Precision.YEAR)

    def get_dependent_records(self) -> models.QuerySet[Any]:
        """The minutes."""
        return self.entries.all()

    def erase_texts(self) -> None:
        """Who came, replied and spoke, the titles of its parts, and its report."""
        here = Q(attendance__meeting=self) | Q(entries__meeting=self) | Q(commitments__entry__meeting=self)
        here |= Q(dissents__entry__meeting=self)
        here |= Q(presented_parts__meeting=self) | Q(member_update__meeting=self) | Q(rsvps__meeting=self)
        named = Capacity.objects.filter(pk__in=Capacity.objects.filter(here).values("pk"))
        named.update(name=_("deleted permanently"), person=None, organisation=None)
        self.chair = None
        self.start_time, self.joining_link_is_public = None, False  # its zone has been erased with the words
        self.cancellation_reason = str(_("deleted permanently")) if self.is_cancelled else ""
        self.attendances(manager="with_apologies").all().delete()
        self.member_updates.all().delete()
        self.rsvps.all().delete()
        self.time_polls.all().delete()
        self.group_messages.all().delete()
        self.parts.update(title=_("deleted permanently"), presenter=None)
        for part in self.parts.all():
            part.papers.all().delete()
        Report.objects.filter(meeting=self).update(edits={})
        if hasattr(self, "minutes"):  # lines that are held back under the Chatham House Rule
            self.minutes.lines.update(text="", topic="", author=None)
            self.minutes.corrections.all().erase()
        self.errata.update(text=_("deleted permanently"))

    @property
    def has_chatham(self) -> bool:
        """Whether a part of it was held under the Chatham House Rule."""
        return self.parts.filter(chatham=True).exists()


class Part(models.Model):  # type: ignore[django-manager-missing]  # as above
    """An agenda item: a part of a meeting. One may be held under the Chatham House Rule."""

    class Purpose(models.TextChoices):
        INFORMATION = "information", _("For information")
        DISCUSSION = "discussion", _("For discussion")
        DECISION = "decision", _("For decision")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="parts")
    title = models.CharField(_("title"), max_length=200)
    position = models.PositiveSmallIntegerField(default=0)
    chatham = models.BooleanField(_("held under the Chatham House Rule"), default=False)
    minutes = models.PositiveSmallIntegerField(_("planned length in minutes"), null=True, blank=True)  # planned
    purpose = models.CharField(_("purpose"), max_length=11, choices=Purpose, blank=True)
    presenter = models.ForeignKey(
        Capacity, models.PROTECT, null=True, blank=True, related_name="presented_parts", verbose_name=_("presenter")
    )
    is_standing = models.BooleanField(_("standing item"), default=False)  # comes back at each meeting
    about = models.ForeignKey(
        Record, models.SET_NULL, null=True, blank=True, related_name="agenda_items", db_index=False
    )
    holds_updates = models.BooleanField(default=False)  # the item that lists the updates of members
    version = models.PositiveIntegerField(default=1)

    objects = Manager["Part"]()

    get_purpose_display = build_display_method("purpose", Purpose)

    class Meta:
        ordering = ["position", "pk"]
        # Few items are about a record: an index of all looks so useless to SQLite that it would read every item.
        indexes = [models.Index(fields=["about"], condition=Q(about__isnull=False), name="agenda_items_about_a_record")]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(holds_updates=True), name="updates_are_one_agenda_item"
            ),
            models.CheckConstraint(
                name="updates_are_not_under_the_chatham_house_rule", condition=Q(holds_updates=False) | Q(chatham=False)
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Report(models.Model):
    """The session report of a meeting: written from its record, then edited by the rapporteur, paragraph by paragraph.

    `edits` maps the key of a paragraph to what the rapporteur made of it and to the generated text it started from, so
    that what was edited is kept when the record grows, and a change underneath can be shown.
    """

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="report")
    edits = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = Manager["Report"]()

    def __str__(self) -> str:
        return str(self.meeting)
