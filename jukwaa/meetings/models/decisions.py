"""Decisions: how each was reached, whether it is in force, and who disagreed."""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.models import Capacity
from jukwaa.core.db import Manager, build_display_method
from jukwaa.meetings.models.entries import Entry


class Decision(models.Model):
    """What the register says about a decision in the minutes.

    A decision without a row is in force, and how it was reached is not recorded.
    """

    class Method(models.TextChoices):
        CONSENSUS = "consensus", _("Consensus")
        ROUGH_CONSENSUS = "rough-consensus", _("Rough consensus")
        SILENCE = "silence", _("Silence procedure")
        VOTE = "vote", _("Vote")
        DELEGATED = "delegated", _("Delegated authority")

    class Status(models.TextChoices):
        IN_FORCE = "in-force", _("In force")
        SUPERSEDED = "superseded", _("Superseded")
        COMPLETED = "completed", _("Completed")
        LAPSED = "lapsed", _("Lapsed")

    entry = models.OneToOneField(Entry, models.CASCADE, related_name="decision")
    method = models.CharField(_("how the decision was made"), max_length=20, choices=Method, blank=True)
    votes_for = models.PositiveIntegerField(_("votes in favour"), null=True, blank=True)
    votes_against = models.PositiveIntegerField(_("votes against"), null=True, blank=True)
    abstentions = models.PositiveIntegerField(_("abstentions"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.IN_FORCE)
    ended_on = models.DateField(_("in force until"), null=True, blank=True)
    superseded_by = models.ForeignKey(
        Entry, models.PROTECT, null=True, blank=True, related_name="supersedes", verbose_name=_("superseded by")
    )
    version = models.PositiveIntegerField(default=1)

    objects = Manager["Decision"]()

    get_method_display = build_display_method("method", Method)
    get_status_display = build_display_method("status", Status)

    FIELDS: ClassVar[tuple[str, ...]] = (
        "method",
        "votes_for",
        "votes_against",
        "abstentions",
        "status",
        "ended_on",
        "superseded_by",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="votes_are_counted_only_in_a_vote",
                condition=Q(method="vote") | Q(votes_for=None, votes_against=None, abstentions=None),
            ),
            models.CheckConstraint(
                name="a_superseded_decision_names_its_successor",
                condition=Q(status="superseded", superseded_by__isnull=False)
                | (~Q(status="superseded") & Q(superseded_by=None)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.entry)

    @staticmethod
    def build_dissent_condition() -> Q:
        """Match decisions among entries with a dissenting statement, or with votes against or abstentions."""
        counted = Q(decision__votes_against__gt=0) | Q(decision__abstentions__gt=0)
        return counted | Q(Exists(Dissent.objects.filter(entry=OuterRef("pk"))))

    @staticmethod
    def build_unknown_method_condition() -> Q:
        """Match decisions among entries whose record does not say how they were made: dissent may be missing."""
        return Q(decision__isnull=True) | Q(decision__method="")

    @property
    def is_in_force(self) -> bool:
        return self.status == self.Status.IN_FORCE

    @property
    def has_votes(self) -> bool:
        return any(number is not None for number in (self.votes_for, self.votes_against, self.abstentions))


class Dissent(models.Model):
    """An organisation or a person that did not fully agree with a decision, in their own words."""

    class Kind(models.TextChoices):
        STOOD_ASIDE = "stood-aside", _("Stood aside")
        OBJECTED = "objected", _("Objected")
        RESERVATION = "reservation", _("Supported with a reservation")
        AMENDMENT = "amendment", _("Proposed an amendment")
        PROCEDURE = "procedure", _("Objected to deciding in writing")

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="dissents")
    capacity = models.ForeignKey(Capacity, models.PROTECT, related_name="dissents")
    kind = models.CharField(max_length=12, choices=Kind)
    statement = models.TextField(_("statement"), blank=True)

    objects = Manager["Dissent"]()

    get_kind_display = build_display_method("kind", Kind)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["entry", "capacity"], name="one_dissent_for_a_capacity")]

    def __str__(self) -> str:
        return str(self.capacity)
