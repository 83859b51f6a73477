"""Silence procedures: a decision that members are asked about in writing, as a text with a call."""

from django.db import models

from jukwaa.core.db import Manager
from jukwaa.drafting.models import Text
from jukwaa.meetings.models.entries import Entry
from jukwaa.meetings.models.meetings import Meeting


class SilenceProcedure(models.Model):
    """A text with a call whose outcome goes into the register: `entry` is the decision, once it has been adopted."""

    text = models.OneToOneField(Text, models.CASCADE, related_name="silence_procedure")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="silence_procedures")  # records the decision
    entry = models.OneToOneField(Entry, models.SET_NULL, null=True, blank=True, related_name="silence_procedure")

    objects = Manager["SilenceProcedure"]()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.text)
