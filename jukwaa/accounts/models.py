"""Who somebody is, wherever they take part. What they are in a coalition stands in `coalitions`."""

import uuid
from datetime import UTC, tzinfo
from typing import Any, ClassVar, Self
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jukwaa.core.db import Manager

DEFAULT_TIME_ZONE = "UTC"  # of accounts whose holder has chosen none


class PersonQuerySet(models.QuerySet["Person"]):
    def with_address(self, address: str) -> Self:
        """Whoever has this mail address: at most one, whatever its case."""
        return self.filter(email__iexact=address.strip())

    def current(self, pk: int) -> Self:
        """Whoever has this number, or had an account with this number that was merged into another one."""
        merged_into = self.model._base_manager.filter(pk=pk).values("merged_into")  # noqa: SLF001 - public by Django's word
        return self.filter(Q(pk=pk, merged_into__isnull=True) | Q(pk__in=merged_into))


class PersonManager(Manager["Person"].from_queryset(PersonQuerySet), BaseUserManager["Person"]):  # type: ignore[misc]  # built at run time
    def create_user(self, email: str | None = None, **fields: object) -> "Person":
        person = self.model(email=email.strip().lower() if email else None, **fields)
        person.set_unusable_password()
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody known here, with a mail address to sign in with or without one.

    Nobody has a password: one signs in with a mailed code, a mailed link, or a passkey.
    """

    email = models.EmailField(_("email address"), unique=True, null=True, blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    name_is_public = models.BooleanField(
        _("show my name to everyone"),
        default=False,
        help_text=_("If you do not choose this, the public can see only your role."),
    )
    is_minor = models.BooleanField(_("under 18"), default=False)
    adult_contact = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="looks_after", verbose_name=_("adult contact")
    )
    # Empty for a person whom others entered, until they sign in: emails are then in the language of the coalition.
    language = models.CharField(_("language"), max_length=35, default="en")
    time_zone = models.CharField(_("time zone"), max_length=64, default=DEFAULT_TIME_ZONE)
    is_active = models.BooleanField(default=True)
    added_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True, blank=True)  # when the first mail said that they are kept here
    erased_at = models.DateTimeField(null=True, blank=True)
    # When they last changed their name themselves: what others wrote under it before may be about somebody else.
    renamed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Of two accounts of one person the row of one is emptied as if erased: only activities still lead to it.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_accounts", editable=False
    )
    # Numbers of coalitions that the person left: those that no longer show the name, and those in whose record the name
    # stays by the person's own choice. They stand here so that showing a name needs no query.
    former_in = models.JSONField(default=list, blank=True, editable=False)
    keeps_name_in = models.JSONField(default=list, blank=True, editable=False)
    # When they answered that they are 18 or older. No age and no birth date is kept.
    adult_confirmed_at = models.DateTimeField(null=True, blank=True)
    # Since when the adult contact of somebody under 18 agrees that everyone may read what they write, without a name.
    guardian_agreed_at = models.DateTimeField(null=True, blank=True)
    # Of the account deletion that is under way: it stands here too, so that the banner on each page needs no query.
    deletion_due_at = models.DateTimeField(null=True, blank=True, editable=False)

    # Earlier addresses that still stand somewhere: set for the time of an erasure, which looks for them.
    written_addresses: tuple[str, ...] = ()

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        constraints = [
            models.CheckConstraint(name="mail_addresses_are_kept_in_lower_case", condition=Q(email=Lower("email"))),
            models.CheckConstraint(
                name="under_18_means_an_adult_contact_and_no_public_name",
                condition=Q(is_minor=False) | Q(adult_contact__isnull=False, name_is_public=False),
            ),
            models.CheckConstraint(
                name="an_adult_contact_agrees_for_somebody_under_18_alone",
                condition=Q(is_minor=True) | Q(guardian_agreed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="a_merged_account_is_empty",
                condition=Q(merged_into__isnull=True) | Q(erased_at__isnull=False, email__isnull=True, name=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(_("a person"))

    def get_full_name(self) -> str:
        return self.name

    @property
    def has_chosen_time_zone(self) -> bool:
        return self.time_zone != DEFAULT_TIME_ZONE

    @property
    def zone(self) -> tzinfo:
        """The zone in which times are shown to this person; UTC where this machine's tables do not have it."""
        try:
            return ZoneInfo(self.time_zone)
        except (LookupError, ValueError):
            return UTC

    @property
    def current(self) -> "Person":
        """The account that this one was merged into, or this one itself."""
        return self.merged_into or self

    @property
    def has_been_informed(self) -> bool:
        """Whether they know that they are in a directory: an email has said so, or they have signed in."""
        return self.told_at is not None or self.last_login is not None


class MinorStatusChange(models.Model):
    """One step in the history of the mark "under 18": rows are added, and never changed or deleted."""

    class Step(models.TextChoices):
        MARKED = "marked", _("marked as under 18")
        AGREED = "agreed", _("the adult contact agreed")
        DECLINED = "declined", _("the adult contact did not agree")
        WITHDRAWN = "withdrawn", _("the adult contact withdrew consent")
        REMOVED = "removed", _("mark removed")

    class Means(models.TextChoices):
        LINK = "link", _("through the link in an email")
        WRITING = "writing", _("in writing, to the coalition")
        SPOKEN = "spoken", _("in person or by phone, to the coalition")

    person = models.ForeignKey(Person, models.PROTECT, related_name="minor_status_changes")
    step = models.CharField(max_length=10, choices=Step)
    actor = models.ForeignKey(Person, models.PROTECT, related_name="+")  # who set it or answered
    adult_contact = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    means = models.CharField(max_length=10, choices=Means, blank=True)  # how the adult contact answered
    reason = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = Manager["MinorStatusChange"]()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="an_answer_of_an_adult_contact_says_how_it_was_given",
                condition=~Q(step__in=["agreed", "declined", "withdrawn"])
                | (~Q(means="") & Q(adult_contact__isnull=False)),
            ),
            models.CheckConstraint(
                name="marking_as_under_18_takes_a_reason",
                condition=~Q(step__in=["marked", "removed"]) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.get_step_display()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("Add a step; the history of the mark is never changed.")
        super().save(*args, **kwargs)


class SignInRequest(models.Model):
    """Somebody typed a mail address to sign in. A code and a link are on their way to it.

    Nothing here says whether a person with this address is known: they become one when the code or the link comes back.
    """

    TRIES: ClassVar[int] = 5

    key = models.CharField(max_length=43, unique=True)  # names the request in the browser that made it
    email = models.EmailField(max_length=254)
    digest = models.CharField(max_length=64)  # of the code
    next_url = models.CharField(max_length=500)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="a_code_is_tried_five_times_at_most", condition=Q(tries__lte=5))]

    def __str__(self) -> str:
        return self.email


class AddressChange(models.Model):
    """A new email address that a person asked for. It becomes theirs once both mailboxes have confirmed it."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    address = models.EmailField(max_length=254)
    key = models.UUIDField(default=uuid.uuid4, unique=True)  # names the change in the links of both emails
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)
    old_confirmed_at = models.DateTimeField(null=True, blank=True)
    new_confirmed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.address

    @property
    def is_confirmed(self) -> bool:
        return self.old_confirmed_at is not None and self.new_confirmed_at is not None


class EarlierAddress(models.Model):
    """An email address that somebody had before: a keyed digest, by which others still find them.

    Whoever had it last counts; whoever has it now comes first.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="earlier_addresses")
    digest = models.CharField(max_length=64, unique=True)
    changed_at = models.DateTimeField(_("date of change"), default=timezone.now)

    objects = Manager["EarlierAddress"]()

    class Meta:
        verbose_name_plural = "earlier addresses"

    def __str__(self) -> str:
        return f"{self.changed_at:%Y-%m-%d}"


class Limit(models.Model):
    """How often something was tried within a span of time. The key is a digest: no address is kept for this."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.count} until {self.ends_at:%H:%M}"


class AccountDeletionQuerySet(models.QuerySet["AccountDeletion"]):
    def open(self) -> Self:
        return self.filter(stopped_at=None, done_at=None)


class AccountDeletion(models.Model):
    """Somebody has confirmed that their account is to be deleted. Until the day comes they can stop it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="deletions")
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    postponed_at = models.DateTimeField(null=True, blank=True)  # since something stood in the way on the day
    stopped_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = Manager.from_queryset(AccountDeletionQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(stopped_at__isnull=True, done_at__isnull=True),
                name="an_account_is_deleted_once_at_a_time",
            ),
            models.CheckConstraint(
                name="a_deletion_is_stopped_or_done_but_never_both",
                condition=Q(stopped_at__isnull=True) | Q(done_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d}"


class ErasedIdentityQuerySet(models.QuerySet["ErasedIdentity"]):
    def in_force(self) -> Self:
        """Of whoever has not come back by themselves."""
        return self.filter(returned_at=None)

    def blocked_in_coalition(self, coalition_id: int | None) -> Self:
        """Of whoever must not be entered there; without a coalition, of those erased everywhere."""
        return self.in_force().filter(Q(coalition_id=coalition_id) | Q(coalition_id=None))


class ErasedIdentity(models.Model):
    """Somebody who was taken out of a coalition, or erased everywhere, and must not be entered again by others.

    Keyed digests and nothing else: of an address, of a name in one coalition, and of the account. The ledger of
    erasures (`accounts.ledger`) holds the same, but for the name.
    """

    class Why(models.TextChoices):
        ASKED = "asked", _("removed from the coalition")
        ERASED = "erased", _("account deleted")

    account = models.CharField(max_length=64)
    address = models.CharField(max_length=64, blank=True, db_index=True)
    name = models.CharField(max_length=64, blank=True, db_index=True)
    # The number of the coalition; None means everywhere. Not a relation: coalitions are an app above this one.
    coalition_id = models.PositiveBigIntegerField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)
    why = models.CharField(max_length=10, choices=Why)
    returned_at = models.DateTimeField(null=True, blank=True)

    objects = Manager.from_queryset(ErasedIdentityQuerySet)()

    class Meta:
        verbose_name_plural = "erased identities"
        constraints = [
            models.UniqueConstraint(
                fields=["account", "address", "coalition_id"],
                condition=Q(coalition_id__isnull=False),
                name="somebody_is_taken_out_of_a_coalition_once",
            ),
            models.UniqueConstraint(
                fields=["account", "address"],
                condition=Q(coalition_id__isnull=True),
                name="somebody_is_erased_everywhere_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.why}, {self.at:%Y-%m-%d}"


class Protection(models.Model):
    """A step that protects somebody, or ends that: a restored backup must not undo it. The latest step counts.

    Keyed digests and nothing else. The ledger of erasures (`accounts.ledger`) holds the same.
    """

    class Topic(models.TextChoices):
        UNDER_18 = "under-18", _("mark as under 18")
        GUARDIAN = "guardian", _("consent of the adult contact")
        PUBLIC_NAME = "public-name", _("name shown to everyone")
        KEPT_NAME = "kept-name", _("name kept in the record of a coalition")
        REDACTION = "redaction", _("removal of a name")

    topic = models.CharField(max_length=12, choices=Topic)
    subject = models.CharField(max_length=64)  # digest of the account or of the record
    key = models.CharField(max_length=64, blank=True)  # digest of the adult contact's account, or of the name removed
    number = models.PositiveBigIntegerField(default=0)  # of the coalition, or of the characters of the name removed
    with_files = models.BooleanField(default=False)  # whether files with the name were deleted
    in_force = models.BooleanField(default=True)
    at = models.DateTimeField(default=timezone.now)

    objects = Manager["Protection"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "subject", "key", "number", "at"], name="a_step_of_a_protection_is_kept_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.topic}, {self.at:%Y-%m-%d}"


def build_kept_file_name(instance: models.Model, file_name: str) -> str:  # noqa: ARG001 - Django passes both; the name stays in the row
    return f"kept/{uuid.uuid4().hex}"


class KeptFile(models.Model):
    """A file chosen in a form that came back with errors. It stays chosen for an hour."""

    key = models.UUIDField(default=uuid.uuid4, unique=True)  # names the file in the form
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    file = models.FileField(upload_to=build_kept_file_name)
    name = models.CharField(max_length=250)
    media_type = models.CharField(max_length=120, blank=True)
    size = models.PositiveBigIntegerField()
    expires_at = models.DateTimeField(db_index=True)

    objects = Manager["KeptFile"]()

    def __str__(self) -> str:
        return self.name
