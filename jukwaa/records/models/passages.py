"""Passages: what the one index holds of a record. `records.index` keeps them and the engine's own table in step."""

from django.db import models
from django.db.models import F, Q

from jukwaa.core.db import Manager
from jukwaa.records.models.record import Record


class Passage(models.Model):
    """Its id is `record << 16 | position`, so that a hit in the index names its record by itself."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="+")
    anchor = models.CharField(max_length=40, blank=True)  # the id, on the record's page, where the passage stands
    language = models.CharField(max_length=35)
    text = models.TextField()
    position = models.PositiveIntegerField()

    objects = Manager["Passage"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "position"], name="a_passage_has_its_position_once"),
            models.CheckConstraint(
                name="a_passage_is_numbered_by_its_record", condition=Q(id=F("record") * 65_536 + F("position"))
            ),
        ]
        indexes = [models.Index(fields=["language"], name="languages_of_passages")]

    def __str__(self) -> str:
        return self.text[:60]
