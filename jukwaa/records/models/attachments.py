"""Files that hang on a record. Who may read the record may have them."""

from django.db import models
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.core.db import Manager
from jukwaa.records.models.record import Record


class Attachment(models.Model):
    record = models.ForeignKey(Record, models.CASCADE, related_name="attachments")
    file = models.FileField(upload_to="attachments/%Y/%m/")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    fingerprint = models.CharField(max_length=64, db_index=True)  # SHA-256 of the bytes
    text = models.TextField(blank=True)  # what could be read from it, for the index
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    objects = Manager["Attachment"]()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
