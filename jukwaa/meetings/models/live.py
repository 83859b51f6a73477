"""Minutes that are taken while a meeting is in progress: lines, the current agenda item, and the approval."""

import uuid
from datetime import date, datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.core.db import Manager
from jukwaa.meetings.models.entries import Entry, EntryKind
from jukwaa.meetings.models.meetings import Meeting, Part
from jukwaa.records.models import Label, State

LAST_TIME_ZONE_OFFSET = timedelta(hours=12)  # behind UTC: there a day ends last


class Approval(models.TextChoices):
    """How minutes were approved; blank where a note-taker approved them without naming a meeting."""

    MEETING = "meeting", _("at a meeting")
    SILENCE = "silence", _("without objection")


class MinutesQuerySet(models.QuerySet["Minutes"]):
    def due(self, now: datetime) -> Self:
        """Drafts on which corrections were possible until a day that has ended everywhere, and none is open."""
        drafts = self.filter(
            approved_at=None,
            circulated_at__isnull=False,
            allows_silence=True,
            corrections_until__lt=(now - LAST_TIME_ZONE_OFFSET).date(),
            meeting__state=State.PUBLISHED,
            meeting__cancelled_at=None,
        )
        return drafts.exclude(corrections__disposition="")


class Minutes(models.Model):
    """The minutes of one meeting, if they were taken live. Until they are approved, their entries are for members.

    An entry of a draft is labelled TLP:GREEN, whatever the label of its meeting opens, so that the one read rule keeps
    it from the public. `revision` moves with every line, so that a page can ask whether there is anything new.
    """

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="minutes")
    current_item = models.ForeignKey(Part, models.SET_NULL, null=True, blank=True, related_name="+")
    revision = models.PositiveIntegerField(default=1)
    erased_revision = models.PositiveIntegerField(
        default=0
    )  # when entries last went: what was shown before is shown anew
    started_at = models.DateTimeField(default=timezone.now)
    circulated_at = models.DateTimeField(null=True, blank=True)  # when they were last sent to members for correction
    circulated_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    corrections_until = models.DateField(_("corrections until"), null=True, blank=True)  # that day included
    allows_silence = models.BooleanField(default=True)  # approved when that day has passed, with no open correction
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_how = models.CharField(max_length=10, choices=Approval, blank=True)
    approved_at_meeting = models.ForeignKey(Meeting, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = Manager.from_queryset(MinutesQuerySet)()

    class Meta:
        verbose_name_plural = "minutes"
        constraints = [
            models.CheckConstraint(
                name="circulated_minutes_have_a_last_day",
                condition=Q(circulated_at__isnull=True) | Q(corrections_until__isnull=False),
            ),
            models.CheckConstraint(
                name="a_draft_of_minutes_was_approved_in_no_way",
                condition=Q(approved_at__isnull=False) | Q(approved_how="", approved_at_meeting__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.meeting)

    @property
    def is_draft(self) -> bool:
        return self.approved_at is None

    @property
    def approved_on(self) -> date | None:
        return timezone.localdate(self.approved_at) if self.approved_at else None

    @property
    def circulated_on(self) -> date | None:
        return timezone.localdate(self.circulated_at) if self.circulated_at else None

    def advance_revision(self) -> int:
        """Return the next revision. Part of an action that has locked the row or is about to change it."""
        Minutes.objects.filter(pk=self.pk).update(revision=F("revision") + 1)
        self.refresh_from_db(fields=["revision"])
        return self.revision


class Line(models.Model):
    """One line as a note-taker sent it. The token, made by their page, makes sending it again harmless.

    While its agenda item is held under the Chatham House Rule, the line itself keeps the words, and there is no entry:
    entries without names, times or an order are made of all lines of the item when it is closed.
    """

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="lines")
    token = models.UUIDField(default=uuid.uuid4, editable=False)
    revision = models.PositiveIntegerField()  # of the minutes, when it was last changed
    entry = models.OneToOneField(Entry, models.CASCADE, null=True, blank=True, related_name="line")
    item = models.ForeignKey(Part, models.CASCADE, null=True, blank=True, related_name="+")
    author = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=30, choices=EntryKind, blank=True)
    text = models.TextField(_("text"), blank=True)
    topic = models.CharField(_("topic"), max_length=120, blank=True)

    objects = Manager["Line"]()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "token"], name="a_line_of_minutes_is_saved_once"),
            models.CheckConstraint(
                name="a_line_keeps_words_only_without_an_entry", condition=Q(text="") | Q(entry__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return str(self.token)

    def get_authors(self) -> list[int | None]:
        """Return the numbers of the people who wrote it."""
        if self.entry is None:
            return [self.author_id]
        return list(self.entry.authorships.values_list("person", flat=True))


def find_draft_minutes(meeting: Meeting) -> Minutes | None:
    """Return the minutes of a meeting while they are taken and until they are approved."""
    return Minutes.objects.filter(meeting=meeting, approved_at=None).first()


def is_draft(meeting: Meeting) -> bool:
    """Return the same as `find_draft_minutes` finds, without a query for a meeting that was read with its minutes."""
    minutes: Minutes | None = getattr(meeting, "minutes", None)
    return minutes is not None and minutes.is_draft


def are_minutes_approved(meeting: Meeting) -> bool:
    """Return whether its minutes have been approved: they can't be changed any more, and errata are added to them."""
    return Minutes.objects.filter(meeting=meeting, approved_at__isnull=False).exists()


def get_entry_label(meeting: Meeting) -> str:
    """Return the label of its entries: the meeting's, but for members while the minutes are a draft."""
    is_draft = meeting.label == Label.CLEAR and find_draft_minutes(meeting) is not None
    return Label.GREEN if is_draft else meeting.label


def mark_entries_changed(meeting: Meeting, *entries: Entry) -> None:
    """Let everyone who follows the minutes see these entries anew. Does nothing if they were not taken live.

    Nobody agrees by silence to words that they were not sent: circulated minutes have to be sent again for that.
    """
    minutes = find_draft_minutes(meeting)
    if minutes is None:
        return
    Minutes.objects.filter(pk=minutes.pk, circulated_at__isnull=False).update(allows_silence=False)
    revision = minutes.advance_revision()
    for entry in entries:
        Line.objects.update_or_create(entry=entry, defaults={"minutes": minutes, "revision": revision})
