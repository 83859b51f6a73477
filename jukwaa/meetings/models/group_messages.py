"""Messages to member organisations of groups that are missing among those who will attend a meeting."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Organisation
from jukwaa.core.db import Manager
from jukwaa.meetings.models.meetings import Meeting


class GroupMessage(models.Model):
    """Kept so that those who prepare the meeting see who has been written to, and write once."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="group_messages")
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    organisations = models.ManyToManyField(Organisation, related_name="+")
    text = models.TextField(_("message"))
    sent_at = models.DateTimeField(default=timezone.now)
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = Manager["GroupMessage"]()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.meeting)
