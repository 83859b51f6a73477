"""Minutes: what was said, agreed and promised at a meeting."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Capacity, Organisation
from jukwaa.core.db import Manager, build_display_method
from jukwaa.meetings.models.meetings import Meeting, Part
from jukwaa.records.models import Attachment, Record, RecordQuerySet


class EntryKind(models.TextChoices):
    """What a sentence of minutes does: the kinds of the reading desk, but for who was there."""

    TOPIC = "topic", pgettext_lazy("entry in the minutes", "Topic")
    REPORT = "report", _("Status report")
    ANNOUNCEMENT = "announcement", _("Announcement")
    OFFER = "offer", _("Offer")
    REQUEST = "request", _("Request or call for input")
    PROPOSAL = "proposal", pgettext_lazy("entry in the minutes", "Proposal")
    OBSERVATION = "observation", pgettext_lazy("entry in the minutes", "Observation")
    DECISION = "decision", _("Decision")
    COMMITMENT = "commitment", _("Commitment")
    INTEREST = "interest", _("Expression of interest")
    RECOMMENDATION = "recommendation", _("Recommendation")
    NEXT_MEETING = "next_meeting", _("Next meeting")


BINDING_ENTRY_KINDS = (EntryKind.DECISION, EntryKind.COMMITMENT)
ANSWERABLE_ENTRY_KINDS = (
    EntryKind.OFFER,
    EntryKind.REQUEST,
)  # they stay open until a member takes them up or they are closed
COMMITMENT_PROMISE_FIELDS = (
    "owner_id",
    "due_on",
    "due_text",
)  # columns of a commitment that versions of its entry keep


class EntryQuerySet(RecordQuerySet["Entry"]):
    pass


class Entry(Record):
    """One thing in the minutes: said, agreed or promised. `title` is its text in short, `text` the whole of it.

    The title and text of a commitment do not name an owner who has not confirmed it (`withholding.py`).
    """

    class Response(models.TextChoices):
        """What became of an offer or a request."""

        OPEN = "open", pgettext_lazy("offer or request", "open")
        TAKEN_UP = "taken-up", pgettext_lazy("offer or request", "taken up")
        CLOSED = "closed", pgettext_lazy("offer or request", "closed")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="entries")
    part = models.ForeignKey(Part, models.PROTECT, null=True, blank=True, related_name="entries")
    topic = models.CharField(_("topic"), max_length=120, blank=True)  # within an item under the Chatham House Rule
    position = models.PositiveIntegerField()
    text = models.TextField(_("text"))
    speakers = models.ManyToManyField(Capacity, related_name="entries", blank=True)
    response = models.CharField(_("status"), max_length=8, choices=Response, default=Response.OPEN)
    taken_up_by = models.ForeignKey(Capacity, models.PROTECT, null=True, blank=True, related_name="+")

    objects = Manager.from_queryset(EntryQuerySet)()  # type: ignore[assignment,misc]  # narrows the parent's

    VERSIONED: ClassVar[tuple[str, ...]] = (*Record.VERSIONED, "kind", "text", "topic", "position")

    get_response_display = build_display_method("response", Response)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["meeting", "position"], name="entries_in_order")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """What was said at a meeting happened on its day. `Meeting.save` keeps that up to date."""
        if self._state.adding:
            meeting = self.meeting
            self.happened_on, self.happened_precision = meeting.happened_on, meeting.happened_precision
            self.happened_until = meeting.happened_until
        super().save(*args, **kwargs)

    def iter_passages(self) -> Iterator[tuple[str, str]]:
        yield "", self.text

    @classmethod
    def get_versioned_fields(cls) -> dict[str, Any]:
        promised = {name: Commitment._meta.get_field(name) for name in COMMITMENT_PROMISE_FIELDS}  # noqa: SLF001 - public by Django's word
        return super().get_versioned_fields() | promised

    def erase_texts(self) -> None:
        """Who said it, who promised it, who disagreed, and the words on that."""
        self.speakers.clear()
        self.dissents.all().delete()
        self.corrections.all().erase()
        self.errata.update(text=_("deleted permanently"))
        self.taken_up_by = None
        for commitment in Commitment.objects.filter(entry=self):
            commitment.erase_texts()

    def content(self) -> dict[str, Any]:
        """With who promised it, and for when."""
        if self.kind != EntryKind.COMMITMENT:
            return super().content()
        promise = self.commitment_if_any or Commitment()
        return super().content() | {name: getattr(promise, name) for name in COMMITMENT_PROMISE_FIELDS}

    def take(self, changes: dict[str, Any]) -> None:
        """What is promised goes to the commitment, which begins where there is none yet."""
        promised = {name: value for name, value in changes.items() if name in COMMITMENT_PROMISE_FIELDS}
        super().take({name: value for name, value in changes.items() if name not in promised})
        if self.kind == EntryKind.COMMITMENT:
            self.commitment, _created = Commitment.objects.update_or_create(entry=self, defaults=promised)

    @property
    def commitment_if_any(self) -> "Commitment | None":
        """Return its commitment; None for another kind, and for a commitment of which nothing more is known."""
        return getattr(self, "commitment", None) if self.kind == EntryKind.COMMITMENT else None

    @property
    def is_settled(self) -> bool:
        """The words of approved minutes stay: errata are added to them."""
        minutes = getattr(self.meeting, "minutes", None)
        return minutes is not None and not minutes.is_draft

    @property
    def is_chatham(self) -> bool:
        """Said under the Chatham House Rule: nobody is named, whoever asks."""
        return self.part is not None and self.part.chatham


class Commitment(models.Model):
    """What an entry of the kind commitment promises: who, by when, and its status.

    No owner and no date in the sentence means none here. `owner` has confirmed the commitment, or its source is public.
    Whoever is proposed is known to members only, until they confirm it.
    """

    class Progress(models.TextChoices):
        OPEN = "open", pgettext_lazy("commitment", "open")
        IN_HAND = "in-hand", pgettext_lazy("commitment", "in progress")
        KEPT = "kept", pgettext_lazy("commitment", "done")
        DROPPED = "dropped", pgettext_lazy("commitment", "dropped")

    entry = models.OneToOneField(Entry, models.CASCADE, related_name="commitment")
    owner = models.ForeignKey(
        Capacity, models.PROTECT, null=True, blank=True, related_name="commitments", verbose_name=_("owner")
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    due_text = models.CharField(_("due, as written"), max_length=120, blank=True)
    progress = models.CharField(_("status"), max_length=10, choices=Progress, default=Progress.OPEN)
    closed_on = models.DateField(null=True, blank=True)
    closing_note = models.TextField(blank=True)
    # Who is asked to confirm it: the first owner, or the one to whom it is handed over. No capacity is kept of them
    # before they confirm, since the directory shows to the public which organisations have one.
    proposed_name = models.CharField(max_length=250, blank=True)
    proposed_organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    owner_spoke = models.BooleanField(default=False)  # the proposed owner becomes a speaker of the entry, too
    withheld_title = models.CharField(max_length=250, blank=True)  # as written, with the name; for members
    withheld_text = models.TextField(blank=True)
    needs_owner = models.BooleanField(default=False)  # declined: coordinators look for a new owner
    # In the owner's organisation, or the person who is asked to confirm it as an owner on their own. Never public.
    responsible = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    evidence_record = models.ForeignKey(Record, models.SET_NULL, null=True, blank=True, related_name="+")
    evidence_file = models.ForeignKey(Attachment, models.SET_NULL, null=True, blank=True, related_name="+")
    evidence_url = models.URLField(max_length=400, blank=True)

    objects = Manager["Commitment"]()

    get_progress_display = build_display_method("progress", Progress)

    class Meta:
        # Most commitments are closed: lists of open ones begin at NULL.
        indexes = [models.Index(fields=["closed_on", "due_on"], name="open_commitments_by_due_day")]
        constraints = [
            models.CheckConstraint(
                name="a_commitment_that_is_closed_has_a_day",
                condition=Q(progress__in=["open", "in-hand"], closed_on__isnull=True)
                | Q(progress__in=["kept", "dropped"], closed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="a_proposed_owner_has_a_name", condition=Q(proposed_organisation=None) | ~Q(proposed_name="")
            ),
        ]

    def __str__(self) -> str:
        return str(self.entry)

    def erase_texts(self) -> None:
        """Remove everything that names somebody, for an entry that is erased."""
        self.changes.all().delete()
        for name in ("owner", "proposed_organisation", "responsible", "evidence_record", "evidence_file"):
            setattr(self, name, None)
        for name in ("due_text", "closing_note", "proposed_name", "withheld_title", "withheld_text", "evidence_url"):
            setattr(self, name, "")
        self.save()

    @property
    def is_open(self) -> bool:
        return self.progress in OPEN_COMMITMENT_PROGRESS

    @property
    def is_overdue(self) -> bool:
        """Whether it is open after its due date. Shown to members only."""
        return self.is_open and self.due_on is not None and self.due_on < timezone.localdate()

    @property
    def awaits_confirmation(self) -> bool:
        """Whether its first owner has not confirmed it: the public does not read who that is."""
        return self.owner_id is None and bool(self.proposed_name)

    @property
    def has_no_owner(self) -> bool:
        """Whether it is nobody's and nobody is asked. Where an owner has declined, coordinators choose the next one."""
        return self.owner_id is None and not self.proposed_name and not self.needs_owner

    @property
    def written_text(self) -> str:
        """The text as written, for members and those who keep the minutes."""
        return (self.awaits_confirmation and self.withheld_text) or self.entry.text

    @property
    def written_title(self) -> str:
        return (self.awaits_confirmation and self.withheld_title) or self.entry.title

    @property
    def proposed(self) -> Organisation | None:
        """The organisation that is asked to confirm it, or the one that it was merged into."""
        organisation = self.proposed_organisation
        return (organisation.merged_into or organisation) if organisation else None

    @property
    def proposed_person(self) -> Person | None:
        """The person who is asked to confirm it as an owner on their own."""
        return self.responsible if self.awaits_confirmation and self.proposed_organisation_id is None else None


OPEN_COMMITMENT_PROGRESS = (Commitment.Progress.OPEN, Commitment.Progress.IN_HAND)
