"""Invitations of people whom others entered: the words of a coordinator, and one email to each person."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition, Role
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.db import Manager
from jukwaa.mail.models import Message


class InvitationRoundQuerySet(models.QuerySet["InvitationRound"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Coordinators alone: the people were not told yet, and their addresses are shown."""
        roles = Role.objects.held_by(viewer).filter(coalition=OuterRef("coalition"), kind=Role.Kind.COORDINATOR)
        return self.filter(Exists(roles))

    def of(self, coalition: Coalition) -> Self:
        return self.filter(coalition=coalition)


class InvitationRound(models.Model):
    """An invitation as a coordinator wrote it. A draft until it is sent; afterwards nobody changes its words."""

    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="invitation_rounds")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=35)
    subject = models.CharField(_("subject"), max_length=150)
    message = models.TextField(_("message"), max_length=4000)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = Manager.from_queryset(InvitationRoundQuerySet)()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("updates:invitation_preview", args=[self.coalition.slug, self.pk])


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def of(self, coalition: Coalition) -> Self:
        return self.filter(round__coalition=coalition)

    def sent(self) -> Self:
        return self.filter(sent_at__isnull=False)

    def unanswered(self) -> Self:
        """Those that arrived, as far as is known, and whose person has not signed in."""
        arrived = Q(message__bounced_at=None, message__given_up_at=None, message__sent_at__isnull=False)
        return self.sent().filter(arrived, person__last_login=None, person__erased_at=None)


class Invitation(models.Model):
    """One person in a round. `message` is the last email to them: the invitation, or the one reminder."""

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("invitation", "Not sent yet")
        WAITING = "waiting", pgettext_lazy("invitation", "Being sent")
        SENT = "sent", pgettext_lazy("invitation", "Sent")
        REMINDED = "reminded", pgettext_lazy("invitation", "Reminder sent")
        FAILED = "failed", pgettext_lazy("invitation", "Could not be delivered")
        REMOVED = "removed", pgettext_lazy("invitation", "Removed from the directory")
        SIGNED_IN = "signed-in", pgettext_lazy("invitation", "Has signed in")

    round = models.ForeignKey(InvitationRound, models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, models.CASCADE, related_name="invitations")
    message = models.ForeignKey(Message, models.SET_NULL, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = Manager.from_queryset(InvitationQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="a_person_is_in_a_round_of_invitations_once"),
            models.CheckConstraint(
                name="an_invitation_is_sent_before_its_reminder",
                condition=Q(reminded_at=None) | Q(sent_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person_id)

    @property
    def status(self) -> Status:
        """What became of it, from the email and the account. Needs `person`, `round` and `message`."""
        if self.person.erased_at or self.round.coalition_id in self.person.former_in:
            return self.Status.REMOVED
        if self.person.last_login:
            return self.Status.SIGNED_IN
        if self.sent_at is None:
            return self.Status.DRAFT
        if self.message is not None and (self.message.bounced_at or self.message.given_up_at):
            return self.Status.FAILED
        if self.message is not None and self.message.sent_at is None:
            return self.Status.WAITING
        return self.Status.REMINDED if self.reminded_at else self.Status.SENT
