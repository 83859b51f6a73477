"""A coordination meeting of the forum, and the representatives who attended it."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.entitlements import get_entitlements
from jukwaa.coalitions.models import Coalition, Role
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.db import Manager

# Who logs attendance, and sees these meetings in the calendar.
REPRESENTING_ROLES = (Role.Kind.REPRESENTATIVE, Role.Kind.COORDINATOR)


class CoordinationMeetingQuerySet(models.QuerySet["CoordinationMeeting"]):
    def of(self, coalition: Coalition) -> Self:
        return self.filter(coalition=coalition)

    def visible_to(self, viewer: Viewer) -> Self:
        """For representatives and coordinators alone."""
        if not viewer.is_authenticated:
            return self.none()
        return self.filter(get_entitlements(viewer).has_role(*REPRESENTING_ROLES))

    def without_attendance(self, moment: datetime) -> Self:
        """Those that are over, and for which nobody has said whether the coalition was represented."""
        is_over = Q(ends_at__lte=moment) | Q(ends_at__isnull=True, starts_at__lte=moment)
        return self.filter(is_over, attended="")


class CoordinationMeeting(models.Model):
    """A meeting that the forum called, as a representative of the coalition logs it. It is no record."""

    class Attended(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")

    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="coordination_meetings")
    title = models.CharField(_("title"), max_length=250)
    starts_at = models.DateTimeField(_("start"))
    ends_at = models.DateTimeField(_("end"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    joining_link = models.URLField(_("joining link"), max_length=400, blank=True)
    attended = models.CharField(_("was the coalition represented?"), max_length=3, choices=Attended, blank=True)
    report = models.TextField(_("short report"), blank=True)
    report_link = models.URLField(_("link to the report or the recording"), max_length=400, blank=True)
    source_key = models.CharField(max_length=64, blank=True)  # of the event in a calendar file; a digest
    token = models.UUIDField(null=True, blank=True, unique=True)  # a form sent twice makes one meeting
    added_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects = Manager.from_queryset(CoordinationMeetingQuerySet)()

    FIELDS: ClassVar[tuple[str, ...]] = ("title", "starts_at", "ends_at", "time_zone", "joining_link")
    LOGGED: ClassVar[tuple[str, ...]] = ("attended", "report", "report_link")

    class Meta:
        ordering = ["-starts_at", "-pk"]
        indexes = [models.Index(fields=["coalition", "starts_at"], name="coordination_by_time")]
        constraints = [
            models.CheckConstraint(
                name="a_coordination_meeting_ends_after_it_began",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=models.F("starts_at")),
            ),
            models.UniqueConstraint(
                fields=["coalition", "source_key"],
                condition=~Q(source_key=""),
                name="a_coordination_meeting_is_imported_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("eligibility:coordination_log", args=[self.coalition.slug, self.pk])

    @property
    def is_over(self) -> bool:
        return (self.ends_at or self.starts_at) <= timezone.now()


class CoordinationAttendance(models.Model):
    """One representative who attended."""

    meeting = models.ForeignKey(CoordinationMeeting, models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = Manager["CoordinationAttendance"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="a_representative_attends_once")]

    def __str__(self) -> str:
        return f"{self.meeting_id}, {self.person_id}"
