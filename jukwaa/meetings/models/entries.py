"""Minutes: what was said, agreed and promised at a meeting."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.models import Capacity
from jukwaa.core.db import Manager, label_of
from jukwaa.meetings.models.meetings import Meeting, Part
from jukwaa.records.models import Record, RecordQuerySet


class EntryKind(models.TextChoices):
    """What a sentence of minutes does: the kinds of the reading desk, but for who was there."""

    TOPIC = "topic", _("Topic")
    REPORT = "report", _("Status report")
    ANNOUNCEMENT = "announcement", _("Announcement")
    OFFER = "offer", _("Offer")
    REQUEST = "request", _("Request or call for input")
    PROPOSAL = "proposal", _("Proposal")
    OBSERVATION = "observation", _("Observation")
    DECISION = "decision", _("Decision")
    COMMITMENT = "commitment", _("Commitment")
    INTEREST = "interest", _("Interest")
    RECOMMENDATION = "recommendation", _("Recommendation")
    NEXT_MEETING = "next_meeting", _("Next meeting")


BINDING = (EntryKind.DECISION, EntryKind.COMMITMENT)
PROMISED = ("owner_id", "due_on", "due_text")  # columns of a commitment that versions of its entry keep


class EntryQuerySet(RecordQuerySet["Entry"]):
    pass


class Entry(Record):
    """One thing in the minutes: said, agreed or promised. `title` is its text in short, `text` the whole of it."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="entries")
    part = models.ForeignKey(Part, models.PROTECT, null=True, blank=True, related_name="entries")
    position = models.PositiveIntegerField()
    text = models.TextField(_("text"))
    speakers = models.ManyToManyField(Capacity, related_name="entries", blank=True)

    objects = Manager.from_queryset(EntryQuerySet)()  # type: ignore[assignment,misc]  # narrows the parent's

    VERSIONED: ClassVar[tuple[str, ...]] = (*Record.VERSIONED, "kind", "text", "position")

    class Meta:
        ordering = ["position", "pk"]
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["meeting", "position"], name="entries_in_order")]

    def passages(self) -> Iterator[tuple[str, str]]:
        yield "", self.text

    @classmethod
    def versioned(cls) -> dict[str, Any]:
        promised = {name: Commitment._meta.get_field(name) for name in PROMISED}  # noqa: SLF001 - public by Django's word
        return super().versioned() | promised

    def empty(self) -> None:
        """Who said it, who promised it, who disagreed, and the words on that."""
        self.speakers.clear()
        self.dissents.all().delete()
        Commitment.objects.filter(entry=self).update(owner=None, due_text="", closing_note="")

    def content(self) -> dict[str, Any]:
        """With who promised it, and for when."""
        if self.kind != EntryKind.COMMITMENT:
            return super().content()
        promise = getattr(self, "commitment", None) or Commitment()
        return super().content() | {name: getattr(promise, name) for name in PROMISED}

    def take(self, changes: dict[str, Any]) -> None:
        """What is promised goes to the commitment, which begins where there is none yet."""
        promised = {name: value for name, value in changes.items() if name in PROMISED}
        super().take({name: value for name, value in changes.items() if name not in promised})
        if self.kind == EntryKind.COMMITMENT:
            self.commitment, _created = Commitment.objects.update_or_create(entry=self, defaults=promised)

    @property
    def is_chatham(self) -> bool:
        """Said under the Chatham House Rule: nobody is named, whoever asks."""
        return self.part is not None and self.part.chatham


class Commitment(models.Model):
    """What an entry of the kind commitment promises: who, by when, and how it stands.

    No owner and no date in the sentence means none here.
    """

    class Progress(models.TextChoices):
        OPEN = "open", _("open")
        IN_HAND = "in-hand", _("in hand")
        KEPT = "kept", _("kept")
        DROPPED = "dropped", _("given up")

    entry = models.OneToOneField(Entry, models.CASCADE, related_name="commitment")
    owner = models.ForeignKey(
        Capacity, models.PROTECT, null=True, blank=True, related_name="commitments", verbose_name=_("who promised it")
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    due_text = models.CharField(_("due, as written"), max_length=120, blank=True)
    progress = models.CharField(_("state"), max_length=10, choices=Progress, default=Progress.OPEN)
    closed_on = models.DateField(null=True, blank=True)
    closing_note = models.TextField(blank=True)

    objects = Manager["Commitment"]()

    get_progress_display = label_of("progress", Progress)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_commitment_that_is_closed_has_a_day",
                condition=Q(progress__in=["open", "in-hand"], closed_on__isnull=True)
                | Q(progress__in=["kept", "dropped"], closed_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.entry)
