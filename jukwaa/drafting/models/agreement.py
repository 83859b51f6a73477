"""Agreeing: a call for consensus on one revision, what each organisation says to it, and what is published of it."""

from datetime import date, datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Capacity, Coalition, Organisation
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.db import Manager
from jukwaa.drafting.models.consultations import build_readable_text_condition
from jukwaa.drafting.models.texts import Clause, Revision, Text
from jukwaa.records.models import Record
from jukwaa.updates.models import ListPost


class Rules(models.Model):
    """How a coalition agrees. Without a row, the defaults stand. `procedure.py` applies those for decisions."""

    class Silence(models.TextChoices):
        SUPPORT = "support", _("as no objection")
        STANDS_ASIDE = "aside", _("as standing aside")
        NOTHING = "nothing", _("not counted")

    class From(models.TextChoices):
        ANY = "any", _("from any members")
        GROUP = "group", _("within one stakeholder group")

    class Awaiting(models.TextChoices):
        EXTEND = "extend", _("Extend the silence procedure once")
        CLOSE = "close", _("Close the silence procedure without counting these members")

    coalition = models.OneToOneField(Coalition, models.CASCADE, related_name="drafting_rules")
    silence = models.CharField(_("how silence is counted"), max_length=10, choices=Silence, default=Silence.SUPPORT)
    days = models.PositiveSmallIntegerField(_("minimum length of a consensus call, in days"), default=14)
    # What follows is for decisions alone, and copied to each call when it begins.
    decision_days = models.PositiveSmallIntegerField(_("minimum length of a silence procedure, in days"), default=14)
    objections = models.PositiveSmallIntegerField(_("objections that stop a decision"), default=1)
    objections_from = models.CharField(_("how objections are counted"), max_length=10, choices=From, default=From.ANY)
    amendments_object = models.BooleanField(_("a proposed amendment counts as an objection"), default=True)
    procedure_objections = models.PositiveSmallIntegerField(
        _("objections to the procedure that move a decision to a meeting"), default=1
    )
    awaiting = models.CharField(_("members awaiting instructions"), max_length=10, choices=Awaiting, default="extend")
    extension_days = models.PositiveSmallIntegerField(_("length of an extension, in days"), default=7)

    objects = Manager["Rules"]()

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_call_lasts_two_weeks", condition=Q(days__gte=14)),
            models.CheckConstraint(name="a_silence_procedure_lasts_three_days", condition=Q(decision_days__gte=3)),
            models.CheckConstraint(
                name="an_objection_can_stop_a_decision", condition=Q(objections__gte=1, procedure_objections__gte=1)
            ),
            models.CheckConstraint(name="an_extension_lasts_a_day", condition=Q(extension_days__gte=1)),
        ]

    def __str__(self) -> str:
        return self.silence


class CallQuerySet(models.QuerySet["Call"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(build_readable_text_condition(viewer))


class Call(models.Model):
    """A call for consensus. An objection that changes the substance restarts it: another call takes its place."""

    class Outcome(models.TextChoices):
        CONSENSUS = "consensus", _("consensus")
        WITH_DISSENT = "with-dissent", _("agreed, with remaining objections")
        NO_CONSENSUS = "no-consensus", _("no consensus")
        RESTARTED = "restarted", _("restarted")
        TO_MEETING = "to-meeting", _("moved to a meeting")

    text = models.ForeignKey(Text, models.CASCADE, related_name="calls")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="calls")
    silence = models.CharField(max_length=10, choices=Rules.Silence)  # as the rules were when it began
    rules = models.JSONField(default=dict, blank=True)  # those for decisions, likewise: see `procedure.py`
    opens_at = models.DateTimeField(default=timezone.now)
    closes_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    extended_at = models.DateTimeField(null=True, blank=True)  # once, for members who awaited instructions
    outcome = models.CharField(max_length=15, choices=Outcome, blank=True)
    reason = models.TextField(blank=True)
    declared_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    declared_at = models.DateTimeField(null=True, blank=True)
    # Why it was called while inputs to an earlier consultation had no answer yet.
    although = models.TextField(blank=True)
    restarts = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="restarted_as")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = Manager.from_queryset(CallQuerySet)()

    class Meta:
        ordering = ["-opens_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="a_call_closes_after_it_opens", condition=Q(closes_at__gt=F("opens_at"))),
            models.CheckConstraint(
                name="an_outcome_has_its_reason",
                condition=Q(outcome="", declared_at__isnull=True) | (Q(declared_at__isnull=False) & ~Q(reason="")),
            ),
            models.UniqueConstraint(fields=["text"], condition=Q(outcome=""), name="one_call_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.text_id}, {self.revision_id}"

    def get_outcome_label(self, outcome: str) -> str | Promise:
        """Return an outcome in words: a decision is adopted or not."""
        return (self.text.is_decision and DECISION_NAME_BY_OUTCOME.get(outcome)) or self.Outcome(outcome).label

    @property
    def call_outcome_label(self) -> str | Promise:
        return self.get_outcome_label(self.outcome) if self.outcome else ""

    @property
    def is_open(self) -> bool:
        return not self.outcome and self.opens_at <= timezone.now() < self.closes_at

    @property
    def last_day(self) -> date:
        """On which a position can be taken: it closes as the next one begins."""
        return timezone.localdate(self.closes_at - timedelta(seconds=1))

    @property
    def is_over(self) -> bool:
        return bool(self.outcome) or timezone.now() >= self.closes_at

    @property
    def was_declared_early(self) -> bool:
        return self.declared_at is not None and self.declared_at < self.closes_at

    def erase_texts(self) -> None:
        gone = gettext("permanently deleted")
        self.positions.exclude(reason="").update(reason=gone)
        Call.objects.filter(pk=self.pk).exclude(reason="").update(reason=gone)
        Call.objects.filter(pk=self.pk).exclude(although="").update(although=gone)
        self.holds.exclude(reason="").update(reason=gone)
        self.holds.exclude(clarification="").update(clarification=gone)


DECISION_NAME_BY_OUTCOME: dict[str, Promise] = {
    Call.Outcome.CONSENSUS: _("adopted without objection"),
    Call.Outcome.WITH_DISSENT: _("adopted, with dissenting statements"),
    Call.Outcome.NO_CONSENSUS: _("not adopted"),
}


class Hold(models.Model):
    """Why a call has no result yet: an objection was raised elsewhere, and a coordinator has to clarify it first."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="holds")
    post = models.ForeignKey(ListPost, models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")  # None: by the mailing list
    at = models.DateTimeField(default=timezone.now)
    clarification = models.TextField(_("clarification"), blank=True)
    clarified_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    clarified_at = models.DateTimeField(null=True, blank=True)

    objects = Manager["Hold"]()

    class Meta:
        ordering = ["call", "at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "post"], name="a_post_holds_a_call_once"),
            models.CheckConstraint(
                name="a_clarified_hold_says_how",
                condition=Q(clarified_at__isnull=True, clarification="")
                | (Q(clarified_at__isnull=False) & ~Q(clarification="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id}, {self.at:%Y-%m-%d}"


class Position(models.Model):
    """What a member says to a call. A later row of the same member takes the place of this one.

    A member in their own right has no organisation: `person` is the member.
    """

    class Stance(models.TextChoices):
        SUPPORT = "support", _("supports")
        RESERVATION = "reservation", _("supports with a reservation")
        OBJECT = "object", _("objects")
        AMENDMENT = "amendment", _("proposes an amendment")
        PROCEDURE = "procedure", _("objects to deciding in writing")
        ASIDE = "aside", _("stands aside")
        AWAITING = "awaiting", _("awaits instructions")

    call = models.ForeignKey(Call, models.CASCADE, related_name="positions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    capacity = models.ForeignKey(Capacity, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    stance = models.CharField(max_length=15, choices=Stance)
    clause = models.ForeignKey(Clause, models.SET_NULL, null=True, blank=True, related_name="+")  # which it is about
    reason = models.TextField(blank=True)
    stands = models.BooleanField(default=True)
    at = models.DateTimeField(default=timezone.now)

    objects = Manager["Position"]()

    # Of two organisations that were one, both positions stay readable, and that of the row that stays stands.
    GIVES_WAY: ClassVar[dict[str, bool]] = {"stands": False}

    class Meta:
        ordering = ["call", "at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "organisation"], condition=Q(stands=True), name="one_position_of_an_organisation_stands"
            ),
            models.UniqueConstraint(
                fields=["call", "person"],
                condition=Q(stands=True, organisation__isnull=True),
                name="one_position_of_a_member_in_their_own_right_stands",
            ),
            models.CheckConstraint(
                name="an_objection_has_its_reason",
                condition=~Q(stance__in=["object", "reservation", "amendment", "procedure"]) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.stance

    @property
    def member(self) -> tuple[int | None, int | None]:
        """Whose position it is: an organisation's, or that of a person in their own right."""
        return (self.organisation_id, None) if self.organisation_id else (None, self.person_id)


class EditionQuerySet(models.QuerySet["Edition"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(build_readable_text_condition(viewer))


class Edition(models.Model):
    """A revision that was published, under a number that people cite: 1.0, 1.1."""

    text = models.ForeignKey(Text, models.CASCADE, related_name="editions")
    revision = models.OneToOneField(Revision, models.PROTECT, related_name="edition")
    major = models.PositiveSmallIntegerField()
    minor = models.PositiveSmallIntegerField()
    errata = models.TextField(_("changes since the previous version"), blank=True)
    call = models.ForeignKey(Call, models.PROTECT, null=True, blank=True, related_name="editions")
    without_call = models.TextField(blank=True)  # why nobody was asked to agree, or to this revision of it
    item = models.ForeignKey(Record, models.SET_NULL, null=True, related_name="+")  # where it stands in the library
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = Manager.from_queryset(EditionQuerySet)()

    class Meta:
        ordering = ["text", "-major", "-minor"]
        constraints = [
            models.UniqueConstraint(fields=["text", "major", "minor"], name="an_edition_has_its_number_alone"),
            models.CheckConstraint(
                name="an_edition_was_agreed_or_says_why_not", condition=Q(call__isnull=False) | ~Q(without_call="")
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return f"{self.major}.{self.minor}"

    def get_absolute_url(self) -> str:
        return reverse("drafting:edition_detail", args=[self.text.coalition.slug, self.text_id, self.major, self.minor])

    def erase_texts(self) -> None:
        gone = gettext("permanently deleted")
        Edition.objects.filter(pk=self.pk).exclude(errata="").update(errata=gone)
        Edition.objects.filter(pk=self.pk).exclude(without_call="").update(without_call=gone)


class Term(models.Model):
    """A word of the coalition's glossary, which its texts share."""

    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="terms")
    name = models.CharField(_("term"), max_length=120)
    language = models.CharField(_("language"), max_length=35, default="en")
    meaning = models.TextField(_("definition"))
    source = models.CharField(_("source of the definition"), max_length=300, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = Manager["Term"]()

    class Meta:
        ordering = ["name", "language"]
        constraints = [
            models.UniqueConstraint("coalition", "language", Lower("name"), name="a_term_is_unique_in_any_case"),
        ]

    def __str__(self) -> str:
        return self.name
