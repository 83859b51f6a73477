"""What the machine suggests from a sentence, or a person adds; and what a person decides about it."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.core.db import Manager, build_display_method
from jukwaa.intake.models.readings import Reading, Sentence
from jukwaa.meetings.models import Attendance, Commitment, EntryKind
from jukwaa.records.models import Record


class DeskKind(models.TextChoices):
    """Kinds at the desk: who was there, and what a sentence of minutes does."""

    ATTENDEE = "attendee", _("Attendance")
    NEW_MEMBER = "new_member", _("New member")
    TOPIC = EntryKind.TOPIC.value, EntryKind.TOPIC.label
    REPORT = EntryKind.REPORT.value, EntryKind.REPORT.label
    ANNOUNCEMENT = EntryKind.ANNOUNCEMENT.value, EntryKind.ANNOUNCEMENT.label
    OFFER = EntryKind.OFFER.value, EntryKind.OFFER.label
    REQUEST = EntryKind.REQUEST.value, _("Request")  # short, as all kinds at the desk
    PROPOSAL = EntryKind.PROPOSAL.value, EntryKind.PROPOSAL.label
    OBSERVATION = EntryKind.OBSERVATION.value, EntryKind.OBSERVATION.label
    DECISION = EntryKind.DECISION.value, EntryKind.DECISION.label
    COMMITMENT = EntryKind.COMMITMENT.value, EntryKind.COMMITMENT.label
    INTEREST = EntryKind.INTEREST.value, EntryKind.INTEREST.label
    RECOMMENDATION = EntryKind.RECOMMENDATION.value, EntryKind.RECOMMENDATION.label
    NEXT_MEETING = EntryKind.NEXT_MEETING.value, EntryKind.NEXT_MEETING.label


ATTENDANCE_SUGGESTION_KINDS = (DeskKind.ATTENDEE, DeskKind.NEW_MEMBER)
BINDING_SUGGESTION_KINDS = (*ATTENDANCE_SUGGESTION_KINDS, DeskKind.DECISION, DeskKind.COMMITMENT)


class Decision(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("a suggestion", "to review")
    ACCEPTED = "accepted", _("accepted")
    EDITED = "edited", pgettext_lazy("a suggestion", "edited")
    REFUSED = "refused", _("rejected")
    MERGED = "merged", pgettext_lazy("a suggestion", "merged")


ACCEPTING_DECISIONS = (Decision.ACCEPTED, Decision.EDITED)


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def kept(self) -> Self:
        return self.filter(decision__in=ACCEPTING_DECISIONS)

    def waiting(self) -> Self:
        return self.filter(decision=Decision.WAITING)

    def in_scope(self, reading: Reading) -> Self:
        return self.filter(kind__in=BINDING_SUGGESTION_KINDS) if reading.scope == Reading.Scope.BINDING else self

    def in_scope_or_kept(self, reading: Reading) -> Self:
        return self.in_scope(reading) | self.filter(decision__in=ACCEPTING_DECISIONS)


class Suggestion(models.Model):
    """One thing that a sentence may mean for the record."""

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="suggestions")
    sentence = models.ForeignKey(Sentence, models.CASCADE, related_name="suggestions")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    kind = models.CharField(_("kind"), max_length=20, choices=DeskKind)
    text = models.TextField(_("text"))
    actors = models.JSONField(_("people or organisations"), default=list, blank=True)  # names as written
    owner = models.CharField(_("person or organisation responsible"), max_length=250, blank=True)
    due_on: models.DateField[date | None, date | None] = models.DateField(_("deadline"), null=True, blank=True)
    due_text = models.CharField(_("deadline as written"), max_length=120, blank=True)
    progress = models.CharField(_("status"), max_length=10, choices=Commitment.Progress, blank=True)
    came_as = models.CharField(_("attended as"), max_length=15, choices=Attendance.As, blank=True)
    mode = models.CharField(
        _("in the room or online"), max_length=6, choices=Attendance.Mode, blank=True, default="", db_default=""
    )
    is_chair = models.BooleanField(_("chaired"), default=False)

    by_machine = models.BooleanField(default=True)
    why = models.CharField(max_length=250, blank=True)  # which cue spoke for it, in words
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.WAITING)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    entered_at = models.DateTimeField(null=True, blank=True)
    record = models.ForeignKey(Record, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = Manager.from_queryset(SuggestionQuerySet)()

    is_repeated = False  # set where an addition found that it says what this says already

    get_kind_display = build_display_method("kind", DeskKind)
    get_progress_display = build_display_method("progress", Commitment.Progress)
    get_mode_display = build_display_method("mode", Attendance.Mode)  # of a mode that is known
    get_decision_display = build_display_method("decision", Decision)

    class Meta:
        ordering = ["sentence__number", "start", "pk"]
        constraints = [
            models.CheckConstraint(name="a_suggestion_has_words", condition=Q(end__gt=F("start"))),
            models.CheckConstraint(
                name="who_decided_is_kept_with_the_time",
                condition=Q(decision="waiting", decided_by__isnull=True, decided_at__isnull=True)
                | ~Q(decision="waiting") & Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="what_is_merged_names_into_what",
                condition=Q(decision="merged", merged_into__isnull=False)
                | ~Q(decision="merged") & Q(merged_into__isnull=True),
            ),
            models.CheckConstraint(
                name="a_suggestion_is_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
            ),
            models.CheckConstraint(
                name="only_what_a_person_kept_is_entered",
                condition=Q(entered_at__isnull=True) | Q(decision__in=["accepted", "edited"]),
            ),
        ]
        indexes = [models.Index(fields=["reading", "decision"], name="suggestions_by_decision")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:60]}"

    @property
    def bead_name(self) -> str:
        """Which bead is drawn beside its kind."""
        return {DeskKind.ATTENDEE: "meeting", DeskKind.NEW_MEMBER: "member"}.get(DeskKind(self.kind), self.kind)

    @property
    def reason(self) -> str:
        """Why it was suggested, in the reader's language; it is kept as the cue writes it."""
        return gettext(self.why) if self.why else ""

    @property
    def is_waiting(self) -> bool:
        return self.decision == Decision.WAITING

    @property
    def is_kept(self) -> bool:
        return self.decision in ACCEPTING_DECISIONS

    @property
    def is_attendance(self) -> bool:
        return self.kind in ATTENDANCE_SUGGESTION_KINDS

    @property
    def needs_role(self) -> bool:
        """Whether the directory says as what these attended: neither the document nor a person does."""
        return self.is_attendance and not self.came_as
