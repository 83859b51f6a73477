"""The agenda of a meeting: what has become of it, its papers, and the updates that members send beforehand."""

from datetime import UTC, date, datetime, time, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Capacity
from jukwaa.core.db import Manager, build_display_method
from jukwaa.meetings.models.meetings import Meeting, Part
from jukwaa.records.models import Attachment, Record

AGENDA_LEAD_TIME = timedelta(days=7)  # an agenda that is ready goes out so long before its meeting
MAX_UPDATE_LENGTH = 280  # characters of an update: about two lines


class AgendaQuerySet(models.QuerySet["Agenda"]):
    def mark_changed(self, meeting: Meeting) -> None:
        """Note that the items or papers have changed. Before anybody sent the agenda, there is nothing to note."""
        self.filter(meeting=meeting).update(version=F("version") + 1)


class Agenda(models.Model):
    """Whether the agenda of a meeting is ready, when it was sent, and whether it has changed since.

    The items are the parts of the meeting. A meeting without a row has an agenda that nobody has marked or sent.
    """

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="agenda")
    version = models.PositiveIntegerField(default=1)
    ready_at = models.DateTimeField(null=True, blank=True)  # it goes out by itself once the day has come
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_version = models.PositiveIntegerField(null=True, blank=True)
    # The version of which all emails have been queued: the clock does that, so that nobody waits for it.
    emailed_version = models.PositiveIntegerField(null=True, blank=True)

    objects = Manager.from_queryset(AgendaQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_agenda_that_was_sent_has_a_version",
                condition=Q(sent_at__isnull=True, sent_version__isnull=True)
                | Q(sent_at__isnull=False, sent_version__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.meeting)

    def is_due(self, now: datetime | None = None) -> bool:
        """Whether the time has come at which an agenda that is ready is sent: by the hour or the day of its meeting."""
        starts_at, starts_on = self.meeting.starts_at, self.meeting.starts_on
        if starts_at is None and starts_on is not None:
            starts_at = datetime.combine(starts_on, time.min, UTC)
        return starts_at is not None and starts_at - AGENDA_LEAD_TIME <= (now or timezone.now())

    @property
    def sending_since(self) -> datetime | None:
        """When it was sent, while its emails are still to be written."""
        return self.sent_at if self.emailed_version != self.sent_version else None

    @property
    def has_changed_since_sent(self) -> bool:
        return self.sent_version is not None and self.version != self.sent_version


class Paper(models.Model):
    """A document that people need for an agenda item: a file of the meeting, a record, or one that is still to come."""

    part = models.ForeignKey(Part, models.CASCADE, related_name="papers")
    title = models.CharField(_("title"), max_length=200)
    attachment = models.ForeignKey(Attachment, models.SET_NULL, null=True, blank=True, related_name="+")
    record = models.ForeignKey(Record, models.CASCADE, null=True, blank=True, related_name="+")
    due_on = models.DateField(pgettext_lazy("a paper", "due"), null=True, blank=True)
    linked_on = models.DateField(null=True, blank=True)  # the day on which the file or the record was added
    version = models.PositiveIntegerField(default=1)

    objects = Manager["Paper"]()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="a_paper_is_a_file_or_a_record", condition=Q(attachment__isnull=True) | Q(record__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_missing(self) -> bool:
        return self.attachment_id is None and self.record_id is None

    def is_late(self, today: date | None = None) -> bool:
        """Whether it was not there on its due date, even if it came later."""
        if self.due_on is None:
            return False
        there_on = (today or timezone.localdate()) if self.is_missing else self.linked_on
        return there_on is not None and there_on > self.due_on


class MemberUpdate(models.Model):
    """What a member reports on its work before a meeting, in two lines. A person has one for each meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="member_updates")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    capacity = models.OneToOneField(Capacity, models.PROTECT, related_name="member_update")
    text = models.CharField(_("update"), max_length=MAX_UPDATE_LENGTH)
    written_at = models.DateTimeField(default=timezone.now)

    objects = Manager["MemberUpdate"]()

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "author"], name="a_person_has_one_update_for_a_meeting")
        ]

    def __str__(self) -> str:
        return self.text


class MeetingReminder(models.Model):
    """That everybody was reminded of a meeting at this time. It is written once all emails have been queued."""

    class Ahead(models.TextChoices):
        DAY = "day", _("a day before")
        HOUR = "hour", _("an hour before")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()  # as the meeting was scheduled then: another time is reminded of again
    ahead = models.CharField(max_length=4, choices=Ahead)

    objects = Manager["MeetingReminder"]()

    get_ahead_display = build_display_method("ahead", Ahead)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "starts_at", "ahead"], name="a_meeting_is_reminded_of_once")
        ]

    def __str__(self) -> str:
        return f"{self.meeting}, {self.ahead}"
