"""Comments: what people say about a record, each in a capacity."""

import uuid
from collections.abc import Sequence
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Capacity
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.withheld_words import build_readable_contribution_condition
from jukwaa.core.db import Manager
from jukwaa.records.models.record import Record


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Who may read the record may read what is said about it. What was hidden shows only that it was."""
        return self.filter(Record.objects.visible_to(viewer).exists_for("record")).readable_by(viewer)

    def readable_by(self, viewer: Viewer) -> Self:
        """Without what somebody under 18 wrote, for whoever may not read that. See `coalitions/withheld.py`."""
        return self.filter(build_readable_contribution_condition(viewer, coalition="record__coalition"))


class Comment(models.Model):
    record = models.ForeignKey(Record, models.CASCADE, related_name="comments")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    capacity = models.ForeignKey(Capacity, models.PROTECT, related_name="+")
    # The comment that this one replies to: one level, so never a reply itself.
    reply_to = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="replies")
    body = models.TextField()
    token = models.UUIDField(default=uuid.uuid4, unique=True)  # of the form or the mail: sent twice, it is said once
    version = models.PositiveIntegerField(default=1)
    at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_because = models.TextField(blank=True)
    part: str = ""  # of the record, which it is about: on the page of the comments
    thread: "Sequence[Comment]" = ()  # its replies: on the page of the comments

    objects = Manager.from_queryset(CommentQuerySet)()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="hiding_a_comment_takes_a_reason",
                condition=Q(hidden_at__isnull=True) | ~Q(hidden_because=""),
            )
        ]

    def __str__(self) -> str:
        return self.body[:60]


class CommentVersion(models.Model):
    """What a comment said before it was edited."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    body = models.TextField()
    at = models.DateTimeField()

    objects = Manager["CommentVersion"]()

    class Meta:
        ordering = ["comment", "number"]
        constraints = [models.UniqueConstraint(fields=["comment", "number"], name="a_comment_version_once")]

    def __str__(self) -> str:
        return self.body[:60]
