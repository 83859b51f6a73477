"""Events and campaigns: what takes place once, or each year by a rule, and who takes part in it."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import ClassVar, Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.db import Manager
from jukwaa.records.models import Record
from jukwaa.records.models.record import RecordQuerySet

EVENT_KIND = "event"


class EventReach(models.TextChoices):
    """Where it takes place."""

    PLACE = "place", _("in one place")
    COUNTRIES = "countries", _("in many places, with hosts in each country")
    ONLINE = "online", _("online")
    ANYWHERE = "anywhere", _("wherever people take part")


class EventQuerySet(RecordQuerySet["Event"]):
    pass


class Event(Record):
    """What takes place: a conference, a campaign, a day that comes each year.

    `rule` says when it comes again (RFC 5545, 3.3.10); empty for what takes place once. Each time is an occurrence.
    """

    organiser = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organiser")
    )
    organiser_name = models.CharField(_("organiser, as named in the source"), max_length=200, blank=True)
    reach = models.CharField(_("location"), max_length=10, choices=EventReach, default=EventReach.PLACE)
    rule = models.CharField(_("frequency"), max_length=200, blank=True)
    # Of the field around the coalition, which asks nobody to take part: kept so that dates don't clash with it.
    is_around = models.BooleanField(_("event organised by others, listed to avoid clashes"), default=False)
    website = models.URLField(_("website"), blank=True)
    token = models.UUIDField(null=True, blank=True, unique=True)  # of the form it came with: pressed twice, begun once

    objects = Manager.from_queryset(EventQuerySet)()  # type: ignore[assignment,misc]  # narrows the parent's

    HANGS_MANY: ClassVar[bool] = True
    VERSIONED: ClassVar[tuple[str, ...]] = (
        *Record.VERSIONED,
        "organiser_name",
        "reach",
        "rule",
        "is_around",
        "website",
    )

    def iter_bulk_passages(self) -> Iterator[tuple[str, str]]:
        yield from ((each.anchor, each.call_text) for each in self.occurrences.exclude(asks=""))
        pledges = self.occurrences.filter(pledges__withdrawn_at__isnull=True, pledges__activity__gt="")
        oldest_first = pledges.order_by("pledges__pk").values_list("pledges__pk", "pledges__activity")
        yield from ((f"p{pk}", activity) for pk, activity in oldest_first)

    def erase_texts(self) -> None:
        gone = gettext("deleted permanently")
        self.occurrences.exclude(asks="").update(asks=gone)
        self.occurrences.update(of_whom="", note="", place="")
        Host.objects.filter(occurrence__event=self.pk).delete()
        for occurrence in self.occurrences.all():
            for pledge in occurrence.pledges.all():
                pledge.erase_texts()


class OccurrenceQuerySet(models.QuerySet["Occurrence"]):
    def visible_to(self, viewer: Viewer) -> Self:
        readable = Event.objects.visible_to(viewer).filter(pk=OuterRef("event"))
        return self.filter(Exists(readable))

    def of(self, coalition: Coalition) -> Self:
        return self.filter(event__coalition=coalition)

    def between(self, first_day: date, last_day: date) -> Self:
        """Those of which a day falls into these days."""
        return self.filter(starts_on__lte=last_day, ends_on__gte=first_day)


class Occurrence(models.Model):
    """One time that an event takes place, with its call to take part.

    Days are those of the place. `starts_at` and `ends_at` are moments, where an hour is known; `time_zone` is of the
    place.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="occurrences")
    starts_on: models.DateField[date, date] = models.DateField(_("first day"))
    ends_on: models.DateField[date, date] = models.DateField(_("last day"))
    starts_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)
    ends_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    place = models.CharField(_("place"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    # The day that the rule gave, where somebody moved it: the rule does not make it anew.
    ruled_on: models.DateField[date | None, date | None] = models.DateField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    # The call to take part: open from when it was announced until the end of a day.
    asks = models.TextField(_("request"), blank=True)
    of_whom = models.CharField(_("who should take part"), max_length=300, blank=True)
    until: models.DateField[date | None, date | None] = models.DateField(_("end date"), null=True, blank=True)
    called_at = models.DateTimeField(null=True, blank=True)
    materials = models.ManyToManyField(Record, related_name="+", blank=True, verbose_name=_("materials"))
    version = models.PositiveIntegerField(default=1)
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = Manager.from_queryset(OccurrenceQuerySet)()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        indexes = [models.Index(fields=["starts_on", "ends_on"], name="occurrences_by_day")]
        constraints = [
            models.CheckConstraint(name="an_occurrence_ends_after_it_began", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(
                name="hours_end_after_they_began",
                condition=Q(ends_at__isnull=True) | Q(starts_at__isnull=False, ends_at__gte=F("starts_at")),
            ),
            models.UniqueConstraint(fields=["event", "starts_on"], name="an_event_takes_place_once_a_day"),
            models.UniqueConstraint(fields=["event", "ruled_on"], name="a_rule_makes_a_day_once"),
            models.CheckConstraint(
                name="a_call_to_take_part_says_what_it_asks", condition=Q(called_at__isnull=True) | ~Q(asks="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id}, {self.starts_on}"

    @property
    def anchor(self) -> str:
        return f"y{self.starts_on:%Y%m%d}"

    @property
    def call_text(self) -> str:
        return f"{self.asks}\n{self.of_whom}".strip()

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def is_open_for_pledges(self) -> bool:
        """Called, not called off, and the last day to answer has not ended everywhere on earth (UTC-12)."""
        if self.called_at is None or self.cancelled_at is not None:
            return False
        return self.last_pledge_day >= get_earliest_date_on_earth()

    @property
    def last_pledge_day(self) -> date:
        return self.until or self.ends_on

    @property
    def has_begun(self) -> bool:
        return self.starts_on <= timezone.localdate()

    @property
    def is_over(self) -> bool:
        return self.ends_on < get_earliest_date_on_earth()

    def get_absolute_url(self) -> str:
        return reverse("events:occurrence_detail", args=[self.event.coalition.slug, self.event_id, self.pk])


def get_earliest_date_on_earth() -> date:
    """Return the date in the time zone where it is earliest: UTC-12."""
    return timezone.now().astimezone(ZoneInfo("Etc/GMT+12")).date()


class Host(models.Model):
    """Who holds an occurrence in a country: the committee of Safer Internet Day there, say."""

    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="hosts")
    country = models.CharField(_("country"), max_length=2)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("name of the host"), max_length=200)
    website = models.URLField(_("website"), blank=True)

    objects = Manager["Host"]()

    class Meta:
        ordering = ["country", "name"]
        constraints = [models.UniqueConstraint(fields=["occurrence", "country", "name"], name="a_host_hosts_once")]

    def __str__(self) -> str:
        return self.name
