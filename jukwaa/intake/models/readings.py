"""A reading: one document on its way into the record, sentence by sentence."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.entitlements import get_entitlements
from jukwaa.coalitions.models import Coalition, Role
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.db import Manager
from jukwaa.meetings.models import Meeting
from jukwaa.records.models import Document, Label, Record, State
from jukwaa.records.models.record import LABELS_OPEN_TO_ROLES

READING_READER_ROLES = (Role.Kind.RAPPORTEUR, Role.Kind.EDITOR, Role.Kind.COORDINATOR)


class ReadingQuerySet(models.QuerySet["Reading"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Whoever started it, and those who keep the coalition's record, if they may read the document itself."""
        if not viewer.is_authenticated:
            return self.none()
        keeps = get_entitlements(viewer).has_role(*READING_READER_ROLES)
        unread = Q(document__isnull=True) & (Q(started_by=viewer) | Q(label__in=LABELS_OPEN_TO_ROLES))
        readable = Document.objects.visible_to(viewer).exists_for("document")
        return self.filter(Q(started_by=viewer) | keeps, unread | Q(readable))

    def of(self, coalition: Coalition) -> Self:
        return self.filter(coalition=coalition)

    def without_active_starter(self) -> Self:
        """Begun by people who no longer keep the record, so that somebody else goes on with them."""
        keepers = Role.objects.in_force().filter(coalition=OuterRef("coalition"), kind__in=READING_READER_ROLES)
        return self.exclude(Exists(keepers.filter(person=OuterRef("started_by"))))

    def unfinished(self) -> Self:
        """What waits for a person: text that was read, and suggestions that nobody has entered yet."""
        return self.filter(state=Reading.State.OPEN).exclude(document__state=State.WITHDRAWN)


class TextLock(models.Model):
    """A text that is being put on the desk. The row is deleted in the transaction that adds it.

    Until that transaction ends, the unique constraint makes everybody wait who brings the same text, and nobody else.
    """

    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="+")
    likeness = models.CharField(max_length=64)

    objects = Manager["TextLock"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["coalition", "likeness"], name="a_text_is_locked_once")]

    def __str__(self) -> str:
        return self.likeness


class Reading(models.Model):
    """A document at the desk. There is no document until its text is known: large files are read in the background."""

    class State(models.TextChoices):
        READING = "reading", _("being processed")
        FAILED = "failed", _("could not be read")
        OPEN = "open", _("to review")
        ENTERED = "entered", _("added to the record")
        GIVEN_UP = "given-up", _("stopped")

    class Scope(models.TextChoices):
        ALL = "all", _("all suggestions")
        BINDING = "binding", _("only attendance, decisions and commitments")

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="readings")
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="readings")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="readings")
    # A meeting that is not in the record yet: it is made when the reading is entered, and not before.
    meeting_title = models.CharField(_("meeting"), max_length=250, blank=True)
    meeting_on = models.DateField(_("date"), null=True, blank=True)
    meeting_precision = models.CharField(max_length=5, choices=Meeting.Precision, default=Meeting.Precision.DAY)
    meeting_ends_on = models.DateField(_("last day"), null=True, blank=True)  # only of what took several days
    meeting_place = models.CharField(_("place"), max_length=120, blank=True)
    meeting_country = models.CharField(_("country"), max_length=2, blank=True)
    meeting_forum = models.CharField(_("forum"), max_length=160, blank=True)
    meeting_checked = models.BooleanField(default=False)  # a person has confirmed what the text seems to say of it

    title = models.CharField(_("title"), max_length=250)
    label = models.CharField(_("who can read it"), max_length=20, choices=Label, default=Label.CLEAR)
    language = models.CharField(max_length=35, blank=True)
    understood = models.BooleanField(default=True)  # whether the reader has cues for the language
    notes = models.JSONField(default=list, blank=True)  # sentences about what was changed or left out
    likeness = models.CharField(max_length=64, blank=True, db_index=True)  # of the text without its spaces and case

    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    scope = models.CharField(max_length=10, choices=Scope, default=Scope.ALL)
    upload = models.FileField(upload_to="readings/%Y/%m/", blank=True)  # until the document has it
    upload_name = models.CharField(max_length=200, blank=True)
    pages_done = models.PositiveIntegerField(default=0)
    pages_total = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)  # why it could not be read, in a sentence
    same_as = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")

    started_by = models.ForeignKey(Person, models.PROTECT, related_name="readings")
    started_at = models.DateTimeField(default=timezone.now)
    position = models.PositiveIntegerField(null=True, blank=True)  # where in the minutes its first sentence stands
    entered_at = models.DateTimeField(null=True, blank=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    objects = Manager.from_queryset(ReadingQuerySet)()

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_reading_at_the_desk_has_its_document",
                condition=Q(state__in=["reading", "failed", "given-up"]) | Q(document__isnull=False),
            ),
            models.CheckConstraint(
                name="an_entered_reading_has_a_day_and_a_meeting",
                condition=~Q(state="entered") | Q(entered_at__isnull=False, meeting__isnull=False),
            ),
            models.UniqueConstraint(fields=["document"], name="a_document_is_read_once"),
            models.CheckConstraint(
                name="a_reported_last_day_is_after_the_first",
                condition=Q(meeting_ends_on__isnull=True)
                | Q(meeting_on__isnull=False, meeting_precision="day", meeting_ends_on__gt=F("meeting_on")),
            ),
        ]
        indexes = [models.Index(fields=["coalition", "state", "-started_at"], name="readings_of_coalition")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("intake:reading_detail", args=[self.coalition.slug, self.pk])

    @property
    def planned_meeting(self) -> Meeting:
        """The meeting that is still to be made, as pages show it. It is never saved."""
        return Meeting(coalition=self.coalition, **build_meeting_fields(self))

    @property
    def beside_text(self) -> str:
        """What its file contains besides the text, such as comments, in sentences. Empty if nothing was found."""
        notes = (note for note in self.notes if isinstance(note, dict))
        return next((str(note["beside_text"]) for note in notes if "beside_text" in note), "")

    @property
    def moved_notes(self) -> list[dict[str, int]]:
        """Where later sentences, from the first to the last of each time, have gone: to imports of their own."""
        return [note for note in self.notes if isinstance(note, dict) and "moved_to" in note]

    @property
    def is_moved(self) -> bool:
        """Whether its notes were moved from another import, whose document still contains them."""
        return any("moved_from" in note for note in self.notes if isinstance(note, dict))

    @property
    def days_of_meetings(self) -> list[tuple[int, date]]:
        """The sentences that may begin the notes of a meeting, and the days that they give, if there are several."""
        notes = (note for note in self.notes if isinstance(note, dict))
        rows: list[tuple[int, str]] = next((note["meetings"] for note in notes if "meetings" in note), [])
        return [(number, date.fromisoformat(day)) for number, day in rows]

    @property
    def meeting_day(self) -> date | None:
        """The day of the meeting that it reports, if that is known."""
        if self.meeting is not None:
            return self.meeting.starts_on
        return self.meeting_on

    @property
    def exact_day(self) -> date | None:
        """The same, if it is known to the day."""
        precision = self.meeting.precision if self.meeting is not None else self.meeting_precision
        return self.meeting_day if precision == Meeting.Precision.DAY else None

    @property
    def closing_day(self) -> date | None:
        """The day on which it ended, from which deadlines count, if that is known to the day."""
        last = self.meeting.ends_on if self.meeting is not None else self.meeting_ends_on
        return last or self.exact_day


class Sentence(models.Model):
    """A stretch of the document that is judged as one. Its words, `document.text[start:end]`, are kept there alone."""

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="sentences")
    number = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    unit = models.CharField(max_length=12, blank=True)
    section = models.CharField(max_length=250, blank=True)
    opens = models.BooleanField(default=False)  # a paragraph begins here
    joined = models.BooleanField(default=False)  # across a break of page or paragraph
    in_record = models.ForeignKey(
        Record, models.SET_NULL, null=True, blank=True, related_name="+"
    )  # from an earlier copy

    objects = Manager["Sentence"]()

    class Meta:
        ordering = ["reading", "number"]
        constraints = [
            models.UniqueConstraint(fields=["reading", "number"], name="a_sentence_has_its_number_once"),
            models.CheckConstraint(name="a_sentence_has_words", condition=Q(end__gt=F("start"))),
        ]

    def __str__(self) -> str:
        return str(self.number)


class ReadingPart(models.Model):
    """Sentences that report one part of the meeting; perhaps one that was held under the Chatham House Rule."""

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="parts")
    title = models.CharField(_("title"), max_length=200)
    first = models.PositiveIntegerField(_("first sentence"))
    last = models.PositiveIntegerField(_("last sentence"))
    chatham = models.BooleanField(_("held under the Chatham House Rule"), default=False)

    objects = Manager["ReadingPart"]()

    class Meta:
        ordering = ["first", "pk"]
        constraints = [models.CheckConstraint(name="a_part_ends_after_it_began", condition=Q(last__gte=F("first")))]

    def __str__(self) -> str:
        return self.title

    def contains_sentence(self, sentence_number: int) -> bool:
        return self.first <= sentence_number <= self.last


def build_meeting_fields(reading: Reading) -> dict[str, Any]:
    """The meeting that is still to be made, as `create_meeting_record` takes it."""
    return {
        "title": reading.meeting_title or reading.title,
        "starts_on": reading.meeting_on,
        "precision": reading.meeting_precision,
        "ends_on": reading.meeting_ends_on,
        "place": reading.meeting_place,
        "country": reading.meeting_country,
        "forum": reading.meeting_forum,
    }
