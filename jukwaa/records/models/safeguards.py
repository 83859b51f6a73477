"""What was kept aside at a door: it may be a disclosure, or material that nobody may open."""

import secrets
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition, Role
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.db import Manager


def random_name(instance: models.Model, file_name: str) -> str:  # noqa: ARG001 - what people called it stays in the row
    """Where a file is stored says nothing about it."""
    return f"held/{timezone.now():%Y/%m}/{secrets.token_hex(16)}"


class HeldQuerySet(models.QuerySet["Held"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The safeguarding lead of the coalition, and nobody else: no other role, and not who wrote it."""
        lead = Role.objects.held_by(viewer).filter(coalition=OuterRef("coalition"), kind=Role.Kind.SAFEGUARDING_LEAD)
        return self.filter(Exists(lead))

    def waiting(self) -> Self:
        return self.filter(state=Held.State.HELD)


class Held(models.Model):
    """Text or a file that did not get past a door: no preview, no index, no forwarding.

    Purging erases what people wrote, what they sent and who they are; the row stays, with a digest whose key is gone.
    """

    class Door(models.TextChoices):
        COMMENT = "comment", _("a comment")
        FORM = "form", _("a form")
        READING = "reading", _("an imported document")
        ATTACHMENT = "attachment", _("a file attached to a record")
        IMPORT = "import", _("an imported file")
        MAIL = "mail", _("an email")
        APPLICATION = "application", _("an application")

    class Why(models.TextChoices):
        DISCLOSURE = "disclosure", _("possible disclosure of harm to a child")
        MATERIAL = "material", _("possible child sexual abuse material, or an offer of it")

    class State(models.TextChoices):
        HELD = "held", pgettext_lazy("an item", "in quarantine")
        RELEASED = "released", _("released: no concern found")
        PURGED = "purged", _("deleted permanently")

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="held")
    door = models.CharField(max_length=20, choices=Door)
    why = models.CharField(max_length=20, choices=Why)
    text = models.TextField(blank=True)
    file = models.FileField(upload_to=random_name, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")  # who brought it
    address = models.EmailField(blank=True)  # from which mail it came
    received_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State, default=State.HELD)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    salt = models.CharField(max_length=32, blank=True)
    digest = models.CharField(max_length=64)  # of text and file, keyed by the salt

    objects = Manager.from_queryset(HeldQuerySet)()

    class Meta:
        ordering = ["-received_at", "-pk"]
        verbose_name_plural = "held"
        indexes = [models.Index(fields=["coalition", "state", "-received_at"], name="held_of_coalition")]
        constraints = [
            models.CheckConstraint(
                name="what_is_purged_holds_nothing_of_people",
                condition=~Q(state="purged")
                | Q(text="", file="", file_name="", address="", salt="", person__isnull=True),
            ),
            models.CheckConstraint(
                name="whoever_decided_on_what_is_held_is_kept_with_the_time",
                condition=Q(state="held", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state="held") & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_door_display()}, {self.received_at:%Y-%m-%d}"
