"""How an item travels: who used it, where and when, adapted how, and what came of it."""

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Capacity
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.withheld_words import build_readable_contribution_condition
from jukwaa.core.db import Manager
from jukwaa.library.models.items import Item
from jukwaa.records.models import Record

FIRST_YEAR, LAST_YEAR = 1980, 2200


class UseQuerySet(models.QuerySet["Use"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Who may read the item may read how it was used."""
        readable = Record.objects.visible_to(viewer).filter(pk=OuterRef("item"))
        return self.filter(Exists(readable)).readable_by(viewer)

    def readable_by(self, viewer: Viewer) -> Self:
        """Without what somebody under 18 wrote, for whoever may not read that."""
        return self.filter(build_readable_contribution_condition(viewer, coalition="item__coalition"))


class Use(models.Model):
    """Somebody used an item. What they wrote up themselves is an item of its own, linked as adapted from this one."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="uses")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    capacity = models.ForeignKey(Capacity, models.PROTECT, related_name="+")
    country = models.CharField(max_length=2, blank=True)
    year = models.PositiveSmallIntegerField()
    how = models.TextField()
    result = models.TextField(blank=True)
    adaptation = models.ForeignKey(Item, models.SET_NULL, null=True, blank=True, related_name="+")
    token = models.UUIDField(null=True, blank=True, unique=True)  # of the form: pressed twice, it is said once
    at = models.DateTimeField(default=timezone.now)

    objects = Manager.from_queryset(UseQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["item", "-year", "-id"], name="uses_of_an_item")]
        constraints = [
            models.CheckConstraint(
                name="an_item_is_not_its_own_adaptation",
                condition=Q(adaptation__isnull=True) | ~Q(adaptation=F("item")),
            ),
            models.CheckConstraint(name="a_use_is_of_a_year", condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR)),
        ]

    def __str__(self) -> str:
        return self.how[:60]
