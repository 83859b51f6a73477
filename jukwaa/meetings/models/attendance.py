"""Who came to a meeting."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jukwaa.coalitions.models import Capacity
from jukwaa.core.db import Manager, build_display_method
from jukwaa.meetings.models.meetings import Meeting, Part


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def named_in_public(self) -> Self:
        """What the public may see: nobody of a meeting that was held under the Chatham House Rule, even in part."""
        return self.exclude(Exists(Part.objects.filter(meeting=OuterRef("meeting"), chatham=True)))

    def without_minors(self) -> Self:
        """Leave out people under 18, for every reader."""
        return self.exclude(capacity__person__is_minor=True)


class PresentManager(Manager["Attendance"]):
    """Whoever came. Those who sent apologies are in `Attendance.with_apologies`, so that nothing counts them."""

    def get_queryset(self) -> models.QuerySet["Attendance"]:
        return super().get_queryset().exclude(came_as=Attendance.As.APOLOGIES)


class Attendance(models.Model):
    """Who came, and as what on that day: frozen, whatever the directory says later. Or who sent apologies instead."""

    class As(models.TextChoices):
        MEMBER = "member", pgettext_lazy("person at a meeting", "member")
        NEW_MEMBER = "new-member", _("new member")
        NEW_ATTENDEE = "new-attendee", _("first-time attendee")
        OBSERVER = "observer", pgettext_lazy("person at a meeting", "observer")
        GUEST = "guest", pgettext_lazy("person at a meeting", "guest")
        SECRETARIAT = "secretariat", pgettext_lazy("person at a meeting", "secretariat")
        APOLOGIES = "apologies", pgettext_lazy("person at a meeting", "did not attend, sent apologies")

    class Mode(models.TextChoices):
        ROOM = "room", pgettext_lazy("person at a meeting", "in the room")
        ONLINE = "online", pgettext_lazy("person at a meeting", "online")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    part = models.ForeignKey(Part, models.PROTECT, null=True, blank=True, related_name="attendances")
    capacity = models.OneToOneField(Capacity, models.PROTECT, related_name="attendance")
    came_as = models.CharField(_("attended as"), max_length=15, choices=As)
    # Empty where nobody knows. Those on the phone are online.
    mode = models.CharField(
        _("in the room or online"), max_length=6, choices=Mode, blank=True, default="", db_default=""
    )
    is_chair = models.BooleanField(_("chaired"), default=False)
    is_group = models.BooleanField(default=False)  # "members of the coalition": people, but nobody that is named
    source = models.ForeignKey("records.Source", models.SET_NULL, null=True, blank=True, related_name="+")

    objects = PresentManager.from_queryset(AttendanceQuerySet)()
    with_apologies = Manager.from_queryset(AttendanceQuerySet)()

    get_came_as_display = build_display_method("came_as", As)
    get_mode_display = build_display_method("mode", Mode)  # of a mode that is known

    class Meta:
        ordering = ["-is_chair", "pk"]

    def __str__(self) -> str:
        return str(self.capacity)

    @property
    def is_first_time(self) -> bool:
        return self.came_as in FIRST_TIME_ATTENDANCE_ROLES


FIRST_TIME_ATTENDANCE_ROLES = (Attendance.As.NEW_ATTENDEE, Attendance.As.NEW_MEMBER)
