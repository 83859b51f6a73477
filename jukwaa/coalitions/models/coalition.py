"""The tenant: everything else belongs to one."""

from collections.abc import Iterable
from datetime import UTC, tzinfo
from typing import Self
from zoneinfo import ZoneInfo

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.area_labels import get_area_label
from jukwaa.core.db import Manager

# The first part of an address that is not a coalition's.
RESERVED_COALITION_SLUGS = frozenset(
    {"account", "accounts", "sheet", "static", "mail", "places", "health", "about", "jukwaa", "api"}
)


class ListReaders(models.TextChoices):
    """Who can read the archive of the mailing list here."""

    PUBLIC = "public", _("Everyone, without an account")
    MEMBERS = "members", _("Members and people with a role in the coalition")
    NOBODY = "nobody", _("Only coordinators")


class CoalitionQuerySet(models.QuerySet["Coalition"]):
    def increment_revision(self, coalition_ids: Iterable[int]) -> None:
        """Move the revision that cached pages are keyed by: the last statement of a writing transaction.

        One after the other, so that all transactions lock coalitions in one order.
        """
        for pk in sorted(set(coalition_ids)):
            self.filter(pk=pk).update(revision=F("revision") + 1)

    def open(self) -> Self:
        return self.order_by("name")


class Coalition(models.Model):
    """Many organisations that work together and none of whom commands the others."""

    slug = models.SlugField(
        max_length=60,
        unique=True,
        validators=[RegexValidator(rf"^(?!({'|'.join(sorted(RESERVED_COALITION_SLUGS))})$)")],
    )
    name = models.CharField(_("name"), max_length=160)
    forum = models.CharField(_("forum"), max_length=160, blank=True)
    about = models.TextField(_("about the coalition"), blank=True)
    objectives = models.TextField(_("objectives (one on each line)"), blank=True)
    founded = models.CharField(_("founded"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=35, default="en")
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    country = models.CharField(_("country of the helpline that is shown first"), max_length=2, blank=True)
    # Shared addresses that the contact page shows to everyone.
    contact_address = models.EmailField(_("email address for general questions"), blank=True)
    press_address = models.EmailField(_("email address for the press"), blank=True)
    list_address = models.EmailField(_("email address of the mailing list"), blank=True)
    list_page = models.URLField(_("page on which anyone can subscribe to the mailing list"), max_length=400, blank=True)
    list_archive = models.URLField(_("archive of the mailing list"), max_length=400, blank=True)
    list_readers = models.CharField(
        _("who can read the archive of the mailing list"),
        max_length=10,
        choices=ListReaders,
        default=ListReaders.MEMBERS,
    )
    mail_released_at = models.DateTimeField(null=True, blank=True)  # no mail leaves before a coordinator has seen it
    revision = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = Manager.from_queryset(CoalitionQuerySet)()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("home:front", args=[self.slug])

    @property
    def zone(self) -> tzinfo:
        """The zone of those who have chosen none; UTC where this machine's tables do not have it."""
        try:
            return ZoneInfo(self.time_zone)
        except (LookupError, ValueError):
            return UTC


class CoalitionName(models.Model):
    """A name that the coalition had, from and to: what was written then still leads here."""

    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="names")
    name = models.CharField(max_length=160)
    acronym = models.CharField(max_length=40, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)

    objects = Manager["CoalitionName"]()

    class Meta:
        ordering = [F("starts_on").asc(nulls_first=True)]
        constraints = [
            models.CheckConstraint(
                name="a_coalitions_name_ends_after_it_began",
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            )
        ]

    def __str__(self) -> str:
        return self.name


class AreaOfWork(models.Model):
    """What members work on, or whom for: education and awareness, law enforcement, policy ..."""

    class Scheme(models.TextChoices):
        COALITION = "coalition", _("area of work")
        ITU_COP = "itu-cop", _("area of ITU's Child Online Protection initiative")
        AUDIENCE = "audience", _("audience")

    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="areas")
    scheme = models.CharField(max_length=20, choices=Scheme, default=Scheme.COALITION)
    name = models.CharField(_("name"), max_length=120)
    position = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=300, blank=True)

    objects = Manager["AreaOfWork"]()

    class Meta:
        ordering = ["scheme", "position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["coalition", "scheme", "name"], name="one_area_of_a_name_in_a_scheme")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The name on pages: that of an area which Jukwaa ships with is translated."""
        return get_area_label(self.name)
