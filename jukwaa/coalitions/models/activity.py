"""Who did what, in what capacity, to what. Append-only; sealed in the background."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models.coalition import Coalition
from jukwaa.coalitions.models.people import Capacity
from jukwaa.core.db import Manager


class Activity(models.Model):
    """Holds ids, verbs and keyed digests, never people's text: text can be erased and the chain still verifies."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, null=True, related_name="activities")
    actor = models.ForeignKey(Person, models.PROTECT, null=True, related_name="activities")
    capacity = models.ForeignKey(Capacity, models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    object_id = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64, blank=True)  # of the version that came of it, keyed by that version's salt
    at = models.DateTimeField(default=timezone.now)

    objects = Manager["Activity"]()

    class Meta:
        verbose_name_plural = "activities"
        indexes = [
            models.Index(fields=["coalition", "-id"], name="activity_of_coalition"),
            models.Index(fields=["kind", "object_id"], name="activity_of_object"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.kind} {self.object_id}"


class Seal(models.Model):
    """Closes the activities that point to it (`SealedActivity`), and the seal before it, under one hash.

    It lists them by id rather than by range: on PostgreSQL ids commit out of order, and one that commits late is
    covered by a later seal instead of being lost.
    """

    previous = models.OneToOneField("self", models.PROTECT, null=True, related_name="next")
    hash = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(default=timezone.now)

    objects = Manager["Seal"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(models.Value(1), condition=Q(previous__isnull=True), name="one_first_seal")
        ]

    def __str__(self) -> str:
        return self.hash[:12]


class SealedActivity(models.Model):
    """Which seal covers an activity: finds the ones that none covers yet."""

    activity = models.OneToOneField(Activity, models.PROTECT, primary_key=True, related_name="sealed")
    seal = models.ForeignKey(Seal, models.PROTECT, related_name="+")

    objects = Manager["SealedActivity"]()

    def __str__(self) -> str:
        return f"{self.activity_id} by {self.seal_id}"
