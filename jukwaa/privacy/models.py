"""What a coalition does about personal data: requests of people, notices to them, and what they agreed to."""

import uuid
from datetime import date
from typing import Self

from dateutil.relativedelta import relativedelta
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition, Role
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.consents import ConsentKind
from jukwaa.core.db import Manager
from jukwaa.records.models import Record

DATA_REQUEST_ANSWER_PERIOD = relativedelta(months=1)  # GDPR, Article 12 (3)
DATA_REQUEST_ANSWERING_ROLES = (Role.Kind.COORDINATOR, Role.Kind.SAFEGUARDING_LEAD)


def get_due_day() -> date:
    due: date = timezone.localdate() + DATA_REQUEST_ANSWER_PERIOD
    return due


class DataRequestQuerySet(models.QuerySet["DataRequest"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The person who asked; and once it is confirmed, the coordinators and safeguarding leads."""
        if not viewer.is_authenticated:
            return self.none()
        held = Role.objects.held_by(viewer).filter(
            coalition=OuterRef("coalition"), kind__in=DATA_REQUEST_ANSWERING_ROLES
        )
        confirmed = ~Q(state=DataRequest.State.UNCONFIRMED)
        return self.filter(Q(requester=viewer) | (confirmed & Exists(held)))

    def of(self, coalition: Coalition) -> Self:
        return self.filter(coalition=coalition)

    def waiting(self) -> Self:
        return self.filter(state=DataRequest.State.ASKED)

    def pending_redactions(self) -> Self:
        """Names that are still to be removed from a record."""
        granted = self.filter(state=DataRequest.State.GRANTED, kind=DataRequest.Kind.REDACTION)
        return granted.filter(record__isnull=False, done_at=None)


class DataRequest(models.Model):
    """A visitor confirms the request by a link in an email; until then nobody else sees it."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", pgettext_lazy("of personal data", "Correction")
        REDACTION = "redaction", _("Removal of a name")

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("not confirmed yet")
        ASKED = "asked", _("waiting for an answer")
        GRANTED = "granted", _("granted")
        DECLINED = "declined", pgettext_lazy("a request", "declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("a request", "withdrawn")

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="data_requests")
    kind = models.CharField(max_length=12, choices=Kind)
    record = models.ForeignKey(Record, models.PROTECT, null=True, blank=True, related_name="+")
    requester = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    email = models.EmailField(blank=True)  # of a visitor
    language = models.CharField(max_length=35, default="en")  # in which a visitor is answered
    name = models.CharField(max_length=200)  # as it is written in the record
    words = models.TextField()
    token = models.UUIDField(
        default=uuid.uuid4, unique=True
    )  # of the form; and it names the request in a visitor's link
    state = models.CharField(max_length=12, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField(default=get_due_day)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)  # when the name was removed

    objects = Manager.from_queryset(DataRequestQuerySet)()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["coalition", "state", "due_on"], name="requests_of_coalition")]
        constraints = [
            models.CheckConstraint(
                name="a_decision_on_a_request_has_a_date_and_a_reason",
                condition=Q(state__in=["granted", "declined"], decided_at__isnull=False) & ~Q(reason="")
                | (~Q(state__in=["granted", "declined"]) & Q(decided_at__isnull=True, reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.asked_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        return self.state in {self.State.UNCONFIRMED, self.State.ASKED}

    @property
    def is_granted_redaction(self) -> bool:
        return self.state == self.State.GRANTED and self.kind == self.Kind.REDACTION

    @property
    def was_redacted_since(self) -> bool:
        """As after an older backup was restored, or for another request about the same name."""
        at = self.record.redacted_at if self.record else None
        return at is not None and at > self.asked_at

    @property
    def is_redaction_pending(self) -> bool:
        return self.is_granted_redaction and self.record_id is not None and self.done_at is None


class Notice(models.Model):
    """What the coordinators write for a notice, in one language; all else is generated from the registry."""

    class Kind(models.TextChoices):
        PRIVACY = "privacy", _("Privacy notice")
        IMPRINT = "imprint", _("Imprint")

    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=10, choices=Kind)
    language = models.CharField(max_length=35)
    responsible = models.TextField()
    contact = models.TextField()
    officer = models.TextField(blank=True)  # the data protection officer
    authority = models.TextField(blank=True)  # the supervisory authority that takes complaints
    extra = models.TextField(blank=True)

    objects = Manager["Notice"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["coalition", "kind", "language"], name="one_notice_of_a_kind_and_language")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.language})"

    def get_absolute_url(self) -> str:
        return reverse("notices:notice_detail", args=[self.coalition.slug, self.kind])


class NoticeVersion(models.Model):
    """A notice in full, as it was shown from then on. `facts` tells whether what is done with data has changed."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="versions")
    text = models.TextField()  # Markdown
    facts = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")  # None: a new release

    objects = Manager["NoticeVersion"]()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.notice}, {self.at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        notice = self.notice
        return reverse("notices:notice_version", args=[notice.coalition.slug, notice.kind, self.pk])


class Consent(models.Model):
    """What a person agreed to, with the text that was shown; it holds until it is withdrawn."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    coalition = models.ForeignKey(Coalition, models.CASCADE, null=True, blank=True, related_name="+")  # None: all
    kind = models.CharField(max_length=16, choices=ConsentKind)
    text = models.TextField()
    notice_version = models.ForeignKey(NoticeVersion, models.SET_NULL, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = Manager["Consent"]()

    class Meta:
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "coalition", "kind"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_consent_of_a_kind_holds",
            ),
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(withdrawn_at__isnull=True, coalition__isnull=True),
                name="one_consent_for_all_coalitions_holds",
            ),
            models.CheckConstraint(name="a_consent_keeps_what_was_shown", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.given_at:%Y-%m-%d}"
