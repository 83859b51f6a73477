"""What the clock and the workers keep of themselves."""

from django.db import models
from django.utils import timezone

from jukwaa.core.db import Manager


class Run(models.Model):
    """A job of the clock that was done for a period, such as a day: it is done once, whoever ticks."""

    job = models.CharField(max_length=60)
    period = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)

    objects = Manager["Run"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "period"], name="a_job_is_done_once_in_a_period")]

    def __str__(self) -> str:
        return f"{self.job}, {self.period}"


class Lease(models.Model):
    """A worker that is alive. One that stopped renewing is dead, and what it left is taken up by others."""

    worker = models.CharField(max_length=64, unique=True)
    renewed_at = models.DateTimeField(default=timezone.now)

    objects = Manager["Lease"]()

    def __str__(self) -> str:
        return self.worker
