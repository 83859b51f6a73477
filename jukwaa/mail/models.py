"""Mail as rows: what is to be sent, what came in, and the tokens that stood in it. It knows addresses, not people."""

from datetime import datetime, timedelta
from typing import Final, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from jukwaa.core.db import Manager

MESSAGE_CLAIM_TIMEOUT = timedelta(minutes=15)
REPLY_ADDRESS_VALIDITY = timedelta(days=180)
EMAIL_ATTACHMENT_RETENTION = timedelta(days=30)
SUPPRESSED_EMAIL_ERROR: Final = "Not sent: the person with this address has been removed."
# What is left of an email when its address and its words are gone.
EMPTY_MESSAGE_FIELDS: Final[dict[str, object]] = {
    "to": "",
    "subject": "",
    "body": "",
    "html": "",
    "calendar": "",
    "reply_to": "",
    "headers": {},
    "error": "",
}


class Attachment(models.Model):
    """A file that goes out with many emails; it is stored once, and deleted when they have had time to leave."""

    key = models.CharField(max_length=200, unique=True)
    name = models.CharField(max_length=250)
    content_type = models.CharField(max_length=100)
    data = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = Manager["Attachment"]()

    def __str__(self) -> str:
        return self.name


class MessageQuerySet(models.QuerySet["Message"]):
    def waiting(self) -> Self:
        """Free to be sent now: not held, not claimed, not given up, its time has come, and it has an address."""
        waiting = self.filter(
            sent_at=None, given_up_at=None, claimed_at=None, held=False, next_try_at__lte=timezone.now()
        )
        return waiting.exclude(to="").order_by("pk")

    def held_in_scope(self, sender_scope: str) -> Self:
        """What a coordinator is to see before it leaves."""
        return self.filter(scope=sender_scope, held=True).order_by("pk")

    def with_unknown_delivery(self) -> Self:
        """Claimed by a sender that never came back to say how it went: sent, or not. An operator decides."""
        stale = timezone.now() - MESSAGE_CLAIM_TIMEOUT
        return self.filter(sent_at=None, given_up_at=None, claimed_at__lte=stale).order_by("pk")

    def undecided(self) -> Self:
        """Unsure or given up: an operator may send it again. One that is being sent now is neither."""
        stale = timezone.now() - MESSAGE_CLAIM_TIMEOUT
        return self.filter(Q(given_up_at__isnull=False) | Q(claimed_at__lte=stale), sent_at=None).order_by()

    def for_demo_outbox(self) -> Self:
        """For the page of the demo, newest first."""
        return self.filter(held=False).order_by("-pk")


class Message(models.Model):
    """An outgoing mail, written in the transaction of the data that it speaks of.

    `key` is what makes it the same mail: what is queued twice under one key is sent once.
    """

    key = models.CharField(max_length=200, unique=True)
    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=250)
    body = models.TextField()
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True)  # iCalendar, with its METHOD (RFC 6047)
    attachment = models.ForeignKey(Attachment, models.SET_NULL, null=True, blank=True, related_name="messages")
    reply_to = models.CharField(max_length=254, blank=True)  # a secret of its recipient: emptied once it has been sent
    headers = models.JSONField(default=dict)
    message_id = models.CharField(max_length=200, unique=True)
    scope = models.CharField(max_length=80, blank=True)
    held = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    next_try_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)  # sent, and returned as undeliverable
    error = models.TextField(blank=True)
    # To somebody whose address is kept no longer: once the email has been sent, or given up, only its row stays.
    empty_when_over = models.BooleanField(default=False)

    objects = Manager.from_queryset(MessageQuerySet)()

    class Meta:
        indexes = [
            models.Index(
                name="mail_waiting", fields=["next_try_at"], condition=Q(sent_at=None, given_up_at=None, held=False)
            ),
            models.Index(name="mail_held", fields=["scope"], condition=Q(held=True)),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_mail_is_sent_or_given_up_but_never_both", condition=Q(sent_at=None) | Q(given_up_at=None)
            ),
            models.CheckConstraint(name="what_is_held_was_not_sent", condition=Q(held=False) | Q(sent_at=None)),
        ]

    def __str__(self) -> str:
        return self.subject


class UsedToken(models.Model):
    """A link that worked once. Only its digest is kept, until it would have run out anyway."""

    digest = models.CharField(max_length=64, primary_key=True)
    forget_after = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.digest


def get_reply_expiry() -> datetime:
    return timezone.now() + REPLY_ADDRESS_VALIDITY


class ReplyAddress(models.Model):
    """The address by which one recipient answers one email. Only a digest of the token in it is kept."""

    digest = models.CharField(max_length=64, unique=True)
    address = models.EmailField(max_length=254)
    owner = models.CharField(max_length=80, blank=True)  # whose it is, as opaque here as the subject: "person:12"
    subject = models.CharField(max_length=200)  # what the email asked about, in the words of its sender
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=get_reply_expiry, db_index=True)

    def __str__(self) -> str:
        return f"{self.subject}, {self.created_at:%Y-%m-%d}"

    @property
    def has_expired(self) -> bool:
        return self.expires_at <= timezone.now()


class SeenMessage(models.Model):
    """A Message-ID that came in: the same mail is taken once, however often it is delivered."""

    digest = models.CharField(max_length=64, primary_key=True)
    seen_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return self.digest
