"""The summary of a meeting: when it was sent to the members, and what it said then."""

from django.db import models
from django.utils import timezone

from jukwaa.core.db import Manager
from jukwaa.meetings.models.meetings import Meeting


class Summary(models.Model):
    """That the summary of a meeting was sent. A meeting without a row has a summary that nobody has sent.

    `fingerprint` is that of its decisions and action items, so that it is sent again only after a change.
    """

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="summary_sent")
    sent_at = models.DateTimeField(default=timezone.now)
    fingerprint = models.CharField(max_length=64)

    objects = Manager["Summary"]()

    class Meta:
        verbose_name_plural = "summaries"

    def __str__(self) -> str:
        return str(self.meeting)
