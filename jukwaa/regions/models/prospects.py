"""Somebody to be invited: an organisation and a role in it. Whom the letter goes to, the introducer alone knows.

A prospect is no record: no index, feed, file, archive or mail to others knows of it.
"""

import uuid
from datetime import date, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import AreaOfWork, Capacity, Coalition, Membership, Organisation, Role
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.db import Manager
from jukwaa.places.regions import UN_REGIONAL_GROUPS, StakeholderGroup
from jukwaa.records.models import Authorship
from jukwaa.regions.models.outreach import Outreach, format_place_name
from jukwaa.regions.signals import prospect_erased

PROSPECT_RETENTION_WITHOUT_PLAN = timedelta(
    days=365
)  # since it was noted: whom nobody reached within a year is not waited for
ACCEPTED_PROSPECT_RETENTION = timedelta(days=365)  # since the answer: by then they have joined, or nobody wrote
PROSPECT_LEAD_ROLES = (Role.Kind.COORDINATOR, Role.Kind.CHAIR)


class ProspectQuerySet(models.QuerySet["Prospect"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Whoever introduces, who wrote the plan, and those who run the coalition: as long as they are in it."""
        if not viewer.is_authenticated:
            return self.none()
        held = Role.objects.held_by(viewer).filter(coalition=OuterRef("coalition"))
        seats = Membership.objects.seats_of(viewer).filter(coalition=OuterRef("coalition"))
        wrote = Authorship.objects.filter(record=OuterRef("outreach"), person=viewer)
        inside = Exists(held) | Exists(seats)
        return self.filter(
            Exists(held.filter(kind__in=PROSPECT_LEAD_ROLES)) | (inside & (Q(introducer=viewer) | Exists(wrote)))
        )

    def of(self, coalition: Coalition) -> Self:
        return self.filter(coalition=coalition)

    def open(self) -> Self:
        """Those of whom an answer is still hoped for."""
        return self.filter(state__in=Prospect.OPEN)

    def due_for_erasure(self, today: date) -> Self:
        """What was not answered by its day; and of a yes what nobody needs any more."""
        noted = Q(outreach__isnull=True, at__date__lt=today - PROSPECT_RETENTION_WITHOUT_PLAN)
        unanswered = Q(outreach__forget_on__lt=today) | noted
        old = Q(state=Prospect.State.YES, answered_on__lt=today - ACCEPTED_PROSPECT_RETENTION)
        return self.filter((~Q(state=Prospect.State.YES) & unanswered) | old)


class Prospect(models.Model):
    class State(models.TextChoices):
        NOTED = "noted", _("letter to be sent")
        SENT = "sent", _("sent, no answer yet")
        REMINDED = "reminded", _("reminder sent, no answer yet")
        YES = "yes", _("answered “yes”")
        NOT_NOW = "not-now", _("answered “not now”")
        CLOSED = "closed", _("closed without an answer")

    OPEN: ClassVar[tuple[State, ...]] = (State.NOTED, State.SENT, State.REMINDED)

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # what the link is made of
    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="+")
    # What it is for: a plan, or a gap, which is an area of work and a regional group.
    outreach = models.ForeignKey(Outreach, models.CASCADE, null=True, blank=True, related_name="prospects")
    area = models.ForeignKey(AreaOfWork, models.SET_NULL, null=True, blank=True, related_name="+")
    region = models.CharField(
        max_length=20, blank=True, choices=[(each.value, each.label) for each in UN_REGIONAL_GROUPS]
    )
    name = models.CharField(_("organisation"), max_length=200)
    folded = models.CharField(max_length=250, editable=False)  # see `marks.folded`
    country = models.CharField(_("country"), max_length=2, blank=True)
    stakeholder_group = models.CharField(
        _("stakeholder group"), max_length=25, choices=StakeholderGroup, default=StakeholderGroup.UNKNOWN
    )
    role = models.CharField(_("role of the recipient"), max_length=120)  # never a name
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+")
    introducer = models.ForeignKey(Person, models.PROTECT, related_name="+")
    capacity = models.ForeignKey(Capacity, models.PROTECT, related_name="+")
    language = models.CharField(_("language of the letter"), max_length=35, default="en")
    why = models.TextField(_("reason for writing"), blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.NOTED)
    at = models.DateTimeField(default=timezone.now)
    sent_on: models.DateField[date | None, date | None] = models.DateField(null=True, blank=True)
    reminded_on: models.DateField[date | None, date | None] = models.DateField(null=True, blank=True)
    answered_on: models.DateField[date | None, date | None] = models.DateField(null=True, blank=True)
    # Given by the person themselves, on the page that the link opens.
    contact_name = models.CharField(_("your name"), max_length=200, blank=True)
    contact_address = models.EmailField(_("your email address"), blank=True)
    written_on: models.DateField[date | None, date | None] = models.DateField(null=True, blank=True)
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = Manager.from_queryset(ProspectQuerySet)()

    class Meta:
        ordering = [Lower("name"), "pk"]
        constraints = [
            models.CheckConstraint(
                name="no_contact_without_a_yes",
                condition=Q(contact_name="", contact_address="") | Q(state="yes", answered_on__isnull=False),
            ),
            models.CheckConstraint(
                name="whoever_is_reminded_was_written_to",
                condition=Q(reminded_on__isnull=True) | Q(sent_on__isnull=False),
            ),
            models.UniqueConstraint(fields=["coalition", "folded", "country"], name="a_prospect_is_noted_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def has_said_yes(self) -> bool:
        return self.state == self.State.YES

    @property
    def place(self) -> str:
        return format_place_name(self.country)

    @property
    def gap_name(self) -> str:
        return format_place_name("", self.region) if self.region else ""

    @property
    def forget_on(self) -> date:
        """After this day it is erased."""
        if self.has_said_yes:
            return (self.answered_on or timezone.localdate()) + ACCEPTED_PROSPECT_RETENTION
        return self.outreach.forget_on if self.outreach else (self.at + PROSPECT_RETENTION_WITHOUT_PLAN).date()

    def erase(self) -> None:
        """Gone, with what the introducer was when it was noted, and with our mails about it. Part of an action."""
        capacity, pk = self.capacity, self.pk
        self.delete()
        capacity.delete()
        prospect_erased.send(Prospect, pk=pk)


class Acquaintance(models.Model):
    """Somebody who sees a prospect and knows somebody there, as they say."""

    prospect = models.ForeignKey(Prospect, models.CASCADE, related_name="acquaintances")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = Manager["Acquaintance"]()

    class Meta:
        ordering = ["prospect", "at", "pk"]
        constraints = [models.UniqueConstraint(fields=["prospect", "person"], name="one_knows_somebody_there_once")]

    def __str__(self) -> str:
        return str(self.person)


class AnswerLink(models.Model):
    """The link in a letter, by its digest. `links.py` says how it is made.

    `sealed` holds what a "never again" leaves, and only the link opens it: once its prospect is erased, neither whoever
    has the database nor whoever has the server's key as well can tell whom the letter was for.
    """

    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="+")
    prospect = models.ForeignKey(Prospect, models.SET_NULL, null=True, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    sealed = models.TextField()
    ends_on: models.DateField[date, date] = models.DateField(db_index=True)

    objects = Manager["AnswerLink"]()

    def __str__(self) -> str:
        return self.digest


class NeverAgain(models.Model):
    """Somebody asked never to be written to again: a keyed digest of what they are called, and nothing else."""

    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=40)

    objects = Manager["NeverAgain"]()

    class Meta:
        verbose_name_plural = "never again"
        constraints = [models.UniqueConstraint(fields=["coalition", "digest"], name="never_again_is_kept_once")]

    def __str__(self) -> str:
        return self.digest
