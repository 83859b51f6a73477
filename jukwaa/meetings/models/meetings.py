"""Meetings: who was there, what was said, what binds."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.models import Capacity
from jukwaa.core.db import Manager, label_of
from jukwaa.records.models import Record, RecordQuerySet


class MeetingQuerySet(RecordQuerySet["Meeting"]):
    pass


class Meeting(Record):  # type: ignore[django-manager-missing]  # the plugin loses managers of inherited kinds
    """A session of the coalition. What a source does not give (a day, a place) stays unknown."""

    class Precision(models.TextChoices):
        DAY = "day", _("the day is known")
        MONTH = "month", _("the month is known")
        YEAR = "year", _("the year is known")

    # Named, since the parent's reverse name would clash with `Entry.meeting`.
    record_ptr = models.OneToOneField(
        Record, models.CASCADE, parent_link=True, primary_key=True, related_name="as_meeting"
    )
    starts_on = models.DateField(_("date"), null=True, blank=True)
    precision = models.CharField(_("What of the date is known"), max_length=5, choices=Precision, default=Precision.DAY)
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)  # where the hour is known
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    forum = models.CharField(_("forum"), max_length=160, blank=True)
    chair = models.ForeignKey(Capacity, models.PROTECT, null=True, blank=True, related_name="+")
    public_source = models.URLField(_("public page"), blank=True, max_length=400)
    # What lists go by. SQLite and PostgreSQL order NULL differently: a meeting of no known date stands at the end.
    order_day = models.GeneratedField(
        expression=Coalesce("starts_on", Value(date.min, models.DateField())),
        output_field=models.DateField(),
        db_persist=True,
    )

    objects = Manager.from_queryset(MeetingQuerySet)()  # type: ignore[assignment,misc]  # narrows the parent's

    VERSIONED: ClassVar[tuple[str, ...]] = (
        *Record.VERSIONED,
        "starts_on",
        "precision",
        "starts_at",
        "ends_at",
        "place",
        "country",
        "forum",
        "public_source",
    )

    class Meta:
        indexes = [models.Index(fields=["order_day", "record_ptr"], name="meetings_by_day")]

    def belonging(self) -> models.QuerySet[Any]:
        """The minutes."""
        return self.entries.all()

    def empty(self) -> None:
        """Who came and who spoke, the titles of its parts, and its report."""
        here = Q(attendance__meeting=self) | Q(entries__meeting=self) | Q(commitments__entry__meeting=self)
        here |= Q(dissents__entry__meeting=self)
        named = Capacity.objects.filter(pk__in=Capacity.objects.filter(here).values("pk"))
        named.update(name=_("purged"), person=None, organisation=None)
        self.chair = None
        self.attendances.all().delete()
        self.parts.update(title=_("purged"))
        Report.objects.filter(meeting=self).update(edits={})

    @property
    def has_chatham(self) -> bool:
        """Whether a part of it was held under the Chatham House Rule."""
        return self.parts.filter(chatham=True).exists()


class Part(models.Model):  # type: ignore[django-manager-missing]  # as above
    """A part of a meeting, such as an agenda item. One may be held under the Chatham House Rule."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="parts")
    title = models.CharField(_("title"), max_length=200)
    position = models.PositiveSmallIntegerField(default=0)
    chatham = models.BooleanField(_("held under the Chatham House Rule"), default=False)

    objects = Manager["Part"]()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def of_open_parts(self) -> Self:
        """What the public may see: nobody of a part under the Chatham House Rule, nor of a meeting all under it."""
        parts = Part.objects.filter(meeting=OuterRef("meeting"))
        under_the_rule = Exists(parts.filter(chatham=True)) & ~Exists(parts.filter(chatham=False))
        return self.exclude(part__chatham=True).exclude(under_the_rule)

    def without_minors(self) -> Self:
        """Nobody under 18 stands in a list of who came, whoever reads it."""
        return self.exclude(capacity__person__is_minor=True)


class Attendance(models.Model):
    """Who came, and as what on that day: frozen, whatever the directory says later."""

    class As(models.TextChoices):
        MEMBER = "member", _("member")
        NEW_MEMBER = "new-member", _("new member")
        NEW_ATTENDEE = "new-attendee", _("first time here")
        OBSERVER = "observer", _("observer")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    part = models.ForeignKey(Part, models.PROTECT, null=True, blank=True, related_name="attendances")
    capacity = models.OneToOneField(Capacity, models.PROTECT, related_name="attendance")
    came_as = models.CharField(_("on that day"), max_length=15, choices=As)
    is_chair = models.BooleanField(_("chaired"), default=False)
    is_group = models.BooleanField(default=False)  # "members of the coalition": people, but nobody that is named
    source = models.ForeignKey("records.Source", models.SET_NULL, null=True, blank=True, related_name="+")

    objects = Manager.from_queryset(AttendanceQuerySet)()

    get_came_as_display = label_of("came_as", As)

    class Meta:
        ordering = ["-is_chair", "pk"]

    def __str__(self) -> str:
        return str(self.capacity)


class Report(models.Model):
    """The session report of a meeting: written from its record, then edited by the rapporteur, paragraph by paragraph.

    `edits` maps the key of a paragraph to what the rapporteur made of it and to the generated text it started from, so
    that what was edited is kept when the record grows, and a change underneath can be shown.
    """

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="report")
    edits = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = Manager["Report"]()

    def __str__(self) -> str:
        return str(self.meeting)
