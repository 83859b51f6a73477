"""Records that everyone could read, and only members can as long as their author's adult contact has not agreed."""

from django.db import models
from django.utils import timezone

from jukwaa.core.db import Manager
from jukwaa.records.models.record import Record


class Narrowed(models.Model):
    """The record is TLP:GREEN for now, and TLP:CLEAR again once the adult contact of its author agrees."""

    record = models.OneToOneField(Record, models.CASCADE, related_name="narrowed")
    at = models.DateTimeField(default=timezone.now)

    objects = Manager["Narrowed"]()

    def __str__(self) -> str:
        return str(self.record_id)
