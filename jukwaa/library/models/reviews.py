"""A second person reads an item before it is published: who sent it, who read it, and what they decided."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.core.db import Manager
from jukwaa.records.models import Label, State


class ReviewQuerySet(models.QuerySet["Review"]):
    def waiting(self, coalition: Coalition) -> Self:
        """Those that nobody has decided on, of items that are neither held nor withdrawn meanwhile."""
        # Not `outcome=""`: see `coalitions/task_queries.py`.
        return self.filter(decided_at=None, item__coalition=coalition, item__state=State.SAFEGUARDING)

    def close_outdated_reviews(self) -> int:
        """The text has moved on, so that nobody can decide on it any more."""
        return self.filter(outcome="").update(outcome=Review.Outcome.OVERTAKEN, decided_at=timezone.now())

    def decided_for_viewer(self, viewer: Person, *, is_lead: bool) -> Self:
        """What a second person said, for themselves and the lead: also when the item is with its author again.

        Of what was held or withdrawn, nothing is told any more.
        """
        out_of_sight = Q(item__state__in=[State.HELD, State.WITHDRAWN])
        decided = self.filter(can_be_combined__isnull=False).exclude(out_of_sight)
        return decided if is_lead else decided.filter(decided_by=viewer)


class Review(models.Model):
    """Of one version of an item. That it was sent is its author's declaration: that no child can be recognised in it,
    not even by people nearby, that those it is about agreed (`consent`, in words), and that it may be shared.
    """

    class Outcome(models.TextChoices):
        PUBLISH = "publish", pgettext_lazy("outcome of a review", "published")
        REVISE = "revise", _("changes needed first")
        RESTRICT = "restrict", _("published to fewer readers")
        REFUSE = "refuse", pgettext_lazy("outcome of a review", "not published")
        OVERTAKEN = "overtaken", _("closed because the text was changed")
        TAKEN_BACK = "taken-back", _("withdrawn by the author")

    item = models.ForeignKey("library.Item", models.CASCADE, related_name="reviews")
    version = models.PositiveIntegerField()
    sent_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)
    consent = models.TextField()
    reviewer = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    assigned_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    opened_to_reviewer = models.BooleanField(default=False)  # named in the audience for this review alone
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    can_be_combined = models.BooleanField(null=True)  # "Can someone local combine these?"
    reason = models.TextField(blank=True)
    label = models.CharField(max_length=20, choices=Label, blank=True)  # to which it was restricted
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = Manager.from_queryset(ReviewQuerySet)()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(outcome=""), name="an_item_waits_for_one_review_at_a_time"
            ),
            models.CheckConstraint(
                name="a_review_is_decided_at_a_time", condition=Q(outcome="") ^ Q(decided_at__isnull=False)
            ),
            models.CheckConstraint(
                name="a_second_person_decides_with_a_reason",
                condition=Q(outcome__in=["", "overtaken", "taken-back"])
                | (Q(decided_by__isnull=False, can_be_combined__isnull=False) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="whoever_sent_an_item_does_not_review_it",
                condition=Q(reviewer__isnull=True) | ~Q(reviewer=models.F("sent_by")),
            ),
            models.CheckConstraint(name="consent_is_said_in_words", condition=~Q(consent="")),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}, {self.version}"

    @property
    def kind(self) -> str:
        """What its activities are noted as."""
        return "review"

    @property
    def is_open(self) -> bool:
        return not self.outcome
