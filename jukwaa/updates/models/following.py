"""What a person follows in a coalition, how often they hear of it, and up to when they have seen what is new."""

from datetime import datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import AreaOfWork, Coalition, Organisation
from jukwaa.core.db import Manager
from jukwaa.places.regions import RegionalGroup
from jukwaa.records.kinds import get_record_kind
from jukwaa.records.models import Record
from jukwaa.search.models import SavedSearch

VALUE_TARGET_FIELDS = ("kind", "region")
ROW_TARGET_FIELDS = ("record", "search", "organisation", "area")
FOLLOW_TARGET_FIELDS = ("record", "search", "organisation", "area", "kind", "region")  # the closest first

DIGEST_SENDING_HOUR = 7  # o'clock, where the reader is
DAYS_PER_WEEK = 7


def _build_single_target_condition(follow_target: str) -> Q:
    """That one thing is followed, and nothing else."""
    words = {name: Q(**{name: ""}) for name in VALUE_TARGET_FIELDS}
    rows = {name: Q(**{f"{name}__isnull": True}) for name in ROW_TARGET_FIELDS}
    condition = Q()
    for name, is_empty in (words | rows).items():
        condition &= ~is_empty if name == follow_target else is_empty
    return condition


def _build_exactly_one_target_condition() -> Q:
    condition = Q()
    for what in FOLLOW_TARGET_FIELDS:
        condition |= _build_single_target_condition(what)
    return condition


class Follow(models.Model):
    """One thing that a person follows: a kind, a region, an area, an organisation, a record, or a search of theirs."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="follows")
    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30, blank=True)
    region = models.CharField(max_length=20, choices=RegionalGroup, blank=True)
    area = models.ForeignKey(AreaOfWork, models.CASCADE, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="+")
    record = models.ForeignKey(Record, models.CASCADE, null=True, blank=True, related_name="+")
    search = models.ForeignKey(SavedSearch, models.CASCADE, null=True, blank=True, related_name="+")
    since = models.DateTimeField(default=timezone.now)

    objects = Manager["Follow"]()

    class Meta:
        constraints = [
            models.CheckConstraint(name="one_thing_is_followed", condition=_build_exactly_one_target_condition()),
            *[
                models.UniqueConstraint(
                    fields=["person", "coalition", what],
                    condition=_build_single_target_condition(what),
                    name=f"{what}_is_followed_once",
                )
                for what in FOLLOW_TARGET_FIELDS
            ],
        ]

    def __str__(self) -> str:
        """Its name for whoever may read it: of a record, that is for the page to ask."""
        if self.kind:
            return str(get_record_kind(self.kind).label)
        if self.region:
            return str(RegionalGroup(self.region).label)
        return str(getattr(self, self.what))

    @property
    def what(self) -> str:
        return next(what for what in FOLLOW_TARGET_FIELDS if self.get_target_value(what))

    @property
    def value(self) -> str:
        return str(self.get_target_value(self.what))

    def get_target_value(self, follow_target: str) -> str | int | None:
        value: str | int | None = getattr(
            self, follow_target if follow_target in VALUE_TARGET_FIELDS else f"{follow_target}_id"
        )
        return value


class DigestQuerySet(models.QuerySet["Digest"]):
    def due(self, now: datetime) -> Self:
        return self.filter(due_at__lte=now).order_by("due_at", "pk")


class Digest(models.Model):
    """How often a person hears of what they follow in a coalition, and up to when they have.

    Whether they want to hear of it at all stands with the other mail that they choose: `Topic.DIGEST`.
    """

    class Rhythm(models.TextChoices):
        WEEKLY = "weekly", _("Once a week, on Mondays")
        DAILY = "daily", _("Once a day")

    person = models.ForeignKey(Person, models.CASCADE, related_name="digests")
    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="+")
    rhythm = models.CharField(max_length=6, choices=Rhythm, default=Rhythm.WEEKLY)
    told_until = models.DateTimeField()  # what was published up to this time was told, or was not for them
    due_at = models.DateTimeField(db_index=True)

    objects = Manager.from_queryset(DigestQuerySet)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "coalition"], name="one_digest_of_a_coalition")]

    def __str__(self) -> str:
        return f"{self.rhythm}, {self.due_at:%Y-%m-%d}"

    def next_after(self, now: datetime) -> datetime:
        """The next morning on which it comes, where the reader is."""
        here = now.astimezone(ZoneInfo(self.person.time_zone))
        morning = here.replace(hour=DIGEST_SENDING_HOUR, minute=0, second=0, microsecond=0)
        days = DAYS_PER_WEEK - here.weekday() if self.rhythm == self.Rhythm.WEEKLY else 1
        if (here.weekday() == 0 or self.rhythm == self.Rhythm.DAILY) and here < morning:
            days = 0
        return morning + timedelta(days=days)


class Seen(models.Model):
    """Up to when a person has seen what is new in a coalition, as they said themselves."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="+")
    until = models.DateTimeField()

    objects = Manager["Seen"]()

    class Meta:
        verbose_name_plural = "seen"
        constraints = [models.UniqueConstraint(fields=["person", "coalition"], name="seen_until_one_time")]

    def __str__(self) -> str:
        return f"{self.until:%Y-%m-%d}"
