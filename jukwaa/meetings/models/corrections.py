"""Corrections of minutes that members ask for, with what was decided on each, and errata of approved minutes."""

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Capacity, Role
from jukwaa.core.db import Manager, build_display_method
from jukwaa.drafting.models import Input
from jukwaa.meetings.models.entries import Entry
from jukwaa.meetings.models.live import Minutes
from jukwaa.meetings.models.meetings import Meeting

CORRECTION_DISPOSITIONS = (Input.Answer.ACCEPTED, Input.Answer.IN_PART, Input.Answer.NOT_ACCEPTED)


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def open(self) -> Self:
        return self.filter(disposition="")

    def erase(self) -> None:
        """Delete them with the capacities in which they were submitted."""
        capacities = list(self.values_list("capacity", flat=True))
        self.delete()
        Capacity.objects.filter(pk__in=capacities).delete()


class Correction(models.Model):
    """An input on the minutes, about one entry or about all of them, and its disposition.

    It uses the terms of inputs on texts (`drafting.Input`), which hang on a consultation about a revision of a text:
    minutes have neither. One that comes after the approval is a proposal for an erratum.
    """

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="corrections")
    entry = models.ForeignKey(Entry, models.CASCADE, null=True, blank=True, related_name="corrections")
    entry_version = models.PositiveIntegerField(null=True, blank=True)  # which its author had before them
    body = models.TextField(_("correction"))
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    capacity = models.ForeignKey(Capacity, models.PROTECT, related_name="+")
    came = models.CharField(max_length=10, choices=Input.Came, default=Input.Came.WEB)
    token = models.UUIDField(default=uuid.uuid4, unique=True)  # of the form or the email: sent twice, it is kept once
    at = models.DateTimeField(default=timezone.now)
    is_late = models.BooleanField(default=False)  # after the approval

    disposition = models.CharField(
        max_length=15, choices=[(each.value, each.label) for each in CORRECTION_DISPOSITIONS], blank=True
    )
    reason = models.TextField(_("reason"), blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = Manager.from_queryset(CorrectionQuerySet)()

    get_disposition_display = build_display_method("disposition", Input.Answer)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_decided_correction_has_its_reason",
                condition=Q(disposition="", decided_at__isnull=True)
                | (~Q(disposition="") & ~Q(reason="") & Q(decided_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.body[:60]

    @property
    def day(self) -> date:
        return timezone.localdate(self.at)

    @property
    def is_open(self) -> bool:
        return not self.disposition

    @property
    def is_anonymous(self) -> bool:
        """About an entry under the Chatham House Rule: whoever corrects it may be whoever said it."""
        return self.entry is not None and self.entry.is_chatham


class Erratum(models.Model):
    """A visible correction of approved minutes, whose entries stay as they were approved."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="errata")
    entry = models.ForeignKey(Entry, models.CASCADE, null=True, blank=True, related_name="errata")
    text = models.TextField(_("text"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=20, choices=Role.Kind)  # in which they added it
    correction = models.OneToOneField(Correction, models.SET_NULL, null=True, blank=True, related_name="erratum")
    at = models.DateTimeField(default=timezone.now)

    objects = Manager["Erratum"]()

    get_role_display = build_display_method("role", Role.Kind)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name_plural = "errata"

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def day(self) -> date:
        return timezone.localdate(self.at)
