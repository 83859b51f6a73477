"""Calendars from which meetings were imported, and which meeting each of their events became."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.core.db import Manager
from jukwaa.meetings.models.meetings import Meeting
from jukwaa.records.models import Label


class ImportedCalendarQuerySet(models.QuerySet["ImportedCalendar"]):
    def updated_hourly(self) -> Self:
        return self.exclude(address="").filter(stopped_at=None)


class ImportedCalendar(models.Model):
    """A calendar file, or the address of one, which is read again every hour until it is stopped."""

    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="imported_calendars")
    name = models.CharField(_("name"), max_length=200)
    address = models.URLField(_("address"), max_length=1000, blank=True)  # may hold a secret; shown to nobody
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    label = models.CharField(max_length=20, choices=Label, default=Label.GREEN)  # of the meetings
    read_at = models.DateTimeField(null=True, blank=True)  # last, without a problem
    problem = models.TextField(blank=True)  # why it could not be read the last time, as a sentence
    failures = models.PositiveIntegerField(default=0)  # in a row
    stopped_at = models.DateTimeField(null=True, blank=True)

    objects = Manager.from_queryset(ImportedCalendarQuerySet)()

    class Meta:
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["coalition", "address"],
                condition=~Q(address="") & Q(stopped_at=None),
                name="an_address_is_read_once_for_a_coalition",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_updated(self) -> bool:
        return bool(self.address) and self.stopped_at is None


class ImportedEvent(models.Model):
    """An event of a calendar. Without a meeting, it was not selected: it is not imported later either."""

    calendar = models.ForeignKey(ImportedCalendar, models.CASCADE, related_name="events")
    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="+")
    meeting = models.OneToOneField(Meeting, models.CASCADE, null=True, blank=True, related_name="imported_event")
    key = models.CharField(max_length=64)  # digest of its UID and its occurrence
    # Digest of what was imported, by which it shows whether the meeting has been edited here since.
    fingerprint = models.CharField(max_length=64, blank=True)

    objects = Manager["ImportedEvent"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["coalition", "key"], name="an_event_is_imported_once")]

    def __str__(self) -> str:
        return self.key
