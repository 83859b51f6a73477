"""Replies to the invitation to a meeting."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Capacity
from jukwaa.core.db import Manager, build_display_method
from jukwaa.meetings.models.meetings import Meeting


class Invitee(models.Model):
    """A member who is invited to a meeting to which not everybody is."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="invitees")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")

    objects = Manager["Invitee"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="an_invitee_is_invited_once")]

    def __str__(self) -> str:
        return str(self.person_id)


class Rsvp(models.Model):
    """The latest reply of a person to the invitation, in the capacity that they will have."""

    class Answer(models.TextChoices):
        YES = "yes", _("I will attend")
        MAYBE = "maybe", _("I may attend")
        NO = "no", _("I will not attend")
        COLLEAGUE = "colleague", _("A colleague will attend")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="rsvps")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    capacity = models.ForeignKey(Capacity, models.PROTECT, related_name="rsvps")
    answer = models.CharField(_("reply"), max_length=10, choices=Answer)
    at = models.DateTimeField(default=timezone.now)
    # Of a person under 18: the adult contact who agreed that they attend this meeting, and when.
    consent_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    consent_at = models.DateTimeField(null=True, blank=True)

    objects = Manager["Rsvp"]()

    get_answer_display = build_display_method("answer", Answer)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="one_reply_to_an_invitation")]

    def __str__(self) -> str:
        return f"{self.capacity}: {self.answer}"
