"""What was counted, so that nobody waits for it."""

from typing import ClassVar

from django.db import models

from jukwaa.coalitions.models import Coalition
from jukwaa.core.db import Manager
from jukwaa.regions.circles import Circle


class Figures(models.Model):
    """A part of what coverage shows to a circle of readers, counted at a revision of the coalition, on a day.

    It is shown as long as both are those of now, so that nothing in it is ever out of date.
    """

    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="+")
    circle = models.CharField(max_length=10, choices=Circle)
    part = models.CharField(max_length=20, blank=True)
    revision = models.BigIntegerField()
    day = models.DateField()
    data = models.BinaryField()

    objects = Manager["Figures"]()

    class Meta:
        verbose_name_plural = "figures"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["coalition", "circle", "part"], name="figures_stand_once")
        ]

    def __str__(self) -> str:
        return f"{self.circle}: {self.part}"
