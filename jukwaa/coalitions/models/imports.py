"""A table that a coordinator brings, and what became of each of its rows."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models.coalition import Coalition
from jukwaa.coalitions.models.organisation import Organisation
from jukwaa.coalitions.models.people import Role, Viewer
from jukwaa.core.db import Manager


class ImportQuerySet(models.QuerySet["Import"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Coordinators alone: a table may hold addresses of people who were never told."""
        roles = Role.objects.held_by(viewer).filter(coalition=OuterRef("coalition"), kind=Role.Kind.COORDINATOR)
        return self.filter(Exists(roles))

    def of(self, coalition: Coalition) -> Self:
        return self.filter(coalition=coalition)


class Import(models.Model):
    """One table. Its rows are made when its columns were chosen, and enter when a coordinator has seen them."""

    class Kind(models.TextChoices):
        MEMBERS = "members", _("Members (1 organisation in each row)")
        PEOPLE = "people", _("People on the mailing list")

    class State(models.TextChoices):
        # Translators: the state of an import of a spreadsheet.
        COLUMNS = "columns", _("columns not matched yet")
        PREVIEW = "preview", _("ready to check")
        ENTERED = "entered", _("imported")

    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="imports")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    of = models.CharField(max_length=10, choices=Kind, default=Kind.MEMBERS)
    file_name = models.CharField(max_length=200)
    sheet = models.CharField(max_length=200, blank=True)  # its name, in a file with several
    digest = models.CharField(
        max_length=64, blank=True
    )  # of the table as it was read: the same list twice has the same
    table = models.JSONField(default=list)  # rows of cells; the first is the heading
    first = models.PositiveIntegerField(default=1)  # the number of the heading among the rows of the file
    notes = models.JSONField(default=list, blank=True)  # sentences about the file as a whole
    mapping = models.JSONField(default=list, blank=True)  # for each column its field, or nothing
    row_numbers = models.JSONField(default=list, blank=True)  # of each row of `table`, as the spreadsheet shows it
    decisions = models.JSONField(
        default=dict, blank=True
    )  # what words of a column mean, for all rows: see `decisions.py`
    all_adults = models.BooleanField(default=False)  # all contact people to import, as the coordinator confirmed
    rows_under_18 = models.JSONField(default=list, blank=True)  # numbers of rows whose contact people are not imported
    row_looks = models.JSONField(default=dict, blank=True)  # rows that are struck through or coloured: `row_looks.py`
    contacts_represent = models.BooleanField(default=False)  # whether they may represent their organisations
    state = models.CharField(max_length=10, choices=State, default=State.COLUMNS)

    objects = Manager.from_queryset(ImportQuerySet)()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_expired(self) -> bool:
        """Whether its contents were removed, as `personal_data.py` declares, before it was entered."""
        return not self.table and self.state != Import.State.ENTERED

    def find_table_index(self, count: int) -> int:
        """The place in `table` of the row that has this number in the spreadsheet; -1 if there is none."""
        if self.row_numbers:
            return self.row_numbers.index(count) if count in self.row_numbers else -1
        return count - self.first  # imports of earlier versions counted the rows

    def get_absolute_url(self) -> str:
        page = {"columns": "import_map", "preview": "import_preview"}.get(self.state, "import_detail")
        return reverse(f"coalitions:{page}", args=[self.coalition.slug, self.pk])


class ImportRow(models.Model):
    """A row, by the fields that its columns were mapped to."""

    class State(models.TextChoices):
        # Translators: the state of a row of a spreadsheet that is imported.
        WAITING = "waiting", _("to be imported")
        QUARANTINE = "quarantine", _("needs an answer")
        ENTERED = "entered", _("imported")
        LEFT_OUT = "left-out", _("skipped")

    source = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()  # in the file
    cells = models.JSONField(default=dict)  # field to text
    state = models.CharField(max_length=10, choices=State)
    reason = models.TextField(blank=True)  # why it is in quarantine, a sentence on each line
    notes = models.JSONField(default=list, blank=True)  # what is done differently from what stands there
    problems = models.JSONField(default=list, blank=True)  # what has to be answered: see `problems.py`
    answers = models.JSONField(default=dict, blank=True)  # which other row or organisation is the same one, or none
    # Whom it means: who was there before, and after it entered whom it made.
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = Manager["ImportRow"]()

    class Meta:
        ordering = ["source", "number"]
        constraints = [
            models.UniqueConstraint(fields=["source", "number"], name="a_row_stands_once_in_its_table"),
            models.CheckConstraint(name="quarantine_has_a_reason", condition=~Q(state="quarantine") | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def is_known(self) -> bool:
        """Whether what it means is here already."""
        return self.organisation_id is not None or self.person_id is not None

    @property
    def is_combined(self) -> bool:
        """Whether an earlier row is about the same organisation, as the coordinator answered."""
        return str(self.answers.get("same", "")).startswith("row-")

    def get(self, field: str) -> Any:
        return self.cells.get(field, "")


class ImportChangeQuerySet(models.QuerySet["ImportChange"]):
    def people_added_since(self, added_since: datetime) -> models.QuerySet[Any, Any]:
        """The keys of people whom an import has added since then, for a subquery."""
        added = self.filter(kind=ImportChange.Kind.PERSON, is_new=True, at__gt=added_since)
        return added.order_by().values("object_id")


class ImportChange(models.Model):
    """One thing that an import added to the directory or changed there, so that the import can be undone."""

    class Kind(models.TextChoices):
        ORGANISATION = "organisation", _("organisation")
        NAME = "name", _("other name")
        AREA = "area", _("area of work")
        MEMBERSHIP = "membership", _("membership")
        PERSON = "person", _("person")
        AFFILIATION = "affiliation", _("affiliation")
        LIST_ENTRY = "list-entry", _("mailing list entry")

    source = models.ForeignKey(Import, models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=15, choices=Kind)
    object_id = models.PositiveBigIntegerField()
    at = models.DateTimeField(default=timezone.now)
    is_new = models.BooleanField(default=True)
    before = models.JSONField(default=dict, blank=True)  # the fields that changed, as they were; no words of people
    after = models.JSONField(default=dict, blank=True)  # what tells that nobody has changed it since

    objects = Manager.from_queryset(ImportChangeQuerySet)()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "object_id"], name="an_import_notes_a_change_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
