"""The ZIP of a shared drive on its way in."""

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition, Role
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.db import Manager
from jukwaa.intake.models.readings import READING_READER_ROLES
from jukwaa.records.models import Document, Label
from jukwaa.records.models.record import READERS_BY_LABEL

# Who may read the files of a drive, in words. TLP:RED names the coordinators.
READER_NAMES_BY_DRIVE_LABEL = {
    Label.RED: _("Only the coordinators"),
    Label.GREEN: READERS_BY_LABEL[Label.GREEN],
    Label.CLEAR: READERS_BY_LABEL[Label.CLEAR],
}


class DriveQuerySet(models.QuerySet["Drive"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Those who keep the coalition's record: the names of its files may tell what nobody has opened yet."""
        if not viewer.is_authenticated:
            return self.none()
        return self.filter(
            Exists(Role.objects.held_by(viewer).filter(coalition=OuterRef("coalition"), kind__in=READING_READER_ROLES))
        )

    def of(self, coalition: Coalition) -> Self:
        return self.filter(coalition=coalition)


class Drive(models.Model):
    """One ZIP: how far it is, and what became of its files. The ZIP itself goes when all of them are in."""

    class State(models.TextChoices):
        READING = "reading"
        DONE = "done"
        FAILED = "failed"

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="drives")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    name = models.CharField(max_length=200)
    label = models.CharField(_("who can read the files"), max_length=20, choices=Label, default=Label.GREEN)
    file = models.FileField(upload_to="drives/%Y/%m/", blank=True)  # until it is done
    digest = models.CharField(max_length=64)  # SHA-256 of the ZIP: the same one again is the same drive
    state = models.CharField(max_length=10, choices=State, default=State.READING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)  # files that were looked at, in the order of the ZIP
    made = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)  # were here already
    held = models.PositiveIntegerField(default=0)  # kept aside for the safeguarding lead
    # Of drives that were imported before each file had a row: [name of the file, what became of it, was it kept].
    notes = models.JSONField(default=list, blank=True)
    problem = models.TextField(blank=True)

    objects = Manager.from_queryset(DriveQuerySet)()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(name="a_drive_is_done_when_its_files_are", condition=Q(done__lte=F("total"))),
            models.UniqueConstraint(
                fields=["coalition", "digest"],
                condition=Q(state="reading"),
                name="a_drive_is_read_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("intake:drive_detail", args=[self.coalition.slug, self.pk])


class DriveEntryQuerySet(models.QuerySet["DriveEntry"]):
    def to_check(self) -> Self:
        """Return the files that a person looks at before more people can read them: see `check_sentences`."""
        return self.filter(build_check_condition())


class DriveEntry(models.Model):
    """What became of one file of a drive. A file in quarantine has no row: its name may say too much."""

    class Outcome(models.TextChoices):
        READ = "read", pgettext_lazy("file of a shared drive", "Text imported")
        RESTRICTED = "restricted", pgettext_lazy("file of a shared drive", "Kept for coordinators")
        SCAN = "scan", pgettext_lazy("file of a shared drive", "Scan without text")
        WITHOUT_TEXT = "without-text", pgettext_lazy("file of a shared drive", "Saved without text")
        DUPLICATE = "duplicate", pgettext_lazy("file of a shared drive", "Duplicate")
        REFUSED = "refused", pgettext_lazy("file of a shared drive", "Not imported")

    drive = models.ForeignKey(Drive, models.CASCADE, related_name="entries")
    path = models.CharField(max_length=400)
    outcome = models.CharField(max_length=12, choices=Outcome)
    reason = models.TextField(blank=True)
    document = models.ForeignKey(Document, models.SET_NULL, null=True, blank=True, related_name="+")
    personal_details = models.TextField(blank=True)  # the kinds that its text seems to contain, in words
    remark = models.TextField(blank=True)  # what else is in the file, such as speaker notes, in sentences

    objects = Manager.from_queryset(DriveEntryQuerySet)()

    class Meta:
        ordering = ["path", "pk"]
        verbose_name_plural = "drive entries"

    def __str__(self) -> str:
        return self.path

    @property
    def check_sentences(self) -> list[str]:
        """Why a person looks at the file before more people can read it, without the reason for its outcome."""
        details = _("Seems to contain: %(details)s.") % {"details": self.personal_details}
        unchecked = _("Nobody could check what is in this file, because it has no text that we can read.")
        return [
            *([str(unchecked)] if self.outcome in OUTCOMES_WITHOUT_TEXT else []),
            *([str(details)] if self.personal_details else []),
            *([self.remark] if self.remark else []),
        ]

    @property
    def reader_names(self) -> str:
        """Who can read its document, in words."""
        label = Label(self.document.label) if self.document else None
        return "" if label is None else str(READER_NAMES_BY_DRIVE_LABEL.get(label, READERS_BY_LABEL[label]))


def build_check_condition() -> Q:
    outcomes = [DriveEntry.Outcome.RESTRICTED, *OUTCOMES_WITHOUT_TEXT]
    return Q(outcome__in=outcomes) | ~Q(personal_details="") | ~Q(remark="")


OUTCOMES_WITHOUT_TEXT = (DriveEntry.Outcome.SCAN, DriveEntry.Outcome.WITHOUT_TEXT)
