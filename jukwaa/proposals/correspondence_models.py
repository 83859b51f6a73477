"""Correspondence with the secretariat of a forum: messages with their files and deadlines, and drafts of our own.

A message is no record: nothing of it is in the index, in feeds or in exports. The team alone reads it, until somebody
shares it with the members.
"""

import secrets
from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jukwaa.accounts.models import Person
from jukwaa.coalitions.entitlements import get_entitlements
from jukwaa.coalitions.models import Coalition, Role
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.db import Manager, build_display_method
from jukwaa.mail.models import Message
from jukwaa.records.models import Authorship, Record
from jukwaa.records.tasks import delete_files

SECRETARIAT_ROLE_ADDRESS_NAME = "secretariat"
CORRESPONDENCE_ORDER = ("-at", "-pk")
# Who looks after all correspondence of the coalition: those who start proposals.
ROLES_IN_CHARGE_OF_CORRESPONDENCE = (Role.Kind.COORDINATOR, Role.Kind.CHAIR, Role.Kind.RAPPORTEUR, Role.Kind.EDITOR)


def get_role_address(coalition: Coalition) -> str:
    """Return the address that stays the same, whoever the coordinator is."""
    return f"{SECRETARIAT_ROLE_ADDRESS_NAME}+{coalition.slug}@{settings.MAIL_DOMAIN}"


def random_name(instance: models.Model, file_name: str) -> str:  # noqa: ARG001 - what people called it stays in the row
    """Where a file is stored says nothing about it."""
    return f"correspondence/{timezone.now():%Y/%m}/{secrets.token_hex(16)}"


class SecretariatAddress(models.Model):
    """An address from which the secretariat writes, and to which messages can be sent."""

    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="secretariat_addresses")
    address = models.EmailField(_("email address"), max_length=254)
    added_at = models.DateTimeField(default=timezone.now)

    objects = Manager["SecretariatAddress"]()

    class Meta:
        ordering = ["address"]
        verbose_name_plural = "secretariat addresses"
        constraints = [
            models.UniqueConstraint(fields=["coalition", "address"], name="a_secretariat_address_is_listed_once")
        ]

    def __str__(self) -> str:
        return self.address


class CorrespondenceMessageQuerySet(models.QuerySet["CorrespondenceMessage"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The one read rule: those in charge, the team of the proposal, and members once a message is shared.

        Held messages are for those in charge and the team: of a narrowed proposal, the team alone may read anything.
        Whoever may not read a proposal reads nothing that is filed with it.
        """
        if not viewer.is_authenticated:
            return self.none()
        entitlements = get_entitlements(viewer)
        is_member = entitlements.has_seat()
        is_in_team = Exists(Authorship.objects.filter(record=OuterRef("proposal"), person=viewer))
        readable = Record.objects.visible_to(viewer).exists_for("proposal")
        return self.filter(
            Q(proposal__isnull=True) | readable,
            entitlements.has_role(*ROLES_IN_CHARGE_OF_CORRESPONDENCE)
            | (is_member & (is_in_team | Q(shared_at__isnull=False))),
        )

    def of(self, coalition: Coalition) -> Self:
        return self.filter(coalition=coalition)

    def filed(self) -> Self:
        return self.filter(held_because="")

    def held(self) -> Self:
        return self.exclude(held_because="")


class CorrespondenceMessage(models.Model):
    """One email to or from the secretariat. `proposal` is None where it is not clear which one it is about.

    `sender` and `sender_name` stand in its From header, `original_sender` and `original_date` in forwarded text.
    """

    class Kind(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("a message", "Received")
        SENT = "sent", pgettext_lazy("a message", "Sent")
        FORWARDED = "forwarded", _("Forwarded")
        NOTE = "note", _("From the team")

    class Why(models.TextChoices):
        STRANGER = "stranger", _("The sender is not known.")
        UNPROVEN = "unproven", _("We could not confirm that this email comes from the sender shown.")

    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="correspondence")
    proposal = models.ForeignKey(
        "proposals.Proposal", models.SET_NULL, null=True, blank=True, related_name="correspondence"
    )
    answers = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="answered_by")
    kind = models.CharField(max_length=10, choices=Kind)
    held_because = models.CharField(max_length=10, choices=Why, blank=True)
    is_automatic = models.BooleanField(default=False)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")  # who sent it
    sender = models.EmailField(max_length=254, blank=True)
    sender_name = models.CharField(max_length=120, blank=True)
    recipient = models.EmailField(max_length=254, blank=True)  # of a message that was sent
    subject = models.CharField(max_length=250, blank=True)
    text = models.TextField(blank=True)
    quoted = models.TextField(blank=True)
    original_sender = models.CharField(max_length=200, blank=True)
    original_date = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=35, blank=True)
    at = models.DateTimeField(default=timezone.now)  # when it was sent, or when it came where it gives no date
    is_dated = models.BooleanField(default=True)
    received_at = models.DateTimeField(default=timezone.now)
    message_id = models.CharField(max_length=260, blank=True)
    references: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    digest = models.CharField(max_length=64)  # of what it says: the same message is filed once
    shared_at = models.DateTimeField(null=True, blank=True)
    outbox = models.ForeignKey(Message, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = Manager.from_queryset(CorrespondenceMessageQuerySet)()

    get_kind_display = build_display_method("kind", Kind)
    get_held_because_display = build_display_method("held_because", Why)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["coalition", "-at", "-id"], name="correspondence_in_order"),
            models.Index(fields=["coalition", "message_id"], name="correspondence_by_id"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["coalition", "digest"], name="the_same_message_is_filed_once"),
            models.CheckConstraint(
                name="a_held_message_is_not_shared", condition=Q(held_because="") | Q(shared_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.subject or str(self.pk)

    def get_absolute_url(self) -> str:
        return reverse("proposals:message_detail", args=[self.coalition.slug, self.pk])

    @property
    def is_outgoing(self) -> bool:
        return self.kind in (self.Kind.SENT, self.Kind.NOTE)

    @property
    def has_bounced(self) -> bool:
        return self.outbox is not None and self.outbox.bounced_at is not None


class CorrespondenceFile(models.Model):
    """A file that came with a message. One that was refused has no file, and a sentence that says why."""

    message = models.ForeignKey(CorrespondenceMessage, models.CASCADE, related_name="files")
    file = models.FileField(upload_to=random_name, blank=True)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    refusal = models.CharField(max_length=500, blank=True)
    is_checked = models.BooleanField(default=False)  # its text has passed the safeguarding check, or it has none

    objects = Manager["CorrespondenceFile"]()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="a_file_is_kept_or_says_why_not",
                condition=(Q(refusal="") & ~Q(file="")) | (~Q(refusal="") & Q(file="")),
            )
        ]

    def __str__(self) -> str:
        return self.name


@receiver(post_delete, sender=CorrespondenceFile)
def delete_stored_file(instance: CorrespondenceFile, **_kwargs: object) -> None:
    """The file goes with its row, however that is deleted."""
    if instance.file.name:
        delete_files.enqueue([str(instance.file.name)])


class CorrespondenceDeadlineQuerySet(models.QuerySet["CorrespondenceDeadline"]):
    def suggested(self) -> Self:
        return self.filter(state=CorrespondenceDeadline.State.SUGGESTED)

    def due(self) -> Self:
        return self.filter(state=CorrespondenceDeadline.State.CONFIRMED)


class CorrespondenceDeadline(models.Model):
    """A day until which the secretariat expects something. `words` are those in which it was found, if it was."""

    class State(models.TextChoices):
        SUGGESTED = "suggested", _("Suggested")
        CONFIRMED = "confirmed", _("Confirmed")
        DONE = "done", _("Done")
        DISMISSED = "dismissed", _("Dismissed")

    message = models.ForeignKey(CorrespondenceMessage, models.CASCADE, related_name="deadlines")
    day: models.DateField[date, date] = models.DateField(_("deadline"))
    task = models.CharField(_("what is due"), max_length=200, blank=True)
    words = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.SUGGESTED)

    objects = Manager.from_queryset(CorrespondenceDeadlineQuerySet)()

    get_state_display = build_display_method("state", State)

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["message", "day"], name="a_message_has_a_deadline_on_a_day_once")
        ]

    def __str__(self) -> str:
        return f"{self.day}"

    @property
    def has_passed(self) -> bool:
        return self.day < timezone.localdate()

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.SUGGESTED, self.State.CONFIRMED)

    @property
    def coalition(self) -> Coalition:
        return self.message.coalition

    @property
    def coalition_id(self) -> int:
        return self.message.coalition_id


class CorrespondenceDraftQuerySet(models.QuerySet["CorrespondenceDraft"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Those in charge read drafts, and the team of the proposal."""
        if not viewer.is_authenticated:
            return self.none()
        entitlements = get_entitlements(viewer)
        is_in_team = Exists(Authorship.objects.filter(record=OuterRef("proposal"), person=viewer))
        readable = Record.objects.visible_to(viewer).exists_for("proposal")
        return self.filter(
            Q(proposal__isnull=True) | readable,
            entitlements.has_role(*ROLES_IN_CHARGE_OF_CORRESPONDENCE) | (entitlements.has_seat() & is_in_team),
        )

    def of(self, coalition: Coalition) -> Self:
        return self.filter(coalition=coalition)

    def unsent(self) -> Self:
        return self.filter(sent_at__isnull=True)


class CorrespondenceDraft(models.Model):
    """A message that the team writes, until it is sent. A change after a review takes the approval away."""

    class State(models.TextChoices):
        WRITING = "writing", _("Draft")
        REVIEW = "review", _("In review")
        CHANGES = "changes", _("Changes requested")
        APPROVED = "approved", _("Approved")

    FIELDS: ClassVar[tuple[str, ...]] = ("recipient", "subject", "text")

    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="correspondence_drafts")
    proposal = models.ForeignKey(
        "proposals.Proposal", models.CASCADE, null=True, blank=True, related_name="correspondence_drafts"
    )
    answers = models.ForeignKey(CorrespondenceMessage, models.SET_NULL, null=True, blank=True, related_name="+")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    recipient = models.EmailField(_("to"), max_length=254)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WRITING)
    note = models.TextField(_("note"), blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)  # the row stays without words, and says who reviewed it
    sent = models.OneToOneField(
        CorrespondenceMessage, models.SET_NULL, null=True, blank=True, related_name="from_draft"
    )
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = Manager.from_queryset(CorrespondenceDraftQuerySet)()

    get_state_display = build_display_method("state", State)

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_review_has_a_reviewer", condition=Q(state="writing") | Q(reviewer__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("proposals:draft_detail", args=[self.coalition.slug, self.pk])
