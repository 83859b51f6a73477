"""What came in by mail and waits: for whoever wrote it to confirm that, or to be made a record."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition, Membership
from jukwaa.core.db import Manager
from jukwaa.mail.models import ReplyAddress
from jukwaa.places.regions import StakeholderGroup
from jukwaa.records.models import Record

PENDING_MAIL_RETENTION = timedelta(days=14)


def _in_two_weeks() -> datetime:
    return timezone.now() + PENDING_MAIL_RETENTION


class PendingMailQuerySet(models.QuerySet["PendingMail"]):
    def waiting(self) -> Self:
        return self.filter(done_at=None, expires_at__gt=timezone.now())


class PendingMail(models.Model):
    """A mail whose sender we can't be sure of. Nothing is done with it until they confirm it on the web."""

    class Kind(models.TextChoices):
        APPLY = "apply", _("an application")
        LEAVE = "leave", _("ending a membership")
        REPLY = "reply", _("a reply to a question")

    kind = models.CharField(max_length=10, choices=Kind)
    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="+")
    address = models.EmailField(max_length=254)  # to which the link went
    name = models.CharField(max_length=120, blank=True)
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    record = models.ForeignKey(Record, models.CASCADE, null=True, blank=True, related_name="+")
    # What a reply is about, as the subject of its reply address says: "call:7".
    question = models.CharField(max_length=200, blank=True)
    # Which email it replies to: only its owner can confirm it.
    reply = models.ForeignKey(ReplyAddress, models.CASCADE, null=True, blank=True, related_name="+")
    subject = models.CharField(max_length=250, blank=True)
    membership = models.ForeignKey(Membership, models.CASCADE, null=True, blank=True, related_name="+")
    organisation = models.CharField(max_length=200, blank=True)  # that an application is for, as it was written
    country = models.CharField(max_length=2, blank=True)
    stakeholder_group = models.CharField(max_length=30, choices=StakeholderGroup, blank=True)
    position = models.CharField(max_length=120, blank=True)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=35, blank=True)
    came_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=_in_two_weeks, db_index=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = Manager.from_queryset(PendingMailQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="what_waits_says_what_it_is_about",
                condition=(Q(kind="reply", record__isnull=False, person__isnull=False) & ~Q(question=""))
                | Q(kind="leave", membership__isnull=False, person__isnull=False)
                | Q(kind="apply"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.came_at:%Y-%m-%d}"
