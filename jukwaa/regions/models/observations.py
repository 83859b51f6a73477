"""What others of a region say to an observation of it. The observation itself is an item of the library."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Capacity, Organisation
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.withheld_words import build_readable_contribution_condition
from jukwaa.core.db import Manager, build_display_method
from jukwaa.library.models import Item
from jukwaa.records.models import Record

OBSERVATION_KIND = "regional-observation"  # its name among the kinds of the library


class VoiceQuerySet(models.QuerySet["Voice"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Who may read the observation may read what others say to it."""
        readable = Record.objects.visible_to(viewer).filter(pk=OuterRef("item"))
        return self.filter(Exists(readable)).readable_by(viewer)

    def readable_by(self, viewer: Viewer) -> Self:
        """Without what somebody under 18 wrote, for whoever may not read that."""
        return self.filter(build_readable_contribution_condition(viewer, coalition="item__coalition"))

    def beside(self, other_voice: "Voice") -> Self:
        """All that was said to this observation for the same organisation, or by the same person on their own."""
        same = (
            {"organisation": other_voice.organisation_id}
            if other_voice.organisation_id
            else {"author": other_voice.author_id}
        )
        return self.filter(item=other_voice.item_id, organisation__isnull=other_voice.organisation_id is None, **same)


class Voice(models.Model):
    """Somebody from the same region confirms an observation, adds to it, or sees it differently.

    A later row of the same organisation takes the place of this one, which stays readable. `version` is that of the
    observation that was read.
    """

    class Says(models.TextChoices):
        CONFIRMS = "confirms", _("We observe the same thing")
        ADDS = "adds", _("We add something")
        DIFFERS = "differs", _("We see it differently")

    item = models.ForeignKey(Item, models.CASCADE, related_name="voices")
    version = models.PositiveIntegerField()
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    capacity = models.ForeignKey(Capacity, models.PROTECT, related_name="+")
    says = models.CharField(max_length=10, choices=Says)
    words = models.TextField(blank=True)
    stands = models.BooleanField(default=True)
    token = models.UUIDField(null=True, blank=True, unique=True)  # of the form: pressed twice, it is said once
    at = models.DateTimeField(default=timezone.now)

    objects = Manager.from_queryset(VoiceQuerySet)()

    get_says_display = build_display_method("says", Says)

    # Of two organisations that were one, both voices stay readable, and that of the row that stays stands.
    GIVES_WAY: ClassVar[dict[str, bool]] = {"stands": False}

    class Meta:
        ordering = ["item", "at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "organisation"],
                condition=Q(stands=True, organisation__isnull=False),
                name="one_voice_of_an_organisation_stands",
            ),
            models.UniqueConstraint(
                fields=["item", "author"],
                condition=Q(stands=True, organisation__isnull=True),
                name="one_voice_of_a_person_stands",
            ),
            models.CheckConstraint(
                name="what_is_added_or_differs_is_said",
                condition=~Q(says__in=["adds", "differs"]) | ~Q(words=""),
            ),
        ]

    def __str__(self) -> str:
        return self.says

    @property
    def part(self) -> str:
        """What it is called where a text quotes it: see `drafting.actions.withdraw_quoted_evidence`."""
        return f"voice-{self.pk}"
