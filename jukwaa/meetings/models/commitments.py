"""The history of commitments: who changed what, and when."""

from typing import Final

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Capacity
from jukwaa.core.db import Manager, build_display_method
from jukwaa.meetings.models.entries import Commitment
from jukwaa.meetings.models.meetings import Meeting


class CommitmentChange(models.Model):
    """One change of a commitment: `before` and `after` are statuses, ISO dates, or the name of a proposed owner.

    Who made it is for members; so is every event that is not in `PUBLIC`.
    """

    class Event(models.TextChoices):
        STATUS = "status", _("Status changed")
        DUE = "due", _("Due date changed")
        PROPOSED = "proposed", _("Owner asked to confirm")
        CONFIRMED = "confirmed", _("Owner confirmed")
        DECLINED = "declined", _("Declined by the owner")
        TAKEN_OVER = "taken-over", _("Taken over")
        RESPONSIBLE = "responsible", _("Person responsible changed")
        CARRIED = "carried", _("Carried forward")

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="changes")
    event = models.CharField(max_length=12, choices=Event)
    at = models.DateTimeField(default=timezone.now)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    before = models.CharField(max_length=250, blank=True)
    after = models.CharField(max_length=250, blank=True)
    owner = models.ForeignKey(
        Capacity, models.PROTECT, null=True, blank=True, related_name="+"
    )  # who has it from now on
    meeting = models.ForeignKey(Meeting, models.SET_NULL, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True)

    objects = Manager["CommitmentChange"]()

    get_event_display = build_display_method("event", Event)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.event}: {self.after}"


PUBLIC_COMMITMENT_EVENTS: Final = (
    CommitmentChange.Event.STATUS,
    CommitmentChange.Event.CONFIRMED,
    CommitmentChange.Event.TAKEN_OVER,
    CommitmentChange.Event.CARRIED,
)
