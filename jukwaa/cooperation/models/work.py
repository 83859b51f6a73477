"""Joint work: what organisations agree to do together, what they signed, and what happened."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Capacity, Organisation
from jukwaa.core.db import Manager
from jukwaa.records.models import Record
from jukwaa.records.models.record import RecordQuerySet

JOINT_WORK_KIND = "joint-work"


class JointWorkQuerySet(RecordQuerySet["JointWork"]):
    pass


class JointWork(Record):
    """What several organisations do together. Its charter says why, and what is delivered; its page what happened."""

    class Stage(models.TextChoices):
        AGREEING = "agreeing", _("being agreed")
        UNDER_WAY = "under-way", _("under way")
        ENDED = "ended", _("ended")
        GIVEN_UP = "given-up", _("given up")

    stage = models.CharField(max_length=10, choices=Stage, default=Stage.AGREEING)
    starts_on: models.DateField[date | None, date | None] = models.DateField(_("start date"), null=True, blank=True)
    ends_on: models.DateField[date | None, date | None] = models.DateField(_("end date"), null=True, blank=True)
    ended_because = models.TextField(blank=True)
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = Manager.from_queryset(JointWorkQuerySet)()  # type: ignore[assignment,misc]  # narrows the parent's

    VERSIONED: ClassVar[tuple[str, ...]] = (*Record.VERSIONED, "starts_on", "ends_on")
    CHANGES_UNVERSIONED: ClassVar[tuple[str, ...]] = (
        "starts_on",
        "ends_on",
    )  # when its charter is signed, when it ends

    def charter_in_force(self) -> "Charter | None":
        return self.charters.filter(in_force_since__isnull=False).order_by("-number").first()

    def iter_passages(self) -> Iterator[tuple[str, str]]:
        yield from super().iter_passages()
        if (charter := self.charter_in_force()) is not None:
            yield from (("charter", answer) for answer in charter.answers.values() if isinstance(answer, str))
        yield from ((done.anchor, done.what) for done in self.deliverables.all())
        yield from ((told.anchor, told.words) for told in self.updates.all())

    def erase_texts(self) -> None:
        gone = gettext("deleted permanently")
        self.charters.update(answers={}, text="", why_changed="")
        self.parties.update(part="")
        self.parties.exclude(left_because="").update(left_because=gone)
        self.deliverables.update(what=gone, note="")
        self.updates.update(words=gone)
        for deliverable in self.deliverables.all():
            deliverable.reports.exclude(words="").update(words=gone)
        for outcome in self.outcomes.all():
            outcome.figures.exclude(source="").update(source=gone)
        self.outcomes.update(what=gone, indicator="", unit="")
        if self.ended_because:
            self.ended_because = gone


class Party(models.Model):
    """An organisation that takes part, from when it was asked to until it leaves.

    Where two parties turn out to be one organisation, both rows stay: what each signed is history.
    """

    work = models.ForeignKey(JointWork, models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    # What it was on the day on which it was asked: its name, its stakeholder group, its country and regional group.
    capacity = models.ForeignKey(Capacity, models.PROTECT, related_name="+")
    part = models.CharField(_("contribution"), max_length=300, blank=True)
    must_sign = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)
    left_because = models.TextField(blank=True)

    objects = Manager["Party"]()

    class Meta:
        ordering = ["work", "pk"]
        verbose_name_plural = "parties"
        constraints = [
            models.CheckConstraint(name="who_leaves_says_why", condition=Q(left_at__isnull=True) | ~Q(left_because="")),
        ]

    def __str__(self) -> str:
        return self.capacity.name


class Charter(models.Model):
    """What is agreed on, as one text under one number: the first, then each amendment. A signature is on its digest.

    `form` names a file of `data/charters/`; `answers` are by the names of its questions. `text` is what is signed, kept
    from when it is proposed: it comes into force when all who must sign have. Whoever wants it otherwise takes it back,
    and goes on with a copy under the next number.
    """

    work = models.ForeignKey(JointWork, models.CASCADE, related_name="charters")
    number = models.PositiveSmallIntegerField(default=1)
    form = models.CharField(max_length=40)
    answers = models.JSONField(default=dict)
    text = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    why_changed = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)
    proposed_at = models.DateTimeField(null=True, blank=True)
    in_force_since = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = Manager["Charter"]()

    class Meta:
        ordering = ["work", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["work", "number"], name="a_charter_has_its_number_alone"),
            models.UniqueConstraint(
                fields=["work"],
                condition=Q(in_force_since__isnull=True, dropped_at__isnull=True),
                name="one_charter_is_signed_at_a_time",
            ),
            models.CheckConstraint(
                name="a_charter_is_proposed_as_a_text", condition=Q(proposed_at__isnull=True) | ~Q(digest="")
            ),
            models.CheckConstraint(
                name="what_is_in_force_was_proposed",
                condition=Q(in_force_since__isnull=True) | Q(proposed_at__isnull=False, dropped_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.work_id}, {self.number}"

    @property
    def is_being_written(self) -> bool:
        return self.proposed_at is None and self.dropped_at is None

    @property
    def is_being_signed(self) -> bool:
        return self.proposed_at is not None and self.in_force_since is None and self.dropped_at is None


class Signature(models.Model):
    """A party confirms the charter through whoever may speak for it that day; `digest` is of the very text it read."""

    charter = models.ForeignKey(Charter, models.CASCADE, related_name="signatures")
    party = models.ForeignKey(Party, models.CASCADE, related_name="signatures")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    capacity = models.ForeignKey(Capacity, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    objects = Manager["Signature"]()

    class Meta:
        ordering = ["charter", "at", "pk"]
        constraints = [models.UniqueConstraint(fields=["charter", "party"], name="a_party_signs_a_charter_once")]

    def __str__(self) -> str:
        return f"{self.charter_id}, {self.party_id}"


class Deliverable(models.Model):
    """What a party delivers, and when it said it would. What became of it is in its reports."""

    class State(models.TextChoices):
        # Translators: status of a deliverable
        PROMISED = "promised", _("promised")
        UNDER_WAY = "under-way", _("under way")
        DELAYED = "delayed", _("delayed")
        DELIVERED = "delivered", _("delivered")
        # Translators: status of a deliverable that will not be delivered
        DROPPED = "dropped", _("dropped")

    work = models.ForeignKey(JointWork, models.CASCADE, related_name="deliverables")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="deliverables")  # None: all together
    what = models.CharField(_("deliverable"), max_length=300)
    promised_for: models.DateField[date, date] = models.DateField(_("due date"))
    first_promised_for: models.DateField[date, date] = models.DateField()  # whatever amendments have made of it since
    state = models.CharField(max_length=10, choices=State, default=State.PROMISED)
    expected_on: models.DateField[date | None, date | None] = models.DateField(null=True, blank=True)
    delivered_on: models.DateField[date | None, date | None] = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    objects = Manager["Deliverable"]()

    class Meta:
        ordering = ["work", "promised_for", "pk"]

    def __str__(self) -> str:
        return self.what

    @property
    def anchor(self) -> str:
        return f"d{self.pk}"


class DeliverableReport(models.Model):
    """What a party tells of a deliverable: its state, why, and what shows it. Never overwritten."""

    deliverable = models.ForeignKey(Deliverable, models.CASCADE, related_name="reports")
    state = models.CharField(max_length=10, choices=Deliverable.State)
    words = models.TextField(blank=True)
    expected_on: models.DateField[date | None, date | None] = models.DateField(null=True, blank=True)
    evidence = models.ForeignKey(Record, models.SET_NULL, null=True, blank=True, related_name="+")
    # None where nobody reported, but an amendment took it out.
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    capacity = models.ForeignKey(Capacity, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = Manager["DeliverableReport"]()

    class Meta:
        ordering = ["deliverable", "at", "pk"]

    def __str__(self) -> str:
        return self.state


class Outcome(models.Model):
    """What is to change, and by which figure one will know. The baseline may be zero, or not known."""

    work = models.ForeignKey(JointWork, models.CASCADE, related_name="outcomes")
    what = models.CharField(_("intended change"), max_length=300)
    indicator = models.CharField(_("indicator"), max_length=300, blank=True)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    baseline: models.DecimalField[Decimal | None, Decimal | None] = models.DecimalField(
        max_digits=16, decimal_places=2, null=True, blank=True
    )
    target: models.DecimalField[Decimal | None, Decimal | None] = models.DecimalField(
        max_digits=16, decimal_places=2, null=True, blank=True
    )

    objects = Manager["Outcome"]()

    class Meta:
        ordering = ["work", "pk"]

    def __str__(self) -> str:
        return self.what


class Figure(models.Model):
    """What the indicator showed on a day, and where that is from. One that is mended stays readable."""

    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="figures")
    on: models.DateField[date, date] = models.DateField(_("date"))
    value: models.DecimalField[Decimal, Decimal] = models.DecimalField(max_digits=16, decimal_places=2)
    source = models.CharField(pgettext_lazy("of a figure", "source"), max_length=300)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    stands = models.BooleanField(default=True)

    objects = Manager["Figure"]()

    class Meta:
        ordering = ["outcome", "on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["outcome", "on"], condition=Q(stands=True), name="one_figure_of_a_day_stands"
            )
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.value}"


class Update(models.Model):
    """What a party tells of the work as a whole."""

    work = models.ForeignKey(JointWork, models.CASCADE, related_name="updates")
    words = models.TextField(_("what happened"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    capacity = models.ForeignKey(Capacity, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = Manager["Update"]()

    class Meta:
        ordering = ["work", "-at", "-pk"]

    def __str__(self) -> str:
        return self.words[:60]

    @property
    def anchor(self) -> str:
        return f"u{self.pk}"
