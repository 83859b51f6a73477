"""Passages: what the one index holds of a record. `records.index` keeps them and the engine's own table in step."""

from django.db import models

from jukwaa.core.db import Manager
from jukwaa.records.models.record import Record


class Passage(models.Model):
    record = models.ForeignKey(Record, models.CASCADE, related_name="+")
    anchor = models.CharField(max_length=40, blank=True)  # the id, on the record's page, where the passage stands
    language = models.CharField(max_length=35)
    text = models.TextField()
    position = models.PositiveIntegerField()

    objects = Manager["Passage"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "position"], name="a_passage_has_its_position_once")]

    def __str__(self) -> str:
        return self.text[:60]
