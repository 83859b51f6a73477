"""A Word file that came back, between the upload and the moment when somebody has looked at what becomes of it."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.db import Manager
from jukwaa.drafting.models.consultations import Consultation, build_readable_text_condition
from jukwaa.drafting.models.texts import Revision, Text

RETURNED_FILE_RETENTION = timedelta(days=14)


def its_end() -> datetime:
    return timezone.now() + RETURNED_FILE_RETENTION


class ReturnedQuerySet(models.QuerySet["Returned"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Nobody but who brought it sees it before it is entered."""
        if not viewer.is_authenticated:
            return self.none()
        return self.filter(build_readable_text_condition(viewer), by=viewer)

    def waiting(self) -> Self:
        return self.filter(entered_at__isnull=True, expires_at__gt=timezone.now())


class Returned(models.Model):
    """What was found in the file, as inputs to be. The file itself is not kept."""

    text = models.ForeignKey(Text, models.CASCADE, related_name="returned")
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="returned")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")  # which the file was made from
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    # Whom it is logged for, by a drafter; empty where `by` speaks, for the organisation or on their own.
    said_by = models.CharField(_("who sent the file"), max_length=200, blank=True)
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)  # of the file: the same one again is known
    findings = models.JSONField(default=list, blank=True)
    facts = models.JSONField(default=dict, blank=True)  # about the file as a whole
    token = models.UUIDField(default=uuid.uuid4, unique=True)
    at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=its_end)
    entered_at = models.DateTimeField(null=True, blank=True)

    objects = Manager.from_queryset(ReturnedQuerySet)()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "by", "digest"], name="a_file_comes_back_once"),
            models.CheckConstraint(
                name="what_was_entered_is_kept_in_the_inputs", condition=Q(entered_at__isnull=True) | Q(findings=[])
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse(
            "drafting:returned_detail",
            args=[self.text.coalition.slug, self.text_id, self.consultation_id, self.token],
        )
